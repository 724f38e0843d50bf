/**
 * A simulation thread that does what the name of its scenario says, for the tests of the session.
 *
 * `source.file` is a script: `3:fail 5:slow 7:die 8:memory` is what happens at these replications. All others are empty and quick.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Board } from '../../../src/cli/run/board.js';
import type { FromWorker, ToWorker, WorkerData } from '../../../src/cli/run/messages.js';
import { packReplication } from '../../../src/experiment/packing.js';
import { replicationsOf } from '../../experiment/judged.js';

const { sources, helper } = workerData as WorkerData;
const port = parentPort!;
const say = (message: FromWorker): void => port.postMessage(message);
const pause = (ms: number): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

function scriptOf(index: number): Map<number, string> {
  return new Map(sources[index].file.split(' ').filter((text) => text.includes(':')).map((text) => {
    const [number, what] = text.split(':');
    return [Number(number), what] as const;
  }));
}

function simulate(replication: number, what: string | undefined, board: Board, round: number): void {
  const failure = { name: 'InvariantError', message: `broke at ${String(replication)}`, stack: '', replication, simulatedSeconds: 7 };
  switch (what) {
    case 'fail':
      board.endAfter(replication - 1);
      say({ type: 'failure', round, failure });
      return;
    case 'slow':
      pause(200);
      break;
    case 'slow-fail':
      pause(200);
      board.endAfter(replication - 1);
      say({ type: 'failure', round, failure });
      return;
    case 'hang':
      pause(60_000);
      break;
    case 'die':
      throw new TypeError('no such thing');
    case 'memory':
      throw Object.assign(new Error('out of memory'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });
  }
  const [result] = replicationsOf({ flows: [{ lost: replication }] });
  say({ type: 'replication', round, packed: packReplication({ ...result, replication }, new Set()) });
}

port.on('message', ({ round, index, hash, board: buffer }: ToWorker) => {
  const board = Board.of(buffer);
  // What a thread does that has read another text than the first one.
  const changed = hash !== String(index);
  if (!changed) for (let replication = board.take(); replication !== null; replication = board.take()) simulate(replication, scriptOf(index).get(replication), board, round);
  say({ type: 'finished', round });
});
say(helper ? { type: 'ready' } : { type: 'read', scenarios: [], rehearse: false });
