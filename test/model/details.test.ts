/**
 * Details that a small slip in the model would change and nothing else would notice: each test fails when its mechanism is off by one.
 */
import { expect } from 'chai';
import { micro, scenario, simulate, withCluster, withSql } from './support.js';

const direct = (faults: string, { parameters = 'work: 4s', client = '{ timeout: 30s }', arrivals = '{ every: 10s, limit: 6 }' } = {}): string => scenario({
  topology: `  erp: { kind: application, ${parameters}, restart: 3s }`,
  flows: `  orders: { arrivals: ${arrivals}, route: [erp], client: ${client} }`, faults, run: '{ horizon: 5m, drain: 5m }',
});

describe('details of the mechanism', () => {
  it('of three servers the next in the order of the list takes over', () => {
    const run = simulate(withCluster({
      topology: '\n  sql3: { kind: server, reboot: 5m }',
      faults: '  - { id: dies, kind: crash, target: sql1, at: 10m, for: 1d }',
    }), { set: ['topology.cluster.on=[sql1, sql2, sql3]'] });
    expect(run.ledger.failovers).to.deep.equal([{ time: 645, component: 'cluster', to: 'sql2' }]);
  });

  it('every wait of a ladder is drawn by itself', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 30s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: erp-down, kind: outage, target: erp, at: 10s, for: 1d }',
    }), { set: ['topology.erp-port.retry.interval={uniform: [1m, 5m]}'] });
    const taken = run.ledger.stepsOf(/^erp-port/, 'taken').map(({ time }) => time);
    expect(taken).to.have.length(4);
    const waits = taken.slice(1).map((time, i) => time - taken[i]);
    // More apart than two polls.
    expect(Math.max(...waits) - Math.min(...waits)).to.be.above(2);
  });

  it('the work of every attempt is drawn by itself', () => {
    const run = simulate(direct('  - { id: ack, kind: ack-loss, target: erp, at: 0s, probability: 100% }', {
      parameters: 'work: { uniform: [1s, 20s] }', client: '{ timeout: 30s, retry: 2 }', arrivals: '{ every: 10s, limit: 1 }',
    }));
    const taken = run.ledger.stepsOf('erp', 'taken').map(({ time }) => time);
    const works = run.ledger.effects.map(({ time }, i) => micro(time - taken[i]));
    expect(works).to.have.length(3);
    expect(new Set(works).size).to.equal(3);
  });

  it('an attempt that fails while the MessageBox is away cannot be noted, so it is made again', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 30s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: hang, kind: hang, target: erp, at: 10s, for: 1d }\n  - { id: sql-away, kind: outage, target: sql, at: 45s, for: 25s }',
    }), { set: ['topology.erp-port.timeout=20s', 'topology.erp-port.retry.count=1'] });
    // The first times out at about 51 s: MessageBox away at 45-70 s, the process ends itself at 55 s. Then two attempts that count.
    expect(run.ledger.stepsOf(/^erp-port/, 'taken')).to.have.length(3);
    expect(run.flow('orders')).to.deep.include({ suspended: 1 });
  });

  it('two slow faults at once multiply', () => {
    const run = simulate(direct('  - { id: a, kind: slow, factor: 2, target: erp, at: 5s, for: 1m }\n  - { id: b, kind: slow, factor: 3, target: erp, at: 6s, for: 1m }', { arrivals: '{ every: 10s, limit: 1 }' }));
    expect(run.ledger.effects.map(({ time }) => time)).to.deep.equal([34]);
  });

  it('what a clean restart gives back goes before what came later', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 1s, limit: 20 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: patch, kind: restart, target: process, at: 15s }',
    }), { set: ['topology.process.on=[bts1]', 'topology.bts1.cpus=1', 'topology.process.threads=1', 'topology.process.queue-size=0', 'topology.process.in-process-per-cpu=1', 'topology.fulfil.steps=[{work: 10s}]'] });
    const order = run.ledger.stepsOf(/^fulfil/, 'committed').map(({ n }) => n);
    expect(order).to.deep.equal([...order].sort((a, b) => a - b));
    expect(order).to.have.length(20);
  });

  it('an instance takes what waits longest, whichever handler it is for', () => {
    const run = simulate(withSql({
      topology: '\n  check: { kind: orchestration, host: process, steps: [{ work: 10s }] }',
      flows: '  orders: { arrivals: { every: 3s, limit: 5 }, route: [http-in, fulfil, erp-port] }\n  checks: { arrivals: { every: 3s, from: 1s, limit: 5 }, route: [http-in, check, erp-port] }',
    }), { set: ['topology.process.on=[bts1]', 'topology.bts1.cpus=1', 'topology.process.threads=1', 'topology.process.queue-size=0', 'topology.process.in-process-per-cpu=1', 'topology.fulfil.steps=[{work: 10s}]'] });
    const taken = run.ledger.stepsOf(/^(fulfil|check)/, 'taken').map(({ flow, n }) => `${flow} ${n}`);
    expect(taken).to.deep.equal([0, 1, 2, 3, 4].flatMap((n) => [`orders ${n}`, `checks ${n}`]));
  });

  it('a persistence point that comes while the MessageBox is away is none: the step is done again', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 30s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: sql-away, kind: outage, target: sql, at: 35s, for: 25s }',
    }), { set: ['topology.fulfil.steps=[{work: 10s, persist: true}, {work: 1s}]'] });
    // The first step ends at about 40.5 s, the process at 45 s.
    expect(run.ledger.work.filter(({ member }) => member.startsWith('fulfil')).map(({ again }) => again)).to.deep.equal([false, true, false]);
    expect(run.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0 });
  });

  it('two servers without a disk: one of them is a majority', () => {
    const run = simulate(withCluster({ faults: '  - { id: dies, kind: crash, target: sql1, at: 10m, for: 5m }' }).replace('disk: san, ', ''));
    expect(run.ledger.downtimes('cluster.sql')).to.deep.equal([45]);
  });

  it('the two legs of one message at the same destination are two pieces of work', () => {
    const run = simulate(withSql({
      topology: '\n  second-port: { kind: send-port, host: transmit, to: erp }',
      flows: '  orders: { arrivals: { every: 30s, limit: 3 }, route: [http-in, fulfil, [[erp-port], [second-port]]] }',
    }), { set: ['topology.erp.remember={ids: 100}'] });
    expect(run.ledger.effects).to.have.length(6);
    expect(run.flow('orders')).to.deep.include({ delivered: 3, suppressed: 0 });
  });

  it('a full memory forgets the oldest', () => {
    // Message 2 is done at 34 s, the third of three; its answer is lost, and it comes again at 36 + 1 s.
    const run = simulate(direct('  - { id: ack, kind: ack-loss, target: erp, at: 33s, for: 2s, probability: 100% }', {
      parameters: 'work: 4s, remember: { ids: 2 }', client: '{ timeout: 6s, retry: 3, backoff: 1s }',
    }));
    expect(run.flow('orders')).to.deep.include({ delivered: 6, duplicates: 0, suppressed: 1 });
  });

  it('of two polls at the same instant the first by name finds the message', () => {
    const run = simulate(withSql({ flows: '  orders: { arrivals: { every: 1s, limit: 20 }, route: [http-in, fulfil, erp-port] }' }), { set: ['topology.process.poll=1us'] });
    expect(new Set(run.ledger.stepsOf(/^fulfil/, 'taken').map(({ member }) => member))).to.deep.equal(new Set(['fulfil@bts1']));
  });

  it('one branch stopped stops the flow', () => {
    const run = simulate(withSql({
      topology: '\n  crm-port: { kind: send-port, host: transmit, to: crm }\n  crm: { kind: application, work: 50ms }',
      flows: '  orders: { arrivals: { every: 30s, limit: 10 }, route: [http-in, fulfil, [[erp-port], [crm-port]]] }',
      faults: '  - { id: crm-down, kind: outage, target: crm, at: 100s, for: 100s }',
    }));
    expect(run.ledger.stops('orders')).to.deep.equal([{ from: 100, to: 200, causes: ['crm-down'] }]);
  });

  it('a backup that is tried at once keeps the flow going', () => {
    const run = simulate(withSql({
      topology: '\n  erp2: { kind: application, work: 50ms }',
      flows: '  orders: { arrivals: { every: 30s, limit: 10 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: erp-down, kind: outage, target: erp, at: 100s, for: 100s }',
    }), { set: ['topology.erp-port.retry.count=0', 'topology.erp-port.backup={to: erp2}'] });
    expect(run.ledger.stops('orders')).to.deep.equal([]);
  });

  it('an isolated host refuses while the management database is away', () => {
    const run = simulate(withSql({
      topology: '\n  dbs2: { kind: server }\n  mgmt: { kind: sql-server, on: [dbs2], restart: 20s }',
      faults: '  - { id: mgmt-away, kind: outage, target: mgmt, at: 10m, for: 40s }',
    }), { set: ['topology.group.management=mgmt'] });
    expect(run.ledger.down('receive@bts1.run').map(({ from, causes }) => ({ from, causes }))).to.deep.equal([{ from: 600, causes: ['mgmt-away'] }]);
  });

  it('rule (b): a start that is broken off is a start that failed', () => {
    const run = simulate(withSql({
      faults: '  - { id: first, kind: outage, target: sql, at: 100s, for: 30s }\n  - { id: second, kind: outage, target: sql, at: 180s, for: 10s }',
    }), { set: ['topology.process.restart-rule=once'] });
    expect(run.ledger.statesOf('process@bts1')).to.deep.equal(['stopping', 'waiting', 'starting', 'failed']);
  });

  it('what a dead instance holds locked goes with the disk', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: dies, kind: crash, target: process, at: 30s, for: 1h }\n  - { id: gone, kind: disk-loss, target: sql, at: 60s, for: 1m }',
    }), { set: ['topology.fulfil.steps=[{work: 100s}]'] });
    expect(run.flow('orders')).to.deep.include({ lost: 1, delivered: 0, in_flight: 0 });
  });

  it('what is suspended goes with the disk', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: bad, kind: error, target: fulfil, at: 0s, count: 1 }\n  - { id: gone, kind: disk-loss, target: sql, at: 60s, for: 1m }',
    }));
    expect(run.flow('orders')).to.deep.include({ lost: 1, suspended: 0 });
  });

  it('a leg of which one copy is still worked on is not stranded', () => {
    const run = simulate(withSql({
      run: '{ horizon: 3m, drain: 2m }',
      flows: '  orders: { arrivals: { every: 10s, limit: 1 }, route: [http-in, fulfil, erp-port], client: { timeout: 5s, retry: 3, backoff: 1s } }',
      faults: '  - { id: ack, kind: ack-loss, target: http-in, at: 9s, for: 3s, probability: 100% }\n  - { id: dies, kind: crash, target: process@bts1, at: 60s, for: 1d }',
    }), { set: ['topology.bts1.cpus=1', 'topology.bts2.cpus=1', 'topology.process.threads=1', 'topology.process.queue-size=0', 'topology.process.in-process-per-cpu=1', 'topology.fulfil.steps=[{work: 3h}]'] });
    // Published twice; each instance holds one of the two.
    expect(run.ledger.takes).to.have.length(2);
    expect(run.flow('orders')).to.deep.include({ in_flight: 1, stranded: 0 });
  });

  it('a stopped instance whose server dies is off, and starts when both are back', () => {
    const run = simulate(withSql({
      faults: '  - { id: stop, kind: stop, target: process@bts1, at: 2m, for: 10m }\n  - { id: dies, kind: crash, target: bts1, at: 4m, for: 2m }',
    }));
    expect(run.ledger.statesOf('process@bts1')).to.deep.equal(['stopped', 'off', 'starting', 'running']);
  });

  it('a backup whose turn comes after the deadline does not keep the flow going', () => {
    const text = withSql({
      topology: '\n  erp2: { kind: application, work: 50ms }',
      flows: '  orders: { arrivals: { every: 30s, limit: 10 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: erp-down, kind: outage, target: erp, at: 100s, for: 100s }',
    });
    // Its turn comes after 3 waits of 5 min; without an objective there is no time for that.
    const run = simulate(text, { set: ['topology.erp-port.backup={to: erp2}'] });
    expect(run.ledger.stops('orders')).to.deep.equal([{ from: 100, to: 200, causes: ['erp-down'] }]);
  });
});
