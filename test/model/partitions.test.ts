/** Networks that are cut in two: calls, answers, needs, views and roles; both sides are up all the time. */
import { expect } from 'chai';
import { scenario, simulate } from './support.js';
import type { Replication } from './support.js';

const cut = (sides: string, at = '1m', lasts = '30s'): string => `  - { id: cut, kind: network-partition, target: [${sides}], at: ${at}, for: ${lasts} }`;
const spans = (run: Replication, fn: string): [number, number][] => run.ledger.down(fn).map(({ from, to }) => [from, to]);
const SITES = '  east: { kind: datacenter }\n  west: { kind: datacenter }\n';

describe('network partition: calls', () => {
  const chain = (parameters: string, fault: string, flow = '{ every: 50s, limit: 2 }'): Replication => simulate(scenario({
    topology: `${SITES}  a: { kind: service, in: east, work: 1s, to: b, timeout: 5s, ${parameters} }\n  b: { kind: service, in: west, work: 4s }`,
    flows: `  orders: { arrivals: ${flow}, route: [a], client: { timeout: 2m } }`, faults: fault, run: '{ horizon: 5m }',
  }));

  it('a call across hears nothing until its time-out, and arrives when the network is whole', () => {
    const run = chain('retry: { interval: 1s }', cut('east, west', '95s'));
    // The second message is called for at 101, 107, 113, 119 s in vain, and at 125 s, when the cut is over.
    expect(run.ledger.effects.map(({ time }) => time)).to.deep.equal([55, 129]);
    expect(run.ledger.stops('orders').map(({ from, to, causes }) => [from, to, causes])).to.deep.equal([[95, 125, ['cut']]]);
    expect(run.fault('cut')).to.deep.include({ restore_s: 30, components_down: 0, lost: 0, duplicates: 0 });
    expect(['a', 'b'].map((name) => run.component(name).downtime_s)).to.deep.equal([0, 0]);
  });

  it('an answer that would come through the cut is lost: the work is done, and done again', () => {
    const run = chain('retry: { interval: 1s }', cut('east, west', '103s'));
    // b works from 101 to 105 s; a gives up at 106 s, tries at 107 … 131 s (in vain up to 131 s) and reaches b at 137 s.
    expect(run.ledger.effectsOf(1).map(({ time, nth, cause }) => [time, nth, cause])).to.deep.equal([[105, 1, ''], [141, 2, 'cut > b > put, answer lost']]);
  });

  it('a receiver that cannot tell what it has done: the lock ends, and the message comes again', () => {
    const run = simulate(scenario({
      topology: `${SITES}  ns: { kind: service-bus-namespace, in: east }\n  q: { kind: queue, in: ns, work: 0s, lock-duration: 30s }\n  r: { kind: service-bus-receiver, in: west, from: q, work: 1s }`,
      flows: '  orders: { arrivals: { every: 50s, limit: 1 }, route: [q, r] }', faults: cut('east, west', '50500ms', '20s'), run: '{ horizon: 5m }',
    }));
    expect(run.ledger.effects.map(({ time, nth, cause }) => [time, nth, cause])).to.deep.equal([[51, 1, ''], [81, 2, 'cut > r > put, answer lost']]);
  });

  it('some of those who call are cut off: the flow is degraded, not stopped; a caller that is down cuts nobody off', () => {
    const flow = (faults: string): Replication => simulate(scenario({
      topology: '  s1: { kind: server }\n  s2: { kind: server }\n  a: { kind: service, on: [s1, s2], work: 10ms, to: b, timeout: 5s }\n  b: { kind: service, work: 10ms }',
      flows: '  orders: { arrivals: { every: 1s }, route: [a] }', faults, run: '{ horizon: 5m }',
    }));
    expect(flow(cut('s1, b')).fault('cut')).to.deep.include({ flows_stopped: 0, flows_degraded: 1, restore_s: null, full_s: 30 });
    expect(flow(cut('s*, b')).fault('cut')).to.deep.include({ flows_stopped: 1, restore_s: 30 });
    const down = flow(`  - { id: down, kind: crash, target: a@s1, at: 50s, for: 1m }\n${cut('s1, b')}`);
    expect(down.fault('cut')).to.deep.include({ flows_stopped: 0, flows_degraded: 0 });
  });

  it('what stands on one side together goes on', () => {
    const run = simulate(scenario({
      topology: `${SITES}  m: { kind: server, in: east }\n  a: { kind: service, on: [m], work: 1s, to: b }\n  b: { kind: service, in: east, work: 1s }`,
      flows: '  orders: { arrivals: { every: 10s, limit: 9 }, route: [a] }', faults: cut('east, west'), run: '{ horizon: 2m }',
    }));
    expect(run.flow('orders')).to.deep.include({ delivered: 9, availability: 1 });
  });

  it('a line without a place of its own is cut where those are whom it joins', () => {
    const run = simulate(scenario({
      topology: `${SITES}  a: { kind: service, in: east, work: 1s, to: wire, timeout: 6s, retry: { interval: 1s } }\n  wire: { kind: link, to: b, delay: 1s }\n  b: { kind: service, in: west, work: 4s }`,
      flows: '  orders: { arrivals: { every: 50s, limit: 2 }, route: [a], client: { timeout: 2m } }', faults: cut('east, west', '95s', '15s'), run: '{ horizon: 5m }',
    }));
    // Called for at 101 and 108 s in vain, and at 115 s: 1 s on the line and 4 s of work.
    expect(run.ledger.effects.map(({ time }) => time)).to.deep.equal([56, 120]);
    expect(run.ledger.stops('orders').map(({ from, to }) => [from, to])).to.deep.equal([[95, 110]]);
  });

  it('a server can be cut off from the site that it stands in', () => {
    const run = simulate(scenario({
      topology: `${SITES}  m: { kind: server, in: east }\n  a: { kind: service, on: [m], work: 1s, to: b, timeout: 5s }\n  b: { kind: service, in: east, work: 1s }`,
      flows: '  orders: { arrivals: { every: 70s, limit: 1 }, route: [a], client: { retry: 0 } }', faults: cut('m, east'), run: '{ horizon: 2m }',
    }));
    expect(run.causes('rejected')).to.deep.equal({ 'cut > b > called, no answer': 1 });
  });

  it('comes at random, to both sides at once', () => {
    const run = simulate(scenario({
      topology: `${SITES}  a: { kind: service, in: east, work: 1s, needs: b }\n  b: { kind: service, in: west, work: 1s }`,
      faults: '  - { id: cut, kind: network-partition, target: [east, west], mttf: 10m, mttr: 1m }', run: '{ horizon: 30m }',
    }));
    expect(spans(run, 'a.serve')).to.deep.equal([[600, 660], [1260, 1320]]);
  });
});

describe('network partition: those who take', () => {
  const taking = (receiver: string, fault: string, flow = '{ every: 10s, limit: 9 }', more = ''): Replication => simulate(scenario({
    topology: `${SITES}  ns: { kind: service-bus-namespace, in: east }\n  q: { kind: queue, in: ns, work: 0s, lock-duration: 30s }\n  r: { kind: service-bus-receiver, from: q, ${receiver} }${more}`,
    flows: `  orders: { arrivals: ${flow}, route: [q, r] }`, faults: fault, run: '{ horizon: 10m }',
  }));

  it('a receiver that is cut off takes nothing, and goes on when the network is whole', () => {
    for (const sides of ['east, west', 'q, r', 'ns, r']) {
      const run = taking('in: west, work: 1s, concurrency: 9', cut(sides, '35s'));
      expect(run.ledger.effects.map(({ time }) => time), sides).to.deep.equal([11, 21, 31, 66, 66, 66, 71, 81, 91]);
      expect(run.flow('orders')).to.deep.include({ delivered: 9, duplicates: 0, rejected: 0 });
      expect(run.ledger.stops('orders').map(({ from, to, causes }) => [from, to, causes])).to.deep.equal([[35, 65, ['cut']]]);
    }
  });

  it('its locks run out, also those that it prolonged: another takes the message, and both do the work', () => {
    const run = taking('on: [m, n], work: 70s, renew: 5m', cut('east, west', '45s', '4m'), '{ every: 10s, limit: 1 }', '\n  m: { kind: server, in: west }\n  n: { kind: server, in: east }');
    // Taken in the west at 10 s; prolonged each 15 s, at 40 s for the last time, to 70 s.
    expect(run.ledger.effects.map(({ time, cause }) => [time, cause])).to.deep.equal([[80, ''], [140, 'cut > r > lock ended during the work']]);
  });

  it('members on the side of the queue take what the others cannot', () => {
    const run = taking('on: [m, n], work: 400ms', cut('east, west', '35500ms'), '{ every: 1s, limit: 90 }', '\n  m: { kind: server, in: west }\n  n: { kind: server, in: east }');
    expect(run.flow('orders')).to.deep.include({ delivered: 90, duplicates: 0, availability: 1 });
    expect(run.fault('cut')).to.deep.include({ flows_stopped: 0, flows_degraded: 1, capacity_lost_s: 15 });
  });

  it('from a queue on its own side it takes on', () => {
    const run = simulate(scenario({
      topology: `${SITES}  ns: { kind: service-bus-namespace, in: east }\n  here: { kind: service-bus-namespace, in: west }\n  q1: { kind: queue, in: ns, work: 0s }\n  q2: { kind: queue, in: here, work: 0s }
  r: { kind: service-bus-receiver, in: west, from: [q1, q2], work: 1s, concurrency: 9 }`,
      flows: '  far: { arrivals: { every: 10s, limit: 9 }, route: [q1, r] }\n  near: { arrivals: { every: 10s, limit: 9 }, route: [q2, r] }', faults: cut('east, west', '35s'), run: '{ horizon: 5m }',
    }));
    expect(run.ledger.stops('near')).to.deep.equal([]);
    expect(run.ledger.stops('far').map(({ from, to }) => [from, to])).to.deep.equal([[35, 65]]);
    expect(run.ledger.effects.filter(({ time }) => time > 35 && time < 65).map(({ flow }) => flow)).to.deep.equal(['near', 'near', 'near']);
  });
});

describe('network partition: needs, views, roles', () => {
  it('a need across is not met while the cut lasts, whoever is behind it; two cuts are two causes', () => {
    const run = simulate(scenario({
      topology: `${SITES}  a: { kind: service, in: east, work: 1s, needs: [b] }\n  b: { kind: service, in: west, work: 1s }\n  c: { kind: service, in: east, work: 1s, needs: [a] }`,
      faults: `${cut('east, west')}\n  - { id: again, kind: network-partition, target: [a, b], at: 80s, for: 20s }`, run: '{ horizon: 5m }',
    }));
    expect(spans(run, 'a.serve')).to.deep.equal([[60, 100]]);
    expect(spans(run, 'c.serve')).to.deep.equal([[60, 100]]);
    expect(run.component('a').downtime_by_cause).to.equal('cut:20 again:10 again+cut:10');
  });

  it('through a group, which stands nowhere: its hosts lose the database on the other side', () => {
    const run = simulate(scenario({
      topology: `${SITES}
  dbs: { kind: server, in: west }
  bts1: { kind: server, in: east, cpus: 4 }
  sql: { kind: sql-server, on: [dbs], restart: 20s }
  group: { kind: biztalk-group, message-box: sql, management: sql }
  work: { kind: host, in: group, on: [bts1], shutdown: 10s, start-up: 20s }`, faults: cut('east, west'), run: '{ horizon: 10m }',
    }));
    const [[from]] = spans(run, 'work@bts1.run');
    expect(from).to.equal(60);
    expect(run.component('sql').downtime_s).to.equal(0);
  });

  it('a balancer takes out what it cannot hear, after its detection, and takes it in again', () => {
    const run = simulate(scenario({
      topology: `${SITES}  m: { kind: server, in: east }\n  n: { kind: server, in: west }\n  lb: { kind: load-balancer, on: [m], detection: 5s, convergence: 1s }
  a: { kind: service, on: [m, n], work: 10ms, balancer: lb }`,
      flows: '  orders: { arrivals: { every: 1s }, route: [a], client: { timeout: 3s } }', faults: cut('m, n'), run: '{ horizon: 3m }',
    }));
    expect(run.ledger.beliefs.map(({ time, member, up }) => [time, member, up])).to.deep.equal([[66, 'a@n', false], [91, 'a@n', true]]);
  });

  const cluster = (servers: string, fault: string): Replication => simulate(scenario({
    topology: `${SITES}${servers}  c: { kind: cluster-group, on: [s1, s2, s3], detection: 10s, failover: 20s }`, faults: fault, run: '{ horizon: 10m }',
  }));

  it('the larger side carries on: a holder that is cut off from it loses the role', () => {
    const run = cluster('  s1: { kind: server, in: east }\n  s2: { kind: server, in: west }\n  s3: { kind: server, in: west }\n', cut('east, west', '1m', '5m'));
    expect(spans(run, 'c.run')).to.deep.equal([[60, 90]]);
    expect(run.ledger.failovers.map(({ time, to }) => [time, to])).to.deep.equal([[90, 's2']]);
  });

  it('a holder on the larger side keeps it; the smaller side has it only while nobody of the larger one works', () => {
    const faults = `${cut('east, west', '1m', '5m')}\n  - { id: dies, kind: crash, target: [s1, s2], at: 2m, for: 2m }`;
    const run = cluster('  s1: { kind: server, in: east }\n  s2: { kind: server, in: east }\n  s3: { kind: server, in: west }\n', faults);
    // Both of the east are gone from 120 to 240 s: the third serves, until they are the larger side again.
    expect(run.ledger.failovers.map(({ to }) => to)).to.deep.equal(['s3', 's1']);
    expect(spans(run, 'c.run')).to.deep.equal([[120, 150], [240, 270]]);
  });

  it('equal sides: the holder keeps the role', () => {
    const run = simulate(scenario({
      topology: `${SITES}  s1: { kind: server, in: east }\n  s2: { kind: server, in: west }\n  c: { kind: redundancy-group, on: [s1, s2], switch: 20s }`, faults: cut('east, west'), run: '{ horizon: 5m }',
    }));
    expect(spans(run, 'c.run')).to.deep.equal([]);
  });
});
