/** A single run cut into batches, by hand: outages and messages whose times are given, and figures that are all alike. */
import { expect } from 'chai';
import { assemble } from '../../src/experiment/assemble.js';
import { batchInterval, shortBatches, shortBatchText } from '../../src/experiment/batch-intervals.js';
import { measureReplication } from '../../src/experiment/measure.js';
import type { BatchSeries } from '../../src/experiment/measures/batches.js';
import type { ReplicationResult } from '../../src/experiment/result.js';
import { definitionOf, engineOf } from '../properties/support/simulate.js';
import { expects, replicationsOf } from './judged.js';

const S = 1e6;

/** Down from 10 s to 15 s and from 38 s to 44 s; a message every 4 s takes 2 s. Five batches of 20 s after a warm-up of 100 s. */
function measured(run: Readonly<Record<string, unknown>>): ReplicationResult {
  const definition = definitionOf({
    version: 1, name: 'by-hand', seed: 1, run: { warmup: '100s', horizon: '200s', drain: '10s', ...run } as never,
    topology: { unit: { kind: 'server' }, station: { kind: 'service', work: '2s' } },
    flows: { orders: { arrivals: { every: '4s' }, route: ['station'] } },
    faults: [{ id: 'a', kind: 'crash', target: 'unit', at: '110s', for: '5s' }, { id: 'b', kind: 'crash', target: 'unit', at: '138s', for: '6s' }],
  });
  return measureReplication(engineOf(definition, { replication: 1 }), definition, { replication: 1 });
}
const seriesOf = (result: ReplicationResult, subject: string, column: string): BatchSeries => result.batches!.find((one) => one.subject === subject && one.column === column)!;

describe('experiment/batches: one run cut into stretches', () => {
  const result = measured({ batches: 5 });

  it('has what was down in each of them: an outage that goes on is a part of both, and begins in one', () => {
    expect(seriesOf(result, 'components.unit', 'availability').above.map((time) => time / S)).to.deep.equal([15, 18, 16, 20, 20]);
    expect(seriesOf(result, 'components.unit', 'mttr_s').above).to.deep.equal([5, 2, 4, 0, 0]);
    expect(seriesOf(result, 'components.unit', 'mttr_s').below).to.deep.equal([1, 1, 0, 0, 0]);
  });

  it('has messages where they have their effect', () => {
    // Offered at 100 s, 104 s, …, 196 s, done 2 s later.
    expect(seriesOf(result, 'orders', 'delay_mean_s').below).to.deep.equal([5, 5, 5, 5, 5]);
    expect(seriesOf(result, 'orders', 'delay_mean_s').above).to.deep.equal([10, 10, 10, 10, 10]);
    // Half of the time there is one in work.
    expect(seriesOf(result, 'components.station', 'utilisation').above.map((time) => time / S)).to.deep.equal([10, 10, 10, 10, 10]);
  });

  it('gives the interval of the mean of their means, to expectations and to the summary', () => {
    // 0.75 0.9 0.8 1 1: mean 0.89, variance 0.052/4; t(0.975, 4) = 2.776445.
    const half = (2.776445 * Math.sqrt(0.013)) / Math.sqrt(5);
    const interval = batchInterval([result], 'components.unit', 'availability')!;
    expect(interval.mean).to.be.closeTo(0.89, 1e-12);
    expect(interval.halfWidth).to.be.closeTo(half, 1e-6);
    const asked = expects('component', 'availability', '~', 0.95, { within: 10, subject: { type: 'component', name: 'unit' } });
    const beside = expects('component', 'availability', '>=', 0.88, { subject: { type: 'component', name: 'unit' } });
    const { summary, expectations } = assemble({ name: 'x', seed: 1, flows: [] }, [asked, beside, { ...asked, bound: 0.5 }], [result], true);
    const row = summary.find(({ subject, metric }) => subject === 'components.unit' && metric === 'availability')!;
    expect(row.mean).to.be.closeTo(0.89, 1e-12);
    expect([row.ci95_low, row.ci95_high].map(Number)).to.deep.equal([interval.low, interval.high]);
    // The value decides, as ever with one replication; a true value needs the interval.
    expect(expectations.map(({ verdict }) => verdict)).to.deep.equal(['met', 'met', 'missed']);
    expect(expectations.map(({ ci95Low }) => ci95Low)).to.deep.equal([interval.low, interval.low, interval.low]);
  });

  it('adds up to what the rows say, and changes nothing in them', () => {
    const whole = measured({});
    expect(whole).to.not.have.property('batches');
    expect(result.digest).to.equal(whole.digest);
    expect([result.components, result.flows]).to.deep.equal([whole.components, whole.flows]);
    for (const { subject, column, above, below } of result.batches!) {
      const rows = subject.startsWith('components.') ? whole.components : whole.flows;
      const cell = rows.find((row) => subject === `components.${String(row.component)}` || subject === row.flow)![column];
      const [sum, over] = [above, below].map((parts) => parts.reduce((total, part) => total + part, 0));
      if (over > 0 && cell !== null) expect(sum / over, `${subject} ${column}`).to.be.closeTo(Number(cell), 1e-9 * Math.max(1, Number(cell)));
    }
    expect(result.batches!.map(({ subject, column }) => `${subject}.${column}`)).to.include.members(['components.unit.mttf_s', 'orders.accept_availability', 'components.station.queue_mean']);
  });

  it('says nothing of several replications, and of what nothing speaks to', () => {
    expect(batchInterval([result, result], 'components.unit', 'availability')).to.equal(null);
    expect(batchInterval([result], 'components.station', 'mttr_s')).to.equal(null);
    expect(batchInterval([result], 'orders', 'delay_p99_s')).to.equal(null);
  });
});

describe('experiment/batches: batches that are too short', () => {
  const held = (above: readonly number[], below = above.map(() => 1)): ReplicationResult[] => {
    const [one] = replicationsOf({});
    return [{ ...one, batches: [{ subject: 'orders', column: 'delay_mean_s', above, below }] }];
  };
  const rising = Array.from({ length: 20 }, (_, i) => i);

  it('are those that go together: a queue that grows has no steady state', () => {
    const [found] = shortBatches(held(rising));
    expect(found).to.include({ subject: 'orders', column: 'delay_mean_s' });
    // Around 9.5: the sum of (i - 9.5)(i - 10.5) for i = 1 to 19, over the sum of the squares.
    expect(found.correlation).to.be.closeTo(565.25 / 665, 1e-12);
    expect(shortBatchText(found, 0)).to.match(/^the interval of orders\.delay\.mean is too narrow: .*correlation 0\.85/);
    expect(shortBatchText(found, 2)).to.match(/orders\.delay\.mean and of 2 more figures is/);
  });

  it('are not those that alternate, nor those in which nothing happened', () => {
    expect(shortBatches(held(rising.map((i) => i % 2)))).to.deep.equal([]);
    expect(shortBatches(held(rising, rising))).to.deep.equal([]);
    expect(shortBatches(held(rising.map(() => 1)))).to.deep.equal([]);
  });
});
