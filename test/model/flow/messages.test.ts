/** Flows: arrivals, clients, forks, operations, and what a run counts of them. */
import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { micro, scenario, simulate, withCluster, withSql } from '../support.js';

const arriving = (arrivals: string, run = '{ horizon: 10m, drain: 1m }'): string => scenario({
  topology: '  erp: { kind: application, work: 1s }', flows: `  orders: { arrivals: ${arrivals}, route: [erp] }`, run,
});
const times = (text: string): readonly number[] => simulate(text).ledger.offers.map(({ time }) => time);

describe('arrivals', () => {
  it('every: the first after one interval, none at the horizon', () => {
    expect(times(arriving('{ every: 100s }'))).to.deep.equal([100, 200, 300, 400, 500]);
    expect(times(arriving('{ every: 100s, from: 50s, until: 350s }'))).to.deep.equal([150, 250]);
    expect(times(arriving('{ every: 100s, limit: 2 }'))).to.deep.equal([100, 200]);
  });

  it('batch: many at once, the first one interval after from', () => {
    expect(times(arriving('{ batch: { every: 200s, size: 3 } }'))).to.deep.equal([200, 200, 200, 400, 400, 400]);
    expect(times(arriving('{ batch: { every: 200s, size: 3 }, from: 100s, limit: 4 }'))).to.deep.equal([300, 300, 300, 500]);
  });

  it('profile: steps one after another, with and without repetition', () => {
    const steps = '[{ for: 100s, every: 40s }, { for: 100s }, { for: 60s, every: 20s }]';
    // 40, 80 | silence | 220, 240, 260; the profile is 260 s long.
    expect(times(arriving(`{ profile: ${steps} }`))).to.deep.equal([40, 80, 220, 240, 260]);
    expect(times(arriving(`{ profile: ${steps}, repeat: true }`, '{ horizon: 9m }'))).to.deep.equal([40, 80, 220, 240, 260, 300, 340, 480, 500, 520]);
  });

  it('profile of rates: counts by their intervals', () => {
    const at = times(arriving('{ profile: [{ for: 5m, poisson: 2/s }, { for: 5m, poisson: 8/s }] }'));
    // Poisson with means 600 and 2400: within 2.576 sd at 99 %.
    expect(at.filter((time) => time < 300).length).to.be.closeTo(600, 2.576 * Math.sqrt(600));
    expect(at.filter((time) => time >= 300).length).to.be.closeTo(2400, 2.576 * Math.sqrt(2400));
  });

  it('replay: instants from a file, counted from `from`', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hasim-'));
    try {
      const file = join(folder, 'arrivals.csv');
      writeFileSync(file, 'time\n1s\n2.5s\n2.5s\n700s\n');
      expect(times(arriving(`{ replay: ${file} }`))).to.deep.equal([1, 2.5, 2.5]);
      expect(times(arriving(`{ replay: ${file}, from: 10s, limit: 2 }`))).to.deep.equal([11, 12.5]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('warm-up: counts are of the cohort offered in [warmup, horizon)', () => {
    const run = simulate(arriving('{ every: 100s }', '{ horizon: 10m, warmup: 200s, drain: 1m }'));
    expect(run.flow('orders')).to.deep.include({ offered: 4, delivered: 4, throughput_per_s: 4 / 400 });
  });

  it('initial: messages of the first flow that wait in a queue at time 0', () => {
    const run = simulate(withSql({ run: '{ horizon: 10m }', flows: '  orders: { arrivals: { every: 100s }, route: [http-in, fulfil, erp-port] }' }), { set: ['topology.process.initial=50'] });
    // 5 arrivals before 600 s.
    expect(run.flow('orders')).to.deep.include({ offered: 55, accepted: 55, delivered: 55, lost: 0 });
    expect(run.component('process').queue_max).to.equal(50);
    expect(run.ledger.effects[0].time).to.be.at.most(1.2);
  });
});

describe('clients', () => {
  const calling = (client: string, faults: string): string => scenario({
    topology: '  erp: { kind: application, work: 2s }', flows: `  orders: { arrivals: { every: 10s, limit: 1 }, route: [erp], client: ${client} }`, faults, run: '{ horizon: 10m, drain: 1m }',
  });
  const down = (length: string): string => `  - { id: down, kind: outage, target: erp, at: 5s, for: ${length} }`;

  it('refused at once: first attempt, back-off, further attempts', () => {
    const run = simulate(calling('{ retry: 3, backoff: 20s, timeout: 5s }', down('50s')));
    // Attempts at 10, 30, 50 s are refused, the one at 70 s is served.
    expect(run.ledger.attempts.map(({ time }) => time)).to.deep.equal([10, 30, 50, 70]);
    expect(run.flow('orders')).to.deep.include({ delivered: 1, sends: 4, delay_max_s: 62, answer_max_s: 62 });
  });

  it('nobody accepts: rejected after the last attempt', () => {
    const run = simulate(calling('{ retry: 3, backoff: 20s, timeout: 5s }', down('5m')));
    expect(run.flow('orders')).to.deep.include({ delivered: 0, rejected: 1, accepted: 0, lost: 0, sends: 4 });
    expect(run.ledger.fateOf(0)).to.deep.include({ time: 70, fate: 'rejected', cause: 'down > erp > refused' });
    expect(run.fault('down').rejected).to.equal(1);
  });

  it('no answer: each attempt takes its timeout', () => {
    const run = simulate(calling('{ retry: 2, backoff: 3s, timeout: 5s }', '  - { id: hang, kind: hang, target: erp, at: 5s, for: 5m }'));
    expect(run.ledger.attempts.map(({ time }) => time)).to.deep.equal([10, 18, 26]);
    expect(run.ledger.fateOf(0)).to.deep.include({ time: 31, fate: 'rejected' });
  });

  it('work longer than the timeout: every attempt is done, and all but the first are duplicates', () => {
    const run = simulate(calling('{ retry: 2, backoff: 1s, timeout: 1s }', '  - { id: none, kind: outage, target: erp, at: 9m, for: 1s }'));
    // Attempts at 10, 12, 14 s; effects at 12, 14, 16 s; the client has heard nothing, but the effect counts.
    expect(run.ledger.effects.map(({ time }) => time)).to.deep.equal([12, 14, 16]);
    expect(run.flow('orders')).to.deep.include({ delivered: 1, duplicates: 2, accepted: 0, rejected: 0 });
  });

  it('lost answer to the client of a receive location: the message is published twice', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s, limit: 3 }, route: [http-in, fulfil, erp-port], client: { retry: 2, backoff: 1s, timeout: 5s } }',
      faults: '  - { id: ack, kind: ack-loss, target: http-in, at: 15s, for: 10s, probability: 100% }',
    }));
    expect(run.flow('orders')).to.deep.include({ delivered: 3, duplicates: 1, lost: 0, sends: 4 });
    expect(Object.keys(run.causes('duplicate'))[0]).to.match(/^ack > http-in@bts[12] > put, answer lost$/);
  });

  it('lost answer, no repetition: delivered although nobody was told', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s, limit: 3 }, route: [http-in, fulfil, erp-port], client: { timeout: 5s } }',
      faults: '  - { id: ack, kind: ack-loss, target: http-in, at: 15s, for: 10s, probability: 100% }',
    }));
    expect(run.flow('orders')).to.deep.include({ delivered: 3, accepted: 2, duplicates: 0, rejected: 0 });
  });

  it('a crash of the receiving process between publishing and answering: duplicate by the client that repeats', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s, limit: 3 }, route: [http-in, fulfil, erp-port], client: { retry: 9, backoff: 1s, timeout: 5s } }',
      faults: '  - { id: crash, kind: crash, target: receive, when: { component: http-in, step: put, nth: 2 } }',
    }));
    // The web server is back after 5 s; the client repeats each second.
    expect(run.flow('orders')).to.deep.include({ delivered: 3, duplicates: 1, lost: 0 });
    const again = run.ledger.effects.filter(({ nth }) => nth > 1);
    expect(again.map(({ n }) => n)).to.deep.equal([1]);
    expect(again[0].cause).to.match(/^crash > http-in@bts[12] > put, not settled$/);
  });
});

describe('forks', () => {
  const forked = (faults: string, more = ''): string => withSql({
    topology: '\n  crm-port: { kind: send-port, host: transmit, to: crm }\n  crm: { kind: application, work: 50ms }',
    flows: '  orders: { arrivals: { every: 30s, limit: 10 }, route: [http-in, fulfil, [erp-port, crm-port]] }', faults, run: '{ horizon: 10m, drain: 1h }', more,
  });
  const crmDown = '  - { id: crm-down, kind: outage, target: crm, at: 100s, for: 55m }';

  it('every branch gets a leg and a row', () => {
    const run = simulate(forked('  - { id: none, kind: slow, factor: 2, target: crm, at: 69m }'));
    expect(run.result.flows.map(({ flow }) => flow)).to.deep.equal(['orders', 'orders/erp', 'orders/crm']);
    for (const row of ['orders', 'orders/erp', 'orders/crm']) expect(run.flow(row)).to.deep.include({ offered: 10, delivered: 10, duplicates: 0, lost: 0 });
    expect(run.ledger.effects).to.have.length(20);
  });

  it('one destination down: its leg is suspended, and so is the message; the other leg is delivered once', () => {
    const run = simulate(forked(crmDown));
    // Messages 0-2 (30, 60, 90 s) are through; 7 climb the ladder in vain.
    expect(run.flow('orders')).to.deep.include({ delivered: 3, suspended: 7, lost: 0, duplicates: 0 });
    expect(run.flow('orders/erp')).to.deep.include({ delivered: 10, suspended: 0, duplicates: 0 });
    expect(run.flow('orders/crm')).to.deep.include({ delivered: 3, suspended: 7, duplicates: 0 });
    expect(run.causes('suspended')).to.deep.equal({ 'crm-down > crm > refused': 7 });
  });

  it('an operation resumes what is suspended: delivered, and nothing twice', () => {
    const run = simulate(forked(crmDown, 'operations:\n  - { id: resume, do: resume, target: crm-port, at: 1h }'));
    expect(run.flow('orders')).to.deep.include({ delivered: 10, suspended: 0, duplicates: 0 });
    expect(run.flow('orders/erp')).to.deep.include({ delivered: 10, duplicates: 0 });
    expect(run.operation('resume')).to.deep.include({ result: 'done', start_s: 3600 });
  });

  it('an operation terminates what is suspended: rejected, although it was accepted, and the other leg stays delivered', () => {
    const run = simulate(forked(crmDown, 'operations:\n  - { id: give-up, do: terminate, target: crm-port, at: 1h }'));
    expect(run.flow('orders')).to.deep.include({ delivered: 3, suspended: 0, rejected: 7, lost: 0, duplicates: 0 });
    expect(run.flow('orders/erp')).to.deep.include({ delivered: 10, rejected: 0, duplicates: 0 });
    expect(run.flow('orders/crm')).to.deep.include({ delivered: 3, rejected: 7 });
    expect(run.causes('rejected')).to.deep.equal({ 'crm-down > crm-port > terminated': 7 });
    // Who gave them up had a reason: the fault for which they were suspended.
    expect(run.fault('crm-down').rejected).to.equal(7);
    expect(run.operation('give-up')).to.deep.include({ result: 'done', start_s: 3600 });
  });

  it('an operator who terminates comes after his reaction, for all that is suspended by then', () => {
    const run = simulate(forked(crmDown, 'operator: { reaction: 20m, suspended: terminate }'));
    expect(run.flow('orders')).to.deep.include({ delivered: 3, suspended: 0, rejected: 7, lost: 0 });
    const first = run.ledger.suspensions.find(({ suspended }) => suspended)!.time;
    expect(run.ledger.fates.filter(({ fate }) => fate === 'rejected').map(({ time }) => micro(time - first))[0]).to.equal(1200);
  });

  it('an error before the fork suspends both legs', () => {
    const run = simulate(forked('  - { id: bad, kind: error, target: fulfil, at: 100s, count: 1 }'));
    for (const row of ['orders', 'orders/erp', 'orders/crm']) expect(run.flow(row), row).to.deep.include({ delivered: 9, suspended: 1, lost: 0 });
  });

  it('the loss of the store loses the legs that were in it, not the one that is delivered', () => {
    const run = simulate(forked('  - { id: crm-down, kind: outage, target: crm, at: 100s, for: 1h }\n  - { id: gone, kind: disk-loss, target: sql, at: 9m, for: 1m }'));
    // Messages offered from 120 to 300 s (n 3-9) wait for crm.
    expect(run.flow('orders/erp')).to.deep.include({ delivered: 10, lost: 0 });
    expect(run.flow('orders/crm')).to.deep.include({ delivered: 3, lost: 7 });
    expect(run.flow('orders')).to.deep.include({ delivered: 3, lost: 7 });
  });

  it('branches of their own length', () => {
    const run = simulate(withSql({
      topology: '\n  check: { kind: orchestration, host: process, steps: [{ work: 1s }] }\n  crm-port: { kind: send-port, host: transmit, to: crm }\n  crm: { kind: application, work: 50ms }',
      flows: '  orders: { arrivals: { every: 30s, limit: 10 }, route: [http-in, [[fulfil, erp-port], [check, crm-port]]] }',
    }));
    expect(run.flow('orders')).to.deep.include({ delivered: 10, lost: 0, duplicates: 0 });
    expect(run.component('check').operations).to.equal(10);
    expect(run.component('fulfil').operations).to.equal(10);
  });

  it('one transaction puts both legs: a crash before the commit puts neither', () => {
    const run = simulate(forked('  - { id: crash, kind: crash, target: process, when: { component: fulfil, step: put, nth: 3 } }'));
    expect(run.flow('orders')).to.deep.include({ delivered: 10, duplicates: 0, lost: 0 });
    expect(run.ledger.effects).to.have.length(20);
  });
});

describe('operations', () => {
  it('switchover: moves in order, without detection: down for the move alone', () => {
    const run = simulate(withCluster({ operations: '  - { id: move, do: switchover, target: cluster, at: 10m }' }));
    expect(run.ledger.down('cluster.sql').map(({ from, to }) => [from, to])).to.deep.equal([[600, 635]]);
    expect(run.ledger.failovers).to.deep.equal([{ time: 635, component: 'cluster', to: 'sql2' }]);
    expect(run.operation('move')).to.deep.include({ result: 'done', target: 'cluster', start_s: 600 });
    expect(run.flow('orders')).to.deep.include({ lost: 0, suspended: 0 });
  });

  it('switchover with nowhere to go fails, with a reason, and nothing stops', () => {
    const run = simulate(withCluster({
      faults: '  - { id: sql2-dies, kind: crash, target: sql2, at: 9m, for: 5m }', operations: '  - { id: move, do: switchover, target: cluster, after: { fault: sql2-dies, by: 1m } }',
    }));
    expect(run.operation('move').result).to.equal('failed');
    expect(run.operation('move').reason).to.be.a('string');
    expect(run.ledger.down('cluster.sql')).to.deep.equal([]);
  });

  it('resume while the MessageBox is away fails', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 30s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: erp-down, kind: outage, target: erp, at: 10s, for: 20m }\n  - { id: sql-down, kind: outage, target: sql, at: 21m, for: 5m }',
      operations: '  - { id: early, do: resume, target: erp-port, at: 22m }\n  - { id: again, do: resume, target: erp-port, at: 29m }',
    }));
    expect(run.operation('early').result).to.equal('failed');
    expect(run.operation('again').result).to.equal('done');
    expect(run.flow('orders')).to.deep.include({ delivered: 1, suspended: 0 });
  });

  it('an operator of one component only', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 30s, limit: 3 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: erp-down, kind: outage, target: erp, at: 10s, for: 20m }',
    }), { set: ['topology.erp-port.operator={reaction: 10m}'] });
    // One call for all that is suspended by the time he comes.
    expect(run.flow('orders')).to.deep.include({ delivered: 3, suspended: 0, duplicates: 0 });
    const resumed = run.ledger.suspensions.filter(({ suspended }) => !suspended).map(({ time }) => time);
    expect(new Set(resumed.map(micro)).size).to.equal(1);
  });
});
