/** Whatever is put in, reading ends with a scenario or with diagnostics, never with an exception, and says where. */
import { expect } from 'chai';
import fc from 'fast-check';
import { CODES, diagnosticsJson, formatDiagnostics } from '../../src/scenario/index.js';
import type { ReadResult } from '../../src/scenario/index.js';
import { BASE, read, sound } from './kit.js';

const FULL = `${BASE}params: { n: 2 }
operator: { reaction: 10m, hours: mon-fri 08:00-17:00 }
faults:
  - { id: f, kind: crash, target: [sql1, "bts*"], at: { uniform: [5m, 10m] }, for: 5m }
  - { id: g, kind: error, target: port, probability: 1%, after: { fault: f, by: 1m } }
operations: [{ id: o, do: failover, target: cluster, at: 10m }]
objectives: { orders: { rto: 3m } }
expect: [orders.lost == 0, components.bus@bts2.sessions at 40m == 2, faults.f.restore between 1m and 2m]
allow: [L11]
`;

function check({ scenario, diagnostics }: ReadResult): void {
  expect(scenario === null).to.equal(diagnostics.some((one) => one.severity === 'error'));
  for (const { at, code, message } of diagnostics) {
    expect(Object.keys(CODES)).to.include(code);
    expect(message).not.to.equal('');
    expect(at.line).to.be.at.least(1);
    expect(at.column).to.be.at.least(1);
  }
  expect(diagnosticsJson(diagnostics).diagnostics).to.have.length(diagnostics.length);
  formatDiagnostics(diagnostics, { color: true, texts: () => FULL });
}

describe('scenario: robustness', () => {
  it('reads the full example', () => {
    expect(sound(FULL.replace('params: { n: 2 }\n', '')).definition.faults).to.have.length(2);
  });

  it('survives any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => { check(read(text)); }), { numRuns: 200 });
    const yaml = fc.string({ unit: fc.constantFrom('version: 1', '\n', '  ', '- ', ': ', '{', '}', '[', ']', '&a ', '*a', '"', "'", '|', '>', '#', '!!', '${n}', 'run', 'topology', 'kind', '\t', '---', '%', ',', '? ', 'null', '1h'), maxLength: 40 });
    fc.assert(fc.property(yaml, (text) => { check(read(text)); }), { numRuns: 500 });
  });

  it('survives any value in the place of any other', () => {
    const scalars = ['', 'x', '5', 5, -1, 0, Infinity, NaN, true, null, '30s', '1%', '50/s', '*', '${n}', 'active(cluster)', 'a@b', 'orders.lost == 0', '__proto__', 'constructor', 'f', '< 5'];
    const value = fc.oneof(fc.constantFrom(...scalars), fc.array(fc.constantFrom(...scalars), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('kind', 'exponential', 'uniform', 'first', 'of', 'at', 'x', 'every', 'poisson', 'constructor', 'fault'), fc.constantFrom(...scalars), { maxKeys: 3 }));
    const paths = pathsOf();
    fc.assert(fc.property(fc.constantFrom(...paths), value, (path, replacement) => {
      check(read(FULL, { set: [`${path}=${inline(replacement)}`] }));
    }), { numRuns: 500 });
  });

  it('survives any option of --set', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: fc.constantFrom('run', 'faults', '.', '=', 'f', '0', '[', '{', ' ', 'null', 'x'), maxLength: 10 }), { maxLength: 3 }), (set) => { check(read(FULL, { set })); }), { numRuns: 500 });
  });

  it('survives deep nesting', () => {
    check(read(`version: 1\nparams: ${'['.repeat(200)}${']'.repeat(200)}\n`));
    check(read('['.repeat(100_000)));
    check(read(`version: 1\nparams: { a: ${'{a: '.repeat(3000)}1${'}'.repeat(3000)} }\n`));
  }).timeout(20_000);
});

function inline(value: unknown): string {
  if (typeof value === 'number') return Number.isNaN(value) ? '.nan' : Number.isFinite(value) ? String(value) : '.inf';
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `{${Object.entries(value).map(([key, item]) => `${key}: ${inline(item)}`).join(', ')}}`;
  return JSON.stringify(value);
}

/** Every place of the full example that --set can reach, and the sections themselves. */
function pathsOf(): string[] {
  return [
    'version', 'name', 'seed', 'run', 'run.horizon', 'run.drain', 'run.replications', 'topology', 'topology.dc1', 'topology.dc1.kind', 'topology.bts', 'topology.bts.count', 'topology.bts.in',
    'topology.bts.reboot', 'topology.cluster.on', 'topology.cluster.on.0', 'topology.cluster.disk', 'topology.cluster.restarts', 'topology.cluster.operator', 'topology.work.on', 'topology.work.cluster',
    'topology.work.starts', 'topology.work.needs', 'topology.entry.host', 'topology.process.steps', 'topology.process.steps.0', 'topology.port.to', 'topology.q1.in', 'flows', 'flows.orders', 'flows.orders.arrivals',
    'flows.orders.route', 'flows.orders.route.1', 'flows.orders.client', 'flows.orders.size', 'faults', 'faults.f', 'faults.f.id', 'faults.f.kind', 'faults.f.target', 'faults.f.at', 'faults.f.for', 'faults.f.when',
    'faults.g.after', 'faults.g.after.fault', 'faults.g.step', 'operations', 'operations.o', 'operations.o.do', 'operations.o.target', 'operator', 'operator.hours', 'objectives', 'objectives.orders',
    'expect', 'expect.0', 'allow', 'allow.0', 'params', 'params.n', 'extends', 'description',
  ];
}
