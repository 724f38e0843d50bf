/**
 * One measured run in a process of its own. Prints one line of JSON.
 *
 *   worker run <scenario>      a replication with every measure listening, as `hasim run` has it, on one thread
 *   worker memory <scenario>   (--expose-gc) what a message in flight takes, in the middle of the horizon
 *   worker kernel <events> <pending>   the kernel alone: so many events, so many of them pending
 */
import { messagesOf, prepareFor } from '../../src/cli/run/compiler.js';
import { DigestMeasure, measureReplication } from '../../src/experiment/index.js';
import { catalogue } from '../../src/kinds/index.js';
import { buildEngine } from '../../src/model/index.js';
import type { ModelDefinition } from '../../src/model/index.js';
import { readScenario } from '../../src/scenario/index.js';
import { hold } from '../kernel/engine-hasim.js';
import { Exponentials, makeTable } from '../kernel/exponentials.js';

export interface RunMeasurement {
  readonly seconds: number;
  readonly events: number;
  readonly offered: number;
  readonly delivered: number;
  /** Mean from offer to effect, s. */
  readonly latency: number | null;
  /** Peak of the whole process, bytes. */
  readonly rss: number;
}

export interface MemoryMeasurement { readonly inFlight: number; readonly bytes: number }
export interface KernelMeasurement { readonly seconds: number }

const secondsSince = (start: bigint): number => Number(process.hrtime.bigint() - start) / 1e9;

function read(file: string): ModelDefinition {
  const { scenario, diagnostics } = readScenario({ file }, {}, catalogue);
  if (scenario === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return scenario.definition;
}

function run(file: string): RunMeasurement {
  const definition = read(file);
  const messages = messagesOf(definition);
  prepareFor(messages, messages);
  const engine = buildEngine(definition, catalogue, { replication: 1 });
  const start = process.hrtime.bigint();
  const { flows: [row], events } = measureReplication(engine, definition, { replication: 1, timeline: true });
  const seconds = secondsSince(start);
  return {
    seconds, events, offered: Number(row.offered), delivered: Number(row.delivered), latency: row.delay_mean_s === null ? null : Number(row.delay_mean_s),
    rss: process.resourceUsage().maxRSS * 1024,
  };
}

/** Capacity that is reserved for more counts, too: arrays double as they grow. */
function memory(file: string): MemoryMeasurement {
  const definition = read(file);
  const engine = buildEngine(definition, catalogue, { replication: 1 });
  let inFlight = 0;
  engine.read({ offered: () => { inFlight++; }, closed: () => { inFlight--; } });
  engine.read(new DigestMeasure(engine.map));
  const used = (): number => {
    globalThis.gc!();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  engine.advance(0);
  const before = used();
  engine.advance(definition.run.horizon / 2);
  return { bytes: used() - before, inFlight };
}

function kernel(events: number, pending: number): KernelMeasurement {
  const model = hold(pending, new Exponentials(makeTable()));
  const start = process.hrtime.bigint();
  model.run(events);
  return { seconds: secondsSince(start) };
}

const [what, ...rest] = process.argv.slice(2);
console.log(JSON.stringify(what === 'run' ? run(rest[0]) : what === 'memory' ? memory(rest[0]) : kernel(Number(rest[0]), Number(rest[1]))));
