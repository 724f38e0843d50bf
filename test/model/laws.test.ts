/** Laws that hold whatever the parameters: without faults nothing goes wrong, and how the engine works changes no figure. */
import { expect } from 'chai';
import { meanInterval } from '../../src/stats/index.js';
import { micro, read, simulate, simulateAll, withCluster, withSql } from './support.js';

const RANDOM = [
  'flows.orders.arrivals={poisson: 2/s}', 'topology.fulfil.steps=[{work: {exponential: 200ms}, persist: true}, {work: {exponential: 100ms}}]',
  'topology.erp.work={exponential: 80ms}', 'topology.process.shutdown={uniform: [0s, 60s]}', 'topology.process.start-up={triangular: [5s, 15s, 45s]}',
];
const TROUBLE = `
  - { id: sql1-dies, kind: crash, target: active(cluster), at: 4m, for: 5m }
  - { id: erp-hangs, kind: hang, target: erp, at: 10m, for: 1m }
  - { id: bts1-dies, kind: crash, target: bts1, at: 13m, for: 2m }
  - { id: acks, kind: ack-loss, target: erp, at: 16m, for: 1m, probability: 20% }`;
const troubled = withCluster({
  faults: TROUBLE, run: '{ horizon: 20m, drain: 40m }',
  flows: '  orders: { arrivals: { poisson: 2/s }, route: [http-in, fulfil, erp-port], client: { retry: 2, backoff: 2s, timeout: 10s } }',
});
const SHORT = [...RANDOM, 'topology.erp-port.timeout=20s'];

describe('sanity laws', () => {
  it('91. with every fault rate 0: no loss, no duplicate, no suspension', () => {
    const run = simulate(withCluster(), { set: RANDOM, checkAlways: false });
    expect(run.flow('orders')).to.deep.include({ lost: 0, duplicates: 0, suspended: 0, rejected: 0, in_flight: 0, availability: 1 });
  });

  it('91. latency is the sum of the stage times: 20 + 100 + 50 ms of work and two polls of U(0, 500) ms', () => {
    // Polls of two members on their grids, each at a random phase: a wait is the shorter of two, so its mean over runs is 500/3 ms.
    const text = withSql({ run: '{ horizon: 3m, drain: 1m, replications: 40 }', flows: '  orders: { arrivals: { poisson: 2/s }, route: [http-in, fulfil, erp-port] }' });
    const one = simulateAll(text, { checkAlways: false, set: ['topology.process.on=[bts1]', 'topology.transmit.on=[bts1]', 'run.replications=1'] })[0];
    for (const { n, time } of one.ledger.effects) {
      const delay = time - one.ledger.offers[n].time;
      expect(delay).to.be.at.least(0.17 - 1e-9).and.at.most(1.17 + 1e-9);
    }
    const means = simulateAll(text, { checkAlways: false }).map((run) => Number(run.flow('orders').delay_mean_s));
    const { low, high } = meanInterval(means, 0.99);
    // The phases of two grids are uniform and independent: E[wait] = T/2 (p^2 + (1 - p)^2) averaged over the gap p = T/3.
    const expected = 0.17 + 2 * (0.5 / 3);
    expect(low).to.be.below(expected);
    expect(high).to.be.above(expected);
  });

  it('89. conservation at every event under faults of all sorts', () => {
    const run = simulate(troubled, { set: SHORT });
    const row = run.flow('orders');
    const sum = ['delivered', 'lost', 'rejected', 'suspended', 'dead_lettered', 'expired', 'in_flight'].reduce((total, column) => total + Number(row[column]), 0);
    expect(sum).to.equal(row.offered);
    expect(row).to.deep.include({ lost: 0, in_flight: 0 });
    expect(Number(row.duplicates)).to.be.above(0);
    for (const { cause } of run.ledger.effects.filter(({ nth }) => nth > 1)) expect(cause).not.to.equal('');
  });

  it('computed polls and real ones give the same ledgers', () => {
    const set = [...SHORT, 'run.horizon=17m', 'run.drain=5m'];
    const computed = simulate(troubled, { set, checkAlways: false });
    const real = simulate(troubled, { set, checkAlways: false, realPolls: true });
    expect(real.result.digest).to.equal(computed.result.digest);
  });

  it('records kept for ever give the same ledgers as records reused', () => {
    const reused = simulate(troubled, { set: SHORT, checkAlways: false });
    const kept = simulate(troubled, { set: SHORT, checkAlways: false, keepRecords: true });
    expect(kept.result.digest).to.equal(reused.result.digest);
  });

  it('the same seed gives the same digest, another one another', () => {
    const [a, b, c] = [1, 1, 2].map((seed) => simulate(troubled, { set: SHORT, checkAlways: false, seed }).result.digest);
    expect(a).to.equal(b);
    expect(c).not.to.equal(a);
  });

  it('the order of keys in the topology changes nothing', () => {
    const lines = troubled.split('\n');
    const from = lines.indexOf('topology:') + 1;
    const to = lines.indexOf('flows:');
    const turned = [...lines.slice(0, from), ...lines.slice(from, to).reverse(), ...lines.slice(to)].join('\n');
    expect(simulate(turned, { set: SHORT, checkAlways: false }).result.digest).to.equal(simulate(troubled, { set: SHORT, checkAlways: false }).result.digest);
  });

  it('after the last repair everything that can drain drains', () => {
    const run = simulate(troubled, { set: SHORT, checkAlways: false });
    expect(run.flow('orders')).to.deep.include({ in_flight: 0, stranded: 0 });
    expect(micro(run.ledger.end)).to.equal(3600);
  });

  it('what is found valid can be run: a route that begins with a store is either simulated or refused when it is read', () => {
    const text = withSql({ flows: '  orders: { arrivals: { every: 1s }, route: [sql, erp-port] }', run: '{ horizon: 1m }' });
    let valid = true;
    try {
      read(text);
    } catch {
      valid = false;
    }
    if (valid) expect(Number(simulate(text).flow('orders').delivered)).to.be.above(0);
  });
});
