/** The SQL Agent: without it nobody frees what dead instances had locked, and nobody deletes finished messages. */
import { expect } from 'chai';
import { micro, simulate, simulateAll, withCluster, withSql } from './support.js';
import type { Replication } from './support.js';

const ONE = '  orders: { arrivals: { every: 10s, limit: 1 }, route: [http-in, fulfil, erp-port] }';
const AGENT = '\n  agent: { kind: sql-agent, in: sql, restart: 20s }';
const WORK = 'topology.fulfil.steps=[{work: 100s}]';

/** When the orphan of a process came free; undefined: never. */
const freed = (run: Replication): number | undefined =>
  run.ledger.gauges.find(({ member, gauge, value, time }) => member.startsWith('process') && gauge === 'locked' && value === 0 && time > 60)?.time;

const gauge = (run: Replication, member: string, name: string, at: number): number =>
  run.ledger.gauges.findLast((each) => each.member === member && each.gauge === name && each.time <= at)!.value;

describe('prediction 10: SQL Agent stopped and a server lost', () => {
  const text = (faults: string, agent = AGENT): string => withSql({
    run: '{ horizon: 5m, drain: 4h }', flows: ONE, topology: agent,
    faults: `  - { id: dies, kind: crash, target: [bts1, bts2], at: 60s, for: 3h }\n${faults}`,
  });

  it('10. orphans are not released while the server stays away; the same instance frees them when it is back (bt:monitoring-sql-server-agent-jobs)', () => {
    const run = simulate(text('  - { id: agent-stops, kind: stop, target: agent, at: 30s, for: 7d }'), { set: [WORK] });
    // 60 s + 3 h, and 20 s to start.
    expect(freed(run)).to.equal(60 + 3 * 3600 + 20);
  });

  it('10. they are not released at all when the server never comes back', () => {
    const run = simulate(text('  - { id: agent-stops, kind: stop, target: agent, at: 30s, for: 7d }'), { set: [WORK, 'faults.dies.for=7d'] });
    expect(freed(run)).to.equal(undefined);
    expect(run.flow('orders')).to.deep.include({ in_flight: 1, stranded: 1, lost: 0 });
  });

  it('10. with the agent, or with no agent declared, they are: 540-660 s after the crash', () => {
    for (const agent of [AGENT, '', '\n  agent: { kind: sql-agent, on: [dbs] }', '\n  elsewhere: { kind: server }\n  agent: { kind: sql-agent, on: [dbs], instance: sql }']) {
      const time = freed(simulate(text('', agent), { set: [WORK] }));
      expect(time! - 60, agent).to.be.at.least(540).and.at.most(660);
    }
  });

  it('10. an agent that comes back frees them at the next run of its job', () => {
    const times = simulateAll(text('  - { id: agent-stops, kind: stop, target: agent, at: 30s, for: 1h }'), { set: [WORK, 'run.replications=20'] }).map((run) => freed(run)!);
    for (const time of times) expect(time - 3630).to.be.at.least(0).and.at.most(60);
    expect(Math.max(...times) - Math.min(...times)).to.be.above(10);
  });

  it('10. an agent beside another SQL Server does not matter', () => {
    const run = simulate(text('  - { id: agent-stops, kind: stop, target: other-agent, at: 30s, for: 7d }', '\n  other: { kind: sql-server }\n  other-agent: { kind: sql-agent, in: other }'), { set: [WORK] });
    expect(freed(run)! - 60).to.be.at.least(540).and.at.most(660);
  });

  it('9. a clean stop needs no job: no orphan delay with the agent stopped', () => {
    const run = simulate(withSql({
      flows: ONE, topology: AGENT,
      faults: '  - { id: agent-stops, kind: stop, target: agent, at: 30s, for: 7d }\n  - { id: stops, kind: stop, target: [process@bts1], at: 60s, for: 1d }',
    }), { set: [WORK, 'topology.process.on=[bts1, bts2]'] });
    // At the worst it is begun anew at 60.5 s on the other instance.
    expect(run.ledger.effects[0].time).to.be.at.most(60.5 + 100 + 0.55);
  });
});

describe('sql-agent: placement', () => {
  it('goes and comes back with the instance that contains it, and by its own restart', () => {
    const run = simulate(withSql({ flows: ONE, topology: AGENT, faults: '  - { id: sql-down, kind: outage, target: sql, at: 1m, for: 30s }\n  - { id: crash, kind: crash, target: agent, at: 5m }' }));
    expect(run.ledger.down('agent.jobs').map(({ from, to }) => [from, to])).to.deep.equal([[60, 90], [300, 320]]);
  });

  it('moves with its cluster', () => {
    const run = simulate(withCluster({ flows: ONE, topology: '\n  agent: { kind: sql-agent, cluster: cluster }', faults: '  - { id: sql1-dies, kind: crash, target: sql1, at: 1m }' }));
    // Detection 10 s, move 35 s.
    expect(run.ledger.downtimes('agent.jobs')).to.deep.equal([45]);
    expect(run.ledger.downtimes('group.jobs')).to.deep.equal([45]);
  });

  it('its stop degrades the group and stops no flow', () => {
    const run = simulate(withSql({ topology: AGENT, faults: '  - { id: agent-stops, kind: stop, target: agent, at: 5m, for: 10m }' }));
    expect(run.fault('agent-stops')).to.deep.include({ components_down: 0, components_degraded: 1, flows_stopped: 0, lost: 0 });
  });
});

describe('SQL Agent stopped: the spool grows', () => {
  const orders = '  orders: { arrivals: { every: 1s }, route: [http-in, fulfil, erp-port] }';
  const text = withSql({
    run: '{ horizon: 40m }', flows: orders, topology: AGENT,
    faults: '  - { id: agent-stops, kind: stop, target: agent, at: 100s, for: 25m }',
  });
  // 500 rows.
  const limit = ['process', 'transmit', 'receive'].map((host) => `topology.${host}.throttling.message-count=50`);

  it('by a row for each message of each subscriber: two a second', () => {
    const run = simulate(text);
    // At the same point between two arrivals.
    expect(gauge(run, 'group', 'spool', 800.9) - gauge(run, 'group', 'spool', 200.9)).to.equal(1200);
  });

  it('until publishing throttles: 500 rows at 2 a second take 250 s from the last run of the job (bt:monitoring-sql-server-agent-jobs)', () => {
    const run = simulate(text, { set: limit });
    const [, first] = run.ledger.gauges.filter(({ member, gauge: name }) => member === 'process@bts1' && name === 'publishing-throttle');
    expect(first.value).to.equal(6);
    // The last run was within 10 s before the stop; at most two messages, and one more row, were left over by it.
    expect(first.time).to.be.at.least(90 + 247).and.at.most(100 + 251);
    for (const member of ['receive@bts1', 'transmit@bts2']) expect(gauge(run, member, 'publishing-throttle', 600)).to.equal(6);
  });

  it('and each publish waits by the rows: 3 s x (rows / 500 - 1)', () => {
    const run = simulate(text, { set: limit });
    const rows = gauge(run, 'group', 'spool', 480);
    const [worked, put] = ['worked', 'put'].map((step) => run.ledger.stepsOf(/^fulfil/, step).find(({ n }) => n === 478)!.time);
    expect(rows).to.be.within(740, 785);
    expect(put - worked).to.be.closeTo(3 * (rows / 500 - 1), 0.03);
  });

  it('the next run empties it, and publishing is free again', () => {
    const run = simulate(text, { set: limit });
    const back = 100 + 25 * 60;
    const over = run.ledger.gauges.find(({ member, gauge: name, value, time }) => member === 'process@bts1' && name === 'publishing-throttle' && value === 0 && time > 400)!;
    expect(over.time - back).to.be.at.least(0).and.at.most(10);
    expect(gauge(run, 'group', 'spool', 2300)).to.be.at.most(2 * 11);
    expect(run.flow('orders')).to.deep.include({ lost: 0, duplicates: 0, rejected: 0 });
  });

  it('idle, it holds nothing and nothing happens', () => {
    const run = simulate(withSql({ run: '{ horizon: 1h }', flows: ONE, topology: AGENT }));
    // In, through, out, and at most two runs that delete.
    const rows = run.ledger.gauges.filter(({ member, gauge: name }) => member === 'group' && name === 'spool').map(({ value }) => value);
    expect(rows.at(-1)).to.equal(0);
    expect(rows.length).to.be.at.most(1 + 2 + 2);
  });

  it('with no agent declared a row leaves with its message', () => {
    const run = simulate(withSql({ run: '{ horizon: 10m }', flows: orders }));
    expect(Math.max(...run.ledger.gauges.filter(({ gauge: name }) => name === 'spool').map(({ value }) => value))).to.be.at.most(2);
    expect(micro(gauge(run, 'group', 'spool', 600))).to.be.at.most(2);
  });
});
