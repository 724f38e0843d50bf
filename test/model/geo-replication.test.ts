/** Geo-replication of a namespace: what a promotion of the second region loses, repeats, and how long it takes (az:service-bus-geo-replication, reliability-service-bus). */
import { expect } from 'chai';
import { micro, scenario, simulate } from './support.js';

function replicated({ copies, fault, extra = '', receiver = 'concurrency: 4, work: 100ms', more = '' }: { copies: string; fault: string; extra?: string; receiver?: string; more?: string }) {
  return simulate(scenario({
    run: '{ horizon: 30m, drain: 30m }',
    flows: '  orders: { arrivals: { every: 1s }, route: [shop, ledger] }',
    faults: fault, operations: '  - { id: promote, do: failover, target: ns, at: 1000.5s }', more,
    topology: `
  north: { kind: datacenter }
  south: { kind: datacenter }
  ns: { kind: service-bus-namespace, in: north, secondary: south, copies: ${copies}, promotion: 5m${extra} }
  q: { kind: queue, in: ns, work: 10ms, store: 1 }
  shop: { kind: service-bus-sender, to: q, retries: 0, timeout: 2s }
  ledger: { kind: service-bus-receiver, from: q, ${receiver} }`,
  }));
}
const LOST = '  - { id: gone, kind: disaster, target: north, at: 900.5s }';

describe('geo-replication', () => {
  it('sync: the loss of the first region loses nothing, and the second serves after its promotion', () => {
    const run = replicated({ copies: 'sync', fault: LOST, receiver: 'concurrency: 1, work: 2s' });
    // The one in work at that time cannot be settled, and is delivered again.
    expect(run.flow('orders')).to.include({ lost: 0, duplicates: 1 });
    // Away from the disaster to the promotion at 1000.5 s and for its five minutes.
    expect(run.ledger.stops('orders').map(({ from, to }) => [micro(from), micro(to)])).to.deep.equal([[900.5, 1300.5]]);
    expect(run.operation('promote').result).to.equal('done');
    expect(run.ledger.effectsIn(905, 1300.5).length).to.equal(0);
    // Two seconds for each: half of what came before still lay in the queue.
    expect(run.ledger.effects.filter(({ n, time }) => n < 900 && time > 1300).length).to.be.within(448, 452);
  });

  it('sync: while the second region is away nothing is accepted, but what is there is still read', () => {
    const run = replicated({ copies: 'sync', fault: '  - { id: south-out, kind: outage, target: south, at: 100.5s, for: 1m }', receiver: 'concurrency: 1, work: 2s' });
    expect(run.ledger.effectsIn(101, 160).length).to.be.within(28, 31);
    expect(Number(run.flow('orders').rejected) - 300).to.be.within(58, 61);
  });

  it('async: what was accepted within the lag is lost, what was settled within it is there again', () => {
    const run = replicated({ copies: 'async', extra: ', lag: 10s', fault: LOST, receiver: 'concurrency: 1, work: 2s' });
    // Of what was accepted after 890.5 s, one a second, nothing is there; what was settled after that, one in two seconds, comes again;
    // so does the one in work at the loss.
    expect(run.causes('lost')).to.deep.equal({ 'gone > q > accepted, not copied': 10 });
    expect(run.causes('duplicate')['gone > q > restore']).to.equal(5);
    expect(run.flow('orders')).to.include({ lost: 10, duplicates: 6 });
  });

  it('async: a promotion while the first region is there loses and repeats nothing', () => {
    const run = replicated({ copies: 'async', extra: ', lag: 10s', fault: '  - { id: nothing, kind: outage, target: south, at: 10s, for: 1s }' });
    expect(run.flow('orders')).to.include({ lost: 0, duplicates: 0 });
    expect(run.ledger.stops('orders').map(({ from, to }) => [micro(from), micro(to)])).to.deep.equal([[1000.5, 1300.5]]);
    // Afterwards the namespace lives in the other region alone.
    const later = replicated({ copies: 'async', fault: '  - { id: late, kind: outage, target: north, at: 1500s, for: 1m }' });
    expect(later.ledger.stops('orders').length).to.equal(1);
  });

  it('nobody promotes: messages wait in the second region', () => {
    const text = { copies: 'async', fault: LOST };
    const run = simulate(scenario({
      run: '{ horizon: 30m, drain: 30m }', flows: '  orders: { arrivals: { every: 1s }, route: [shop, ledger] }', faults: text.fault,
      topology: `
  north: { kind: datacenter }
  south: { kind: datacenter }
  ns: { kind: service-bus-namespace, in: north, secondary: south }
  q: { kind: queue, in: ns, work: 10ms, store: 1 }
  shop: { kind: service-bus-sender, to: q, retries: 0, timeout: 2s }
  ledger: { kind: service-bus-receiver, from: q, concurrency: 1, work: 2s }`,
    }));
    expect(run.flow('orders').lost).to.equal(0);
    expect(Number(run.flow('orders').stranded)).to.be.within(440, 455);
  });
});
