import { expect } from 'chai';
import { compareWith } from '../../../src/experiment/exact/compare.js';
import type { Solution } from '../../../src/experiment/exact/solve.js';
import { assemble } from '../../../src/experiment/assemble.js';
import { replicationsOf } from '../judged.js';

const solution = (availability: number, often: number): Solution => ({
  states: 2, transitions: 2, warmup: 0, horizon: 1,
  subjects: [{ type: 'component', name: 'host', alike: [], longRun: null, firstOutage: null, instants: [], run: { availability, outagesPerYear: often } }],
});
const simulated = (values: readonly number[], outages: number): Parameters<typeof compareWith>[1] =>
  assemble({ name: 'x', seed: 1, flows: [] }, [], replicationsOf(...values.map((availability) => ({ components: [{ availability, outages, outages_per_year: 5 + availability }] }))), true);
const verdicts = (...args: Parameters<typeof compareWith>): string[] => compareWith(...args).map(({ agreement }) => agreement);

describe('experiment/exact/compare', () => {
  // 0.90, 0.91, 0.92, 0.93, 0.94: mean 0.92, s/√5 = 0.0070711; t(4) at 95 %: 2.776445, at 1 - 0.001/2: 10.306 (tables of Student's t).
  const five = simulated([0.9, 0.91, 0.92, 0.93, 0.94], 10);

  it('agrees within 95 %, is apart up to one in a thousand over all figures, then disagrees', () => {
    expect(verdicts(solution(0.92 + 0.0196, 5.92), five)).to.deep.equal(['yes', 'yes']);
    expect(verdicts(solution(0.92 + 0.0197, 5.92), five)).to.deep.equal(['apart', 'yes']);
    expect(verdicts(solution(0.92 + 0.0728, 5.92), five)).to.deep.equal(['apart', 'yes']);
    expect(verdicts(solution(0.92 + 0.073, 5.92), five)).to.deep.equal(['no', 'yes']);
    expect(verdicts(solution(0.92, 6.92), five)).to.deep.equal(['yes', 'no']);
  });

  it('does the same with the batches of a single run', () => {
    const one = simulated([0.92], 50);
    const batches = [{ subject: 'components.host', column: 'availability', above: [0.9, 0.91, 0.92, 0.93, 0.94], below: [1, 1, 1, 1, 1] }];
    const cut = { ...one, replications: [{ ...one.replications[0], batches }] };
    expect(verdicts(solution(0.92 + 0.0196, 5.92), cut)).to.deep.equal(['yes', 'too few']);
    expect(verdicts(solution(0.92 + 0.0197, 5.92), cut)).to.deep.equal(['apart', 'too few']);
    expect(verdicts(solution(0.92 + 0.073, 5.92), cut)).to.deep.equal(['no', 'too few']);
    expect(verdicts(solution(0.92, 5.92), one)).to.deep.equal(['too few', 'too few']);
  });

  it('says nothing of few outages', () => expect(verdicts(solution(0.5, 5.92), simulated([0.9, 0.91, 0.92, 0.93, 0.94], 3))).to.deep.equal(['too few', 'too few']));
});
