/** The service: where its queue is kept, when the caller is told, urgency, patience, room, and passing on; every instant by hand. */
import { expect } from 'chai';
import { scenario, simulate } from '../model/support.js';
import type { Replication } from '../model/support.js';

const RUN = '{ horizon: 5m, drain: 5m }';
const times = (run: Replication, flow?: string): number[] => run.ledger.effects.filter((each) => flow === undefined || each.flow === flow).map(({ time }) => time);

/** Work of 4 s, messages at 2, 4, 6 and 8 s, a fault at 7 s; the second message is in work then, the third waits. */
const struck = (parameters: string, fault = 'crash', client = '{ timeout: 30s }'): Replication => simulate(scenario({
  topology: `  s: { kind: service, work: 4s, restart: 3s, ${parameters} }`,
  flows: `  orders: { arrivals: { every: 2s, limit: 4 }, route: [s], client: ${client} }`,
  faults: `  - { id: f, kind: ${fault}, target: s, at: 7s${fault === 'crash' ? '' : ', for: 3s'} }`, run: RUN,
}));

describe('service: what a crash leaves of its queue', () => {
  it('volatile: what was answered for and waits or is in work is lost; who comes while it is away is refused', () => {
    const run = struck('answer: on-receipt');
    expect(times(run)).to.deep.equal([6]);
    expect(run.flow('orders')).to.deep.include({ offered: 4, accepted: 3, delivered: 1, lost: 2, rejected: 1 });
    expect(run.causes('lost')).to.deep.equal({ 'f > s > settled, not put': 2 });
  });

  it('durable: it is there again, and the work begins anew', () => {
    const run = struck('queue: durable, answer: on-receipt');
    // Back at 10 s; the message of 8 s was refused.
    expect(times(run)).to.deep.equal([6, 14, 18]);
    expect(run.flow('orders')).to.deep.include({ accepted: 3, delivered: 3, lost: 0, rejected: 1, duplicates: 0 });
  });

  it('durable, work resumed: the second that was done is not done again', () => {
    expect(times(struck('queue: durable, interrupted: resume, answer: on-receipt'))).to.deep.equal([6, 13, 17]);
  });

  it('apart: it takes messages while the service is away', () => {
    const run = struck('queue: apart, answer: on-receipt');
    expect(times(run)).to.deep.equal([6, 14, 18, 22]);
    expect(run.flow('orders')).to.deep.include({ accepted: 4, delivered: 4, rejected: 0, accept_availability: 1, availability: 0.99 });
    // A message that must wait for the repair finds the flow stopped.
    expect(run.ledger.stops('orders').map(({ from, to }) => [from, to])).to.deep.equal([[7, 10]]);
  });

  it('apart, but with the server gone that it stands on: nobody takes anything', () => {
    const run = simulate(scenario({
      topology: '  m: { kind: server }\n  s: { kind: service, on: [m], work: 4s, queue: apart, answer: on-receipt }',
      flows: '  orders: { arrivals: { every: 2s, limit: 4 }, route: [s] }', faults: '  - { id: f, kind: crash, target: m, at: 7s, for: 3s }', run: RUN,
    }));
    expect(run.flow('orders')).to.deep.include({ accepted: 3, delivered: 3, rejected: 1 });
    expect(times(run)).to.deep.equal([6, 14, 18]);
  });

  it('a hang lets work stand still; a queue apart takes messages meanwhile', () => {
    expect(times(struck('answer: on-receipt', 'hang'))).to.deep.equal([6, 13, 17]);
    expect(times(struck('queue: apart, answer: on-receipt', 'hang'))).to.deep.equal([6, 13, 17, 21]);
  });

  it('a clean stop gives the work in hand back to a queue that is kept', () => {
    expect(times(struck('queue: durable, interrupted: resume, answer: on-receipt', 'stop'))).to.deep.equal([6, 13, 17]);
  });

  it('durable, answer after the work: who is cut off asks again, and both copies are worked on', () => {
    const run = simulate(scenario({
      topology: '  s: { kind: service, work: 4s, queue: durable, restart: 3s }',
      flows: '  orders: { arrivals: { every: 2s, limit: 1 }, route: [s], client: { timeout: 30s, retry: 1, backoff: 5s } }',
      faults: '  - { id: f, kind: crash, target: s, at: 3s }', run: RUN,
    }));
    // Begun anew at 6 s; the second copy comes at 8 s and waits.
    expect(run.ledger.effects.map(({ time, nth, cause }) => [time, nth, cause])).to.deep.equal([[10, 1, ''], [14, 2, 'f > s > kept, connection broken']]);
    expect(run.flow('orders')).to.deep.include({ delivered: 1, duplicates: 1, sends: 2 });
  });
});

describe('service: who is taken first', () => {
  const urgent = (parameters: string): Replication => simulate(scenario({
    topology: `  s: { kind: service, work: 2s, priorities: { orders: 1, batch: 5 }${parameters} }`,
    flows: '  orders: { arrivals: { every: 2s, limit: 1 }, route: [s] }\n  batch: { arrivals: { batch: { every: 1s, size: 3 }, limit: 3 }, route: [s] }', run: RUN,
  }));

  it('the more urgent flow, when a worker is free', () => {
    const run = urgent('');
    expect([times(run, 'orders'), times(run, 'batch')]).to.deep.equal([[5], [3, 7, 9]]);
  });

  it('preemptive, resume: at once; the work that was interrupted goes on where it was', () => {
    const run = urgent(', preemptive: true, interrupted: resume');
    expect([times(run, 'orders'), times(run, 'batch')]).to.deep.equal([[4], [5, 7, 9]]);
  });

  it('preemptive, repeat: at once; the work that was interrupted begins anew', () => {
    const run = urgent(', preemptive: true');
    expect([times(run, 'orders'), times(run, 'batch')]).to.deep.equal([[4], [6, 8, 10]]);
  });

  it('three levels and what is not named: by urgency, then first come, first served', () => {
    const run = simulate(scenario({
      topology: '  s: { kind: service, work: 10s, priorities: { high: 1, low: 3, middle: 2 } }',
      flows: ['first: 1s', 'rest: 2s', 'low: 3s', 'middle: 4s', 'high: 5s'].map((one) => one.split(': '))
        .map(([name, every]) => `  ${name}: { arrivals: { every: ${every}, limit: ${name === 'low' ? '2' : '1'} }, route: [s], client: { timeout: 5m } }`).join('\n'), run: RUN,
    }));
    expect(run.ledger.effects.map(({ flow, n, time }) => `${flow}${String(n)} ${String(time)}`)).to.deep.equal(['first0 11', 'high0 21', 'middle0 31', 'low0 41', 'low1 51', 'rest0 61']);
  });
});

describe('service: who does not wait for ever', () => {
  it('time to live: a message that nobody has taken up in time expires, one in work does not', () => {
    const run = simulate(scenario({
      topology: '  s: { kind: service, work: 4s, time-to-live: 2500ms, answer: on-receipt }', flows: '  orders: { arrivals: { every: 1s, limit: 3 }, route: [s] }', run: RUN,
    }));
    expect(times(run)).to.deep.equal([5, 9]);
    expect(run.ledger.fateOf(1)).to.deep.include({ time: 4.5, fate: 'expired' });
    expect(run.flow('orders')).to.deep.include({ accepted: 3, delivered: 2, expired: 1, lost: 0 });
  });

  it('a caller that still listens is refused, and may come again', () => {
    const run = simulate(scenario({
      topology: '  s: { kind: service, work: 4s, time-to-live: 2500ms }',
      flows: '  orders: { arrivals: { every: 1s, limit: 2 }, route: [s], client: { retry: 1, backoff: 3s, timeout: 1m } }', run: RUN,
    }));
    // Expired at 4.5 s, asked again at 7.5 s.
    expect(times(run)).to.deep.equal([5, 11.5]);
    expect(run.flow('orders')).to.deep.include({ delivered: 2, expired: 0, sends: 3 });
  });

  it('capacity counts what is in work: one more is refused', () => {
    const run = simulate(scenario({
      topology: '  s: { kind: service, work: 10s, workers: 1, capacity: 2 }', flows: '  orders: { arrivals: { every: 1s, limit: 3 }, route: [s], client: { timeout: 1m } }', run: RUN,
    }));
    expect(run.flow('orders')).to.deep.include({ delivered: 2, rejected: 1 });
    expect(run.causes('rejected')).to.deep.equal({ 's > full': 1 });
  });
});

describe('service and link: passing on', () => {
  /** Two messages at 2 and 4 s; b dies at 3.5 s with the first in its hands and is back at 8.5 s. */
  const chain = (a: string, { b = '', fault = '{ id: f, kind: crash, target: b, at: 3500ms }', client = '{ timeout: 1m }' } = {}): Replication => simulate(scenario({
    topology: `  a: { kind: service, work: 1s, restart: 2s, to: b, ${a} }\n  b: { kind: service, work: 2s, restart: 5s${b} }`,
    flows: `  orders: { arrivals: { every: 2s, limit: 2 }, route: [a, b], client: ${client} }`, faults: `  - ${fault}`, run: RUN,
  }));

  it('without retry the caller is told what the next one said', () => {
    const run = chain('workers: 1');
    expect(run.flow('orders')).to.deep.include({ accepted: 0, delivered: 0, rejected: 2 });
    expect(run.causes('rejected')).to.deep.equal({ 'f > b > taken, connection broken': 1, 'f > b > refused': 1 });
  });

  it('with retry the worker keeps the message until it is taken, and the next one waits for the worker', () => {
    const run = chain('retry: { interval: 1s }');
    expect(times(run)).to.deep.equal([10.5, 13.5]);
    expect(run.flow('orders')).to.deep.include({ accepted: 2, delivered: 2, lost: 0, duplicates: 0, sends: 2 });
  });

  it('given up after it was answered for: lost, and the refusal is the cause', () => {
    const run = chain('answer: on-receipt, retry: { count: 2, interval: 1s }');
    // Tried at 3, 4.5 and 5.5 s; the second at 6.5, 7.5 and 8.5 s, when b is back.
    expect(run.flow('orders')).to.deep.include({ accepted: 2, delivered: 1, lost: 1 });
    expect(times(run)).to.deep.equal([10.5]);
    expect(run.causes('lost')).to.deep.equal({ 'f > b > refused': 1 });
  });

  it('the one that passes on dies while the next one works: a durable queue sends again, and that is a duplicate', () => {
    const run = chain('queue: durable, answer: on-receipt, retry: {}', { fault: '{ id: f, kind: crash, target: a, at: 3500ms }' });
    // b goes on until 5 s; a is back at 5.5 s, works anew and calls at 6.5 s.
    expect(run.ledger.effectsOf(0).map(({ time, nth, cause }) => [time, nth, cause])).to.deep.equal([[5, 1, ''], [8.5, 2, 'f > a > passed on, not answered']]);
    expect(run.flow('orders')).to.deep.include({ delivered: 1, rejected: 1, duplicates: 1 });
  });

  it('with work resumed it only calls again', () => {
    const run = chain('queue: durable, interrupted: resume, answer: on-receipt, retry: {}', { fault: '{ id: f, kind: crash, target: a, at: 3500ms }' });
    expect(run.ledger.effectsOf(0).map(({ time }) => time)).to.deep.equal([5, 7.5]);
  });

  it('a way that names only its beginning goes on by itself, through lines', () => {
    const run = simulate(scenario({
      topology: '  a: { kind: service, work: 1s, to: wire }\n  wire: { kind: link, to: b, delay: 250ms }\n  b: { kind: service, work: 2s }',
      flows: '  orders: { arrivals: { every: 2s, limit: 2 }, route: [a] }', run: RUN,
    }));
    expect(times(run)).to.deep.equal([5.25, 8.5]);
  });

  it('a line that is cut answers nothing: the caller waits for its time-out; requests under way are gone', () => {
    const run = simulate(scenario({
      topology: '  wire: { kind: link, to: b, delay: 1s }\n  b: { kind: service, work: 0s }',
      flows: '  orders: { arrivals: { every: 2s, limit: 2 }, route: [wire], client: { timeout: 5s, retry: 1, backoff: 1s } }',
      faults: '  - { id: cut, kind: outage, target: wire, at: 2500ms, for: 3s }', run: RUN,
    }));
    // Both hear nothing until 7 and 9 s and ask again a second later.
    expect(times(run)).to.deep.equal([9, 11]);
    expect(run.flow('orders')).to.deep.include({ delivered: 2, duplicates: 0, sends: 4 });
  });

  it('M1: so many requests and answers are lost; the rest follows from what the caller does', () => {
    // 4 attempts; q1 = 20 % lost before the effect, q2 = 10 % of the rest without an answer.
    const run = simulate(scenario({
      topology: '  wire: { kind: link, to: b, loss: 20%, answer-loss: 12.5% }\n  b: { kind: service, work: 0s }',
      flows: '  orders: { arrivals: { every: 1s, limit: 4000 }, route: [wire], client: { timeout: 1s, retry: 3, backoff: 0s } }', run: '{ horizon: 2h, drain: 1m }',
    }), { checkAlways: false });
    const { delivered, rejected, duplicates, sends, lost } = run.flow('orders') as Record<string, number>;
    const failing = 0.2 + 0.1;
    expect([delivered + rejected, lost]).to.deep.equal([4000, 0]);
    // Never done: every request lost. 1.6e-3 of 4000 = 6.4 with a standard deviation of 2.5.
    expect(rejected).to.be.within(1, 14);
    expect(sends / 4000).to.be.closeTo((1 - failing ** 4) / (1 - failing), 0.035);
    expect((delivered + duplicates) / sends).to.be.closeTo(0.8, 0.02);
  });
});
