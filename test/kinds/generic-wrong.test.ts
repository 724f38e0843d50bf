/** Mistakes that the generic kinds make possible, and what is said about them. */
import { expect } from 'chai';
import { catalogue } from '../../src/kinds/index.js';
import { readScenario } from '../../src/scenario/index.js';
import { scenario } from '../model/support.js';

const told = (topology: string, parts: { readonly flows?: string; readonly faults?: string } = {}): string[] => {
  const text = scenario({ topology: `  s1: { kind: server }\n  s2: { kind: server }\n${topology}`, ...parts });
  return readScenario({ text, file: 'x.yaml' }, {}, catalogue).diagnostics.map(({ severity, code, message, suggestions }) => `${severity} ${code} ${message}${suggestions.length > 0 ? ` [${suggestions.join(' ')}]` : ''}`);
};
const group = (parameters: string): string[] => told(`  g: { kind: redundancy-group, ${parameters} }`);

describe('generic kinds: mistakes', () => {
  it('more parts needed than there are, nobody, and two ways to say who', () => {
    expect(group('on: [s1, s2], needed: 3')).to.deep.equal(['error HS040 g: it needs 3 of 2: that many there are not; needed is at most 2']);
    expect(group('parts: [s1], needed: 2')).to.deep.equal(['error HS040 g: it needs 2 of 1: that many there are not; needed is at most 1']);
    expect(group('needed: 1')).to.deep.equal(['error HS040 g: nobody forms the group: name components (parts) or servers (on)']);
    expect(group('on: [s1], parts: [s2]')).to.deep.equal(['error HS040 g: "parts" and "on" both say who forms the group: give one']);
    expect(group('on: [s1, s2], standby: none, fail-back: when-back')[0]).to.match(/nothing to move back/);
  });

  it('coverage outside 0 to 1', () => {
    expect(group('on: [s1, s2], coverage: 1.5')).to.deep.equal(['error HS023 1.5 is more than all [1.5%]']);
    expect(group('on: [s1, s2], coverage: -1')[0]).to.match(/^error HS023/);
    expect(group('on: [s1, s2], dormancy: 2')[0]).to.match(/^error HS014/);
  });

  it('less room than workers; words that go with others; means of zero', () => {
    const service = (parameters: string): string[] => told(`  a: { kind: service, ${parameters} }`);
    expect(service('work: 1s, workers: 3, capacity: 2')).to.deep.equal(['error HS040 a: a capacity of 2 leaves 1 of 3 workers without work for ever: capacity counts what is in work, too']);
    expect(service('work: 1s, preemptive: true')[0]).to.match(/HS040 a: "preemptive" without "priorities"/);
    expect(service('work: 1s, retry: {}')[0]).to.match(/HS040 a: "retry" without "to"/);
    expect(service('work: 1s, interrupted: resume')[0]).to.match(/HS040 a: "interrupted: resume" has nothing to resume/);
    // No interval means anything of what has no variance.
    expect(service('work: {weibull: {shape: 0.005, scale: 1s}}')[0]).to.match(/^error HS024 weibull: mean and variance must be finite/);
    expect(service('work: {exponential: 0s}')[0]).to.match(/^error HS020 must be longer than 0/);
    expect(service('workers: 1')[0]).to.match(/^error HS010 missing key "work"/);
    expect(told('  a: { kind: link, to: b, loss: 100% }\n  b: { kind: service, work: 1s }')[0]).to.match(/HS040 a: with a loss of 100 %/);
    expect(told('', { faults: '  - { id: f, kind: crash, target: s1, mttf: 0s, mttr: 1h }' })[0]).to.match(/^error HS020 the mean time to failure must be longer than 0/);
  });

  it('urgency of flows that are not there, or that go elsewhere', () => {
    const flows = '  orders: { arrivals: { poisson: 1/s }, route: [a] }\n  other: { arrivals: { poisson: 1/s }, route: [b] }';
    const service = (priorities: string): string[] => told(`  a: { kind: service, work: 1ms, priorities: ${priorities} }\n  b: { kind: service, work: 1ms }`, { flows });
    expect(service('{ orders: 1 }')).to.deep.equal([]);
    expect(service('{ ordres: 1 }')).to.deep.equal(['error HS053 unknown flow "ordres" [orders]']);
    expect(service('{ orders: 1, other: 2 }')).to.deep.equal(['warning HS053 the flow other does not pass a: its priorities matter to nobody']);
    expect(service('{ orders: 0 }')[0]).to.match(/^error HS014/);
    expect(service('[orders]')[0]).to.match(/^error HS011/);
  });

  it('components that need each other in a circle, told once', () => {
    expect(told('  a: { kind: service, work: 1s, needs: [s1, b] }\n  b: { kind: service, work: 1s, needs: [a] }')).to.deep.equal(['error HS045 components need each other in a circle: a > b > a']);
    expect(told('  a: { kind: service, work: 1s, cluster: g }\n  g: { kind: redundancy-group, parts: [a, s1] }').some((one) => /HS031|HS045/.test(one))).to.equal(true);
    expect(told('  a: { kind: service, work: 1s, needs: [g] }\n  g: { kind: redundancy-group, parts: [a, s1] }')).to.deep.equal(['error HS045 components need each other in a circle: a > g > a']);
  });

  it('calls in a circle have no end', () => {
    const flows = '  orders: { arrivals: { poisson: 1/s }, route: [a] }';
    expect(told('  a: { kind: service, work: 1s, to: b }\n  b: { kind: service, work: 1s, to: a }', { flows })[0]).to.match(/^error HS051 .*b calls a again, in a circle/);
  });

  it('a stationary start where the rate of failures depends on who works', () => {
    const faults = '  - { id: f, kind: crash, target: s1, mttf: 10m, mttr: 1m, start: stationary }';
    expect(told('  g: { kind: redundancy-group, on: [s1, s2], standby: cold }', { faults })[0]).to.match(/^error HS065 the stationary start is not known for s1/);
    expect(told('  g: { kind: redundancy-group, on: [s1, s2], standby: hot }', { faults })).to.deep.equal([]);
  });

  it('a group fails by its parts only', () => {
    expect(told('  g: { kind: redundancy-group, on: [s1, s2] }', { faults: '  - { id: f, kind: crash, target: g, at: 1m }' })[0]).to.match(/^error HS062/);
  });
});
