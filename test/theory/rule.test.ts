/** The rule by which `npm run validate:theory` judges: what one figure says, and what all of them together. */
import { expect } from 'chai';
import { closingLine, exitCodeOf, pooled, standingAgain, standingOf } from '../../bench/theory/rule.js';
import type { Judged } from '../../bench/theory/rule.js';

const judged = (verdict: Judged['verdict'], low: number | null = 1): Judged => ({ expectation: 'x ~ 2', verdict, value: 2, ci95_low: low, ci95_high: low === null ? null : 3 });

describe('theory: the rule', () => {
  it('lets a second interval decide of what is outside of its first', () => {
    expect(['met', 'missed', 'undecided', 'no-data'].map((verdict) => standingOf(judged(verdict as Judged['verdict'])))).to.deep.equal(['holds', 'apart', 'wide', 'wide']);
    expect(['met', 'missed', 'undecided'].map((verdict) => standingAgain(judged(verdict as Judged['verdict'])))).to.deep.equal(['again', 'missed', 'wide']);
  });

  it('takes four measurements as one: half as wide as each', () => {
    const one = (value: number, half: number | null): Parameters<typeof pooled>[0][number] => ({
      truth: 10, size: 10, within: 0.0201,
      judged: { expectation: 'x ~ 10', verdict: 'met', value, ci95_low: half === null ? null : value - half, ci95_high: half === null ? null : value + half },
    });
    const values = [10.3, 9.9, 10.2, 10].map((value) => one(value, 0.4));
    const { value, ci95_low: low, ci95_high: high, verdict } = pooled(values);
    expect(value).to.be.closeTo(10.1, 1e-12);
    expect([low, high].map((limit) => Number(limit).toFixed(6))).to.deep.equal(['9.900000', '10.300000']);
    expect(verdict).to.equal('met');
    expect(pooled(values.map(({ judged, ...rest }) => ({ ...rest, judged, within: 0.019 }))).verdict).to.equal('undecided');
    expect(pooled([10.3, 10.1, 10.3, 10.3].map((each) => one(each, 0.4))).verdict).to.equal('missed');
    expect(pooled([...values.slice(1), one(10, null)])).to.include({ verdict: 'undecided', value: null });
  });

  it('has no second look at what is without chance', () => {
    expect(standingOf(judged('missed', null))).to.equal('missed');
    expect(standingOf(judged('met', null))).to.equal('holds');
  });

  it('fails for one that is missed, is undecided for one that is too wide or was never decided, and for none at all', () => {
    expect(exitCodeOf(['holds', 'again'])).to.equal(0);
    expect(exitCodeOf(['holds', 'wide', 'missed'])).to.equal(1);
    expect([exitCodeOf(['holds', 'wide']), exitCodeOf(['holds', 'apart']), exitCodeOf([])]).to.deep.equal([3, 3, 3]);
  });

  it('says at the end how many were outside, and how many that chance explains', () => {
    expect(closingLine([...Array.from({ length: 38 }, () => 'holds' as const), 'again', 'missed'], 25, 61.4)).to.equal(
      '39 of 40 figures in 25 cases agree with theory; 2 outside of the first interval (2.0 expected by chance), 1 of them of the second, too; 61 s');
    expect(closingLine(['holds', 'wide'], 1, 1)).to.match(/^1 of 2 figures .*; 1 too wide to say; 1 s$/);
  });
});
