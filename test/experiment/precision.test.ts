import { expect } from 'chai';
import { FLOW_COLUMNS } from '../../src/experiment/columns.js';
import type { Expectation } from '../../src/experiment/expectation.js';
import { StoppingRule } from '../../src/experiment/precision.js';
import type { Precision, PrecisionTarget } from '../../src/experiment/precision.js';
import type { PrecisionFigure, ReplicationResult } from '../../src/experiment/result.js';
import { expects, replicationsOf } from './judged.js';

const metric = (column: string): PrecisionTarget =>
  ({ text: `orders.${column}`, metric: { subject: { type: 'flow', name: 'orders' }, column: FLOW_COLUMNS.find(({ name }) => name === column)! } });
const lost = (...values: readonly number[]): ReplicationResult[] => replicationsOf(...values.map((value) => ({ flows: [{ lost: value }] })));
const to = (halfWidth: number, ...of: PrecisionTarget[]): Precision => ({ halfWidth, of });

/** After how many of the replications the rule stops; null: never. */
function stop(precision: Precision, replications: readonly ReplicationResult[], expectations: readonly Expectation[] = []): number | null {
  const rule = new StoppingRule(precision, expectations);
  const at = replications.findIndex((_, index) => rule.enough(replications.slice(0, index + 1)));
  return at < 0 ? null : at + 1;
}
function figure(precision: Precision, replications: readonly ReplicationResult[], expectations: readonly Expectation[] = []): PrecisionFigure {
  return new StoppingRule(precision, expectations).outcome(replications, 100).figures[0];
}

describe('experiment/precision: when there are enough replications', () => {
  it('never stops before the fifth, however narrow the interval', () => {
    expect(stop(to(0.5, metric('lost')), lost(7, 7, 7, 7, 7, 7, 7))).to.equal(5);
    expect(stop(to(0.5, metric('lost')), lost(7, 7, 7, 7))).to.equal(null);
    expect(new StoppingRule(to(0.5, metric('lost')), []).outcome(lost(7, 7, 7, 7), 4)).to.include({ reached: false, limit: 4 });
  });

  it('stops at the first look at which Student’s interval is narrow enough', () => {
    // Alternating 9 and 11, n even: mean 10, s = √(n/(n − 1)), half-width t(n − 1) √(1/(n − 1)). From tables t(7) = 2.3646 and
    // t(9) = 2.2622, so 0.0894 for n = 8 and 0.0754 for n = 10. n = 9: mean 9.889, s = 1.0541, t(8) = 2.3060, so 0.0819.
    const values = lost(...Array.from({ length: 30 }, (_, i) => 9 + 2 * (i % 2)));
    expect(stop(to(0.09, metric('lost')), values)).to.equal(8);
    expect(stop(to(0.08, metric('lost')), values)).to.equal(10);
    const { mean, halfWidth, settled } = figure(to(0.08, metric('lost')), values.slice(0, 10));
    expect([mean, settled]).to.deep.equal([10, true]);
    expect(halfWidth).to.be.closeTo(0.7541, 1e-4);
  });

  it('looks after each replication up to 20, then after every twentieth part of them', () => {
    // Wide until the last look but one: the first replication stands out.
    const looks: number[] = [];
    const rule = new StoppingRule(to(1e-9, metric('lost')), []);
    const values = lost(...Array.from({ length: 60 }, (_, i) => (i === 0 ? 2 : 1)));
    for (let n = 1; n <= 60; n += 1) {
      const seen = values.slice(0, n);
      const watched = new Proxy(seen, { get: (target, key) => (key === 'map' && looks.at(-1) !== n && looks.push(n), Reflect.get(target, key) as unknown) });
      expect(rule.enough(watched)).to.equal(false);
    }
    expect(looks).to.deep.equal([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 25, 27, 29, 31, 33, 35, 37, 39, 41, 44, 47, 50, 53, 56, 59]);
  });

  it('is settled by a mean of 0 without spread, and not by a mean near 0 with one', () => {
    expect(stop(to(0.05, metric('lost')), lost(0, 0, 0, 0, 0))).to.equal(5);
    expect(stop(to(0.9, metric('lost')), lost(0, 0, 0, 0, 1, 0, 0, 0))).to.equal(null);
  });

  it('asks for all figures', () => {
    const values = replicationsOf(...Array.from({ length: 12 }, (_, i) => ({ flows: [{ lost: 5, late: 9 + 2 * (i % 2) }] })));
    expect(stop(to(0.08, metric('lost'), metric('late')), values)).to.equal(10);
  });

  it('is not settled by what fewer than five replications speak to, nor by what is known from below only', () => {
    const silent = replicationsOf(...Array.from({ length: 9 }, (_, i) => ({ flows: [{ lost: i < 4 ? 1 : null }] })));
    expect(stop(to(0.5, metric('lost')), silent)).to.equal(null);
    expect(figure(to(0.5, metric('rpa_s')), lost(1, 1, 1, 1, 1))).to.include({ mean: null, halfWidth: null, settled: false });
    const open = replicationsOf(...Array.from({ length: 6 }, () => ({ flows: [{}], delays: [1, Infinity], ages: [30] })));
    expect(stop(to(0.5, metric('delay_max_s')), open)).to.equal(null);
    expect(stop(to(0.5, metric('delay_p50_s')), open)).to.equal(5);
  });

  it('is settled by a decided verdict, or else by the interval behind it', () => {
    const of = { expectation: 0 };
    // As above: 10 ± 0.754 after ten, 10 ± 0.894 after eight.
    const values = lost(...Array.from({ length: 12 }, (_, i) => 9 + 2 * (i % 2)));
    expect(stop(to(1e-6, of), values, [expects('flow', 'lost', '<', 20)])).to.equal(5);
    expect(stop(to(1e-6, of), values, [expects('flow', 'lost', '<', 10.8)])).to.equal(9);
    expect(stop(to(1e-6, of), values, [expects('flow', 'lost', '<', 10)])).to.equal(null);
    expect(stop(to(0.08, of), values, [expects('flow', 'lost', '<', 10)])).to.equal(10);
    expect(figure(to(0.08, of), values.slice(0, 10), [expects('flow', 'lost', '<', 10)])).to.include({ verdict: 'undecided', settled: true, text: 'orders.lost < 10' });
    expect(stop(to(1e-6, of), values, [expects('fault', 'lost', '<', 1)])).to.equal(null);
  });
});
