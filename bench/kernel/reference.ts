/** The C++ reference: compiled into a temporary directory when g++ is there, otherwise left out. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeTable } from './exponentials.js';
import type { Measurement } from './workload.js';

export interface Reference {
  measure(workload: string, n: number, steps: number): Measurement;
  remove(): void;
}

/** @returns the compiled reference, or why there is none */
export function compileReference(): Reference | string {
  // beside this file in the sources, three levels up from its compiled form
  const source = ['reference.cpp', '../../../bench/kernel/reference.cpp']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  if (source === undefined) return 'reference.cpp not found';
  try {
    execFileSync('g++', ['--version'], { stdio: 'ignore' });
  } catch {
    return 'g++ not found';
  }
  const directory = mkdtempSync(join(tmpdir(), 'hasim-bench-'));
  const [program, table] = [join(directory, 'reference'), join(directory, 'table')];
  execFileSync('g++', ['-O2', '-o', program, source], { stdio: 'inherit' });
  const numbers = makeTable();
  writeFileSync(table, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  return {
    measure: (workload, n, steps) =>
      JSON.parse(execFileSync(program, [table, workload, `${n}`, `${steps}`], { encoding: 'utf8' })) as Measurement,
    remove: () => {
      rmSync(directory, { recursive: true });
    },
  };
}
