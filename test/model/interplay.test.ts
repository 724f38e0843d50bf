/**
 * Several faults at once, and faults of different sorts on one target: each answer computed by hand from the definitions of `for:`,
 * stopped, degraded, restore and cause. One message in ten seconds through one application, unless a test says otherwise.
 */
import { expect } from 'chai';
import { micro, scenario, simulate, withCluster, withSql } from './support.js';

const app = (faults: string, parameters = 'work: 1s, concurrency: 1', more = ''): ReturnType<typeof simulate> => simulate(scenario({
  run: '{ horizon: 1h }',
  topology: `  app: { kind: application, ${parameters} }`,
  flows: '  calls: { arrivals: { every: 10s }, route: [app] }',
  faults,
}) + more);

describe('interplay of faults', () => {
  it('a slow target that crashes is up when the crash ends: `slow` holds nothing down', () => {
    const run = app(`  - { id: slow, kind: slow, target: app, factor: 2, at: 5m, for: 50m }\n  - { id: crash, kind: crash, target: app, at: 10m, for: 1m }`);
    expect(run.ledger.down('app.serve')).to.deep.equal([{ from: 600, to: 660, causes: ['crash'] }]);
    expect(run.fault('crash')).to.deep.include({ stop_s: 0, restore_s: 60 });
  });

  it('a fault that only makes some attempts fail is not behind a stop', () => {
    const run = app(`  - { id: some, kind: error, target: app, probability: 10%, at: 5m, for: 20m }\n  - { id: crash, kind: crash, target: app, at: 10m, for: 1m }`);
    expect(run.fault('some')).to.deep.include({ stop_s: null, restore_s: null, flows_stopped: 0, flows_degraded: 1 });
    expect(run.fault('crash')).to.deep.include({ stop_s: 0, restore_s: 60, flows_stopped: 1 });
  });

  it('of two crashes the first is to blame only until it ends', () => {
    const run = app(`  - { id: a, kind: crash, target: app, at: 10m, for: 10m }\n  - { id: b, kind: crash, target: app, at: 15m, for: 15m }`);
    expect(run.fault('a')).to.deep.include({ restore_s: 600 });
    expect(run.fault('b')).to.deep.include({ stop_s: 0, restore_s: 900 });
    expect(run.ledger.downtimes('app.serve')).to.deep.equal([1200]);
  });

  it('the service manager notices a dead process at once, however long the fault holds it', () => {
    const run = simulate(withSql({ faults: '  - { id: crash, kind: crash, target: process@bts1, at: 10m, for: 4m }' }));
    // Held 240 s, then 60 s of delay and 20 s of start.
    expect(run.fault('crash')).to.deep.include({ detect_s: 0, end_s: 840 });
    expect(run.ledger.downtimes('process@bts1.run')).to.deep.equal([320]);
  });

  it('a fault before the first start delays it to its end', () => {
    const run = app('  - { id: early, kind: crash, target: app, at: 5m, for: 20m }', 'work: 1s, starts: 10m');
    expect(run.ledger.down('app.serve')[0]).to.deep.include({ to: 1500 });
  });

  it('a hung instance of a cluster recovers by itself, and the next crash is recovered like any other', () => {
    const run = simulate(withCluster({ run: '{ horizon: 2h }', faults: `  - { id: hang, kind: hang, target: cluster, at: 10m }\n  - { id: crash, kind: crash, target: cluster, at: 60m }` }));
    // Health check 30 s + restart 20 s; service check 5 s + restart 20 s.
    expect(run.ledger.downtimes('cluster.sql')).to.deep.equal([50, 25]);
    expect(run.fault('hang')).to.deep.include({ end_s: 650, detect_s: 30 });
  });

  it('an outage of the cluster that comes during a failover holds it: down until it ends, then a restart', () => {
    const run = simulate(withCluster({ run: '{ horizon: 2h }', faults: `  - { id: server, kind: crash, target: sql1, at: 10m, for: 5m }\n  - { id: outage, kind: outage, target: cluster, at: 10m15s, for: 30m }` }));
    const [span, ...others] = run.ledger.down('cluster.sql');
    expect(others).to.deep.equal([]);
    // Held to 615 + 1800 = 2415 s, then 20 s.
    expect(span).to.deep.include({ from: 600, to: 2435 });
  });

  it('restarts used up and nobody to take over: the next series after an hour, unless a server comes back before (how-to-configure-a-biztalk-host-as-a-cluster-resource1)', () => {
    const failures = (passive: string): string => withCluster({ run: '{ horizon: 3h }', faults: `
  - { id: passive, kind: crash, target: sql2, at: 5m, for: ${passive} }
  - { id: first, kind: crash, target: cluster, at: 10m }
  - { id: second, kind: crash, target: cluster, at: 20m }` });
    // 5 s of detection + 20 s of start; the second time there is no restart left and no other server: 5 s + 3600 s + 20 s.
    const run = simulate(failures('2h'));
    expect(run.ledger.downtimes('cluster.sql')).to.deep.equal([25, 3625]);
    expect(run.ledger.statesOf('cluster').slice(-3)).to.deep.equal(['restarting', 'recovering', 'online']);
    expect(run.ledger.failovers).to.deep.equal([]);
    // The other server is back at 300 + 3000 = 3300 s and has it 35 s later: 1200 to 3335 s.
    expect(simulate(failures('50m')).ledger.downtimes('cluster.sql')).to.deep.equal([25, 2135]);
  });

  it('a failover that finds no server is none, and the fault that prevented it is to blame', () => {
    const run = simulate(scenario({
      run: '{ horizon: 1h }',
      topology: `
  a: { kind: server }
  b: { kind: server }
  moving: { kind: cluster-group, on: [a, b], detection: 10s, failover: 45s, restart: 20s, crash-recovery: 0s }
  mss: { kind: master-secret-server, cluster: moving }
  app: { kind: application }`,
      flows: '  calls: { arrivals: { every: 10s }, route: [app] }',
      faults: `  - { id: first, kind: crash, target: a, at: 10m, for: 10m }\n  - { id: second, kind: crash, target: b, at: 10m20s, for: 20m }`,
    }));
    expect(run.component('moving').failovers).to.equal(0);
    expect(run.fault('second')).to.deep.include({ components_down: 2, blast_radius: 'moving mss' });
    // a is back at 1200 s and the group is started on it.
    expect(run.ledger.down('moving.run')[0]).to.deep.include({ from: 600, to: 1220 });
  });

  it('a site that comes back: everything starts in the order of needs, nobody misses the instant', () => {
    const run = simulate(scenario({
      run: '{ horizon: 1h }',
      topology: `
  dc: { kind: datacenter }
  z1: { kind: server, in: dc }
  sql: { kind: sql-server, in: dc }
  group: { kind: biztalk-group, message-box: sql, management: sql }
  receive: { kind: isolated-host, in: group, on: [z1] }
  transmit: { kind: host, in: group, on: [z1], start-up: 20s }
  in-web: { kind: receive-location, host: receive }
  out: { kind: send-port, host: transmit, to: erp }
  erp: { kind: application, in: dc }`,
      flows: '  calls: { arrivals: { every: 10s }, route: [in-web, out] }',
      faults: '  - { id: dark, kind: outage, target: dc, at: 10m, for: 5m }',
    }));
    expect(run.ledger.down('transmit@z1.run')).to.deep.equal([{ from: 600, to: 920, causes: ['dark'] }]);
    expect(run.fault('dark')).to.deep.include({ restore_s: 320, scope: 'datacenter' });
  });

  it('a hung server is gone for the balancer, and its processes stand still instead of dying', () => {
    const topology = '\n  nlb: { kind: load-balancer, on: [bts1, bts2] }';
    const long = simulate(withSql({ topology, run: '{ horizon: 1h }', faults: '  - { id: hang, kind: hang, target: bts1, at: 10m, for: 10m }' }).replace('host: receive }', 'host: receive, behind: nlb }'));
    expect(Number(long.fault('hang').detect_s)).to.be.within(7.5, 8);
    // Half of one call a second, for the 7.5 to 8 s until the balancer knows.
    expect(Number(long.flow('orders').sends)).to.equal(Number(long.flow('orders').offered));
    const short = simulate(withSql({ run: '{ horizon: 1h }', faults: '  - { id: hang, kind: hang, target: bts1, at: 10m, for: 2s }' }));
    expect(short.ledger.downtimes('process@bts1.run')).to.deep.equal([2]);
    expect(short.ledger.statesOf('process@bts1')).to.deep.equal([]);
  });

  it('a balancer whose beats are heard again trusts, whatever else is away; its old belief is to blame no more', () => {
    const run = simulate(withSql({
      topology: '\n  nlb: { kind: load-balancer, on: [bts1, bts2], convergence: 3s }', run: '{ horizon: 1h }',
      faults: `  - { id: server, kind: crash, target: bts1, at: 10m, for: 5m }\n  - { id: database, kind: outage, target: sql, at: 12m, for: 18m }`,
    }).replace('host: receive }', 'host: receive, behind: nlb }'));
    expect(run.ledger.beliefs.map(({ time, up }) => [time, up])).to.deep.equal([[608, false], [903, true]]);
    expect(Number(run.fault('server').restore_s)).to.be.at.most(303);
  });

  it('a balancer that answers nothing lets clients wait for their timeout', () => {
    const run = simulate(withSql({
      topology: '\n  nlb: { kind: load-balancer, on: [bts1, bts2] }', run: '{ horizon: 1h }',
      flows: '  orders: { arrivals: { every: 1s }, route: [http-in, fulfil, erp-port], client: { retry: 2, backoff: 2s, timeout: 30s } }',
      faults: '  - { id: hang, kind: hang, target: nlb, at: 10m, for: 1m }',
    }).replace('host: receive }', 'host: receive, behind: nlb }'));
    // Attempts at 0, 32 and 64 s: the third always finds the balancer back.
    expect(run.flow('orders')).to.deep.include({ rejected: 0, lost: 0 });
  });

  it('what a lost answer makes double belongs to the lost answer, also when the waiting caller crashes', () => {
    const run = simulate(withSql({
      run: '{ horizon: 20m, drain: 2h }', flows: '  orders: { arrivals: { every: 10s }, route: [http-in, fulfil, erp-port] }',
      faults: `  - { id: lost, kind: ack-loss, target: erp, probability: 100%, at: 10m, for: 1m }\n  - { id: crash, kind: crash, target: transmit, at: 15m }`,
    }));
    expect(run.fault('lost').duplicates).to.equal(6);
    expect(run.fault('crash').duplicates).to.equal(0);
  });

  it('capacity knows how slow the destination is, and one of two senders less is no degradation while others are the bottleneck', () => {
    const slow = simulate(withSql({ run: '{ horizon: 1h }', faults: '  - { id: slow, kind: slow, target: erp, factor: 100, at: 10m, for: 10m }' }));
    // Receive: 2 servers x 8 workers at the 20 ms of a pipeline, 800/s. Sending: 2 x 80 workers at 50 ms, 3200/s; a hundred times slower
    // 32/s. Lost: 600 s x (1 - 32/800).
    expect(micro(slow.fault('slow').capacity_lost_s)).to.equal(576);
    const fewer = simulate(withSql({ run: '{ horizon: 1h }', faults: '  - { id: stop, kind: stop, target: transmit@bts1, at: 10m, for: 10m }' }));
    expect(fewer.fault('stop')).to.deep.include({ flows_degraded: 0, flows_stopped: 0, capacity_lost_s: 0 });
  });
});
