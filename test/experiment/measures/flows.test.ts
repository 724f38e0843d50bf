import { expect } from 'chai';
import fc from 'fast-check';
import { FLOW_COLUMNS } from '../../../src/experiment/columns.js';
import { FATES, FlowStatus } from '../../../src/model/index.js';
import type { Fate } from '../../../src/model/index.js';
import { measured, pick, runOf, S, Script, World } from '../kit.js';

const { served, degraded, stopped } = FlowStatus;

describe('experiment/measures/flows: flows.csv', () => {
  it('has every column, in the order of the contract, computed by hand', () => {
    const world = new World();
    world.flow('orders', { deadline: 5 * S });
    // Cohort [10 s, 110 s), drain to 130 s.
    const script = new Script(world, 130 * S);
    script.message({ n: 0, offered: 9 * S, accepted: 9 * S, delivered: 12 * S }); // warm-up: counts nowhere
    script.message({ n: 1, offered: 10 * S, accepted: 11 * S, delivered: 12 * S }); // delay 2, answer 1
    script.message({ n: 2, offered: 20 * S, accepted: 23 * S, delivered: 24 * S }); // delay 4, answer 3
    script.message({ n: 3, offered: 30 * S, accepted: 32 * S, delivered: 39 * S }); // delay 9, answer 2, late
    script.message({ n: 4, offered: 109 * S, delivered: 111 * S }); // never told, delivered in the drain: delay 2
    script.add('sent', 9 * S, 0, 0).add('sent', 10 * S, 0, 1).add('sent', 20 * S, 0, 2).add('sent', 21 * S, 0, 2);
    script.add('received', 12 * S, 0, 0).add('received', 12 * S, 0, 1).add('received', 24 * S, 0, 2);
    script.add('effect', 13 * S, 0, 0, 0, 9 * S, 2, 0).add('effect', 25 * S, 0, 0, 2, 20 * S, 2, 0).add('effect', 26 * S, 0, 0, 2, 20 * S, 3, 0);
    script.add('suppressed', 14 * S, 0, 0, 0).add('suppressed', 27 * S, 0, 0, 2);
    script.flow(50 * S, stopped, 0).flow(75 * S, served, 10);
    script.add('acceptChanged', 50 * S, 0, stopped, 0).add('acceptChanged', 60 * S, 0, served, 0);
    const [row] = measured(script, runOf(10 * S, 110 * S, 20 * S)).flows;
    expect(Object.keys(row)).to.deep.equal(FLOW_COLUMNS.map(({ name }) => name));
    expect(row).to.deep.equal({
      replication: 1, flow: 'orders', offered: 4, accepted: 3, delivered: 4, lost: 0, rejected: 0, suspended: 0, dead_lettered: 0,
      expired: 0, in_flight: 0, stranded: 0, duplicates: 2, suppressed: 1, late: 1, out_of_order: 0, delay_mean_s: 17 / 4,
      delay_p50_s: 2, delay_p95_s: 9, delay_p99_s: 9, delay_max_s: 9, backlog_max: 2, throughput_per_s: 0.04, availability: 0.75,
      accept_availability: 0.9, rta_s: 25, rpa_msgs: 0, rpa_s: 0, sends: 3, receives: 2, answer_p50_s: 2, answer_max_s: 3,
      // 100 s are one 315 360th of 365 days; stopped from 50 s to 75 s, warm-up ends at 10 s.
      stops: 1, stops_per_year: 315_360, stopped_per_year_s: 7_884_000, first_stop_s: 40, stopped_by_cause: '(none):25',
    });
  });

  it('counts every fate, and as late all that was not delivered within the deadline', () => {
    const world = new World();
    world.flow('orders', { deadline: 10 * S });
    const script = new Script(world, 100 * S);
    const fates: Fate[] = ['lost', 'rejected', 'suspended', 'dead_lettered', 'expired'];
    fates.forEach((fate, n) => script.message({ n, offered: n * S, fate, closed: (n + 1) * S }));
    script.message({ n: 5, offered: 20 * S, delivered: 30 * S }); // exactly at the deadline: in time
    script.message({ n: 6, offered: 20 * S, delivered: 30 * S + 1 }); // a microsecond later
    script.message({ n: 7, offered: 90 * S, stranded: true }); // in flight, as old as the deadline: may still come
    script.message({ n: 8, offered: 89 * S }); // in flight and older
    const [row] = measured(script, runOf(0, 100 * S)).flows;
    expect(pick(row, 'offered', 'delivered', 'lost', 'rejected', 'suspended', 'dead_lettered', 'expired', 'in_flight', 'stranded', 'late')).to.deep.equal({
      offered: 9, delivered: 2, lost: 1, rejected: 1, suspended: 1, dead_lettered: 1, expired: 1, in_flight: 2, stranded: 1, late: 7,
    });
  });

  it('has no late messages without a deadline', () => {
    const world = new World();
    world.flow('orders');
    const script = new Script(world, 100 * S).message({ n: 0, offered: 0, accepted: 0, fate: 'lost', closed: S }).message({ n: 1, offered: 0, delivered: 99 * S });
    expect(measured(script, runOf(0, 100 * S)).flows[0].late).to.equal(0);
  });

  it('takes accepted and undelivered as infinite: their quantiles are empty, the mean is of the delivered', () => {
    const world = new World();
    world.flow('orders');
    const script = new Script(world, 100 * S);
    for (let n = 0; n < 18; n += 1) script.message({ n, offered: n * S, accepted: n * S, delivered: (n + 1) * S });
    script.message({ n: 18, offered: 18 * S, accepted: 18 * S, fate: 'lost', closed: 50 * S });
    script.message({ n: 19, offered: 19 * S, accepted: 19 * S }); // in flight
    script.message({ n: 20, offered: 20 * S, fate: 'rejected', closed: 21 * S }); // nobody promised anything
    const result = measured(script, runOf(0, 100 * S));
    expect(pick(result.flows[0], 'delay_mean_s', 'delay_p50_s', 'delay_p95_s', 'delay_p99_s', 'delay_max_s')).to.deep.equal({
      delay_mean_s: 1, delay_p50_s: 1, delay_p95_s: null, delay_p99_s: null, delay_max_s: null,
    });
    expect(result.delays.get('orders')!.count).to.equal(20);
    expect(result.delays.get('orders')!.infinite).to.equal(2);
    // What is known of the infinite ones: 82 and 81 s had passed.
    expect(result.undelivered!.get('orders')!.min).to.equal(81);
    expect(result.undelivered!.get('orders')!.max).to.equal(82);
  });

  it('leaves cells empty that no message speaks to', () => {
    const world = new World();
    world.flow('orders');
    const [row] = measured(new Script(world, 100 * S), runOf(0, 100 * S)).flows;
    expect(pick(row, 'offered', 'delay_mean_s', 'delay_p50_s', 'delay_max_s', 'answer_p50_s', 'answer_max_s', 'availability', 'rta_s')).to.deep.equal({
      offered: 0, delay_mean_s: null, delay_p50_s: null, delay_max_s: null, answer_p50_s: null, answer_max_s: null, availability: 1, rta_s: 0,
    });
  });

  it('knows acceptance after the delivery, and of a message that outlives thousands', () => {
    const world = new World();
    world.flow('orders');
    const script = new Script(world, 5000 * S);
    script.message({ n: 0, offered: 0, accepted: S, fate: 'lost', closed: 4000 * S });
    for (let n = 1; n < 2000; n += 1) script.message({ n, offered: n * S, accepted: n * S + 2, delivered: n * S + 1, closed: n * S + 3 });
    const { flows, delays } = measured(script, runOf(0, 5000 * S));
    expect(flows[0].accepted).to.equal(2000);
    expect(delays.get('orders')!.infinite).to.equal(1);
  });

  describe('backlog', () => {
    it('is what waits by clock after warm-up, with what warm-up left behind', () => {
      const world = new World();
      world.flow('orders');
      const script = new Script(world, 100 * S);
      for (let n = 0; n < 5; n += 1) script.message({ n, offered: S, delivered: 8 * S }); // gone before the end of warm-up
      for (let n = 5; n < 8; n += 1) script.message({ n, offered: 9 * S, delivered: 20 * S });
      script.message({ n: 8, offered: 30 * S, delivered: 31 * S });
      expect(measured(script, runOf(10 * S, 100 * S)).flows[0].backlog_max).to.equal(3);
    });

    it('loses suspended messages and gets them back when they are resumed', () => {
      const world = new World();
      world.flow('orders');
      const script = new Script(world, 100 * S);
      for (let n = 0; n < 3; n += 1) {
        script.message({ n, offered: n * S, accepted: n * S, delivered: 60 * S });
        script.add('suspended', 10 * S, 0, n, n * S, true, 0).add('suspended', 50 * S, 0, n, n * S, false, 0);
      }
      script.message({ n: 3, offered: 20 * S, delivered: 70 * S });
      script.message({ n: 4, offered: 21 * S, delivered: 40 * S });
      expect(measured(script, runOf(0, 100 * S)).flows[0].backlog_max).to.equal(4); // at 50 s: three resumed and one waiting
      // After 12 s only two at once when nobody resumes.
      const still = new Script(world, 100 * S);
      for (let n = 0; n < 3; n += 1) still.message({ n, offered: n * S, fate: 'suspended', closed: 100 * S }).add('suspended', 10 * S, 0, n, n * S, true, 0);
      still.message({ n: 3, offered: 20 * S, delivered: 70 * S }).message({ n: 4, offered: 21 * S, delivered: 40 * S });
      expect(measured(still, runOf(12 * S, 100 * S)).flows[0].backlog_max).to.equal(2);
    });

    it('does not rise when an operator ends a suspended message', () => {
      const world = new World();
      world.flow('orders');
      const script = new Script(world, 100 * S);
      script.add('offered', 0, 0, 0).add('suspended', S, 0, 0, 0, true, 0);
      script.add('offered', 20 * S, 0, 1);
      script.add('suspended', 30 * S, 0, 0, 0, false, 0).add('closed', 30 * S, 0, 0, 0, 'rejected', 0, false);
      script.add('delivered', 40 * S, 0, 1, 20 * S).add('closed', 40 * S, 0, 1, 20 * S, 'delivered', 0, false);
      expect(measured(script, runOf(10 * S, 100 * S)).flows[0].backlog_max).to.equal(1);
    });
  });

  describe('stops', () => {
    const stops = (...changes: [number, FlowStatus][]): Record<string, unknown> => {
      const world = new World();
      world.flow('orders');
      const script = new Script(world, 120 * S);
      for (const [time, status] of changes) script.flow(time * S, status, 0);
      return pick(measured(script, runOf(10 * S, 100 * S, 20 * S)).flows[0], 'availability', 'rta_s');
    };

    it('count for availability in [warmup, horizon] and for rta with their whole length', () => {
      expect(stops([0, stopped], [19, served])).to.deep.equal({ availability: 0.9, rta_s: 19 });
      expect(stops([0, stopped], [9, served])).to.deep.equal({ availability: 1, rta_s: 0 });
      expect(stops([91, stopped], [111, served])).to.deep.equal({ availability: 0.9, rta_s: 20 });
      expect(stops([91, stopped])).to.deep.equal({ availability: 0.9, rta_s: 29 });
    });

    it('are uninterrupted when they touch, and not when the flow is degraded between', () => {
      expect(stops([20, stopped], [29, served], [29, stopped], [38, served]).rta_s).to.equal(18);
      expect(stops([20, stopped], [29, degraded], [30, stopped], [37, served])).to.deep.equal({ availability: 74 / 90, rta_s: 9 });
    });

    it('that last no time are none', () => {
      expect(stops([20, stopped], [20, served])).to.deep.equal({ availability: 1, rta_s: 0 });
    });
  });

  it('takes for rpa the fault that lost most, and the age of the oldest it lost', () => {
    const world = new World();
    world.flow('orders');
    const [small, large] = [world.fault('small', 30 * S), world.fault('large', 60 * S)];
    const script = new Script(world, 100 * S);
    script.message({ n: 0, offered: 5 * S, accepted: 5 * S, fate: 'lost', closed: 30 * S, cause: world.path([small]) });
    script.message({ n: 1, offered: 53 * S, accepted: 53 * S, fate: 'lost', closed: 60 * S, cause: world.path([large]) });
    script.message({ n: 2, offered: 56 * S, accepted: 56 * S, fate: 'lost', closed: 60 * S, cause: world.path([large]) });
    script.message({ n: 3, offered: 57 * S, accepted: 57 * S, fate: 'lost', closed: 60 * S, cause: world.path([]) });
    expect(pick(measured(script, runOf(0, 100 * S)).flows[0], 'lost', 'rpa_msgs', 'rpa_s')).to.deep.equal({ lost: 4, rpa_msgs: 2, rpa_s: 7 });
    // Offered after the fault came: lost, but of no age.
    const later = new Script(world, 100 * S).message({ n: 0, offered: 61 * S, accepted: 61 * S, fate: 'lost', closed: 70 * S, cause: world.path([large]) });
    expect(pick(measured(later, runOf(0, 100 * S)).flows[0], 'rpa_msgs', 'rpa_s')).to.deep.equal({ rpa_msgs: 1, rpa_s: 0 });
  });

  it('looks for order within a key', () => {
    const outOfOrder = (keys: number, delivered: readonly number[], warmup = 0): unknown => {
      const world = new World();
      world.flow('orders', { keys });
      const script = new Script(world, 100 * S);
      delivered.forEach((time, n) => script.message({ n, offered: n * S, delivered: time * S }));
      return measured(script, runOf(warmup * S, 100 * S)).flows[0].out_of_order;
    };
    expect(outOfOrder(1, [10, 20, 15, 12, 30])).to.equal(2); // 3 comes first, then 2, then 1: 2 and 1 are overtaken
    expect(outOfOrder(2, [10, 20, 15, 12, 30])).to.equal(1); // odd: 3 before 1; even: in order
    expect(outOfOrder(0, [20, 10])).to.equal(1); // no keys: one
    expect(outOfOrder(1, [20, 10], 1)).to.equal(0); // the one that comes late is of the warm-up
  });

  it('has a row per leg of a fork, with what a leg has', () => {
    const world = new World();
    world.flow('orders', { legs: ['erp', 'archive'], deadline: 5 * S });
    const script = new Script(world, 100 * S);
    const closed = (time: number, n: number, offered: number, fates: readonly Fate[]): void => {
      fates.forEach((fate, leg) => script.add('legClosed', time * S, 0, leg, n, offered * S, fate, 0, fate === 'in_flight'));
      const worst = FATES.find((fate) => fates.includes(fate))!;
      script.add('closed', time * S, 0, n, offered * S, worst, 0, fates.includes('in_flight'));
    };
    script.add('offered', 10 * S, 0, 0).add('accepted', 10 * S, 0, 0, 10 * S, 10 * S);
    script.add('effect', 11 * S, 0, 0, 0, 10 * S, 1, 0).add('effect', 14 * S, 0, 1, 0, 10 * S, 1, 0).add('delivered', 14 * S, 0, 0, 10 * S);
    script.add('effect', 15 * S, 0, 1, 0, 10 * S, 2, 0).add('suppressed', 15 * S, 0, 0, 0);
    closed(15, 0, 10, ['delivered', 'delivered']);
    script.add('offered', 20 * S, 0, 1).add('accepted', 20 * S, 0, 1, 20 * S, 20 * S).add('effect', 27 * S, 0, 0, 1, 20 * S, 1, 0);
    closed(100, 1, 20, ['delivered', 'in_flight']);
    const rows = measured(script, runOf(0, 100 * S)).flows;
    expect(rows.map(({ flow }) => flow)).to.deep.equal(['orders', 'orders/erp', 'orders/archive']);
    const columns = ['offered', 'accepted', 'delivered', 'in_flight', 'stranded', 'duplicates', 'suppressed', 'late', 'delay_mean_s', 'delay_max_s', 'backlog_max', 'availability', 'throughput_per_s'];
    expect(pick(rows[0], ...columns)).to.deep.equal({
      offered: 2, accepted: 2, delivered: 1, in_flight: 1, stranded: 1, duplicates: 1, suppressed: 1, late: 1, delay_mean_s: 4, delay_max_s: null,
      backlog_max: 1, availability: 1, throughput_per_s: 0.01,
    });
    expect(pick(rows[1], ...columns)).to.deep.equal({
      offered: 2, accepted: null, delivered: 2, in_flight: 0, stranded: 0, duplicates: 0, suppressed: 1, late: 1, delay_mean_s: 4, delay_max_s: 7,
      backlog_max: null, availability: null, throughput_per_s: 0.02,
    });
    expect(pick(rows[2], ...columns)).to.deep.equal({
      offered: 2, accepted: null, delivered: 1, in_flight: 1, stranded: 1, duplicates: 1, suppressed: 0, late: 1, delay_mean_s: 4, delay_max_s: null,
      backlog_max: null, availability: null, throughput_per_s: 0.01,
    });
  });

  it('property: offered is the sum of the fates, and every count is the naive one', () => {
    const life = fc.record({
      gap: fc.integer({ min: 0, max: 20 }), accepted: fc.boolean(), delay: fc.integer({ min: 0, max: 60 }),
      fate: fc.constantFrom(...FATES), duplicates: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(fc.property(fc.array(life, { maxLength: 40 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 4 }), (lives, warmup, keys) => {
      const world = new World();
      world.flow('orders', { deadline: 30 * S, keys });
      const end = 1000;
      const script = new Script(world, end * S);
      let offered = 0;
      const cohort: { fate: Fate; late: boolean; infinite: boolean; delay: number; duplicates: number; n: number; deliveredAt: number }[] = [];
      const all: { n: number; deliveredAt: number }[] = [];
      lives.forEach(({ gap, accepted, delay, fate, duplicates }, n) => {
        offered += gap;
        const ends = fate === 'in_flight' ? end : offered + delay;
        const delivered = fate === 'delivered' ? ends : undefined;
        script.message({ n, offered: offered * S, fate, closed: ends * S, ...(accepted ? { accepted: offered * S } : {}), ...(delivered === undefined ? {} : { delivered: delivered * S }) });
        for (let nth = 2; nth < 2 + (delivered === undefined ? 0 : duplicates); nth += 1) script.add('effect', ends * S, 0, 0, n, offered * S, nth, 0);
        const late = fate === 'delivered' ? delay > 30 : fate !== 'in_flight' || end - offered > 30;
        if (delivered !== undefined) all.push({ n, deliveredAt: ends });
        if (offered >= warmup) cohort.push({ fate, late, infinite: accepted && fate !== 'delivered', delay, duplicates: delivered === undefined ? 0 : duplicates, n, deliveredAt: ends });
      });
      const { flows: [row], delays } = measured(script, runOf(warmup * S, 900 * S, 100 * S));
      const fates = FATES.map((fate) => row[fate] as number);
      expect(fates.reduce((sum, count) => sum + count, 0)).to.equal(row.offered);
      expect(fates).to.deep.equal(FATES.map((fate) => cohort.filter((each) => each.fate === fate).length));
      expect(row.late).to.equal(cohort.filter(({ late }) => late).length);
      expect(row.duplicates).to.equal(cohort.reduce((sum, { duplicates }) => sum + duplicates, 0));
      expect(delays.get('orders')!.infinite).to.equal(cohort.filter(({ infinite }) => infinite).length);
      const sorted = all.sort((a, b) => a.deliveredAt - b.deliveredAt || a.n - b.n);
      const overtaken = (n: number, position: number): boolean => sorted.slice(0, position).some((other) => other.n > n && other.n % keys === n % keys);
      const first = lives.length - cohort.length;
      expect(row.out_of_order).to.equal(sorted.filter(({ n }, position) => n >= first && overtaken(n, position)).length);
      const finite = cohort.filter(({ fate }) => fate === 'delivered').map(({ delay }) => delay);
      expect(row.delay_mean_s === null ? NaN : row.delay_mean_s).to.satisfy((mean: number) =>
        finite.length === 0 ? Number.isNaN(mean) : Math.abs(mean - finite.reduce((sum, delay) => sum + delay, 0) / finite.length) < 1e-9);
    }));
  });
});
