/** Short forms for the tests of this room: read a text with the small catalogue, and look at what came out. */
import { expect } from 'chai';
import { readScenario } from '../../src/scenario/index.js';
import type { Diagnostic, ReadOptions, ReadResult, Scenario } from '../../src/scenario/index.js';
import { catalogue } from './kinds.js';

/** Enough of everything for a complete run. Further text goes to the end: sections that it lacks. */
export const BASE = `version: 1
name: base
run: { horizon: 1h, drain: 10m }
topology:
  dc1: { kind: site }
  bts: { kind: server, in: dc1, count: 3 }
  sql1: { kind: server, in: dc1 }
  sql2: { kind: server, in: dc1 }
  san: { kind: disk }
  cluster: { kind: cluster, on: [sql1, sql2], disk: san }
  work: { kind: host, on: bts* }
  entry: { kind: entry, host: work }
  process: { kind: process, host: work }
  port: { kind: port, host: work, to: app }
  app: { kind: app }
  other: { kind: app }
  q1: { kind: queue, in: cluster }
  bus: { kind: bus, on: [bts1, bts2], sources: [q1] }
flows:
  orders: { arrivals: { poisson: 20/s }, route: [entry, process, port] }
`;

export function read(text: string, options: ReadOptions = {}): ReadResult {
  return readScenario({ text, file: '<stdin>' }, options, catalogue);
}

/** The scenario, or a failure that shows why there is none. */
export function sound(text: string, options: ReadOptions = {}): Scenario {
  const { scenario, diagnostics } = read(text, options);
  expect(diagnostics.map(line), 'diagnostics').to.deep.equal([]);
  if (scenario === null) throw new Error('there is no scenario');
  return scenario;
}

/** `12:5 HS012 unknown key "x"`. */
export function line({ at, code, message }: Diagnostic): string {
  return `${String(at.line)}:${String(at.column)} ${code} ${message}`;
}

export function wrong(text: string, options: ReadOptions = {}): string[] {
  return read(text, options).diagnostics.map(line);
}

export const codes = (text: string, options: ReadOptions = {}): string[] => read(text, options).diagnostics.map((one) => one.code);
