/** Whom a flow is stopped by where faults overlap: by those that hold something at that instant, and by what is missing; not by what is over. */
import { expect } from 'chai';
import { scenario, simulate } from '../support.js';

/** Times of each fault from its start: stopped last, back to the capacity without faults. */
function times(faults: string, more = ''): Record<string, unknown[]> {
  const run = simulate(scenario({
    topology: `  s1: { kind: server }\n  s2: { kind: server }\n  app: { kind: application, on: [s1${more === '' ? '' : ', s2'}], work: 100ms${more} }`,
    flows: '  orders: { arrivals: { every: 1s }, route: [app] }', faults, run: '{ horizon: 10m }',
  }));
  return Object.fromEntries(run.result.faults.filter(({ fault }) => fault !== '(interaction)').map(({ fault, restore_s, full_s, flows_degraded }) => [String(fault), [restore_s, full_s, flows_degraded]]));
}

describe('faults that overlap', () => {
  it('a fault that has ended is behind nothing that goes on for want of something else', () => {
    // The server is away until 150 s; the application was stopped on it from 110 s to 120 s.
    expect(times(`
  - { id: server, kind: crash, target: s1, at: 100s, for: 50s }
  - { id: app, kind: stop, target: app, at: 110s, for: 10s }`)).to.deep.equal({ server: [50, 50, 0], app: [10, 40, 0] });
    // It is mended at 110 s, on a server that has been away since 105 s.
    expect(times(`
  - { id: app, kind: crash, target: app, at: 100s, for: 10s }
  - { id: server, kind: crash, target: s1, at: 105s, for: 20s }`)).to.deep.equal({ app: [10, 25, 0], server: [20, 20, 0] });
  });

  it('a fault of what is not there yet is behind nothing, unless it keeps it away', () => {
    const from200 = ', starts: { s2: 200s }';
    expect(times('  - { id: early, kind: crash, target: app@s2, at: 100s, for: 10s }', from200)).to.deep.equal({ early: [null, null, 0] });
    // Up at 220 s instead of 200 s: behind the last twenty of its thirty seconds.
    expect(times('  - { id: early, kind: crash, target: app@s2, at: 190s, for: 30s }', from200)).to.deep.equal({ early: [null, 30, 1] });
  });
});
