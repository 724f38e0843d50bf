/** Requests that are answered when the work on them is done: who waits, who gives up, and what is done all the same. */
import { expect } from 'chai';
import { SMALL_GROUP, micro, scenario, simulate } from './support.js';
import type { Parts, Replication } from './support.js';

const TWO_WAY = 'answers: when-processed, reply: 100ms';

/** One request at 10 s, unless said otherwise; the work of the destination takes 8 s. */
function run(location: string, parts: Parts & { readonly client?: string; readonly arrivals?: string; readonly work?: string; readonly port?: string; readonly route?: string } = {}, set: readonly string[] = []): Replication {
  const { client = 'timeout: 1m', arrivals = '{ every: 10s, limit: 1 }', work = '8s', port = '', route = 'http-in, port' } = parts;
  return simulate(scenario({
    run: '{ horizon: 1h, drain: 30m }',
    flows: `  orders: { arrivals: ${arrivals}, route: [${route}], client: { ${client} } }`,
    ...parts,
    topology: `${SMALL_GROUP}
  receive: { kind: isolated-host, in: group, on: [bts1], restart: 5s }
  transmit: { kind: host, in: group, on: [bts2] }
  http-in: { kind: receive-location, host: receive, work: 0s, ${location} }
  port: { kind: send-port, host: transmit, to: erp${port} }
  erp: { kind: application, work: ${work} }${parts.topology ?? ''}`,
  }), { set });
}

const effects = (one: Replication): readonly number[] => one.ledger.effects.map(({ time }) => micro(time));

describe('request-response at a receive location', () => {
  it('the caller is answered when the work is done and the reply is back; one-way at once', () => {
    const two = run(TWO_WAY);
    expect(two.ledger.acceptances.map(({ time }) => micro(time - 0.1))).to.deep.equal(effects(two));
    expect(run('answers: when-published').ledger.acceptances.map(({ time }) => time)).to.deep.equal([10]);
  });

  it('a caller who gives up first: the work is done all the same, and again for who asks again', () => {
    const once = run(TWO_WAY, { client: 'timeout: 5s, retry: 0' });
    expect(once.flow('orders')).to.deep.include({ accepted: 0, delivered: 1, duplicates: 0, rejected: 0, lost: 0 });
    const again = run(TWO_WAY, { client: 'timeout: 5s, retry: 2, backoff: 1s' });
    expect(again.ledger.attempts.map(({ time }) => time)).to.deep.equal([10, 16, 22]);
    expect(again.flow('orders')).to.deep.include({ accepted: 0, delivered: 1, duplicates: 2, lost: 0 });
    expect(again.causes('duplicate')).to.deep.equal({ 'http-in > answer later than the timeout': 2 });
  });

  it('the instance that was called dies: the caller hears it at once, what it had published is worked on', () => {
    const one = run(TWO_WAY, { client: 'timeout: 1m, retry: 3, backoff: 10s', faults: '  - { id: dies, kind: crash, target: receive, at: 12s }' });
    expect(one.ledger.attempts.map(({ time }) => time)).to.deep.equal([10, 22]);
    expect(one.flow('orders')).to.deep.include({ accepted: 1, delivered: 1, duplicates: 1, lost: 0 });
    expect(one.causes('duplicate')).to.deep.equal({ 'dies > http-in@bts1 > put, not answered': 1 });
    // With its server nobody is left to say so: the caller waits for his timeout.
    const silent = run(TWO_WAY, { client: 'timeout: 1m, retry: 10, backoff: 10s', faults: '  - { id: dies, kind: crash, target: bts1, at: 12s }' });
    expect(silent.ledger.attempts[1].time).to.equal(80);
  });

  it('a host that works on it may die: the message is worked on by the next life, and the caller is answered by the first instance', () => {
    const one = run(TWO_WAY, { client: 'timeout: 20m', faults: '  - { id: dies, kind: crash, target: transmit, at: 12s }' });
    expect(one.flow('orders')).to.deep.include({ accepted: 1, delivered: 1 });
    expect(one.ledger.attempts).to.have.length(1);
    expect(one.ledger.acceptances[0].time).to.be.above(12 + 60);
  });

  it('no reply within its time: an error, and the work may still be done', () => {
    const one = run(`${TWO_WAY}, reply-timeout: 30s`, { client: 'timeout: 10m, retry: 1, backoff: 1s', faults: '  - { id: away, kind: outage, target: erp, at: 5s, for: 50s }' });
    expect(one.ledger.attempts.map(({ time }) => time)).to.deep.equal([10, 41]);
    // Both are sent when the port tries again, 5 min later.
    expect(one.flow('orders')).to.deep.include({ accepted: 0, delivered: 1, duplicates: 1, rejected: 0 });
    expect(one.causes('duplicate')).to.deep.equal({ 'http-in@bts1 > no reply in time': 1 });
  });

  it('who waits for a reply takes no thread, but counts for the limit of requests', () => {
    // Two threads, ten requests: all ten are published at once, five more find no room.
    const one = run(TWO_WAY, { arrivals: '{ every: 100ms, limit: 15 }', work: '30s', client: 'timeout: 5m, retry: 0' }, ['topology.receive.threads=2', 'topology.receive.queue=10']);
    expect(one.ledger.stepsOf('http-in@bts1', 'put').map(({ n }) => n)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(one.flow('orders')).to.deep.include({ accepted: 10, delivered: 10, rejected: 5 });
  });

  it('where the way forks, the caller waits for all of it', () => {
    const one = run(TWO_WAY, { route: 'http-in, [port, other]', topology: '\n  other: { kind: send-port, host: transmit, to: slow }\n  slow: { kind: application, work: 20s }' });
    expect(effects(one)).to.have.length(2);
    expect(one.ledger.acceptances.map(({ time }) => micro(time - 0.1))).to.deep.equal([Math.max(...effects(one))]);
  });

  it('what is suspended brings no reply', () => {
    const one = run(`${TWO_WAY}, reply-timeout: 10m`, { client: 'timeout: 20m, retry: 0', port: ', retry: { count: 0 }', faults: '  - { id: away, kind: outage, target: erp, at: 5s, for: 50s }' });
    expect(one.flow('orders')).to.deep.include({ accepted: 0, suspended: 1, delivered: 0 });
    // Neither does what an operator gives up meanwhile.
    const ended = run(`${TWO_WAY}, reply-timeout: 10m`, {
      client: 'timeout: 20m, retry: 0', port: ', retry: { count: 0 }', faults: '  - { id: away, kind: outage, target: erp, at: 5s, for: 50s }', operations: '  - { id: end, do: terminate, target: port, at: 2m }',
    });
    expect(ended.operation('end').result).to.equal('done');
    expect(ended.flow('orders')).to.deep.include({ accepted: 0, rejected: 1, delivered: 0 });
  });

  it('an instance that hangs answers when it goes on', () => {
    const one = run(TWO_WAY, { client: 'timeout: 10m', faults: '  - { id: hangs, kind: hang, target: receive, at: 12s, for: 2m }' });
    expect(one.ledger.acceptances.map(({ time }) => time)).to.deep.equal([132]);
    expect(one.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0 });
  });
});

describe('solicit-response at a send port', () => {
  it('a port that gives up before the answer: the work is done by each attempt, and the message is suspended', () => {
    const one = run('answers: when-published', { port: ', timeout: 5s, retry: { count: 2, interval: 10s }' });
    // Each attempt takes 8 s at the destination, and the port hears of none.
    expect(effects(one)).to.have.length(3);
    expect(one.flow('orders')).to.deep.include({ delivered: 1, duplicates: 2, lost: 0 });
    expect(one.causes('duplicate')).to.deep.equal({ 'erp > answer later than the timeout': 2 });
    expect(one.ledger.suspensions).to.have.length(0);
    expect(one.ledger.gauges.filter(({ gauge }) => gauge === 'suspended').at(-1)?.value).to.equal(1);
  });
});
