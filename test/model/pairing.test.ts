/** Paired namespaces: while the primary one is away too long, messages wait in the secondary one (predictions 75 and 77). */
import { expect } from 'chai';
import { catalogue } from '../../src/kinds/index.js';
import { buildEngine } from '../../src/model/index.js';
import { readScenario } from '../../src/scenario/index.js';
import { Ledger, micro, read, scenario, simulate } from './support.js';
import type { Parts, Replication } from './support.js';

const OUTAGE = (minutes: number): string => `  - { id: away, kind: outage, target: north, at: 1800.5s, for: ${String(minutes)}m }`;

/** One message every 10 s; the sender waits 60 s for an answer and then gives up. */
function paired(parts: Parts & { readonly interval?: string; readonly syphon?: string; readonly queue?: string; readonly sender?: string; readonly kind?: string } = {}): string {
  const { interval = '10m', syphon = '  pump: { kind: syphon, from: transfer*, to: q, restart: 5s }', queue = 'store: 1', sender = '', kind = 'queue' } = parts;
  return scenario({
    run: '{ horizon: 75m, drain: 30m }',
    flows: '  orders: { arrivals: { every: 10s }, route: [shop, ledger] }',
    ...parts,
    topology: `
  north: { kind: datacenter }
  south: { kind: datacenter }
  primary: { kind: service-bus-namespace, in: north }
  secondary: { kind: service-bus-namespace, in: south }
  q: { kind: ${kind}, in: primary, work: 10ms, ${queue} }
  transfer: { kind: backlog-queue, in: secondary, count: 3, work: 10ms }
${syphon}
  shop: { kind: service-bus-sender, to: q, restart: 5s, paired: { backlog: transfer*, failover-interval: ${interval} }${sender} }
  ledger: { kind: service-bus-receiver, from: q, concurrency: 4, work: 100ms }${parts.topology ?? ''}`,
  });
}

/** The run that several tests look at. */
let long: Replication | undefined;
const halfAnHour = (): Replication => (long ??= simulate(paired({ faults: OUTAGE(30) })));

/** Instants at which a message was put into a backlog queue. */
const asides = (run: Replication): number[] => run.ledger.stepsOf(/^transfer/, 'put').map(({ time }) => micro(time));

describe('paired namespaces', () => {
  it('change nothing while all is well', () => {
    const run = simulate(paired());
    expect(run.flow('orders')).to.include({ offered: 449, delivered: 449, lost: 0, rejected: 0, duplicates: 0 });
    expect(asides(run)).to.deep.equal([]);
  });

  it('a sender that is cut off puts messages aside as long as the cut lasts, though the queue is there', () => {
    const run = simulate(paired({ sender: ', in: west', topology: '\n  west: { kind: datacenter }', faults: '  - { id: cut, kind: network-partition, target: [primary, west], at: 1800.5s, for: 30m }' }));
    // The send of 1810 s fails at 1870 s; from 2470 s on messages are put aside, until the ping of 3610 s, in time for the message of that instant.
    expect(asides(run)).to.deep.equal(Array.from({ length: 114 }, (_, k) => micro(2470.01 + 10 * k)));
    expect(run.flow('orders')).to.include({ rejected: 66, delivered: 449 - 66, lost: 0, duplicates: 0 });
  });

  it('an outage shorter than the interval: sends fail, nothing is put aside, a success stops the clock', () => {
    const run = simulate(paired({ faults: OUTAGE(5) }));
    // Offered from 1810 to 2100 s.
    expect(run.flow('orders')).to.include({ rejected: 30, lost: 0, duplicates: 0, delivered: 419 });
    expect(asides(run)).to.deep.equal([]);
    expect(run.fault('away').detect_s).to.equal(null);
  });

  it('a longer one: sends fail until the interval is over, then messages wait in the second namespace', () => {
    const run = halfAnHour();
    // The first failure comes at 1870 s, 60 s after the send; 10 minutes later, at 2470 s, backlog queues are used. The send of that instant is one of them or fails.
    const flow = run.flow('orders');
    expect(flow).to.include({ lost: 0, duplicates: 0, in_flight: 0 });
    expect(Number(flow.rejected)).to.be.within(66, 67);
    expect(Number(flow.delivered) + Number(flow.rejected)).to.equal(449);
    expect(micro(run.fault('away').detect_s)).to.equal(669.5);
    const times = asides(run);
    expect(times[0]).to.be.within(2470, 2480.01);
    // Asked every minute from 2470 s on: the first good answer comes at 3610 s, after the return at 3600.5 s.
    expect(Math.max(...times)).to.be.within(3600, 3610.01);
    // No message is worked on while the primary namespace is away: only sending goes on.
    expect(run.ledger.effectsIn(1801, 3600.5).length).to.equal(0);
    expect(run.ledger.stops('orders')).to.deep.equal([{ from: 1800.5, to: 3600.5, causes: ['away'] }]);
    expect(Number(flow.accept_availability)).to.be.closeTo(1 - 669.5 / 4500, 1e-6);
    // What waited is there seconds after the return: the oldest was offered at 2470 or 2480 s.
    expect(Number(flow.delay_max_s)).to.be.within(1120, 1131);
    expect(run.fault('away').scope).to.equal('datacenter');
  });

  it('uses each backlog queue', () => {
    const run = halfAnHour();
    const each = [1, 2, 3].map((index) => run.ledger.stepsOf(`transfer${String(index)}`, 'put').length);
    // 113 messages or so, a third each: a sixth or a half is beyond four standard deviations.
    for (const count of each) expect(count).to.be.within(19, 57);
  });

  it('without a syphon what was put aside never reaches the primary namespace (prediction 75)', () => {
    const text = paired({ faults: OUTAGE(30), syphon: '', more: 'allow: [L26]' });
    const run = simulate(text);
    const flow = run.flow('orders');
    expect(Number(flow.in_flight)).to.equal(asides(run).length);
    expect(Number(flow.in_flight)).to.be.within(113, 114);
    expect(flow.stranded).to.equal(0);
    expect(run.ledger.effects.filter(({ n }) => (n + 1) * 10 > 2490 && (n + 1) * 10 < 3600)).to.deep.equal([]);
  });

  it('a topology without a syphon, or with one that moves elsewhere, is an error (L26)', () => {
    expect(() => read(paired({ syphon: '' }))).to.throw(/transfer1, transfer2 and transfer3: what shop puts there while q is away is moved by no syphon/);
    expect(() => read(paired({ syphon: '  other: { kind: queue, in: primary }\n  pump: { kind: syphon, from: transfer*, to: other }' }))).to.throw(/to other, where it was not meant to go/);
    expect(() => read(paired({ topology: '\n  pump2: { kind: syphon, from: transfer1, to: q }' }))).to.throw(/transfer1 is emptied by pump and pump2/);
  });

  it('a disaster of the second namespace before the syphon: what waited there is lost', () => {
    const run = simulate(paired({ faults: `${OUTAGE(30)}\n  - { id: gone, kind: disaster, target: south, at: 2995s }` }));
    // Put aside from 2480 to 2990 s: 52 messages, one more if that of 2470 s is among them. Those after it are refused by both.
    expect(Number(run.fault('gone').lost)).to.be.within(52, 53);
    expect(run.flow('orders').lost).to.equal(asides(run).length);
    for (const path of Object.keys(run.causes('lost'))) expect(path).to.match(/^gone > secondary\/store\d+ > stored, data gone$/);
  });

  it('a backlog queue that fails is left out; when all have failed, so does the send', () => {
    const one = simulate(paired({ faults: `${OUTAGE(30)}\n  - { id: full, kind: error, target: transfer2, step: taken, probability: 100%, at: 2900s, for: 2h }`, sender: ', retries: 0' }));
    expect(one.ledger.stepsOf('transfer2', 'put').every(({ time }) => time < 2900)).to.equal(true);
    const before = simulate(paired({ faults: OUTAGE(30), sender: ', retries: 0' }));
    expect(one.flow('orders').rejected).to.equal(before.flow('orders').rejected);
    const all = simulate(paired({ faults: `${OUTAGE(30)}\n  - { id: full, kind: error, target: transfer*, step: taken, probability: 100%, at: 2895s, for: 100s }`, sender: ', retries: 0' }));
    // The sends of 2900 to 2990 s fail; after that the queues are tried again.
    expect(Number(all.flow('orders').rejected)).to.equal(Number(before.flow('orders').rejected) + 10);
  });

  it('a failure that comes after the return of the primary namespace leaves no queue out the next time', () => {
    const run = simulate(paired({
      run: '{ horizon: 95m, drain: 30m }',
      // Sends of 3550 to 3600 s hang in backlog queues; those that end after 3610 s say nothing about the second outage.
      faults: `${OUTAGE(30)}\n  - { id: hung, kind: hang, target: transfer*, at: 3545s, for: 3m }\n  - { id: again, kind: outage, target: north, at: 4000.5s, for: 25m }`,
    }));
    const later = run.ledger.stepsOf(/^transfer/, 'put').filter(({ time }) => time > 4600);
    expect(new Set(later.map(({ member }) => member)).size).to.equal(3);
    expect(run.flow('orders')).to.include({ lost: 0, in_flight: 0 });
  });

  it('an interval of zero: the first failure already leads there', () => {
    const run = simulate(paired({ interval: '0s', faults: OUTAGE(30) }));
    // Sends of 1810 to 1860 s wait in vain; at 1870 s the first one fails.
    expect(Number(run.flow('orders').rejected)).to.be.within(6, 7);
    expect(asides(run)[0]).to.be.within(1870, 1880.01);
  });

  it('a sender that starts anew knows nothing of it: it fails at the primary namespace again', () => {
    const run = simulate(paired({ faults: `${OUTAGE(30)}\n  - { id: crash, kind: crash, target: shop, at: 2605s }` }));
    // From 2610 s: a minute to the first failure, ten to the change at 3270 s.
    expect(asides(run).filter((time) => time > 2610)[0]).to.be.within(3270, 3280.01);
  });

  it('the crash of a syphon between its send and its settlement makes one duplicate', () => {
    const run = simulate(paired({ syphon: '  pump: { kind: syphon, from: transfer*, to: q, concurrency: 1, restart: 5s }', faults: `${OUTAGE(30)}\n  - { id: crash, kind: crash, target: pump, when: { component: pump, step: put, nth: 1 } }` }));
    expect(run.flow('orders')).to.include({ lost: 0, duplicates: 1, in_flight: 0 });
    expect(run.causes('duplicate')).to.deep.equal({ 'crash > pump > put, not settled': 1 });
  });

  it('a queue that is full refuses, and that is no reason to go elsewhere', () => {
    const run = simulate(paired({ queue: 'store: 1, size: 1KiB', faults: '  - { id: slow, kind: crash, target: ledger, at: 1805s, for: 40m }' }));
    expect(Number(run.flow('orders').rejected)).to.be.greaterThan(200);
    expect(asides(run)).to.deep.equal([]);
  });

  it('a primary namespace that answers "busy" for an hour is not left (prediction 77)', () => {
    // One request at a time, and one takes 85 minutes: all others hear that the queue is busy.
    const narrow = { ...catalogue.find((one) => one.name === 'queue')!, name: 'narrow-queue', pool: { function: 'accept', slots: () => 1, waiting: () => 0 } };
    const kinds = [...catalogue, narrow];
    const text = paired({
      kind: 'narrow-queue', queue: 'store: 1',
      flows: '  orders: { arrivals: { every: 10s, from: 1m }, route: [shop, ledger] }\n  hog: { arrivals: { every: 1s, limit: 1 }, route: [q, ledger], client: { timeout: 3h } }',
    }).replace('work: 10ms, store: 1', 'work: 85m, store: 1');
    const { scenario: found, diagnostics } = readScenario({ text, file: 'test.yaml' }, { set: [] }, kinds);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    const engine = buildEngine(found!.definition, kinds, { replication: 1, traceSteps: true });
    const ledger = new Ledger(engine.map);
    engine.read(ledger);
    engine.run();
    expect(ledger.stepsOf(/^transfer/, 'taken')).to.deep.equal([]);
    expect(ledger.fates.filter(({ flow, fate }) => flow === 'orders' && fate === 'rejected').length).to.be.greaterThan(300);
  });
});
