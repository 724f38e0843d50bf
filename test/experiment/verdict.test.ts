import { expect } from 'chai';
import type { Expectation } from '../../src/experiment/expectation.js';
import type { JudgedExpectation, ReplicationResult } from '../../src/experiment/result.js';
import { gaugeRequestsOf, judge } from '../../src/experiment/verdict.js';
import { expects, replicationsOf } from './judged.js';
import type { ReplicationText } from './judged.js';

function judgedOf(expectation: Expectation, replications: readonly ReplicationResult[]): JudgedExpectation {
  return judge([expectation], replications)[0];
}
const verdict = (expectation: Expectation, ...texts: readonly ReplicationText[]): string => judgedOf(expectation, replicationsOf(...texts)).verdict;
const lost = (...counts: number[]): ReplicationText[] => counts.map((count) => ({ flows: [{ lost: count }] }));
const restore = (...groups: (readonly (number | null)[])[]): ReplicationText[] => groups.map((group) => ({ faults: group.map((restore_s) => ({ restore_s })) }));

describe('experiment/verdict', () => {
  describe('with one replication: the value decides', () => {
    for (const [comparison, bound, met] of [
      ['==', 3, true], ['==', 2, false], ['!=', 2, true], ['!=', 3, false], ['<', 4, true], ['<', 3, false], ['<=', 3, true], ['<=', 2, false],
      ['>', 2, true], ['>', 3, false], ['>=', 3, true], ['>=', 4, false],
    ] as const) {
      it(`3 ${comparison} ${bound} is ${met ? 'met' : 'missed'}`, () => {
        expect(verdict(expects('flow', 'lost', comparison, bound), ...lost(3))).to.equal(met ? 'met' : 'missed');
      });
    }

    it('between includes both ends', () => {
      const between = (low: number, upper: number): string => verdict(expects('flow', 'lost', 'between', low, { upper }), ...lost(3));
      expect([between(3, 4), between(2, 3), between(1, 2), between(4, 5)]).to.deep.equal(['met', 'met', 'missed', 'missed']);
    });

    it('gives value, bound, samples and one clause why', () => {
      const place = { file: 'x.yaml', line: 3, column: 5 };
      expect(judgedOf(expects('fault', 'restore_s', '<', 30, { boundText: '30s', place }), replicationsOf(...restore([95.25])))).to.deep.equal({
        text: 'crash.restore_s < 30', verdict: 'missed', value: 95.25, ci95Low: null, ci95High: null, bound: '30s', samples: 1,
        reason: 'it was 95.25 s, expected < 30s', place,
      });
      expect(judgedOf(expects('flow', 'lost', '==', 0), replicationsOf(...lost(0))).reason).to.equal('');
    });

    it('every occurrence must hold', () => {
      expect(verdict(expects('fault', 'restore_s', '<', 30), ...restore([10, 20]))).to.equal('met');
      const judged = judgedOf(expects('fault', 'restore_s', '<', 30), replicationsOf(...restore([10, 40, 20])));
      expect([judged.verdict, judged.value, judged.samples]).to.deep.equal(['missed', 40, 3]);
    });
  });

  describe('~: the interval of the mean and the true value', () => {
    // 1, 2, 3: 2 ± 2.484138.
    const near = (truth: number, within: number, ...texts: readonly ReplicationText[]): string => verdict(expects('flow', 'lost', '~', truth, { within }), ...texts);
    it('is met when the interval holds it and is narrow enough, missed when it does not hold it', () => {
      expect([near(4.48, 1, ...lost(1, 2, 3)), near(4.49, 1, ...lost(1, 2, 3)), near(-0.48, 9, ...lost(1, 2, 3)), near(-0.49, 9, ...lost(1, 2, 3))]).to.deep.equal(['met', 'missed', 'met', 'missed']);
      expect([near(4, 0.63, ...lost(1, 2, 3)), near(4, 0.62, ...lost(1, 2, 3))]).to.deep.equal(['met', 'undecided']);
    });

    it('counts the width of a share against the nearer end', () => {
      const available = (truth: number, within: number): string =>
        verdict(expects('component', 'availability', '~', truth, { within }), ...[0.97, 0.98, 0.99].map((availability) => ({ components: [{ availability }] })));
      // 0.98 ± 0.0248 against 0.02.
      expect([available(0.98, 1.25), available(0.98, 1.2)]).to.deep.equal(['met', 'undecided']);
    });

    it('a state that is the same in all replications keeps an interval: Wilson, 10 of 10 is 72.2 % to 100 %', () => {
      const up = (comparison: '~' | '>=', bound: number): string =>
        verdict(expects('component', 'availability', comparison, bound, { at: 5, state: true, within: 99 }), ...Array.from({ length: 10 }, () => ({ gauges: [1] })));
      expect([up('~', 0.73), up('~', 0.72), up('>=', 0.72), up('>=', 0.73)]).to.deep.equal(['met', 'missed', 'met', 'undecided']);
    });

    it('is undecided where the mean would mislead, and with one replication', () => {
      expect(near(2, 1, ...lost(2))).to.equal('undecided');
      const first = (...values: (number | null)[]): string => verdict(expects('component', 'first_outage_s', '~', 2, { within: 9 }), ...values.map((first_outage_s) => ({ components: [{ first_outage_s }] })));
      expect([first(1, 2, 3), first(1, 2, 3, null)]).to.deep.equal(['met', 'undecided']);
    });
  });

  describe('with several replications: the interval of the mean', () => {
    // 1, 2, 3: mean 2, t(0.975, 2) = 4.302653, s = 1: 2 ± 2.484138.
    const three = lost(1, 2, 3);

    it('is met when all of it holds, missed when none does, undecided when it straddles', () => {
      expect(verdict(expects('flow', 'lost', '<', 4.5), ...three)).to.equal('met');
      expect(verdict(expects('flow', 'lost', '<', 4.4), ...three)).to.equal('undecided');
      expect(verdict(expects('flow', 'lost', '<', -0.5), ...three)).to.equal('missed');
      expect(verdict(expects('flow', 'lost', '>=', -0.5), ...three)).to.equal('met');
      expect(verdict(expects('flow', 'lost', '>=', 0), ...three)).to.equal('undecided');
      expect(verdict(expects('flow', 'lost', '>', 5), ...three)).to.equal('missed');
      expect(verdict(expects('flow', 'lost', 'between', -1, { upper: 5 }), ...three)).to.equal('met');
      expect(verdict(expects('flow', 'lost', 'between', 1, { upper: 5 }), ...three)).to.equal('undecided');
      expect(verdict(expects('flow', 'lost', 'between', 5, { upper: 6 }), ...three)).to.equal('missed');
    });

    it('is given', () => {
      const judged = judgedOf(expects('flow', 'lost', '<', 4), replicationsOf(...three));
      expect([judged.value, judged.samples, judged.reason]).to.deep.equal([2, 3, 'mean 2, 95 % interval -0.484138 to 4.48414, straddles < 4']);
      expect(judged.ci95Low).to.be.closeTo(2 - 2.484138, 1e-6);
      expect(judged.ci95High).to.be.closeTo(2 + 2.484138, 1e-6);
    });

    it('decides without variance', () => {
      expect(verdict(expects('flow', 'lost', '<=', 2), ...lost(2, 2))).to.equal('met');
      expect(verdict(expects('flow', 'lost', '<', 2), ...lost(2, 2))).to.equal('missed');
    });

    it('is not asked for == and !=: they must hold in each', () => {
      expect(verdict(expects('flow', 'lost', '==', 0), ...lost(0, 0, 0))).to.equal('met');
      const judged = judgedOf(expects('flow', 'lost', '==', 0), replicationsOf(...lost(0, 0, 4)));
      expect([judged.verdict, judged.value, judged.samples]).to.deep.equal(['missed', 4, 3]);
      expect(verdict(expects('flow', 'lost', '!=', 0), ...lost(1, 2))).to.equal('met');
      expect(verdict(expects('flow', 'lost', '!=', 0), ...lost(1, 0))).to.equal('missed');
    });

    it('averages the occurrences of a replication first', () => {
      const judged = judgedOf(expects('fault', 'restore_s', '<', 100), replicationsOf(...restore([10, 20, 30], [22])));
      expect([judged.value, judged.samples]).to.deep.equal([21, 4]);
    });

    it('needs two replications that speak', () => {
      const judged = judgedOf(expects('fault', 'restore_s', '<', 100), replicationsOf(...restore([10], [])));
      expect([judged.verdict, judged.value, judged.samples]).to.deep.equal(['undecided', 10, 1]);
      expect(judged.reason).to.contain('only one of 2 replications');
    });
  });

  describe('.min, .max, .pNN: over replications and occurrences', () => {
    const faults = restore([10, 20], [30], [105]);
    for (const [statistic, value] of [['min', 10], ['max', 105], [{ quantile: 0.5 }, 25], ['mean', 50]] as const) {
      it(`${typeof statistic === 'string' ? statistic : `p${100 * statistic.quantile}`} is ${value}`, () => {
        const judged = judgedOf(expects('fault', 'restore_s', '<', 1000, { statistic }), replicationsOf(...faults));
        expect([judged.value, judged.samples, judged.verdict]).to.deep.equal([value, 4, 'met']);
      });
    }

    it('decide by their value', () => {
      expect(verdict(expects('fault', 'restore_s', '<', 105, { statistic: 'max' }), ...faults)).to.equal('missed');
      expect(verdict(expects('fault', 'restore_s', '<', 15, { statistic: 'min' }), ...faults)).to.equal('met');
      expect(verdict(expects('fault', 'restore_s', '==', 105, { statistic: 'max' }), ...faults)).to.equal('met');
    });

    it('mean with one replication decides by its value', () => {
      expect(verdict(expects('fault', 'restore_s', '<', 16, { statistic: 'mean' }), ...restore([10, 20]))).to.equal('met');
      expect(verdict(expects('fault', 'restore_s', '<', 15, { statistic: 'mean' }), ...restore([10, 20]))).to.equal('missed');
    });
  });

  describe('faults', () => {
    it('what did not happen counts as 0', () => {
      expect(verdict(expects('fault', 'restore_s', '<', 30), ...restore([null]))).to.equal('met');
      expect(judgedOf(expects('fault', 'restore_s', '<', 30), replicationsOf(...restore([null]))).value).to.equal(0);
      expect(verdict(expects('fault', 'stop_s', '>', 0), ...restore([null]))).to.equal('missed');
    });

    it('that never came have no data', () => {
      const judged = judgedOf(expects('fault', 'restore_s', '<', 30), replicationsOf({}, {}));
      expect([judged.verdict, judged.value, judged.samples, judged.reason]).to.deep.equal(['no-data', null, 0, 'fault crash never came']);
    });

    it('that were masked have no data; masked occurrences do not speak', () => {
      const masked = { restore_s: null, lost: 0, effective: 0 };
      const judged = judgedOf(expects('fault', 'lost', '==', 0), replicationsOf({ faults: [masked] }));
      expect([judged.verdict, judged.reason]).to.deep.equal(['no-data', 'fault crash had no effect: what it hit was down already']);
      const some = judgedOf(expects('fault', 'lost', '==', 0), replicationsOf({ faults: [masked, { lost: 0 }] }));
      expect([some.verdict, some.samples]).to.deep.equal(['met', 1]);
    });

    it('not restored by the end: missed once the bound has passed, else undecided', () => {
      const open = (restore_s: number): ReplicationText => ({ faults: [{ restore_s, full_s: 5, open: 'restore_s recover_s' }] });
      expect(verdict(expects('fault', 'restore_s', '<', 30), open(29))).to.equal('undecided');
      expect(verdict(expects('fault', 'restore_s', '<', 30), open(30))).to.equal('missed');
      expect(verdict(expects('fault', 'restore_s', '<=', 30), open(30))).to.equal('undecided');
      expect(verdict(expects('fault', 'restore_s', '==', 30), open(29))).to.equal('undecided');
      expect(verdict(expects('fault', 'restore_s', '==', 30), open(31))).to.equal('missed');
      expect(verdict(expects('fault', 'restore_s', 'between', 10, { upper: 30 }), open(20))).to.equal('undecided');
      expect(verdict(expects('fault', 'restore_s', 'between', 10, { upper: 30 }), open(31))).to.equal('missed');
      expect(verdict(expects('fault', 'restore_s', '>', 10), open(20))).to.equal('met'); // however long it takes
      expect(verdict(expects('fault', 'full_s', '<', 30), open(29))).to.equal('met'); // another column
      expect(judgedOf(expects('fault', 'restore_s', '<', 30), replicationsOf(open(29))).reason).to.equal('it was not reached by the end, so at least 29 s, expected < 30');
      expect(judgedOf(expects('fault', 'restore_s', '<', 30), replicationsOf(open(29))).value).to.equal(29);
    });

    it('not restored in one replication of several: the mean is known from below', () => {
      const some = (...times: number[]): ReplicationText[] => times.map((restore_s, i) => ({ faults: [{ restore_s, open: i === 0 ? 'restore_s' : null }] }));
      expect(verdict(expects('fault', 'restore_s', '<', 30), ...some(10, 10, 10))).to.equal('undecided');
      expect(verdict(expects('fault', 'restore_s', '<', 30), ...some(40, 40, 40))).to.equal('missed');
      expect(verdict(expects('fault', 'restore_s', '<', 30, { statistic: 'min' }), ...some(40, 10, 50))).to.equal('met');
      expect(verdict(expects('fault', 'restore_s', '<', 30, { statistic: 'max' }), ...some(5, 10, 20))).to.equal('undecided');
      expect(verdict(expects('fault', 'restore_s', '<', 30, { statistic: { quantile: 0.5 } }), ...some(5, 10, 20))).to.equal('met');
      expect(verdict(expects('fault', 'restore_s', '==', 10), ...some(5, 10, 10))).to.equal('undecided');
    });
  });

  describe('text', () => {
    const scopes = (...values: (string | null)[]): ReplicationText[] => values.map((scope) => ({ faults: [{ scope }] }));
    it('must hold in each', () => {
      expect(verdict(expects('fault', 'scope', '==', 'group'), ...scopes('group', 'group'))).to.equal('met');
      const judged = judgedOf(expects('fault', 'scope', '==', 'group'), replicationsOf(...scopes('group', 'system')));
      expect([judged.verdict, judged.value, judged.samples, judged.reason]).to.deep.equal(['missed', 'system', 2, 'it was system in 1 of 2']);
      expect(verdict(expects('fault', 'scope', '!=', 'system'), ...scopes('group', 'server'))).to.equal('met');
      expect(verdict(expects('fault', 'scope', '!=', 'system'), ...scopes('system'))).to.equal('missed');
    });

    it('is empty when nothing was down', () => {
      expect(judgedOf(expects('fault', 'scope', '==', 'group'), replicationsOf(...scopes(null)))).to.include({ verdict: 'missed', reason: 'it was empty' });
    });

    it('of operations: result and reason; one that never ended has no data', () => {
      const done = { operations: [{ result: 'done' }] };
      expect(verdict(expects('operation', 'result', '==', 'done'), done)).to.equal('met');
      expect(verdict(expects('operation', 'result', '==', 'failed'), done)).to.equal('missed');
      expect(verdict(expects('operation', 'result', '==', 'done'), { operations: [{ result: null }] })).to.equal('no-data');
      expect(verdict(expects('operation', 'result', '==', 'done'), {})).to.equal('no-data');
    });
  });

  describe('delays', () => {
    const delays = (...values: number[]): ReplicationText => ({ flows: [{}], delays: values });

    it('pool the messages of all replications', () => {
      // 98 of 1 s in one replication, 2 of 50 s in the other: pooled p95 is 1, the mean of both p95 would be 25.5.
      const two = [delays(...Array.from({ length: 98 }, () => 1)), delays(50, 50)];
      const judged = judgedOf(expects('flow', 'delay_p95_s', '<', 2), replicationsOf(...two));
      expect([judged.verdict, judged.value, judged.samples]).to.deep.equal(['met', 1, 100]);
      expect(verdict(expects('flow', 'delay_p99_s', '<', 2), ...two)).to.equal('missed');
      expect(judgedOf(expects('flow', 'delay_max_s', '<=', 50), replicationsOf(...two))).to.include({ verdict: 'met', value: 50 });
      expect(judgedOf(expects('flow', 'delay_p90_s', '<', 2), replicationsOf(...two))).to.include({ verdict: 'met', value: 1 });
      expect(judgedOf(expects('flow', 'delay_p999_s', '<', 2), replicationsOf(...two))).to.include({ verdict: 'missed', value: 50 });
    });

    it('that are infinite: missed once the bound has passed, else undecided; the value is empty', () => {
      const of = (age: number): ReplicationText => ({ flows: [{}], delays: [1, Infinity], ages: [age] });
      expect(judgedOf(expects('flow', 'delay_p99_s', '<', 30), replicationsOf(of(20)))).to.include({ verdict: 'undecided', value: null, samples: 2 });
      expect(judgedOf(expects('flow', 'delay_p99_s', '<', 30), replicationsOf(of(30)))).to.include({ verdict: 'missed', value: null });
      expect(verdict(expects('flow', 'delay_p50_s', '<', 30), of(100))).to.equal('met');
    });

    it('that are infinite stay undecided when nobody knows how long messages have waited', () => {
      const [replication] = replicationsOf({ flows: [{}], delays: [1, Infinity] });
      expect(judgedOf(expects('flow', 'delay_p99_s', '<', 30), [{ ...replication, undelivered: new Map() }]).verdict).to.equal('undecided');
    });

    it('with a statistic range over replications', () => {
      const two = [delays(1), delays(9)];
      expect(judgedOf(expects('flow', 'delay_p99_s', '<', 5, { statistic: 'max' }), replicationsOf(...two))).to.include({ verdict: 'missed', value: 9 });
      expect(judgedOf(expects('flow', 'delay_p99_s', '<', 5, { statistic: 'min' }), replicationsOf(...two))).to.include({ verdict: 'met', value: 1 });
    });

    it('mean is a plain measure', () => {
      expect(judgedOf(expects('flow', 'delay_mean_s', '<', 5), replicationsOf({ flows: [{ delay_mean_s: 2 }] }, { flows: [{ delay_mean_s: 2 }] }))).to.include({ verdict: 'met', value: 2, ci95Low: 2 });
    });
  });

  describe('nothing passes silently', () => {
    const noData = (expectation: Expectation, ...texts: readonly ReplicationText[]): string => {
      const judged = judgedOf(expectation, replicationsOf(...texts));
      expect(judged).to.include({ verdict: 'no-data', value: null, samples: 0 });
      return judged.reason;
    };

    it('a flow without messages has no losses to speak of, but an availability', () => {
      const empty = { flows: [{ offered: 0, lost: 0, availability: 1, delay_mean_s: null }] };
      expect(noData(expects('flow', 'lost', '==', 0), empty)).to.equal('no message of orders was offered after warm-up');
      expect(noData(expects('flow', 'delay_p99_s', '<', 1), empty)).to.contain('no message');
      expect(verdict(expects('flow', 'availability', '>=', 0.9), empty)).to.equal('met');
      expect(verdict(expects('flow', 'offered', '==', 0), empty)).to.equal('met');
    });

    it('messages without delays, empty cells, unknown subjects, no replications', () => {
      expect(noData(expects('flow', 'delay_p99_s', '<', 1), { flows: [{}] })).to.contain('delay_p99_s');
      expect(noData(expects('component', 'utilisation', '<', 1), { components: [{ utilisation: null }] })).to.equal('component host has no utilisation');
      expect(noData(expects('flow', 'lost', '==', 0), {})).to.equal('there is no flow orders');
      expect(noData(expects('component', 'downtime_s', '==', 0), {})).to.equal('there is no component host');
      expect(noData(expects('flow', 'lost', '==', 0))).to.equal('no replication was completed');
    });
  });

  describe('gauges at an instant', () => {
    const at = (time: number, comparison: '==' | '<', bound: number): Expectation => expects('component', 'sessions', comparison, bound, { at: time });

    it('are asked for in the order of the expectations and find their values again', () => {
      const expectations = [at(5, '==', 1), expects('component', 'downtime_s', '==', 0), at(9, '==', 2)];
      expect(gaugeRequestsOf(expectations)).to.deep.equal([{ component: 'host', gauge: 'sessions', at: 5 }, { component: 'host', gauge: 'sessions', at: 9 }]);
      const judged = judge(expectations, replicationsOf({ gauges: [1, 3], components: [{ downtime_s: 0 }] }));
      expect(judged.map((each) => [each.verdict, each.value])).to.deep.equal([['met', 1], ['met', 0], ['missed', 3]]);
    });

    it('follow the rules of any measure', () => {
      expect(verdict(at(5, '<', 10), { gauges: [1] }, { gauges: [2] }, { gauges: [3] })).to.equal('met');
      expect(verdict(at(5, '==', 2), { gauges: [2] }, { gauges: [1] })).to.equal('missed');
      expect(verdict(at(5, '==', 2), { gauges: [null] })).to.equal('no-data');
    });
  });
});
