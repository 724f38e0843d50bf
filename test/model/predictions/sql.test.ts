/** Predictions about SQL Server and hosts: what a lost database stops, for how long, and what it costs in messages. */
import { expect } from 'chai';
import { micro, simulate, withCluster, withSql } from '../support.js';

describe('predictions 1-3: loss of the database', () => {
  it('1. two servers, single SQL down T: zero documents during T on every server (Planning for High Availability)', () => {
    const { ledger, ...run } = simulate(withSql({ faults: '  - { id: sql-down, kind: outage, target: sql, at: 10m, for: 2m }' }));
    // Nothing can be taken, published or deleted while the only MessageBox is away: 600 s to 720 s. What had already left for
    // the destination may still arrive: 50 ms of work there.
    expect(ledger.effectsIn(600.05, 720)).to.deep.equal([]);
    expect(ledger.takes.filter(({ time }) => time >= 600 && time < 720)).to.deep.equal([]);
    expect(ledger.acceptances.filter(({ time }) => time >= 600 && time < 720)).to.deep.equal([]);
    for (const member of ['process@bts1', 'process@bts2', 'transmit@bts1', 'transmit@bts2', 'receive@bts1', 'receive@bts2']) {
      expect(ledger.down(`${member}.run`)[0]).to.deep.include({ from: 600 });
      expect(ledger.down(`${member}.run`)[0].to, member).to.be.at.least(720);
    }
    expect(run.result.faults[0].scope).to.equal('group');
  });

  for (const [failover, what] of [['35s', '45 s'], ['0s', '10 s']] as const) {
    for (const [d, s] of [[0, 5], [10, 20], [30, 25], [60, 45]] as const) {
      it(`2. failover of ${what}, rule (a), stop ${d} s, start ${s} s: hosts are out d + 60 + s = ${d + 60 + s} s, zero loss (avoiding-dbnetlib-exceptions)`, () => {
        const run = simulate(withCluster({ faults: '  - { id: sql1-dies, kind: crash, target: sql1, at: 10m, for: 40m }' }), {
          set: [`topology.cluster.failover=${failover}`, ...['process', 'transmit'].flatMap((host) => [`topology.${host}.shutdown=${d}s`, `topology.${host}.start-up=${s}s`])],
        });
        const T = failover === '35s' ? 45 : 10;
        expect(run.ledger.downtimes('cluster.sql')).to.deep.equal([T]);
        for (const member of ['process@bts1', 'process@bts2', 'transmit@bts1', 'transmit@bts2']) {
          expect(run.ledger.down(`${member}.run`)).to.deep.equal([{ from: 600, to: 600 + d + 60 + s, causes: ['sql1-dies'] }]);
        }
        expect(run.flow('orders')).to.deep.include({ lost: 0, suspended: 0, in_flight: 0 });
        expect(run.fault('sql1-dies')).to.deep.include({ scope: 'group', restore_s: d + 60 + s, stop_s: 0 });
      });
    }
  }

  // Up again at d + k (60 + s) for the smallest k with d + k 60 + (k - 1) s >= T.
  // d 10, s 20: starts are tried at 70, 150, 230, 310 s; a start in vain takes 20 s, too.
  for (const [T, k] of [[60, 1], [71, 2], [149, 2], [151, 3], [300, 4]] as const) {
    it(`2. failover of ${T} s, longer than d + 60 or not: ${k} cycles, out ${10 + k * 80} s (database-failover-support)`, () => {
      const run = simulate(withCluster({ faults: '  - { id: sql1-dies, kind: crash, target: sql1, at: 10m, for: 40m }' }), { set: [`topology.cluster.failover=${T - 10}s`] });
      expect(run.ledger.downtimes('cluster.sql')).to.deep.equal([T]);
      for (const member of ['process@bts1', 'transmit@bts2']) expect(run.ledger.downtimes(`${member}.run`), member).to.deep.equal([10 + k * 80]);
      expect(run.flow('orders')).to.deep.include({ lost: 0, in_flight: 0 });
    });
  }

  for (const name of ['cluster', 'zcluster']) {
    it(`2. a start at the very instant at which the database is back succeeds (d + 60 >= T), whatever the names: ${name}`, () => {
      // T = 70 s = d + 60; "smallest k with d + k 60 + (k - 1) s >= T" is 1.
      const text = withCluster({ faults: '  - { id: sql1-dies, kind: crash, target: sql1, at: 10m, for: 40m }', flows: '  orders: { arrivals: { every: 1h }, route: [http-in, fulfil, erp-port] }' });
      const run = simulate(text.replaceAll('cluster: {', `${name}: {`).replaceAll(/: cluster\b/g, `: ${name}`), { set: [`topology.${name}.failover=60s`] });
      expect(run.ledger.downtimes(`${name}.sql`)).to.deep.equal([70]);
      expect(run.ledger.downtimes('process@bts1.run')).to.deep.equal([90]);
    });
  }

  it('2. rule (b): a start that failed ends it, and the instance stays stopped without an operator (host-instance-service-properties-in-services)', () => {
    const text = withCluster({ faults: '  - { id: sql1-dies, kind: crash, target: sql1, at: 10m, for: 40m }' });
    const set = ['topology.cluster.failover=90s', 'topology.process.restart-rule=once'];
    const alone = simulate(text, { set });
    // T = 100 s. The start at 600 + 10 + 60 = 670 s fails, which takes 20 s.
    expect(alone.ledger.down('process@bts1.run')).to.deep.equal([{ from: 600, to: Infinity, causes: ['sql1-dies'] }]);
    expect(alone.ledger.lives.filter(({ member, to }) => member === 'process@bts1' && to === 'failed').map(({ time }) => time)).to.deep.equal([690]);
    // The other host, with rule (a), came back at 10 + 2 * 80 = 170 s.
    expect(alone.ledger.downtimes('transmit@bts1.run')).to.deep.equal([170]);
    expect(alone.flow('orders').lost).to.equal(0);
    // Whoever reacts in 10 min starts it at 690 + 600 s; that start takes 20 s.
    const attended = simulate(`${text}operator: { reaction: 10m }\n`, { set });
    expect(attended.ledger.down('process@bts1.run')).to.deep.equal([{ from: 600, to: 1310, causes: ['sql1-dies'] }]);
    expect(attended.flow('orders')).to.deep.include({ lost: 0, in_flight: 0 });
    // A first start that finds the database is no failure: T = 45 s is over at 70 s.
    const short = simulate(text, { set: ['topology.process.restart-rule=once'] });
    expect(short.ledger.downtimes('process@bts1.run')).to.deep.equal([90]);
  });

  it('3. failover of 45 s, isolated HTTP host: refused for 45 s, then served again with no process restart (behavior-of-biztalk-server-host-instances-during-sql-server-failover)', () => {
    const run = simulate(withCluster({ faults: '  - { id: sql1-dies, kind: crash, target: sql1, at: 10m, for: 40m }' }));
    expect(run.ledger.down('receive@bts1.run')).to.deep.equal([{ from: 600, to: 645, causes: ['sql1-dies'] }]);
    expect(run.ledger.statesOf('receive@bts1')).to.deep.equal([]);
    // One request a second without a repetition: those at 600 ... 644 s are refused. At 645 s the disk, the group and the work of
    // the instant meet: what follows from a failure comes before work, so that one is served.
    const refused = run.ledger.fates.filter(({ fate }) => fate === 'rejected').map(({ n }) => run.ledger.offers.find((offer) => offer.n === n)!.time);
    expect(refused).to.deep.equal(Array.from({ length: 45 }, (_, i) => 600 + i));
    expect(run.flow('orders')).to.deep.include({ rejected: 45, lost: 0, accept_availability: 1 - 45 / 1800 });
  });
});

describe('predictions 10-11: one instance, one server, one job', () => {
  it('11. a host with one instance, its server down T: its work is late by at least T, other hosts are not affected, none is lost (S-PLAN)', () => {
    const run = simulate(withSql({
      topology: `
  solo: { kind: host, in: group, on: [bts1], shutdown: 10s, start-up: 20s }
  audit: { kind: orchestration, host: solo, steps: [{ work: 100ms }] }
  log-port: { kind: send-port, host: process2, to: log }
  process2: { kind: host, in: group, on: [bts2], shutdown: 10s, start-up: 20s }
  other: { kind: orchestration, host: process2, steps: [{ work: 100ms }] }
  log: { kind: application, work: 50ms }
  nlb: { kind: load-balancer, on: [bts1, bts2] }`,
      flows: `
  audits: { arrivals: { every: 1s }, route: [http-in, audit, log-port], client: { retry: 3, timeout: 5s, backoff: 1s } }
  others: { arrivals: { every: 1s }, route: [http-in, other, log-port], client: { retry: 3, timeout: 5s, backoff: 1s } }`,
      faults: '  - { id: bts1-dies, kind: crash, target: bts1, at: 10m, for: 4m }',
    }));
    // The server is back at 840 s and the instance 20 s later.
    expect(run.ledger.down('solo@bts1.run')).to.deep.equal([{ from: 600, to: 860, causes: ['bts1-dies'] }]);
    expect(run.ledger.effects.filter(({ flow, time }) => flow === 'audits' && time > 600.2 && time < 860)).to.deep.equal([]);
    expect(Number(run.flow('audits').delay_max_s)).to.be.at.least(240);
    expect(run.flow('audits')).to.deep.include({ lost: 0, in_flight: 0, rejected: 0 });
    // Others wait for one poll for each hop, and a request that met the dead server for 5 s + 1 s more.
    expect(run.flow('others')).to.deep.include({ lost: 0, in_flight: 0, rejected: 0 });
    expect(Number(run.flow('others').delay_max_s)).to.be.below(20);
    expect(run.ledger.down('process2@bts2.run')).to.deep.equal([]);
  });

  it('10. the job that frees orphans does not run while its SQL Server is away: orphans wait until after it is back (monitoring-sql-server-agent-jobs)', () => {
    const text = withSql({
      run: '{ horizon: 1h, drain: 30m }',
      flows: '  orders: { arrivals: { every: 1s, limit: 20 }, route: [http-in, fulfil, erp-port] }',
      faults: `
  - { id: bts1-dies, kind: crash, target: process@bts1, when: { component: fulfil, step: taken, nth: 4 }, for: 3h }
  - { id: sql-away, kind: outage, target: sql, after: { fault: bts1-dies, by: 500s }, for: 400s }`,
    });
    const run = simulate(text, { set: ['topology.process.on=[bts1]', 'topology.fulfil.steps=[{work: 10s}]'] });
    const crash = Number(run.fault('bts1-dies').start_s);
    const freed = run.ledger.gauges.filter(({ member, gauge, value, time }) => member === 'process@bts1' && gauge === 'locked' && value === 0 && time > crash);
    // Dead after at most 600 s, the next run of the job at most 60 s later: 660 s; the database was away from 500 to 900 s.
    expect(freed).to.have.length(1);
    expect(freed[0].time - crash).to.be.at.least(900).and.at.most(960);
    expect(run.flow('orders').lost).to.equal(0);
  });
});

describe('FCI: restart in place, quorum, disk', () => {
  it('a dead process is restarted in place once: service-detection 5 s + restart 20 s; a second within 15 min moves: 5 s + 35 s (how-to-configure-a-biztalk-host-as-a-cluster-resource1)', () => {
    const run = simulate(withCluster({
      faults: `
  - { id: first, kind: crash, target: cluster, at: 10m }
  - { id: second, kind: crash, target: cluster, at: 15m }
  - { id: third, kind: crash, target: cluster, at: 28m }`,
    }));
    expect(run.ledger.downtimes('cluster.sql')).to.deep.equal([25, 40, 25]);
    expect(run.ledger.failovers).to.deep.equal([{ time: 940, component: 'cluster', to: 'sql2' }]);
    expect(run.component('cluster').failovers).to.equal(1);
    expect(run.fault('first')).to.deep.include({ detect_s: 5, end_s: 625 });
  });

  it('a clean restart takes the time of a restart on the same server, and does not count as a failure', () => {
    const run = simulate(withCluster({ faults: '  - { id: patch, kind: restart, target: cluster, at: 10m }\n  - { id: dies, kind: crash, target: cluster, at: 12m }' }));
    // 20 s; then detection 5 s + restart in place 20 s: the one restart in 15 min is still there.
    expect(run.ledger.downtimes('cluster.sql')).to.deep.equal([20, 25]);
    expect(run.ledger.failovers).to.deep.equal([]);
  });

  it('a hang is noticed after 30 s, then the restart of 20 s; a shorter one ends by itself (configure-healthchecktimeout-property-settings)', () => {
    const long = simulate(withCluster({ faults: '  - { id: hang, kind: hang, target: cluster, at: 10m, for: 10m }' }));
    expect(long.ledger.downtimes('cluster.sql')).to.deep.equal([50]);
    expect(long.fault('hang').detect_s).to.equal(30);
    const short = simulate(withCluster({ faults: '  - { id: hang, kind: hang, target: cluster, at: 10m, for: 10s }' }));
    expect(short.ledger.downtimes('cluster.sql')).to.deep.equal([10]);
  });

  it('a clean shutdown of the active server needs no detection: the move alone', () => {
    const run = simulate(withCluster({ faults: '  - { id: patch, kind: stop, target: active(cluster), at: 10m, for: 20m }' }));
    expect(run.ledger.downtimes('cluster.sql')).to.deep.equal([35]);
  });

  it('the passive server dies: nothing moves, nothing stops', () => {
    const run = simulate(withCluster({ faults: '  - { id: passive-dies, kind: crash, target: passive(cluster), at: 10m, for: 10m }' }));
    expect(run.ledger.down('cluster.sql')).to.deep.equal([]);
    expect(run.fault('passive-dies')).to.deep.include({ target: 'sql2', flows_stopped: 0, components_down: 0 });
    expect(run.flow('orders')).to.deep.include({ availability: 1, rejected: 0 });
  });

  it('quorum loss: both servers of a cluster down, the whole instance is offline until a majority is back (failover-policy-for-failover-cluster-instances)', () => {
    const run = simulate(withCluster({
      faults: `
  - { id: first, kind: crash, target: sql1, at: 10m, for: 20m }
  - { id: second, kind: crash, target: sql2, at: 10m, for: 10m }`,
    }));
    // Votes: two servers and the disk; two of three are needed. At 1200 s sql2 is back and has the disk: it takes over in 35 s.
    expect(run.ledger.down('cluster.sql')).to.deep.equal([{ from: 600, to: 1235, causes: ['first', 'second'] }]);
    expect(run.ledger.failovers).to.deep.equal([{ time: 1235, component: 'cluster', to: 'sql2' }]);
    expect(run.flow('orders').lost).to.equal(0);
  });

  it('18. shared disk lost: neither server serves, what was stored is gone, later messages are delivered (bt:checklist-providing-high-availability)', () => {
    const run = simulate(withCluster({
      flows: '  orders: { arrivals: { every: 1s }, route: [http-in, fulfil, erp-port] }',
      faults: `
  - { id: erp-down, kind: outage, target: erp, at: 9m, for: 4m }
  - { id: disk-gone, kind: disk-loss, target: san, at: 10m, for: 5m }`,
    }));
    // From 540 s on sends fail and wait 5 min in the MessageBox; all 60 accepted from 540 s to 599 s are in it at 600 s, and the
    // last ones before may still be on their way: they need two polls and 170 ms of work, at most 1.2 s.
    const lost = Number(run.flow('orders').lost);
    expect(lost).to.be.at.least(60).and.at.most(62);
    expect(Object.keys(run.causes('lost'))).to.deep.equal(['disk-gone > cluster > stored, data gone']);
    expect(run.fault('disk-gone')).to.deep.include({ lost, scope: 'group' });
    // The disk is back at 900 s; SQL Server has to be started on it, which takes the 20 s of a restart.
    expect(run.ledger.down('cluster.sql')).to.deep.equal([{ from: 600, to: 920, causes: ['disk-gone'] }]);
    // Every message offered from 920 s on is delivered.
    const later = run.ledger.fates.filter(({ n }) => run.ledger.offers.find((offer) => offer.n === n)!.time > 920);
    expect(new Set(later.map(({ fate }) => fate))).to.deep.equal(new Set(['delivered']));
    expect(run.flow('orders')).to.deep.include({ in_flight: 0, rejected: 320 });
    expect(micro(Number(run.flow('orders').delivered))).to.equal(1799 - 320 - lost);
  });
});
