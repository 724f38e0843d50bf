/**
 * Benchmark of scenarios: how many messages and events a second, what a message in flight takes, and where the time goes; beside the
 * kernel alone on as many events, and the same route as a plain program in C++ and on SimPy where they are there.
 *
 *   main [--quick] [--json] [--keep]
 *
 * Every measurement is a process of its own. Those of a case take turns in rounds and the median counts, so that a machine that drifts
 * slows all alike. Speeds mean little across machines; ratios do. --keep writes what --json prints under bench/results.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { casesOf, textOf } from './cases.js';
import type { Case } from './cases.js';
import { findReferences } from './references.js';
import type { RouteReference } from './references.js';
import { SHARES, measureShares } from './shares.js';
import type { Shares } from './shares.js';
import type { KernelMeasurement, MemoryMeasurement, RunMeasurement } from './worker.js';

interface Row {
  readonly family: string;
  readonly rate: number;
  readonly horizonSeconds: number;
  readonly faults: boolean;
  readonly messages: number;
  readonly messagesPerSecond: number;
  readonly eventsPerSecond: number;
  readonly eventsPerMessage: number;
  /** Null where too few are in flight to tell. */
  readonly bytesPerMessageInFlight: number | null;
  readonly peakRssMegabytes: number;
  /** Messages a second, as a share of what another makes of as many; the kernel alone makes as many events. */
  readonly ratios: Readonly<Record<string, number>>;
  readonly shares: Shares;
  /** Mean time on the way, s, by who says so; `theory` where there are no faults. */
  readonly check: Readonly<Record<string, number>>;
}

const unknown = process.argv.slice(2).filter((word) => !['--quick', '--json', '--keep'].includes(word));
if (unknown.length > 0) {
  console.error(`bench:scenario knows --quick, --json and --keep, not ${unknown.join(' ')}`);
  process.exit(2);
}
const quick = process.argv.includes('--quick');
const json = process.argv.includes('--json');
const keep = process.argv.includes('--keep');
const ROUNDS = quick ? 1 : 3;
/** Fewer in flight say more about the arrays than about a message. */
const ENOUGH_IN_FLIGHT = 1000;
const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url));
/** Seen from the compiled form of this file. */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

function work(...words: readonly string[]): unknown {
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', WORKER, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

function measure(one: Case, file: string, references: readonly RouteReference[]): Row {
  writeFileSync(file, textOf(one));
  const { inFlight, bytes } = work('memory', file) as MemoryMeasurement;
  const check: Record<string, number> = one.faults ? {} : { theory: one.family.latency };
  const seconds: Record<string, number[]> = {};
  let run!: RunMeasurement;
  const took = (name: string, spent: number): void => { (seconds[name] ??= []).push(spent); };
  for (let round = 0; round < ROUNDS; round++) {
    run = work('run', file) as RunMeasurement;
    took('hasim', run.seconds);
    if (run.latency !== null) check.hasim = run.latency;
    took('kernel', (work('kernel', String(run.events), String(Math.max(1, inFlight))) as KernelMeasurement).seconds);
    if (!one.family.reference || one.faults) continue;
    for (const { name, measure: measureRoute } of references) {
      const route = measureRoute(one.rate, run.offered);
      took(name, route.seconds);
      check[name] = route.check;
    }
  }
  const spent = median(seconds.hasim);
  return {
    family: one.family.name, rate: one.rate, horizonSeconds: one.seconds, faults: one.faults, messages: run.offered,
    messagesPerSecond: run.offered / spent, eventsPerSecond: run.events / spent, eventsPerMessage: run.events / run.offered,
    bytesPerMessageInFlight: inFlight < ENOUGH_IN_FLIGHT ? null : bytes / inFlight, peakRssMegabytes: run.rss / 2 ** 20,
    ratios: Object.fromEntries(Object.entries(seconds).filter(([name]) => name !== 'hasim').map(([name, values]) => [name, median(values) / spent])),
    shares: measureShares(file), check,
  };
}

const COLUMNS = ['family', 'msg/s in', 'horizon', 'faults', 'msg/s', 'events/s', 'ev/msg', 'B/msg', 'RSS MB', '÷ kernel', '÷ C++', '÷ SimPy', ...SHARES];
const cells = (texts: readonly string[]): string => texts.map((text, i) => (i === 0 ? text.padEnd(7) : text.padStart(Math.max(7, COLUMNS[i].length + 1)))).join('');
const ratio = (value: number | undefined): string => (value === undefined ? '-' : value.toPrecision(2));
const print = (line: string): void => { if (!json) console.log(line); };

function printRow({ family, rate, horizonSeconds, faults, ratios, shares, check, ...row }: Row): void {
  print(cells([
    family, String(rate), `${String(horizonSeconds)}s`, faults ? 'yes' : 'no', row.messagesPerSecond.toFixed(0), row.eventsPerSecond.toFixed(0), row.eventsPerMessage.toFixed(1),
    row.bytesPerMessageInFlight?.toFixed(0) ?? '-', row.peakRssMegabytes.toFixed(0), ratio(ratios.kernel), ratio(ratios['C++']), ratio(ratios.SimPy),
    ...SHARES.map((name) => `${(100 * shares[name]).toFixed(0)}%`),
  ]));
  print(`       mean time on the way: ${Object.entries(check).map(([name, value]) => `${name} ${value.toPrecision(4)} s`).join(', ')}`);
}

const folder = mkdtempSync(join(tmpdir(), 'hasim-bench-'));
const references = findReferences();
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const about = { hasim: version, node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), load: loadavg()[0], quick, rounds: ROUNDS, absent: references.absent };
print(`hasim ${about.hasim}, Node ${about.node}, ${about.cpu}, ${String(about.cores)} cores, load ${about.load.toFixed(1)}; median of ${String(ROUNDS)} round${ROUNDS === 1 ? '' : 's'}`);
for (const line of references.absent) print(line);
const rows: Row[] = [];
try {
  print(cells(COLUMNS));
  for (const one of casesOf(quick)) {
    const row = measure(one, join(folder, 'scenario.yaml'), references.found);
    rows.push(row);
    printRow(row);
  }
} finally {
  references.remove();
  rmSync(folder, { recursive: true, force: true });
}

const document = `${JSON.stringify({ about, rows }, null, 2)}\n`;
if (json) process.stdout.write(document);
if (keep) {
  const results = join(ROOT, 'bench', 'results');
  mkdirSync(results, { recursive: true });
  const name = `scenario-${about.hasim}-node${about.node.slice(1)}-${String(about.cores)}cores.json`;
  writeFileSync(join(results, `.${name}`), document);
  renameSync(join(results, `.${name}`), join(results, name));
  process.stderr.write(`bench/results/${name}\n`);
}
