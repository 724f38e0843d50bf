/**
 * One measured run in a process of its own, so that no workload profits or suffers from what the engine's
 * compiler learned in another. Prints one line of JSON.
 *
 *   worker hasim|tinyqueue <workload> <n> <steps>
 *   worker memory <n>            bytes per pending event
 *   worker draws <count>         ns per draw
 */
import * as hasim from './engine-hasim.js';
import * as tinyqueue from './engine-tinyqueue.js';
import { Exponentials, makeTable } from './exponentials.js';
import { measureDraws } from './draws.js';
import { measureMemory } from './memory.js';
import type { Measurement } from './workload.js';

function measure(engine: typeof hasim, workload: string, n: number, steps: number): Measurement {
  const source = new Exponentials(makeTable());
  const model =
    workload === 'hold'
      ? engine.hold(n, source)
      : workload === 'mm1'
        ? engine.mm1(source)
        : workload === 'repair'
          ? engine.repair(n, source)
          : engine.churn(n, source);
  model.run(Math.floor(steps / 4));
  const start = process.hrtime.bigint();
  model.run(steps);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { seconds, check: model.check() };
}

const [what, ...rest] = process.argv.slice(2);
const result =
  what === 'memory'
    ? measureMemory(Number(rest[0]))
    : what === 'draws'
      ? measureDraws(Number(rest[0]))
      : measure(what === 'hasim' ? hasim : tinyqueue, rest[0], Number(rest[1]), Number(rest[2]));
console.log(JSON.stringify(result));
