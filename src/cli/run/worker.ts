/**
 * A thread of the simulation: simulates replications of the scenario it is asked to run, one at a time, as long as the board has one.
 * The first thread reads all scenarios and says what it found; the others read one when they are asked for it.
 *
 * It decides nothing: names, folders, verdicts, exit codes and texts are the business of the other thread. Only a trace, which may be of
 * any length, it writes itself, where it is told.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { buffersOf, delaysAskedFor, packReplication, runReplication } from '../../experiment/index.js';
import { catalogue } from '../../kinds/index.js';
import { TraceFiles } from '../../report/index.js';
import { diagnosticsJson, formatDiagnostics, formatWarnings, readScenario } from '../../scenario/index.js';
import type { ReadResult, Scenario } from '../../scenario/index.js';
import { textsOf } from '../source.js';
import { Board } from './board.js';
import { messagesOf, prepareFor } from './compiler.js';
import { factsOf, planOf } from './facts.js';
import { failureOf } from './failure.js';
import type { FromWorker, ReadScenario, ToWorker, WorkerData } from './messages.js';
import { rehearse } from './rehearsal.js';
import { responsiveEngine } from './responsive.js';

/** Least time between two reports of progress, ms. */
const PROGRESS_EVERY = 100;

const request = workerData as WorkerData;
const port = parentPort!;
const say = (message: FromWorker, owned: readonly ArrayBuffer[] = []): void => port.postMessage(message, owned);

/** Scenarios that are kept: of many variants none comes again. */
const MOST_KEPT = 64;

const scenarios = new Map<number, Scenario | null>();
let rehearsed = false;
port.on('message', (order: ToWorker) => {
  const scenario = scenarioOf(order.index);
  // A file that changed since it was read first: somebody else has the right one.
  if (scenario?.hash === order.hash) run(scenario, order);
  say({ type: 'finished', round: order.round });
});
say(request.helper ? { type: 'ready' } : readAll());

function scenarioOf(index: number): Scenario | null {
  return scenarios.has(index) ? scenarios.get(index)! : read(index).scenario;
}

function read(index: number): ReadResult {
  const source = request.sources[request.variants === undefined ? index : 0];
  const result = readScenario(source, { ...request.overrides, ...request.variants?.[index] }, catalogue);
  if (scenarios.size >= MOST_KEPT) scenarios.clear();
  scenarios.set(index, result.scenario);
  return result;
}

function readAll(): FromWorker {
  const texts = textsOf(request.sources);
  let longest = 0;
  let inAll = 0;
  const all = request.sources.map((_, index): ReadScenario => {
    const { scenario, diagnostics } = read(index);
    const messages = scenario === null ? 0 : messagesOf(scenario.definition);
    longest = Math.max(longest, messages);
    inAll += messages * (scenario?.definition.run.replications ?? 0);
    return {
      facts: scenario === null ? null : factsOf(scenario),
      plan: scenario === null ? null : planOf(scenario),
      diagnosticsText: scenario === null ? formatDiagnostics(diagnostics, { color: request.colour, texts }) : formatWarnings(diagnostics, { color: request.colour }),
      diagnosticsJson: diagnosticsJson(diagnostics).diagnostics,
      files: scenario?.files ?? [request.sources[index].file, ...new Set(diagnostics.map(({ at }) => at.file))],
    };
  });
  // Of many variants one stands for all.
  const worth = prepareFor(longest, inAll * (request.variants?.length ?? 1));
  return { type: 'read', scenarios: all, rehearse: worth };
}

function run(scenario: Scenario, order: ToWorker): void {
  // What comes later is much the same.
  if (order.rehearse && !rehearsed) rehearse(scenario.definition, catalogue, scenario.expectations);
  rehearsed = true;
  const board = Board.of(order.board);
  const delays = delaysAskedFor(scenario.expectations, scenario.precision ?? null);
  for (let replication = board.take(); replication !== null; replication = board.take()) simulate(scenario, replication, delays, board, order);
}

function simulate({ definition, expectations }: Scenario, replication: number, delays: ReadonlySet<string>, board: Board, { round, trace: folder }: ToWorker): void {
  const at = { fraction: 0, told: performance.now() };
  const onProgress = (fraction: number): boolean => {
    at.fraction = fraction;
    const now = performance.now();
    if (now - at.told >= PROGRESS_EVERY) {
      at.told = now;
      say({ type: 'progress', round, fraction });
    }
    return board.wants(replication);
  };
  let trace: TraceFiles | null = null;
  try {
    if (folder !== null && replication === 1) trace = new TraceFiles(folder);
    const result = runReplication(definition, catalogue, responsiveEngine, expectations, replication, { ...(trace === null ? {} : { trace }), attribute: request.attribute ?? null, onProgress });
    if (result === null) {
      trace?.discard();
      return;
    }
    trace?.finish();
    const packed = packReplication(result, delays);
    say({ type: 'replication', round, packed }, buffersOf(packed));
  } catch (error) {
    trace?.discard();
    // Those before it are still of interest, for one of them may have broken, too.
    board.endAfter(replication - 1);
    const span = definition.run.horizon + definition.run.drain;
    say({ type: 'failure', round, failure: failureOf(error, replication, at.fraction * span) });
  }
}
