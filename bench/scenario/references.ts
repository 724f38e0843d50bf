/** The three-hop route in other languages, each where its tools are there; otherwise the reason why it is left out. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface RouteMeasurement {
  readonly seconds: number;
  /** Mean time on the way, s. */
  readonly check: number;
}

export interface RouteReference {
  readonly name: string;
  measure(rate: number, messages: number): RouteMeasurement;
}

export interface References {
  readonly found: readonly RouteReference[];
  /** A line each. */
  readonly absent: readonly string[];
  remove(): void;
}

/** The one that is found first, and the one that packages of the system are for. */
const PYTHONS = ['python3', '/usr/bin/python3'];

// Beside this file in the sources, three levels up from its compiled form.
const source = (name: string): string => fileURLToPath(new URL(`../../../bench/scenario/${name}`, import.meta.url));

function works(program: string, words: readonly string[]): boolean {
  try {
    execFileSync(program, words, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const started = (name: string, program: string, words: readonly string[]): RouteReference => ({
  name,
  measure: (rate, messages) => JSON.parse(execFileSync(program, [...words, String(rate), String(messages)], { encoding: 'utf8' })) as RouteMeasurement,
});

export function findReferences(): References {
  const folder = mkdtempSync(join(tmpdir(), 'hasim-bench-'));
  const found: RouteReference[] = [];
  const absent: string[] = [];
  const program = join(folder, 'route');
  if (works('g++', ['--version'])) {
    execFileSync('g++', ['-O2', '-std=c++17', '-o', program, source('route.cpp')], { stdio: 'inherit' });
    found.push(started('C++', program, []));
  } else absent.push('no C++ route: g++ is not there');
  const python = PYTHONS.find((one) => works(one, ['-c', 'import simpy']));
  if (python === undefined) absent.push('no SimPy route: python3 does not find the module simpy (Debian: python3-simpy3)');
  else found.push(started('SimPy', python, [source('route.py')]));
  return { found, absent, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
