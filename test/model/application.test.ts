/** The destination: what its crash, its lost answer, its errors, its slowness and its memory cost. */
import { expect } from 'chai';
import { micro, scenario, simulate, withSql } from './support.js';

/** One application that sources call directly. */
const direct = (faults: string, { parameters = 'work: 4s', client = '{ timeout: 30s }', arrivals = '{ every: 10s, limit: 6 }' } = {}): string => scenario({
  topology: `  erp: { kind: application, ${parameters}, restart: 3s }`,
  flows: `  orders: { arrivals: ${arrivals}, route: [erp], client: ${client} }`, faults, run: '{ horizon: 5m, drain: 5m }',
});
const CRASH = '  - { id: crash, kind: crash, target: erp, at: 22s }';

describe('application: when the caller is told', () => {
  it('answer after the work: a crash in the work is known to the caller, who has nothing accepted', () => {
    const run = simulate(direct(CRASH));
    // Message 1 is in work from 20 to 24 s.
    expect(run.flow('orders')).to.deep.include({ offered: 6, accepted: 5, delivered: 5, rejected: 1, lost: 0, duplicates: 0 });
    expect(run.causes('rejected')).to.deep.equal({ 'crash > erp > taken, connection broken': 1 });
  });

  it('answer after the work: the caller repeats, and it is done once', () => {
    const run = simulate(direct(CRASH, { client: '{ timeout: 30s, retry: 3, backoff: 2s }' }));
    // Broken at 22 s; repeated at 24 s while it starts (refused at once), and at 26 s: done at 30 s.
    expect(run.ledger.effectsOf(1).map(({ time }) => time)).to.deep.equal([30]);
    expect(run.flow('orders')).to.deep.include({ delivered: 6, duplicates: 0, sends: 8 });
  });

  it('answer on receipt: a crash in the work loses what was accepted, with its cause path', () => {
    const run = simulate(direct(CRASH, { parameters: 'work: 4s, answer: on-receipt' }));
    expect(run.flow('orders')).to.deep.include({ offered: 6, accepted: 6, delivered: 5, lost: 1, rejected: 0, rpa_msgs: 1, rpa_s: 2 });
    expect(run.causes('lost')).to.deep.equal({ 'crash > erp > settled, not put': 1 });
    expect(run.fault('crash')).to.deep.include({ lost: 1, duplicates: 0 });
    // The answer comes at once: nothing is slower for the caller than 0 s.
    expect(run.flow('orders').answer_max_s).to.equal(0);
  });

  it('answer on receipt behind a send port: the port deletes it and the crash loses it', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 30s, limit: 2 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: crash, kind: crash, target: erp, when: { component: erp, step: settled } }',
    }), { set: ['topology.erp.answer=on-receipt', 'topology.erp.work=5s'] });
    expect(run.flow('orders')).to.deep.include({ accepted: 2, delivered: 1, lost: 1 });
  });
});

describe('application: lost answers', () => {
  const ackLoss = '  - { id: ack, kind: ack-loss, target: erp, at: 15s, for: 10s, probability: 100% }';

  it('the answer to one message is lost: the client repeats after its timeout, and the effect happens twice', () => {
    const run = simulate(direct(ackLoss, { client: '{ timeout: 6s, retry: 3, backoff: 1s }' }));
    // Message 1: work 20-24 s, answer lost; the client gives up waiting at 26 s, repeats at 27 s; work until 31 s.
    expect(run.ledger.effectsOf(1).map(({ time, nth, cause }) => [time, nth, cause])).to.deep.equal([[24, 1, ''], [31, 2, 'ack > erp > put, answer lost']]);
    expect(run.flow('orders')).to.deep.include({ delivered: 6, duplicates: 1, lost: 0, sends: 7 });
    expect(run.fault('ack').duplicates).to.equal(1);
  });

  it('no duplicate with a memory: the second copy is suppressed', () => {
    const run = simulate(direct(ackLoss, { parameters: 'work: 4s, remember: { ids: 100 }', client: '{ timeout: 6s, retry: 3, backoff: 1s }' }));
    expect(run.flow('orders')).to.deep.include({ delivered: 6, duplicates: 0, suppressed: 1, accepted: 6 });
  });

  it('a memory of one id forgets what another message pushed out', () => {
    // Message 1 is repeated at 20 + 14 + 1 = 35 s, after message 2 (30 s) has taken its place.
    const run = simulate(direct(ackLoss, { parameters: 'work: 4s, remember: { ids: 1 }', client: '{ timeout: 14s, retry: 3, backoff: 1s }' }));
    expect(run.flow('orders')).to.deep.include({ duplicates: 1, suppressed: 0 });
  });

  it('a crash forgets the ids', () => {
    const run = simulate(direct(`${ackLoss}\n  - { id: crash, kind: crash, target: erp, at: 25s }`, { parameters: 'work: 4s, remember: { ids: 100 }', client: '{ timeout: 10s, retry: 3, backoff: 1s }' }));
    expect(run.flow('orders')).to.deep.include({ delivered: 6, duplicates: 1, suppressed: 0 });
  });

  it('a clean restart forgets the ids, too: they are in memory', () => {
    const run = simulate(direct(`${ackLoss}\n  - { id: again, kind: restart, target: erp, at: 24.5s }`, { parameters: 'work: 4s, remember: { ids: 100 }', client: '{ timeout: 10s, retry: 3, backoff: 1s }' }));
    // Message 1: effect at 24 s, restart 24.5-27.5 s, timeout at 30 s, repeated at 31 s.
    expect(run.flow('orders')).to.deep.include({ delivered: 6, duplicates: 1, suppressed: 0 });
  });

  it('the crash of one member leaves the ids of the other', () => {
    const run = simulate(scenario({
      topology: '  s1: { kind: server }\n  s2: { kind: server }\n  erp: { kind: application, on: [s1, s2], work: 4s, restart: 3s, remember: { ids: 100 } }',
      flows: '  orders: { arrivals: { every: 10s, limit: 6 }, route: [erp], client: { timeout: 6s, retry: 3, backoff: 1s } }',
      faults: `${ackLoss}\n  - { id: crash, kind: crash, target: erp@s1, at: 25s }`, run: '{ horizon: 5m, drain: 5m }',
    }));
    // Message 1 is done at s2 (24 s) and its answer lost; at 27 s s1 refuses it, at 28 s it comes to s2 again, which knows it.
    expect(run.ledger.stepsOf('erp@s2', 'taken').filter(({ n }) => n === 1).map(({ time }) => time)).to.deep.equal([20, 28]);
    expect(run.flow('orders')).to.deep.include({ delivered: 6, duplicates: 0, suppressed: 1 });
  });

  it('behind a send port: after its timeout the port sends again', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 30s, limit: 4 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: ack, kind: ack-loss, target: erp, at: 50s, for: 20s, probability: 100% }',
    }), { set: ['topology.erp-port.timeout=20s'] });
    expect(run.flow('orders')).to.deep.include({ delivered: 4, duplicates: 1, lost: 0 });
    // Timeout 20 s, retry after 5 min and at most one poll.
    const [first, second] = run.ledger.effectsOf(1);
    expect(second.time - first.time).to.be.at.least(319.95).and.at.most(320.51);
  });

  it('a share of lost answers: 30 % of 2000, by its interval', () => {
    const run = simulate(direct('  - { id: ack, kind: ack-loss, target: erp, at: 0s, probability: 30% }', { parameters: 'work: 10ms', client: '{ timeout: 50ms, retry: 20 }', arrivals: '{ every: 100ms, limit: 2000 }' }), { checkAlways: false });
    // Repeats of a message are geometric: 0.3 / 0.7 a message, variance 0.3 / 0.7^2; 99 % of means within 2.576 sd.
    const mean = (2000 * 0.3) / 0.7;
    const sd = Math.sqrt((2000 * 0.3) / 0.49);
    expect(Number(run.flow('orders').duplicates)).to.be.closeTo(mean, 2.576 * sd);
    expect(run.flow('orders')).to.deep.include({ delivered: 2000, lost: 0 });
  });
});

describe('application: errors, slowness, silence', () => {
  const errors = direct('  - { id: errors, kind: error, target: erp, at: 15s, count: 3 }', { client: '{ timeout: 30s, retry: 5, backoff: 1s }', arrivals: '{ every: 20s, limit: 6 }' });

  it('error count 3: exactly three attempts fail, then all is well again', () => {
    const run = simulate(errors);
    // Message 0 fails at 24, 29 and 34 s, the end of its work, and succeeds at 39 s.
    expect(run.ledger.effectsOf(0).map(({ time }) => time)).to.deep.equal([39]);
    expect(run.ledger.effectsOf(1).map(({ time }) => time)).to.deep.equal([44]);
    expect(run.flow('orders')).to.deep.include({ delivered: 6, sends: 9 });
  });

  it('error count 3: from the third error on a first attempt succeeds, so the flow is served again', () => {
    expect(simulate(errors).ledger.stops('orders')).to.deep.equal([{ from: 15, to: 34, causes: ['errors'] }]);
  });

  it('error at the step taken: refused at once, no work is done', () => {
    const run = simulate(direct('  - { id: errors, kind: error, target: erp, at: 15s, count: 2, step: taken }'));
    expect(run.flow('orders')).to.deep.include({ delivered: 4, rejected: 2, lost: 0 });
    expect(run.component('erp').operations).to.equal(4);
    expect(run.fault('errors').rejected).to.equal(2);
  });

  it('error count at a component with several members: so many in all', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 10s, limit: 20 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: errors, kind: error, target: http-in, at: 55s, count: 2 }',
    }));
    expect(run.flow('orders')).to.deep.include({ rejected: 2, delivered: 18 });
    // Stopped from 55 s until the second error: 60 s and 70 s, each after 20 ms of work.
    expect(run.ledger.stops('orders').map(({ from, to }) => [from, to])).to.deep.equal([[55, 70.02]]);
  });

  it('error count at a send port counts as attempts of its ladder', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 30s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: errors, kind: error, target: erp-port, at: 0s, count: 3 }',
    }));
    expect(run.ledger.stepsOf(/^erp-port/, 'taken')).to.have.length(4);
    expect(Number(run.flow('orders').delay_max_s)).to.be.at.least(900);
    expect(run.flow('orders')).to.deep.include({ delivered: 1, suspended: 0 });
  });

  it('error of an orchestration suspends the message', () => {
    const run = simulate(withSql({
      flows: '  orders: { arrivals: { every: 30s, limit: 3 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: errors, kind: error, target: fulfil, at: 50s, count: 1 }',
    }));
    expect(run.flow('orders')).to.deep.include({ delivered: 2, suspended: 1, lost: 0 });
    expect(run.fault('errors').suspended).to.equal(1);
  });

  it('slow: work that begins in its time takes factor times longer', () => {
    const run = simulate(direct('  - { id: slow, kind: slow, target: erp, at: 25s, for: 20s, factor: 3 }', { parameters: 'work: 2s' }));
    const durations = run.ledger.effects.map(({ n, time }) => micro(time - 10 * (n + 1)));
    expect(durations).to.deep.equal([2, 2, 6, 6, 2, 2]);
  });

  it('hang: answers nothing, the caller times out; what was in work goes on afterwards', () => {
    const run = simulate(direct('  - { id: hang, kind: hang, target: erp, at: 22s, for: 10s }', { client: '{ timeout: 5s, retry: 3, backoff: 1s }' }));
    // Message 1: 2 s of 4 done at 22 s, goes on at 32 s, effect at 34 s; the caller gave up at 25 s, called in vain at 26 s until
    // 31 s, and again at 32 s: work until 36 s, its second effect. Message 2, offered at 30 s, waits until 35 s, and comes again
    // at 36 s: done at 40 s.
    expect(run.ledger.effectsOf(1).map(({ time }) => time)).to.deep.equal([34, 36]);
    expect(run.ledger.effectsOf(2).map(({ time }) => time)).to.deep.equal([40]);
    expect(run.flow('orders')).to.deep.include({ delivered: 6, duplicates: 1, lost: 0 });
    expect(Object.keys(run.causes('duplicate'))).to.deep.equal(['hang > erp > answer later than the timeout']);
    expect(run.fault('hang').duplicates).to.equal(1);
  });

  it('hang without a client that repeats: rejected unless the late effect comes', () => {
    const run = simulate(direct('  - { id: hang, kind: hang, target: erp, at: 15s, for: 20s }', { client: '{ timeout: 5s }' }));
    // Messages 1 (20 s) and 2 (30 s) are never heard.
    expect(run.flow('orders')).to.deep.include({ delivered: 4, rejected: 2 });
    expect(Object.keys(run.causes('rejected'))).to.deep.equal(['hang > erp > called, no answer']);
  });

  it('stop without a duration: back after its own restart', () => {
    const run = simulate(direct('  - { id: stop, kind: stop, target: erp, at: 25s }'));
    expect(run.ledger.downtimes('erp.serve')).to.deep.equal([3]);
    expect(run.fault('stop').end_s).to.equal(28);
  });

  it('limited concurrency and queue: one in work, one waiting, the third refused', () => {
    const run = simulate(direct('  - { id: none, kind: crash, target: erp, at: 9m }', { parameters: 'work: 4s, concurrency: 1, queue: 1', arrivals: '{ batch: { every: 10s, size: 3 }, limit: 3 }' }));
    expect(run.ledger.effects.map(({ time }) => time)).to.deep.equal([14, 18]);
    expect(run.flow('orders')).to.deep.include({ delivered: 2, rejected: 1 });
    expect(run.causes('rejected')).to.deep.equal({ 'erp > full': 1 });
  });
});
