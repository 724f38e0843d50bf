/** Receiving from message queuing: batches in a transaction and without, the service on the own server, one cluster group or two. */
import { expect } from 'chai';
import { catalogue } from '../../src/kinds/index.js';
import { readScenario } from '../../src/scenario/index.js';
import { receiving } from './adapters-support.js';
import type { Receiving } from './adapters-support.js';
import { micro, simulate } from './support.js';
import type { Replication } from './support.js';

const SERVER = '  mail: { kind: server, reboot: 5m }';
const QUEUE = 'kind: msmq, on: [mail], write: 0s, restart: 20s, delivery: transactional';
const IN = 'kind: msmq-receive-location, work: 1s';
const AT_10 = `${IN}, first-poll: 10s, poll: 20s`;
/** Twenty messages that are there at time 0, read by one instance at its poll at 10 s. */
const twenty = (parts: Partial<Receiving> = {}): Replication => simulate(receiving({
  around: SERVER, source: `${QUEUE}, initial: 20`, location: AT_10, host: 'on: [bts1]', arrivals: '{ every: 3h }', run: '{ horizon: 20m, drain: 0s }', ...parts,
}));

describe('a batch from message queuing', () => {
  const uneven = `${AT_10}, work: { uniform: [0s, 1s] }`.replace(', work: 1s', '');

  it('38. in a transaction: a crash in the middle leaves all 20 in the queue; none is lost, none comes twice', () => {
    // Half of them are worked when the instance dies: without a common transaction they would be committed.
    const run = twenty({ location: `${uneven}, transactional: true`, faults: '  - { id: dies, kind: crash, target: receive, at: 10.5s }' });
    expect(run.ledger.stepsOf('in@bts1', 'worked').filter(({ time }) => time < 10.5).length).to.be.within(4, 16);
    expect(run.ledger.stepsOf('in@bts1', 'committed').filter(({ time }) => time <= 10.5)).to.deep.equal([]);
    expect(run.flow('files')).to.include({ delivered: 20, lost: 0, duplicates: 0, in_flight: 0 });
    expect(new Set(run.ledger.stepsOf('in@bts1', 'committed').map(({ time }) => time)).size).to.equal(1);
  });

  it('without one: what was taken and is not published yet is gone with the instance', () => {
    const run = twenty({ location: uneven, faults: '  - { id: dies, kind: crash, target: receive, at: 10.5s }' });
    const published = run.ledger.stepsOf('in@bts1', 'put').filter(({ time }) => time <= 10.5).length;
    expect(published).to.be.within(4, 16);
    expect(run.flow('files')).to.include({ delivered: published, lost: 20 - published, duplicates: 0, in_flight: 0 });
    expect(run.causes('lost')).to.deep.equal({ 'dies > in@bts1 > settled, not put': 20 - published });
  });

  it('is of 20 at most, one batch at a time', () => {
    const run = twenty({ source: `${QUEUE}, initial: 50`, location: `${IN}, first-poll: 10s, poll: 10.5s, transactional: true` });
    // Taken at 10 s and published a second later, then at 20.5 s and at 31 s.
    const times = run.ledger.stepsOf('in@bts1', 'committed').map(({ time }) => time);
    expect([11, 21.5, 32].map((at) => times.filter((time) => time === at).length)).to.deep.equal([20, 20, 10]);
  });

  it('a service that dies while it hands out hands out no more', () => {
    const run = twenty({ location: `${AT_10}, error-threshold: 0`, faults: '  - { id: dies, kind: crash, target: source, when: { component: in, step: taken, nth: 3 } }' });
    expect(run.ledger.stepsOf('in@bts1', 'taken').filter(({ time }) => time === 10)).to.have.length(3);
    // What was handed out is gone from the queue, and published; the rest is there when the service is.
    expect(run.flow('files')).to.include({ delivered: 20, lost: 0, duplicates: 0 });
  });

  it('an instance that hangs in the middle goes on with all of it', () => {
    const run = twenty({ location: `${uneven}, transactional: true`, faults: '  - { id: hangs, kind: hang, target: receive, at: 10.5s, for: 1m }' });
    expect(run.flow('files')).to.include({ delivered: 20, lost: 0, duplicates: 0, in_flight: 0 });
    expect(run.ledger.stepsOf('in@bts1', 'taken').length).to.equal(20);
    expect(run.ledger.stepsOf('in@bts1', 'committed')[0].time).to.be.within(70.5, 71);
  });

  it('the loss of the database or of the service undoes all of it', () => {
    for (const target of ['sql', 'source']) {
      const run = twenty({ location: `${AT_10}, transactional: true, error-threshold: 0`, faults: `  - { id: away, kind: outage, target: ${target}, at: 10.5s, for: 1m }` });
      expect(run.flow('files'), target).to.include({ delivered: 20, lost: 0, duplicates: 0, in_flight: 0 });
      expect(run.ledger.stepsOf('in@bts1', 'committed')[0].time, target).to.be.above(70.5);
    }
  });

  it('a network that is cut in the middle undoes all of it; what was taken without a transaction is published', () => {
    const cut = '  - { id: cut, kind: network-partition, target: [bts1, mail], at: 10.5s, for: 1m }';
    const safe = twenty({ location: `${AT_10}, transactional: true, error-threshold: 0`, faults: cut });
    expect(safe.flow('files')).to.include({ delivered: 20, lost: 0, duplicates: 0, in_flight: 0 });
    expect(safe.ledger.stepsOf('in@bts1', 'committed')[0].time).to.be.above(70.5);
    const plain = twenty({ location: `${AT_10}, error-threshold: 0`, faults: cut });
    expect(plain.flow('files')).to.include({ delivered: 20, lost: 0, duplicates: 0, in_flight: 0 });
    expect(plain.ledger.stepsOf('in@bts1', 'put').map(({ time }) => time)).to.deep.equal(Array(20).fill(11));
  });

  it('what was taken without a transaction is published though the service ends meanwhile and the location is disabled', () => {
    const run = twenty({ source: `${QUEUE}, initial: 30`, location: `${IN}, first-poll: 0s, poll: 100ms`, faults: '  - { id: away, kind: outage, target: source, at: 500ms, for: 1m }' });
    expect(run.ledger.lives.filter(({ member }) => member === 'in@bts1').map(({ time, to }) => [time, to])).to.deep.equal([[0.5, 'away'], [0.5, 'disabled']]);
    expect(run.ledger.stepsOf('in@bts1', 'put').map(({ time }) => time)).to.deep.equal(Array(20).fill(1));
    // Nothing is taken by a location that is disabled, though its queue is back.
    expect(run.flow('files')).to.include({ delivered: 20, lost: 0, duplicates: 0, in_flight: 10 });
  });

  it('an instance that has given up for a while takes nothing until it tries again', () => {
    const run = twenty({ source: `${QUEUE}, initial: 30`, location: `${IN}, first-poll: 0s, poll: 1s, fault-tolerance: true`, faults: '  - { id: away, kind: outage, target: source, at: 500ms, for: 10s }' });
    // Gives up at the poll at 1 s, tries again a minute later.
    expect(run.ledger.lives.filter(({ member }) => member === 'in@bts1').map(({ time, to }) => [time, to])).to.deep.equal([[0.5, 'away'], [1, 'withdrawn'], [61, 'up']]);
    expect(run.ledger.stepsOf('in@bts1', 'taken').map(({ time }) => time)).to.deep.equal([...Array<number>(20).fill(0), ...Array<number>(10).fill(61)]);
  });
});

describe('the queue that is read', () => {
  it('express messages end with the service, others stay', () => {
    const lost = (delivery: string): number => Number(twenty({ source: `${QUEUE.replace('transactional', delivery)}, initial: 20`, faults: '  - { id: restarts, kind: restart, target: source, at: 5s, for: 1s }' }).flow('files').lost);
    expect(['express', 'recoverable', 'transactional'].map(lost)).to.deep.equal([20, 0, 0]);
  });

  it('what does not reach it in its time is dead at the sender: kept, or dropped', () => {
    const away = (terms: string): Replication => simulate(receiving({
      around: `${SERVER}\n  outgoing: { kind: msmq, on: [bts2], to: source, delivery: recoverable, retry: 1m, time-to-reach-queue: 10m${terms} }`,
      source: QUEUE, location: `${IN}, error-threshold: 0`, host: 'on: [bts1]',
      flows: '  files: { arrivals: { every: 1m, limit: 5 }, route: [outgoing, source, in, port] }', faults: '  - { id: away, kind: outage, target: source, at: 2m30s, for: 1h }',
    }));
    expect(away('').flow('files')).to.include({ delivered: 2, dead_lettered: 3, lost: 0 });
    expect(away(', dead-letter: false').flow('files')).to.include({ delivered: 2, expired: 3, lost: 0 });
  });

  it('lies on one server, or in a cluster', () => {
    const told = (source: string): string[] => readScenario({ text: receiving({ source, location: IN }), file: '<stdin>' }, {}, catalogue).diagnostics.filter(({ code }) => code === 'HS040').map(({ message }) => message);
    expect(told('kind: msmq, on: [bts1, bts2]')).to.deep.equal(['source: a queue that is read lies on one server, or in a cluster, not on bts1 and bts2']);
    expect(told('kind: msmq, on: [bts1]')).to.deep.equal([]);
  });
});

describe('the message queuing service on the own server', () => {
  const stopped = '  - { id: stopped, kind: stop, target: local, at: 10m, for: 5m }';
  const parts: Partial<Receiving> = {
    topology: '\n  local: { kind: msmq, on: [bts1], to: erp }\n  inbox: { kind: ftp-server, work: 0s }\n  ftp-in: { kind: ftp-receive-location, host: receive, from: inbox, first-poll: 10s, work: 1s }', run: '{ horizon: 2h, drain: 0s }',
    flows: '  files: { arrivals: { every: 60s, from: 30s, limit: 60 }, route: [source, in, port] }\n  others: { arrivals: { every: 60s, from: 30s, limit: 60 }, route: [inbox, ftp-in, port] }',
  };

  it('83. is stopped: the location shuts down at its next poll and stays so, others go on', () => {
    const run = twenty({ ...parts, location: `${IN}, first-poll: 250ms`, source: QUEUE, faults: stopped });
    expect(run.ledger.lives.filter(({ member }) => member === 'in@bts1').map(({ time, to }) => [time, to])).to.deep.equal([[600, 'away'], [600.25, 'disabled']]);
    expect(run.flow('files')).to.include({ delivered: 9, lost: 0, in_flight: 51 });
    expect(run.flow('others')).to.include({ delivered: 60, in_flight: 0 });
    const enabled = twenty({ ...parts, location: IN, source: QUEUE, faults: stopped, more: 'operator: { reaction: 30m }' });
    expect(enabled.ledger.statesOf('in@bts1')).to.deep.equal(['away', 'disabled', 'up']);
    expect(enabled.flow('files')).to.include({ delivered: 60, duplicates: 0 });
  });

  it('is not asked where another server is meant', () => {
    expect(twenty({ ...parts, location: IN, source: QUEUE, faults: stopped.replace('local', 'elsewhere'), topology: `${String(parts.topology)}\n  elsewhere: { kind: msmq, on: [bts2], to: erp }` }).ledger.statesOf('in@bts1')).to.deep.equal([]);
  });
});

describe('message queuing and its reader in a cluster', () => {
  const queue = 'kind: msmq, cluster: readers, delivery: transactional';
  const location = `${IN}, transactional: true`;
  const dies = '  - { id: dies, kind: crash, target: bts1, at: 10m }';
  const clustered = (host: string, topology = '', faults = dies): Replication => simulate(receiving({ source: queue, location, host, topology, faults, arrivals: '{ every: 10s, limit: 200 }', run: '{ horizon: 1h, drain: 0s }' }));

  it('of one group: both move, and the location goes on by itself', () => {
    const run = clustered('cluster: readers, depends-on: source');
    // 10 s to notice, 40 s to move.
    expect(run.ledger.lives.filter(({ member }) => member === 'receive').map(({ time, to }) => [time, to])).to.deep.equal([[600, 'off'], [650, 'running']]);
    expect(run.ledger.statesOf('in')).to.deep.equal(['off', 'up']);
    expect(run.flow('files')).to.include({ delivered: 200, lost: 0, duplicates: 0 });
  });

  it('in another group: the location finds no service after the move and is disabled', () => {
    const run = clustered('cluster: others', '\n  others: { kind: cluster-group, on: [bts2, bts1], detection: 10s, restart: 20s, failover: 40s }');
    expect(run.ledger.statesOf('in')).to.deep.equal(['away', 'disabled']);
    expect(run.flow('files').lost).to.equal(0);
    // Nobody enables it: the flow is stopped to the end.
    expect(run.ledger.stops('files').map(({ from, to }) => [from, to])).to.deep.equal([[600, Infinity]]);
  });

  it('a service that crashes is started again with all of its group: the host that depends on it is back after it', () => {
    const run = clustered('cluster: readers, depends-on: source', '', '  - { id: dies, kind: crash, target: source, at: 10m, for: 1m }');
    // Noticed after 5 s, group restarted at 625 s, the service held until 660 s.
    expect(run.ledger.downtimes('receive.run').map(micro)).to.deep.equal([60]);
    expect(run.ledger.statesOf('in')).to.deep.equal(['off', 'up']);
    expect(run.flow('files')).to.include({ delivered: 200, lost: 0, duplicates: 0 });
    // A host that does not depend on it is back before it, and polls in vain.
    expect(clustered('cluster: readers', '', '  - { id: dies, kind: crash, target: source, at: 10m, for: 1m }').ledger.statesOf('in')).to.deep.equal(['off', 'up', 'away', 'disabled']);
  });

  it('L14, L4: who reads a clustered queue on its servers is in its group and depends on it, and one instance reads a local queue', () => {
    const told = (host: string, source = queue, topology = ''): string[] => readScenario({ text: receiving({ source, location, host, topology }), file: '<stdin>' }, {}, catalogue).diagnostics
      .filter(({ rule }) => rule !== undefined && ['L4', 'L14'].includes(rule.name)).map(({ rule, severity, message }) => `${rule!.name} ${severity} ${message}`);
    expect(told('cluster: readers, depends-on: source')).to.deep.equal([]);
    expect(told('cluster: readers')).to.deep.equal(['L14 warning in reads source in readers, and its host receive does not depend on it']);
    expect(told('on: [bts1]')).to.deep.equal(['L14 warning in reads source in readers, and its host receive is not in that group']);
    expect(told('on: [bts1, bts2]', 'kind: msmq, on: [bts1]')).to.deep.equal(['L4 warning in is run by receive on bts1 and bts2 at once']);
    // A queue on a server of its own is read by as many as there are.
    expect(told('on: [bts1, bts2]', 'kind: msmq, on: [mail]', '\n  mail: { kind: server }')).to.deep.equal([]);
  });
});
