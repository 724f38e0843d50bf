/**
 * Benchmark of large topologies: what it costs to read and to build one, and what a fault in it costs, as the topology grows.
 *
 *   main [--quick]
 *
 * Servers, each with a queue and a receiver of its own, that fail and are repaired at random. A fault touches one server and what
 * stands on it, so its cost should stay the same however many others there are, and reading and building should grow as the number of
 * components. The column "ratio" is against the smallest topology of the same run.
 */
import { measureReplication } from '../../src/experiment/index.js';
import { catalogue } from '../../src/kinds/index.js';
import { buildEngine } from '../../src/model/index.js';
import { readScenario } from '../../src/scenario/index.js';

const unknown = process.argv.slice(2).filter((word) => word !== '--quick');
if (unknown.length > 0) {
  console.error(`bench:topology knows --quick, not ${unknown.join(' ')}`);
  process.exit(2);
}
const quick = process.argv.includes('--quick');
const SIZES = quick ? [10, 100] : [10, 100, 1000];
const ROUNDS = quick ? 1 : 5;
/** Failures of all servers together, in each run. */
const FAULTS = quick ? 500 : 5000;

function textOf(servers: number): string {
  const each = (line: (i: number) => string): string => Array.from({ length: servers }, (_, i) => line(i + 1)).join('\n');
  return `version: 1
name: topology
seed: 1
run: { horizon: 100d, replications: 1 }
topology:
  dc1: { kind: datacenter }
  s: { kind: server, in: dc1, count: ${String(servers)} }
  ns: { kind: service-bus-namespace, in: dc1 }
${each((i) => `  queue${String(i)}: { kind: queue, in: ns }\n  receiver${String(i)}: { kind: service-bus-receiver, on: [s${String(i)}], from: queue${String(i)} }`)}
faults:
  - { id: dies, kind: crash, target: "s*", mttf: { exponential: ${String((100 * 24 * 3600 * servers) / FAULTS)}s }, mttr: { exponential: 10m } }
`;
}

function seconds<T>(work: () => T): { readonly spent: number; readonly result: T } {
  const before = process.cpuUsage().user;
  const result = work();
  return { spent: (process.cpuUsage().user - before) / 1e6, result };
}

const best = (values: readonly number[]): number => Math.min(...values);
const print = (cells: readonly string[]): void => console.log(cells.map((cell) => cell.padStart(14)).join(''));

function measure(servers: number): { readonly components: number; readonly read: number; readonly build: number; readonly fault: number } {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const read = seconds(() => readScenario({ text: textOf(servers), file: 'topology.yaml' }, {}, catalogue));
    const definition = read.result.scenario!.definition;
    const build = seconds(() => buildEngine(definition, catalogue, { replication: 1 }));
    const run = seconds(() => measureReplication(build.result, definition, { replication: 1 }));
    return { components: definition.components.length, read: read.spent, build: build.spent, fault: run.spent / run.result.faults.length };
  });
  return {
    components: rounds[0].components, read: best(rounds.map(({ read }) => read)), build: best(rounds.map(({ build }) => build)), fault: best(rounds.map(({ fault }) => fault)),
  };
}

measure(SIZES[0]);
const rows = SIZES.map((servers) => ({ servers, ...measure(servers) }));
const perComponent = (spent: number, components: number): number => (1e6 * spent) / components;
print(['servers', 'components', 'read s', 'µs each', 'ratio', 'build s', 'µs each', 'ratio', 'µs a fault', 'ratio']);
for (const row of rows) {
  const [first] = rows;
  const read = perComponent(row.read, row.components);
  const build = perComponent(row.build, row.components);
  print([
    String(row.servers), String(row.components), row.read.toFixed(3), read.toFixed(0), (read / perComponent(first.read, first.components)).toFixed(2),
    row.build.toFixed(3), build.toFixed(0), (build / perComponent(first.build, first.components)).toFixed(2),
    (1e6 * row.fault).toFixed(0), (row.fault / first.fault).toFixed(2),
  ]);
}
