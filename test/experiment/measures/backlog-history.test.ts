/** The normal backlog: short lengths are counted in another way than long ones, with the same answer. */
import { expect } from 'chai';
import { BacklogHistory } from '../../../src/experiment/measures/backlog-history.js';
import { QuantileHistogram } from '../../../src/stats/index.js';

describe('experiment/measures/backlog-history', () => {
  it('is the quantile of a histogram over time, however often it is asked for', () => {
    let state = 12345;
    const random = (below: number): number => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % below;
    for (const longest of [3, 255, 256, 257, 5000]) {
      const history = new BacklogHistory(0);
      const reference = new QuantileHistogram();
      let time = 0;
      for (let i = 0; i < 2000; i++) {
        const [length, span] = [random(longest + 1), 1 + random(1000)];
        history.advance(time += span, length, true);
        reference.add(length, span);
        if (i % 97 === 0) expect(history.normal, `${String(longest)} ${String(i)}`).to.equal(Math.max(1, reference.quantile(0.99)));
      }
      expect(history.normal).to.equal(Math.max(1, reference.quantile(0.99)));
    }
  });

  it('forgets what was before warm-up as soon as there is something after it', () => {
    const history = new BacklogHistory(100);
    history.advance(60, 40, true);
    expect(history.normal).to.equal(40);
    history.advance(100, 300, true);
    expect(history.normal).to.equal(300);
    history.advance(160, 7, true);
    expect(history.normal).to.equal(7);
  });

  it('counts a stretch over the end of warm-up on both sides, and no time that is not calm', () => {
    const history = new BacklogHistory(100);
    history.advance(90, 2, true);
    history.advance(150, 9, true);
    expect(history.normal).to.equal(9);
    history.advance(100_000, 200, false);
    expect(history.normal).to.equal(9);
    expect(new BacklogHistory(0).normal).to.equal(1);
  });
});
