/**
 * Kernel benchmark: the workloads on hasim beside a plain npm heap and a C++ program, in the same run.
 *
 *   main [--quick] [--json]
 *
 * Engines take turns in rounds and the median round counts, so that a machine that drifts slows all alike.
 * Each measurement is a process of its own. Speeds mean little across machines; ratios do.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compileReference } from './reference.js';
import type { DrawMeasurement } from './draws.js';
import type { MemoryMeasurement } from './memory.js';
import { CASES } from './workload.js';
import type { Case, Measurement } from './workload.js';

interface Row {
  readonly workload: string;
  /** Million steps a second by engine; null where there is no such engine. */
  readonly hasim: number;
  readonly tinyqueue: number;
  readonly cpp: number | null;
  readonly ratioToTinyqueue: number;
  readonly ratioToCpp: number | null;
  readonly target: string;
  readonly met: boolean | null;
  readonly check: Readonly<Record<string, number>>;
  readonly checkMeaning: string;
}

const quick = process.argv.includes('--quick');
const json = process.argv.includes('--json');
const rounds = quick ? 1 : 5;
const worker = fileURLToPath(new URL('./worker.js', import.meta.url));
const BYTES_TARGET = 64;

function work(...parameters: (string | number)[]): unknown {
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', worker, ...parameters.map(String)], { encoding: 'utf8' }));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

const compiled = compileReference();
const reference = typeof compiled === 'string' ? undefined : compiled;

function measure(item: Case): Row {
  const steps = quick ? item.steps / 10 : item.steps;
  const engines: Record<string, () => Measurement> = {
    hasim: () => work('hasim', item.workload, item.n, steps) as Measurement,
    tinyqueue: () => work('tinyqueue', item.workload, item.n, steps) as Measurement,
  };
  if (reference !== undefined) engines.cpp = () => reference.measure(item.workload, item.n, steps);
  const seconds: Record<string, number[]> = {};
  const check: Record<string, number> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(engines)) {
      const measurement = run();
      (seconds[name] ??= []).push(measurement.seconds);
      check[name] = measurement.check;
    }
  }
  const speed = (name: string): number => steps / median(seconds[name]) / 1e6;
  const hasim = speed('hasim');
  const cpp = reference === undefined ? null : speed('cpp');
  const ratioToCpp = cpp === null ? null : hasim / cpp;
  return {
    workload: item.name,
    hasim,
    tinyqueue: speed('tinyqueue'),
    cpp,
    ratioToTinyqueue: hasim / speed('tinyqueue'),
    ratioToCpp,
    ...judge(item.target, hasim, ratioToCpp),
    check,
    checkMeaning: item.check,
  };
}

function judge(target: Case['target'], rate: number, ratioToCpp: number | null): Pick<Row, 'target' | 'met'> {
  if (target === undefined) return { target: '', met: null };
  if ('rate' in target) return { target: `${target.rate} M/s`, met: rate >= target.rate };
  return { target: `${target.ratio} of C++`, met: ratioToCpp === null ? null : ratioToCpp >= target.ratio };
}

const number = (value: number | null, digits = 2): string => (value === null ? '-' : value.toFixed(digits));
const verdict = (met: boolean | null): string => (met === null ? '' : met ? 'met' : 'missed');
const columns = (cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(11) : cell.padStart(index === 6 ? 13 : 10))).join('');

function print(line: string): void {
  if (!json) console.log(line);
}

print(`million steps a second, median of ${rounds} round${rounds === 1 ? '' : 's'}, Node ${process.version}`);
if (typeof compiled === 'string') print(`no C++ reference: ${compiled}`);
print(columns(['workload', 'hasim', 'tinyqueue', 'C++', '÷ tinyq.', '÷ C++', 'target', '']));
const rows: Row[] = [];
try {
  for (const item of CASES) {
    const row = measure(item);
    rows.push(row);
    print(
      columns([
        row.workload,
        number(row.hasim),
        number(row.tinyqueue),
        number(row.cpp),
        number(row.ratioToTinyqueue),
        number(row.ratioToCpp),
        row.target,
        verdict(row.met),
      ]),
    );
    const checks = Object.entries(row.check).map(([name, value]) => `${name} ${Number(value.toPrecision(9))}`);
    print(`           ${row.checkMeaning}: ${checks.join(', ')}`);
  }
} finally {
  reference?.remove();
}

const { bytesPerEvent } = work('memory', 1e6) as MemoryMeasurement;
const { nanoseconds } = work('draws', quick ? 2e6 : 2e7) as DrawMeasurement;
const memoryMet = bytesPerEvent <= BYTES_TARGET;
print(`\nbytes per pending event at 1e6: ${bytesPerEvent.toFixed(1)}, target ${BYTES_TARGET}: ${verdict(memoryMet)}`);
print('\nns per draw');
for (const [name, value] of Object.entries(nanoseconds)) print(`  ${name.padEnd(40)}${value.toFixed(1).padStart(6)}`);
if (json) {
  const memory = { bytesPerEvent, target: BYTES_TARGET, met: memoryMet };
  console.log(JSON.stringify({ node: process.version, rounds, reference: reference !== undefined, rows, memory, nanosecondsPerDraw: nanoseconds }, null, 2));
}
