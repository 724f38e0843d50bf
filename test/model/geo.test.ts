/** Regions and zones of a namespace: an alias that is moved by hand (prediction 78), and the loss of an availability zone (prediction 80). */
import { expect } from 'chai';
import { micro, read, scenario, simulate } from './support.js';
import type { Parts } from './support.js';

function twoRegions(parts: Parts & { readonly from?: string; readonly receiver?: string }): string {
  return scenario({
    run: '{ horizon: 75m, drain: 15m }',
    flows: '  orders: { arrivals: { every: 10s }, route: [shop, ledger] }',
    operations: '  - { id: decide, do: failover, target: orders-queue, after: { fault: away, by: 20m } }',
    ...parts,
    topology: `
  north: { kind: datacenter }
  south: { kind: datacenter }
  ns1: { kind: service-bus-namespace, in: north }
  ns2: { kind: service-bus-namespace, in: south }
  orders-north: { kind: queue, in: ns1, work: 10ms, store: 1 }
  orders-south: { kind: queue, in: ns2, work: 10ms, store: 1 }
  orders-queue: { kind: alias, active: orders-north, passive: orders-south, reconnect: 3m }
  shop: { kind: service-bus-sender, to: orders-queue }
  ledger: { kind: service-bus-receiver, from: ${parts.from ?? '[orders-queue, orders-north]'}, restart: 5s, ${parts.receiver ?? 'concurrency: 1, work: 9s'} }${parts.topology ?? ''}`,
  });
}

/** The receiver stands still for the two minutes before, so that 12 messages lie in the queue of the north. */
const FAULTS = (kind: string, ends: string): string => `
  - { id: stop, kind: stop, target: ledger, at: 1685s, for: 2m }
  - { id: away, kind: ${kind}, target: north, at: 1804s${ends} }`;

describe('an alias over two regions', () => {
  it('leads to the active region while nobody moves it', () => {
    const run = simulate(twoRegions({ faults: '  - { id: away, kind: outage, target: north, at: 1804s, for: 10m }', operations: '  - { id: decide, do: failover, target: orders-queue, at: 74m }' }));
    expect(run.ledger.stepsOf('orders-south', 'put').every(({ time }) => time > 74 * 60)).to.equal(true);
    expect(run.ledger.stops('orders')[0]).to.deep.equal({ from: 1804, to: 2404, causes: ['away'] });
  });

  it('moved at minute 20: new messages flow, those left behind appear when the region is back (prediction 78)', () => {
    const run = simulate(twoRegions({ faults: FAULTS('outage', ', for: 40m') }));
    const flow = run.flow('orders');
    expect(run.operation('decide')).to.include({ start_s: 3004, result: 'done' });
    // Decided at 3004 s, connected at 3184 s. Sends of 1810 to 3000 s meet the old region, those up to 3180 s nobody: 138 of them.
    expect(run.ledger.stops('orders')).to.deep.equal([{ from: 1685, to: 3184, causes: ['stop', 'away'] }]);
    expect(flow).to.include({ rejected: 138, lost: 0, in_flight: 0 });
    expect(run.ledger.effectsIn(1810, 3184)).to.deep.equal([]);
    expect(micro(run.ledger.effectsIn(3184, 4204)[0].time)).to.be.closeTo(3199.01, 0.001);
    // Offered by 1800 s, done after the return at 4204 s. One at least was waiting or in hand for each 10 s of the standstill.
    const behind = run.ledger.effects.filter(({ n, nth, time }) => (n + 1) * 10 <= 1800 && nth === 1 && time > 4204);
    expect(behind.length).to.be.within(11, 14);
    expect(run.ledger.effectsIn(3184, 4204).every(({ n }) => (n + 1) * 10 > 3180)).to.equal(true);
    expect(run.fault('away').scope).to.equal('datacenter');
  });

  it('never after a disaster of the region', () => {
    const run = simulate(twoRegions({ faults: FAULTS('disaster', '') }));
    expect(Number(run.flow('orders').lost)).to.be.within(11, 14);
    expect(Object.keys(run.causes('lost'))).to.deep.equal(['away > ns1/store1 > stored, data gone']);
    expect(run.ledger.effectsIn(3184, Infinity).every(({ n }) => (n + 1) * 10 > 3180)).to.equal(true);
  });

  it('receivers that know only the alias never see what was left behind', () => {
    const run = simulate(twoRegions({ from: 'orders-queue', faults: FAULTS('outage', ', for: 40m') }));
    expect(run.flow('orders').lost).to.equal(0);
    expect(Number(run.flow('orders').in_flight)).to.be.within(11, 14);
    expect(run.ledger.effectsIn(4204, Infinity).every(({ n }) => (n + 1) * 10 > 3180)).to.equal(true);
  });

  it('cannot be moved a second time, nor to a region that is away', () => {
    const twice = simulate(twoRegions({ operations: '  - { id: first, do: failover, target: orders-queue, at: 20m }\n  - { id: second, do: failover, target: orders-queue, at: 40m }' }));
    expect(twice.operation('first').result).to.equal('done');
    expect(twice.operation('second')).to.include({ result: 'failed', reason: 'not possible while moved' });
    const back = simulate(twoRegions({ operations: '  - { id: first, do: failover, target: orders-queue, at: 20m }\n  - { id: anew, do: create, target: orders-queue, at: 30m }\n  - { id: second, do: failover, target: orders-queue, at: 40m }' }));
    expect(back.operation('second').result).to.equal('done');
    expect(back.ledger.stepsOf('orders-north', 'put').filter(({ time }) => time > 43 * 60).length).to.be.greaterThan(0);
    const away = simulate(twoRegions({ faults: '  - { id: away, kind: outage, target: south, at: 10m }', operations: '  - { id: first, do: failover, target: orders-queue, at: 20m }' }));
    expect(away.operation('first')).to.include({ result: 'failed', reason: 'not possible while paired' });
    expect(away.flow('orders')).to.include({ rejected: 0, lost: 0 });
  });

  it('in good health it costs the time of the reconnection, and loses nothing', () => {
    const run = simulate(twoRegions({ receiver: 'concurrency: 4, work: 100ms', operations: '  - { id: first, do: failover, target: orders-queue, at: 1205s }' }));
    // Sends of 1210 to 1380 s.
    expect(run.flow('orders')).to.include({ rejected: 18, lost: 0, duplicates: 0, in_flight: 0 });
  });
});

describe('availability zones', () => {
  const zones = (faults: string, of = '[az1, az2, az3]'): string => scenario({
    topology: `
  az: { kind: datacenter }
  az1: { kind: datacenter }
  az2: { kind: datacenter }
  az3: { kind: datacenter }
  ns: { kind: service-bus-namespace, zones: ${of} }
  q: { kind: queue, in: ns, work: 10ms, store: 1 }
  shop: { kind: service-bus-sender, to: q, retries: 0 }
  ledger: { kind: service-bus-receiver, from: q, concurrency: 4, work: 100ms }`,
    flows: '  orders: { arrivals: { every: 1s }, route: [shop, ledger] }', faults, run: '{ horizon: 20m, drain: 20m }',
  });

  it('the loss of one: seconds of errors, no message lost (prediction 80)', () => {
    const run = simulate(zones('  - { id: zone, kind: disaster, target: az2, at: 600.5s }'));
    // 5 s: the sends of 601 to 605 s.
    expect(run.flow('orders')).to.include({ rejected: 5, lost: 0, duplicates: 0, in_flight: 0 });
    expect(run.ledger.stops('orders')).to.deep.equal([{ from: 600.5, to: 605.5, causes: ['zone'] }]);
    expect(run.fault('zone')).to.include({ detect_s: 0, lost: 0 });
  });

  it('the loss of two: until one is back, and nothing is lost', () => {
    const run = simulate(zones('  - { id: one, kind: outage, target: az1, at: 600.5s, for: 5m }\n  - { id: two, kind: outage, target: az2, at: 700.5s, for: 1m }'));
    expect(run.ledger.stops('orders').map(({ from, to }) => [from, to])).to.deep.equal([[600.5, 605.5], [700.5, 760.5]]);
    expect(run.flow('orders')).to.include({ rejected: 65, lost: 0, in_flight: 0 });
  });

  it('are three', () => {
    expect(() => read(zones('  - { id: zone, kind: disaster, target: az2, at: 600.5s }', '[az1, az2]'))).to.throw(/has three of them, and "zones" names 2/);
  });
});
