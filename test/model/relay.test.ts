/** Relays: nothing is stored, and a client that fails at one endpoint goes to the other (prediction 72). */
import { expect } from 'chai';
import { micro, read, scenario, simulate } from './support.js';
import type { Parts, Replication } from './support.js';

function pair(parts: Parts & { readonly work?: string; readonly relay?: string; readonly clients?: number; readonly every?: string; readonly timeout?: string; readonly endpoint?: string } = {}): string {
  const { work = '100ms', relay = 'work: 0s', clients = 1, every = '10s', timeout = '5s', endpoint = 'south' } = parts;
  return scenario({
    run: '{ horizon: 5m, drain: 1m }',
    flows: `  calls: { arrivals: { every: ${every} }, clients: ${String(clients)}, route: [desk] }`,
    ...parts,
    topology: `
  north: { kind: datacenter }
  south: { kind: datacenter }
  ns1: { kind: service-bus-namespace, in: north }
  ns2: { kind: service-bus-namespace, in: south }
  relay-a: { kind: relay, in: ns1, endpoint: north, listener: quotes, ${relay} }
  relay-b: { kind: relay, in: ns2, endpoint: ${endpoint}, listener: quotes, ${relay} }
  desk: { kind: relay-client, to: [relay-a, relay-b], timeout: ${timeout} }
  quotes: { kind: application, work: ${work} }`,
  });
}

/** Where each call went first, or at last. */
const endpoints = (run: Replication): Map<number, string> => new Map(run.ledger.stepsOf(/^relay-/, 'taken').map(({ n, member }) => [n, member]));
/** The endpoint that the only client begins with, and the other one. */
function ends(): { readonly used: string; readonly other: string } {
  const [used] = [...endpoints(simulate(pair())).values()];
  return { used, other: used === 'relay-a' ? 'relay-b' : 'relay-a' };
}
const effects = (run: Replication): number[] => run.ledger.effects.map(({ time }) => micro(time));

describe('relay', () => {
  const { used, other } = ends();

  it('passes a call on and the answer back', () => {
    const run = simulate(pair({ relay: 'work: 20ms' }));
    expect(run.flow('calls')).to.include({ offered: 29, accepted: 29, delivered: 29, lost: 0, rejected: 0, duplicates: 0 });
    expect(micro(run.flow('calls').delay_max_s)).to.equal(0.12);
    expect(new Set(endpoints(run).values()).size).to.equal(1);
  });

  it('the endpoint in use dies: the first call pays one failed attempt, the next ones none (prediction 72)', () => {
    const run = simulate(pair({ faults: `  - { id: dies, kind: hang, target: ${used}, at: 35s }` }));
    // Offered at 40 s: 5 s in vain, then the other one; at 50 s and after: at once.
    expect(effects(run).slice(2, 6)).to.deep.equal([30.1, 45.1, 50.1, 60.1]);
    expect([...endpoints(run).values()]).to.deep.equal([...Array<string>(3).fill(used), ...Array<string>(26).fill(other)]);
    expect(run.flow('calls')).to.include({ rejected: 0, lost: 0, duplicates: 0, sends: 30 });
  });

  it('the roles stay changed when the endpoint is back', () => {
    const run = simulate(pair({ faults: `  - { id: dies, kind: crash, target: ${used}, at: 35s, for: 1m }` }));
    expect(endpoints(run).get(28)).to.equal(other);
  });

  it('both are away: an error, and the roles are unchanged (prediction 72)', () => {
    const run = simulate(pair({ faults: '  - { id: both, kind: outage, target: [relay-a, relay-b], at: 35s, for: 30s }' }));
    // The calls of 40, 50 and 60 s.
    expect(run.flow('calls')).to.include({ offered: 29, delivered: 26, rejected: 3, lost: 0 });
    expect(run.ledger.stops('calls')).to.deep.equal([{ from: 35, to: 65, causes: ['both'] }]);
    expect(new Set(endpoints(run).values())).to.deep.equal(new Set([used]));
  });

  it('each client of the flow has an endpoint of its own, and finds out by itself', () => {
    const run = (faults?: string): Replication => simulate(pair({ clients: 40, every: '1s', timeout: '500ms', ...(faults === undefined ? {} : { faults }) }));
    const begun = [...endpoints(run()).values()].slice(0, 40);
    const first = begun.filter((one) => one === 'relay-a').length;
    // Binomial with 40 and 1/2: outside of 8 to 32 once in ten thousand.
    expect(first).to.be.within(8, 32);
    const hung = run('  - { id: dies, kind: hang, target: relay-a, at: 99.5s }');
    expect(hung.ledger.effects.filter(({ time, n }) => micro(time) > n + 1.5).length).to.equal(first);
  });

  it('breaks with the call in its hands: the service does it twice, and the client hears one answer', () => {
    const run = simulate(pair({ work: '4s', faults: `  - { id: dies, kind: crash, target: ${used}, at: 32s }` }));
    expect(run.ledger.effectsOf(2).map(({ time }) => micro(time))).to.deep.equal([34, 36]);
    expect(run.flow('calls')).to.include({ duplicates: 1, lost: 0, rejected: 0, accepted: 29 });
    expect(run.causes('duplicate')).to.deep.equal({ [`dies > ${used} > taken, connection broken`]: 1 });
  });

  it('breaks before it has passed the call on: it is done once, by way of the other', () => {
    const run = simulate(pair({ relay: 'work: 4s', faults: `  - { id: dies, kind: crash, target: ${used}, at: 32s }` }));
    expect(run.ledger.effectsOf(2).map(({ time }) => micro(time))).to.deep.equal([36.1]);
    expect(run.flow('calls')).to.include({ duplicates: 0, lost: 0, rejected: 0 });
  });

  it('stores nothing: what was accepted by nobody is lost to nobody', () => {
    const run = simulate(pair({ faults: '  - { id: gone, kind: crash, target: quotes, at: 35s, for: 20s }' }));
    expect(run.flow('calls')).to.include({ rejected: 2, lost: 0, in_flight: 0 });
  });

  it('two endpoints of one name are an error (L22)', () => {
    expect(() => read(pair({ endpoint: 'north' }))).to.throw(/relay-a and relay-b, between which desk chooses, are both the endpoint "north"/);
    expect(() => read(pair({ endpoint: 'north', more: 'allow: [L22]' }))).not.to.throw();
  });

  it('may be left out of a route, or stand in it', () => {
    const route = (text: string): string => simulate(pair().replace('[desk]', text)).result.flows.map((row) => `${String(row.delivered)} of ${String(row.offered)}`).join();
    for (const text of ['[desk]', '[desk, quotes]', '[desk, relay-a]', '[desk, relay-b, quotes]']) expect(route(text), text).to.equal('29 of 29');
  });
});
