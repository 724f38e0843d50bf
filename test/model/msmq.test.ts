/** Message queuing behind send ports, and send ports into Service Bus. */
import { expect } from 'chai';
import { SMALL_GROUP, scenario, simulate } from './support.js';
import type { Parts, Replication } from './support.js';

/** The ledger that reads the queue is away from 60 s to 20 min: what is sent meanwhile stays in the queue. One message each 10 s from 10 s on, 50 of them in that time. */
function run(delivery: string, parts: Parts = {}, set: readonly string[] = []): Replication {
  return simulate(scenario({
    run: '{ horizon: 1h, drain: 1h }',
    flows: '  orders: { arrivals: { every: 10s, limit: 56 }, route: [http-in, port, outgoing, ledger] }',
    ...parts,
    topology: `${SMALL_GROUP}
  receive: { kind: isolated-host, in: group, on: [bts2] }
  transmit: { kind: host, in: group, on: [bts1] }
  http-in: { kind: receive-location, host: receive }
  port: { kind: send-port, adapter: msmq, host: transmit, to: outgoing }
  outgoing: { kind: msmq, on: [bts1], to: ledger${delivery} }
  ledger: { kind: application, work: 50ms }${parts.topology ?? ''}`,
  }), { set });
}

const AWAY = '  - { id: away, kind: outage, target: ledger, at: 65s, for: 19m }';
const RESTART = '  - { id: restarts, kind: restart, target: outgoing, at: 10m }';

describe('prediction 37: message queuing and a restart of its service', () => {
  it('37. express, the default: the 50 messages in the queue are lost with the service', () => {
    const one = run('', { faults: `${AWAY}\n${RESTART}` });
    // Sent before 65 s: 6. Sent later: 50, all there before 10 min.
    expect(one.flow('orders')).to.deep.include({ offered: 56, delivered: 6, lost: 50, suspended: 0 });
    expect(one.causes('lost')).to.deep.equal({ 'restarts > outgoing > kept in memory only': 50 });
  });

  for (const delivery of ['recoverable', 'transactional']) {
    it(`37. ${delivery}: none is lost, through a restart, a crash and a reboot`, () => {
      const one = run(`, delivery: ${delivery}`, { faults: `${AWAY}\n${RESTART}\n  - { id: crash, kind: crash, target: outgoing, at: 12m }\n  - { id: reboot, kind: restart, target: bts1, at: 14m }` });
      expect(one.flow('orders')).to.deep.include({ offered: 56, delivered: 56, lost: 0, duplicates: 0 });
    });
  }

  it('a reboot and a crash take express messages too; a hang does not', () => {
    for (const [kind, target] of [['crash', 'outgoing'], ['restart', 'bts1']]) {
      expect(run('', { faults: `${AWAY}\n  - { id: ends, kind: ${kind}, target: ${target}, at: 10m }` }).flow('orders').lost).to.equal(50);
    }
    expect(run('', { faults: `${AWAY}\n  - { id: stands, kind: hang, target: outgoing, at: 10m, for: 1m }` }).flow('orders').lost).to.equal(0);
  });

  it('the disk takes what is on it', () => {
    expect(run(', delivery: recoverable', { faults: `${AWAY}\n  - { id: disk, kind: disk-loss, target: outgoing, at: 10m }` }).flow('orders').lost).to.equal(50);
  });

  it('transactional ones are handed on in their order, recoverable ones need not be', () => {
    const parts = { faults: '  - { id: fails, kind: error, target: ledger, step: taken, at: 65s, for: 30s, probability: 1 }' };
    expect(run(', delivery: transactional, retry: 55s', parts).flow('orders')).to.deep.include({ delivered: 56, out_of_order: 0 });
    expect(run(', delivery: recoverable, retry: 55s', parts).flow('orders').out_of_order).to.be.above(0);
  });

  it('from queue to queue a repeat is known where they are transactional: the answer is lost, the message comes once', () => {
    const parts = (delivery: string): Parts => ({
      topology: `\n  incoming: { kind: msmq, on: [bts2], to: ledger, delivery: ${delivery} }`,
      flows: '  orders: { arrivals: { every: 10s, limit: 56 }, route: [http-in, port, outgoing, incoming, ledger] }',
      faults: '  - { id: cut, kind: network-partition, target: [bts1, bts2], when: { component: incoming, step: put, nth: 3 }, for: 2m }',
    });
    for (const [delivery, duplicates] of [['recoverable', 1], ['transactional', 0]] as const) {
      const one = run(`, delivery: ${delivery}`, parts(delivery), ['topology.outgoing.to=incoming']);
      expect(one.flow('orders')).to.deep.include({ delivered: 56, lost: 0, duplicates });
    }
  });

  it('what cannot be handed on for 4 days is dead: kept for an operator, or dropped', () => {
    const parts = { run: '{ horizon: 1h, drain: 5d }', faults: '  - { id: away, kind: outage, target: ledger, at: 65s, for: 7d }' };
    const kept = run(', delivery: recoverable, retry: 6h', parts);
    expect(kept.flow('orders')).to.deep.include({ dead_lettered: 50, delivered: 6 });
    expect(kept.ledger.suspensions[0].time).to.be.within(70 + 4 * 86_400, 70 + 4 * 86_400 + 6 * 3600 + 1);
    expect(run(', delivery: recoverable, retry: 6h, dead-letter: false', parts).flow('orders')).to.deep.include({ expired: 50, delivered: 6 });
  });
});

describe('prediction 83: message queuing is stopped on the send server', () => {
  it('83. messages of its send ports are suspended after the ladder, others are not affected', () => {
    const one = run('', {
      topology: '\n  plain: { kind: send-port, host: transmit, to: erp }\n  erp: { kind: application }',
      flows: '  orders: { arrivals: { every: 10s, limit: 56 }, route: [http-in, port, outgoing, ledger] }\n  others: { arrivals: { every: 10s, limit: 56 }, route: [http-in, plain, erp] }',
      faults: '  - { id: stopped, kind: stop, target: outgoing, at: 5s, for: 3h }',
    });
    expect(one.flow('orders')).to.deep.include({ suspended: 56, lost: 0 });
    expect(one.flow('others')).to.deep.include({ delivered: 56 });
    expect(one.ledger.suspensions[0].time - 10).to.be.within(900, 905);
  });

  it('each server has its own: who sends from a server uses the service beside it, and no other', () => {
    const both = ['topology.transmit.on=[bts1, bts2]', 'topology.outgoing.on=[bts1, bts2]'];
    const stopped = (server: string): Replication => run('', { faults: `  - { id: stopped, kind: stop, target: outgoing@${server}, at: 5s, for: 3h }` }, both);
    // Of two servers one polls first after each message here, and sends them all.
    const sender = stopped('bts1').ledger.stepsOf('port@bts2', 'put').length === 56 ? 'bts2' : 'bts1';
    expect(stopped(sender === 'bts1' ? 'bts2' : 'bts1').flow('orders')).to.deep.include({ delivered: 56, suspended: 0 });
    const lame = stopped(sender);
    expect(lame.ledger.stepsOf(`port@${sender}`, 'put')).to.have.length(0);
    expect(lame.flow('orders').suspended).to.be.above(0);
  });
});

describe('prediction 82: a send port into Service Bus', () => {
  function sb(faults: string, backup = ''): Replication {
    return simulate(scenario({
      run: '{ horizon: 1h, drain: 2h }',
      flows: '  orders: { arrivals: { every: 60s }, route: [http-in, port, q, reader] }', faults,
      topology: `
  dbs: { kind: server }
  sql: { kind: sql-server, on: [dbs] }
  group: { kind: biztalk-group, message-box: sql, management: sql, sso-database: sql }
  bts1: { kind: server }
  receive: { kind: isolated-host, in: group, on: [bts1] }
  transmit: { kind: host, in: group, on: [bts1] }
  http-in: { kind: receive-location, host: receive }
  dc1: { kind: datacenter }
  dc2: { kind: datacenter }
  one: { kind: service-bus-namespace, in: dc1 }
  two: { kind: service-bus-namespace, in: dc2 }
  q: { kind: queue, in: one, work: 15ms }
  r: { kind: queue, in: two, work: 15ms }
  reader: { kind: service-bus-receiver, from: [q, r], concurrency: 4, work: 50ms }
  port: { kind: send-port, adapter: sb-messaging, host: transmit, to: q${backup} }`,
    }));
  }

  it('82. survives an outage of 14 min without suspension: the last retry comes at +15 min; one of 30 min it does not', () => {
    expect(sb('  - { id: away, kind: outage, target: one, at: 10m, for: 14m }').flow('orders')).to.deep.include({ suspended: 0, lost: 0, delivered: 59 });
    // Nobody answers, so each attempt costs its timeout of 1 min: the last one begins 3 * (1 + 5) = 18 min after the first. Who is first tried in the first 12 of the 30 min fails.
    expect(sb('  - { id: away, kind: outage, target: one, at: 10m, for: 30m }').flow('orders').suspended).to.be.within(11, 13);
  });

  it('82. with a backup in a healthy second namespace it survives any outage, each message late by the ladder, here 4 timeouts and 3 waits', () => {
    const run82 = sb('  - { id: away, kind: outage, target: one, at: 10m, for: 110m }', ', backup: { to: r }');
    expect(run82.flow('orders')).to.deep.include({ suspended: 0, lost: 0, delivered: 59 });
    const late = run82.ledger.effects.map(({ time, n }) => time - run82.ledger.offers.find((each) => each.n === n)!.time).filter((delay) => delay > 10);
    expect(late).to.have.length(50);
    expect(Math.min(...late)).to.be.at.least(1140);
    expect(Math.max(...late)).to.be.at.most(1140 + 5 * 0.5 + 0.2);
  });
});
