/** The redundancy group: detection, switch, coverage, start, fail-back, k of n, and wear of who stands by; every instant by hand. */
import { expect } from 'chai';
import { scenario, simulate } from '../model/support.js';
import type { Options, Replication } from '../model/support.js';

const MINUTE = 60;
const pair = (parameters: string, faults: string, more = '', options: Options = {}): Replication => simulate(scenario({
  topology: `  s1: { kind: server }\n  s2: { kind: server }\n  pair: { kind: redundancy-group, on: [s1, s2], detection: 10s, switch: 20s, ${parameters} }`,
  faults, more, run: '{ horizon: 1h }',
}), options);
const downs = (run: Replication): [number, number][] => run.ledger.down('pair.run').map(({ from, to }) => [from, to]);
const S1 = '  - { id: a, kind: crash, target: s1, at: 1m, for: 10m }';

describe('redundancy-group: the switch', () => {
  it('hot: detection and switch; what stands by again stays there', () => {
    const run = pair('standby: hot', S1);
    expect(downs(run)).to.deep.equal([[60, 90]]);
    expect(run.component('pair')).to.deep.include({ failovers: 1, outages: 1, downtime_by_cause: 'a>failover:30' });
    expect(run.fault('a').detect_s).to.equal(10);
  });

  it('the loss of one that stands by costs nothing', () => {
    expect(downs(pair('standby: hot', '  - { id: b, kind: crash, target: s2, at: 1m, for: 10m }'))).to.deep.equal([]);
  });

  it('back before it was noticed: no switch', () => {
    const run = pair('standby: hot', '  - { id: a, kind: crash, target: s1, at: 1m, for: 4s }');
    expect(downs(run)).to.deep.equal([[60, 64]]);
    expect(run.component('pair').failovers).to.equal(0);
  });

  it('cold: the next one must be started', () => {
    expect(downs(pair('standby: cold, start-up: 30s', S1))).to.deep.equal([[60, 120]]);
  });

  it('shut down in order, it says so: nothing has to be noticed', () => {
    expect(downs(pair('standby: hot', '  - { id: a, kind: stop, target: s1, at: 1m, for: 10m }'))).to.deep.equal([[60, 80]]);
  });

  it('a switch that fails is made by hand, even when the lost one is back before', () => {
    const run = pair('coverage: 0%, manual-switch: 15m', S1);
    expect(downs(run)).to.deep.equal([[60, 60 + 10 + 15 * MINUTE]]);
    expect(run.component('pair').downtime_by_cause).to.equal('a>failed-switch:900 a>failover:10');
  });

  it('or by the operator; without one it stays', () => {
    expect(downs(pair('coverage: 0%', S1, 'operator: { reaction: 20m }'))).to.deep.equal([[60, 60 + 10 + 20 * MINUTE]]);
    expect(downs(pair('coverage: 0%', S1))).to.deep.equal([[60, Infinity]]);
  });

  it('coverage is drawn per occurrence: of 400 losses a share of 30 % fails', () => {
    const run = simulate(scenario({
      topology: '  s1: { kind: server }\n  s2: { kind: server }\n  pair: { kind: redundancy-group, on: [s1, s2], coverage: 70%, manual-switch: 30s }',
      faults: '  - { id: a, kind: crash, target: active(pair), every: 1h, for: 10m }', run: '{ horizon: 401h }',
    }), { checkAlways: false });
    // Standard deviation of the number: 9.2.
    expect(run.ledger.downtimes('pair.run').filter((time) => time === 30).length).to.be.within(93, 147);
    expect(run.component('pair').failovers).to.equal(400);
  });

  it('nobody left: the first that is repaired takes over at once', () => {
    const run = pair('standby: hot', `${S1}\n  - { id: b, kind: crash, target: s2, at: 100s, for: 2m }`);
    expect(downs(run)).to.deep.equal([[60, 90], [100, 220]]);
    expect(run.component('pair').downtime_by_cause).to.equal('a+b>double-fault:120 a>failover:30');
  });

  it('fail-back: after a delay, and with the time of a switch', () => {
    const run = pair('fail-back: when-back, fail-back-delay: 1m', S1);
    expect(downs(run)).to.deep.equal([[60, 90], [720, 740]]);
    expect(run.ledger.failovers.map(({ to }) => to)).to.deep.equal(['s2', 's1']);
    expect(run.component('pair').downtime_by_cause).to.equal('a>failover:30 (none)>fail-back:20');
  });

  it('what is placed in it works on the active server, and is down while it moves', () => {
    const run = simulate(scenario({
      topology: '  s1: { kind: server }\n  s2: { kind: server }\n  pair: { kind: redundancy-group, on: [s1, s2], detection: 10s, switch: 20s }\n  app: { kind: service, cluster: pair, work: 1s, queue: durable, answer: on-receipt }',
      flows: '  orders: { arrivals: { every: 1s, limit: 120 }, route: [app], client: { retry: 100, backoff: 1s } }', faults: S1, run: '{ horizon: 10m }',
    }));
    expect(run.ledger.down('app.serve').map(({ from, to }) => [from, to])).to.deep.equal([[60, 90]]);
    expect(run.flow('orders')).to.deep.include({ delivered: 120, lost: 0, rta_s: 30 });
    expect(run.fault('a')).to.deep.include({ restore_s: 30 });
  });
});

describe('redundancy-group: k of n', () => {
  const three = (parameters: string, faults: string): Replication => simulate(scenario({
    topology: `  s: { kind: server, count: 3 }\n  g: { kind: redundancy-group, parts: [s1, s2, s3], switch: 20s, ${parameters} }`, faults, run: '{ horizon: 1h }',
  }));
  const spans = (run: Replication): [number, number][] => run.ledger.down('g.run').map(({ from, to }) => [from, to]);
  const crash = (id: string, target: string, at: string, lasts: string): string => `  - { id: ${id}, kind: crash, target: ${target}, at: ${at}, for: ${lasts} }`;

  it('all work: down while fewer than k do, without any switch', () => {
    const run = three('standby: none, needed: 2', `${crash('a', 's1', '1m', '10m')}\n${crash('b', 's3', '2m', '3m')}`);
    expect(spans(run)).to.deep.equal([[120, 300]]);
    expect(run.component('g').downtime_by_cause).to.equal('a+b>double-fault:180');
  });

  it('two carry the work and one stands by: it takes either place', () => {
    const run = three('needed: 2', crash('a', 's2', '1m', '10m'));
    expect(spans(run)).to.deep.equal([[60, 80]]);
    const both = three('needed: 2', `${crash('a', 's2', '1m', '10m')}\n${crash('b', 's1', '2m', '1m')}`);
    // Nobody is left for the second place until s1 itself is back.
    expect(spans(both)).to.deep.equal([[60, 80], [120, 180]]);
  });

  it('two are lost at once: with two that stand by both places are taken in one switch', () => {
    const run = simulate(scenario({
      topology: '  s: { kind: server, count: 4 }\n  g: { kind: redundancy-group, parts: [s1, s2, s3, s4], needed: 2, switch: 20s }',
      faults: '  - { id: a, kind: crash, target: [s1, s2], at: 1m, for: 10m }', run: '{ horizon: 1h }',
    }));
    expect(run.ledger.down('g.run').map(({ from, to }) => [from, to])).to.deep.equal([[60, 80]]);
  });
});

describe('redundancy-group: wear of who stands by', () => {
  const HOUR = 3600;
  /** Both fail after 100 h of work, repaired in 1 h. */
  const failures = (standby: string): number[] => simulate(scenario({
    topology: `  a: { kind: server }\n  b: { kind: server }\n  g: { kind: redundancy-group, on: [a, b], ${standby} }`,
    faults: '  - { id: f, kind: crash, target: [a, b], mttf: 100h, mttr: 1h }', run: '{ horizon: 301h }',
  })).result.faults.map((row) => Number(row.start_s) / HOUR);

  it('hot: both fail at 100 h', () => { expect(failures('standby: hot')).to.deep.equal([100, 100, 201, 201]); });
  // b works from 100 h on and fails after 100 h of that; a the same from 200 h on.
  it('cold: its time stands still', () => { expect(failures('standby: cold')).to.deep.equal([100, 200, 300]); });
  // b has spent 50 h at 100 h and fails at 150 h; a, back at 101 h, has spent 24.5 h then and fails at 225.5 h; b, back at 151 h, has spent 37.25 h then.
  it('warm: its time goes by at the rate of dormancy', () => { expect(failures('standby: warm, dormancy: 0.5')).to.deep.equal([100, 150, 225.5, 288.25]); });
});
