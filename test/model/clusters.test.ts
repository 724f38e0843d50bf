/** What a cluster does when it has done enough: limits of restarts and failovers, the directory; and availability groups. */
import { expect } from 'chai';
import { ONE_SERVER, scenario, simulate, withCluster } from './support.js';
import type { Parts } from './support.js';

const crash = (id: string, target: string, at: string, rest = ''): string => `\n  - { id: ${id}, kind: crash, target: ${target}, at: ${at}${rest} }`;

describe('group failover limit (FailoverPeriod: at most N-1 failovers in 6 h)', () => {
  // Restarts are off, so every death of the process moves the group: 5 s + 35 s.
  const set = ['topology.cluster.restarts.count=0'];
  const two = crash('first', 'cluster', '10m') + crash('second', 'cluster', '30m');

  it('two servers: the second failover within 6 h does not happen; the group stays failed for the hour of retry-after, then starts where it is', () => {
    const run = simulate(withCluster({ run: '{ horizon: 3h }', faults: two }), { set });
    // 1800 s + 5 s of detection: failed; 3600 s later a new series: 20 s.
    expect(run.ledger.downtimes('cluster.sql')).to.deep.equal([40, 5 + 3600 + 20]);
    expect(run.ledger.failovers.map(({ time, to }) => [time, to])).to.deep.equal([[640, 'sql2']]);
    expect(run.component('cluster').failovers).to.equal(1);
  });

  it('with a longer retry-after it waits for the end of the period: 6 h after the first failover was decided', () => {
    const run = simulate(withCluster({ run: '{ horizon: 8h }', flows: '  orders: { arrivals: { every: 1h }, route: [http-in, fulfil, erp-port] }', faults: two }), { set: [...set, 'topology.cluster.retry-after=24h'] });
    // Counted at 605 s; free again at 605 + 21600 = 22205 s, moved 35 s later.
    expect(run.ledger.down('cluster.sql').map(({ from, to }) => [from, to])).to.deep.equal([[600, 640], [1800, 22240]]);
    expect(run.ledger.failovers.map(({ to }) => to)).to.deep.equal(['sql2', 'sql1']);
  });

  it('a failover after the period moves as the first', () => {
    const run = simulate(withCluster({ run: '{ horizon: 8h }', flows: '  orders: { arrivals: { every: 1h }, route: [http-in, fulfil, erp-port] }', faults: crash('first', 'cluster', '10m') + crash('second', 'cluster', '6h10m6s') }), { set });
    expect(run.ledger.downtimes('cluster.sql')).to.deep.equal([40, 40]);
  });

  it('an operator starts it sooner: 5 s + his 15 min + 20 s; with after-failure: operator nobody else does', () => {
    const text = withCluster({ run: '{ horizon: 8h }', flows: '  orders: { arrivals: { every: 1h }, route: [http-in, fulfil, erp-port] }', faults: two });
    expect(simulate(`${text}operator: { reaction: 15m }\n`, { set }).ledger.downtimes('cluster.sql')).to.deep.equal([40, 5 + 900 + 20]);
    const manual = [...set, 'topology.cluster.after-failure=operator'];
    expect(simulate(text, { set: manual }).ledger.down('cluster.sql').map(({ to }) => to)).to.deep.equal([640, Infinity]);
    expect(simulate(`${text}operator: { reaction: 15m }\n`, { set: manual }).ledger.downtimes('cluster.sql')).to.deep.equal([40, 925]);
  });

  it('loss of a server counts, too; moves in order do not', () => {
    const servers = crash('sql1-dies', 'sql1', '10m', ', for: 5m') + crash('sql2-dies', 'sql2', '30m', ', for: 10h');
    const lost = simulate(withCluster({ run: '{ horizon: 2h }', faults: servers }));
    // At 1810 s the loss of the second server is noticed: no failover is left, and its server is away for the retry as well.
    expect(lost.ledger.down('cluster.sql').map(({ from, to }) => [from, to])).to.deep.equal([[600, 645], [1800, Infinity]]);
    const allowed = simulate(withCluster({ run: '{ horizon: 2h }', faults: servers }), { set: ['topology.cluster.failovers.count=2'] });
    expect(allowed.ledger.downtimes('cluster.sql')).to.deep.equal([45, 45]);
    const planned = simulate(withCluster({
      run: '{ horizon: 2h }', faults: crash('dies', 'cluster', '1h'), operations: '  - { id: a, do: switchover, target: cluster, at: 10m }\n  - { id: b, do: switchover, target: cluster, at: 30m }',
    }), { set });
    expect(planned.ledger.downtimes('cluster.sql')).to.deep.equal([35, 35, 40]);
  });

  it('three servers: two failovers', () => {
    const text = withCluster({ run: '{ horizon: 2h }', topology: '\n  sql3: { kind: server, reboot: 5m }', faults: two + crash('third', 'cluster', '50m') });
    const run = simulate(text, { set: [...set, 'topology.cluster.on=[sql1, sql2, sql3]'] });
    expect(run.ledger.failovers.map(({ to }) => to)).to.deep.equal(['sql2', 'sql3']);
    expect(run.ledger.downtimes('cluster.sql')).to.deep.equal([40, 40, 3625]);
  });
});

describe('restart policy by Windows version (how-to-configure-a-biztalk-host-as-a-cluster-resource1)', () => {
  const deaths = (n: number): string => Array.from({ length: n }, (_, i) => crash(`c${String(i)}`, 'cluster', `${String(10 + i * 2)}m`)).join('');

  it('2008 and later: one restart in 15 min, then it moves; 2003: three, then it moves', () => {
    const later = simulate(withCluster({ faults: deaths(4) }));
    // On the second server the one restart of the 15 min is used up as well, and so is the one failover.
    expect(later.ledger.downtimes('cluster.sql').slice(0, 2)).to.deep.equal([25, 40]);
    const old = simulate(withCluster({ faults: deaths(4) }), { set: ['topology.cluster.restarts.count=3', 'topology.cluster.after-failure=operator'] });
    expect(old.ledger.downtimes('cluster.sql')).to.deep.equal([25, 25, 25, 40]);
  });
});

describe('the network name of a cluster logs on', () => {
  const directory = (faults: string): string => withCluster({ topology: '\n  dc: { kind: domain-controller, restart: 5m }', faults, run: '{ horizon: 1h }' });
  const set = ['topology.cluster.domain=dc'];

  it('the directory is away: what serves goes on, a failover cannot complete until it is back', () => {
    const away = '\n  - { id: dc-away, kind: outage, target: dc, at: 9m, for: 11m }';
    expect(simulate(directory(away), { set }).ledger.down('cluster.sql')).to.deep.equal([]);
    const run = simulate(directory(away + crash('sql1-dies', 'sql1', '10m', ', for: 40m')), { set });
    // 45 s without it; the directory is back at 540 + 660 = 1200 s.
    expect(run.ledger.down('cluster.sql').map(({ from, to }) => [from, to])).to.deep.equal([[600, 1200]]);
    expect(run.ledger.down('cluster.sql')[0].causes).to.have.members(['sql1-dies', 'dc-away']);
    expect(simulate(directory(away + crash('sql1-dies', 'sql1', '10m', ', for: 40m'))).ledger.downtimes('cluster.sql')).to.deep.equal([45]);
  });
});

/** A group on an availability group of two or more servers. */
function withCopies(parts: Parts = {}, servers = 'sql1, sql2'): string {
  return scenario({
    flows: '  orders: { arrivals: { every: 1s }, route: [http-in, fulfil, erp-port] }', ...parts,
    topology: `
  sql1: { kind: server, reboot: 5m, rebuild: 4h }
  sql2: { kind: server, reboot: 5m, rebuild: 4h }
  ag: { kind: sql-availability-group, on: [${servers}], failover: 10s, restart: 20s, catch-up: 60s }
  bts1: { kind: server, cpus: 4, reboot: 5m }
  group: { kind: biztalk-group, message-box: ag, management: ag }${ONE_SERVER}${parts.topology ?? ''}`,
  });
}

describe('availability group (availability-group-lease-healthcheck-timeout)', () => {
  const erpDown = '\n  - { id: erp-down, kind: outage, target: erp, at: 9m, for: 10m }';
  const disk = (id: string, target: string, at: string, rest = ''): string => `\n  - { id: ${id}, kind: disk-loss, target: ${target}, at: ${at}${rest} }`;

  it('the server of the primary is lost: lease 20 s + failover 10 s, nothing is lost, not even with its disks', () => {
    for (const fault of [crash('gone', 'sql1', '10m', ', for: 10m'), disk('gone', 'sql1', '10m')]) {
      const run = simulate(withCopies({ faults: erpDown + fault }));
      expect(run.ledger.down('ag.sql')).to.deep.equal([{ from: 600, to: 630, causes: ['gone'] }]);
      expect(run.ledger.failovers.map(({ time, to }) => [time, to])).to.deep.equal([[630, 'sql2']]);
      expect(run.flow('orders')).to.deep.include({ lost: 0, rejected: 30, in_flight: 0 });
    }
  });

  it('the process of the primary dies: lease + failover; a hang is noticed after the health check of 30 s', () => {
    expect(simulate(withCopies({ faults: crash('dies', 'ag', '10m') })).ledger.downtimes('ag.sql')).to.deep.equal([30]);
    expect(simulate(withCopies({ faults: '\n  - { id: hangs, kind: hang, target: ag, at: 10m }' })).ledger.downtimes('ag.sql')).to.deep.equal([40]);
  });

  it('every copy is lost: what was stored is gone, and only that', () => {
    const run = simulate(withCopies({ run: '{ horizon: 30m, drain: 6h }', faults: erpDown + disk('first', 'sql1', '10m') + disk('second', 'sql2', '11m', ', for: 5m') }));
    // sql2 serves from 630 s on and is lost at 660 s, empty and back at 960 s; it holds the role and starts there in 20 s.
    expect(run.ledger.down('ag.sql').map(({ from, to }) => [from, to])).to.deep.equal([[600, 630], [660, 980]]);
    const accepted = run.ledger.acceptances.filter(({ time }) => time >= 542 && time < 660).map(({ n }) => n);
    expect(new Set(accepted.map((n) => run.ledger.fateOf(n).fate))).to.deep.equal(new Set(['lost']));
    // The last complete copy went with the second.
    expect(Object.keys(run.causes('lost'))).to.deep.equal(['second > ag > stored, data gone']);
    const later = run.ledger.acceptances.filter(({ time }) => time > 980).map(({ n }) => n);
    expect(new Set(later.map((n) => run.ledger.fateOf(n).fate))).to.deep.equal(new Set(['delivered']));
  });

  it('all of them at one instant: all is lost', () => {
    const together = simulate(withCopies({ run: '{ horizon: 30m, drain: 6h }', faults: `${erpDown}\n  - { id: both, kind: disk-loss, target: [sql1, sql2], at: 10m, for: 5m }` }));
    expect(Number(together.flow('orders').lost)).to.be.at.least(58);
    expect(together.ledger.down('ag.sql').map(({ to }) => to)).to.deep.equal([920]);
  });

  it('a server that was away cannot take over before it has caught up', () => {
    const faults = (second: string): string => crash('secondary', 'sql2', '5m', ', for: 5m') + crash('primary', 'sql1', second, ', for: 30m');
    // sql2 is back at 600 s and complete at 660 s. Lost at 630 s: nobody takes over before sql1 is back at 2430 s and started, 20 s.
    const early = simulate(withCopies({ run: '{ horizon: 2h }', faults: faults('10m30s') }));
    expect(early.ledger.down('ag.sql').map(({ from, to }) => [from, to])).to.deep.equal([[630, 2450]]);
    const late = simulate(withCopies({ run: '{ horizon: 2h }', faults: faults('11m1s') }));
    expect(late.ledger.down('ag.sql').map(({ from, to }) => [from, to])).to.deep.equal([[661, 691]]);
    expect(early.ledger.gauges.filter(({ gauge }) => gauge === 'behind').map(({ time, value }) => [time, value])).to.deep.equal([[0, 0], [300, 1], [2510, 0]]);
  });

  it('disks of a server that is behind: the complete copy is the other one; disks of the complete one: all is lost', () => {
    const stale = crash('secondary', 'sql2', '8m', ', for: 20m');
    const kept = simulate(withCopies({ run: '{ horizon: 30m, drain: 6h }', faults: erpDown + stale + disk('empty', 'sql2', '10m') }));
    expect(kept.flow('orders').lost).to.equal(0);
    const gone = simulate(withCopies({ run: '{ horizon: 30m, drain: 6h }', faults: erpDown + stale + disk('empty', 'sql1', '10m') }));
    expect(Number(gone.flow('orders').lost)).to.be.at.least(58);
  });

  it('a secondary falls silent: commits wait 10 s for its session, then go on without it; after a clean farewell they do not wait', () => {
    const run = simulate(withCopies({ flows: '  orders: { arrivals: { every: 1s }, route: [http-in, fulfil, erp-port], client: { timeout: 1m } }', faults: crash('secondary', 'sql2', '10m', ', for: 5m') }), { set: ['topology.receive.threads=20'] });
    expect(run.ledger.down('ag.sql')).to.deep.equal([]);
    expect(run.ledger.acceptances.filter(({ time }) => time >= 600 && time < 610)).to.deep.equal([]);
    // Those of 600 to 609 s are worked on 20 ms each; the last of them at 609.02 s.
    expect(run.ledger.acceptances.filter(({ time }) => time === 610)).to.have.length(10);
    expect(run.flow('orders')).to.deep.include({ lost: 0, rejected: 0, duplicates: 0 });
    const clean = simulate(withCopies({ faults: '\n  - { id: patch, kind: stop, target: sql2, at: 10m, for: 5m }' }));
    expect(clean.ledger.acceptances.filter(({ time }) => time >= 600 && time < 610)).to.have.length(10);
  });
});
