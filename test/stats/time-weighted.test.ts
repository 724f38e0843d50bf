import { expect } from 'chai';
import fc from 'fast-check';
import { StatsError, TimeWeighted } from '../../src/stats/index.js';

/** Steps of whole time and whole value, so that brute force and integral must agree exactly. */
const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: -5, max: 5 })), { maxLength: 40 });

describe('stats: TimeWeighted', () => {
  it('averages a step function: 0 for 4, 3 for 2, 1 for 4', () => {
    const level = new TimeWeighted(10);
    level.set(14, 3);
    level.add(16, -2);
    expect([level.integral(20), level.mean(20), level.max, level.value]).to.deep.equal([10, 1, 3, 1]);
    expect(level.mean(16)).to.equal(1);
  });

  it('equals brute force, one unit of time after the other, with and without a warm-up', () => {
    fc.assert(
      fc.property(steps, fc.nat(40), fc.integer({ min: 1, max: 9 }), (list, resetAfter, tail) => {
        const level = new TimeWeighted(0, 2);
        const past: number[] = [];
        let time = 0;
        let value = 2;
        let from = 0;
        let max = 2;
        list.forEach(([gap, next], i) => {
          for (let k = 0; k < gap; k += 1) past.push(value);
          time += gap;
          if (i === resetAfter) {
            level.reset(time);
            from = time;
            max = value;
          }
          if (i % 2 === 0) level.set(time, next);
          else level.add(time, next - value);
          value = next;
          max = Math.max(max, value);
        });
        for (let k = 0; k < tail; k += 1) past.push(value);
        const integral = past.slice(from).reduce((a, x) => a + x, 0);
        expect(level.integral(time + tail)).to.equal(integral);
        expect(level.mean(time + tail)).to.equal(integral / (time + tail - from));
        expect([level.max, level.value]).to.deep.equal([max, value]);
      }),
    );
  });

  it('asking changes nothing', () => {
    const level = new TimeWeighted(0, 1);
    level.mean(100);
    level.set(10, 5);
    expect(level.integral(20)).to.equal(60);
  });

  it('counts a peak that lasts no time', () => {
    const level = new TimeWeighted(0);
    level.add(5, 1);
    level.add(5, -1);
    expect([level.max, level.integral(10)]).to.deep.equal([1, 0]);
  });

  it('has no mean over no time', () => {
    const level = new TimeWeighted(3, 7);
    expect(level.mean(3)).to.be.NaN;
    level.reset(8);
    expect(level.mean(8)).to.be.NaN;
    expect(level.mean(9)).to.equal(7);
  });

  it('does not lose short stays beside long ones', () => {
    const level = new TimeWeighted(0, 1e16);
    level.set(1, 1);
    for (let t = 2; t <= 1001; t += 1) level.set(t, 1);
    // 1e16 + 1000 × 1; plain addition of 1 to 1e16 would not move it at all.
    expect(level.integral(1001) - 1e16).to.equal(1000);
  });

  it('refuses NaN, infinities and time that goes backwards, by name', () => {
    const level = new TimeWeighted(5);
    level.set(7, 1);
    expect(() => level.set(6, 1)).to.throw(StatsError, 'TimeWeighted.set: time 6 precedes the last change at 7');
    expect(() => level.set(NaN, 1)).to.throw(StatsError, 'TimeWeighted.set: time');
    expect(() => level.set(8, NaN)).to.throw(StatsError, 'TimeWeighted.set: value');
    expect(() => level.add(8, NaN)).to.throw(StatsError, 'TimeWeighted.add: delta');
    expect(() => level.reset(6)).to.throw(StatsError, 'TimeWeighted.reset: time 6');
    expect(() => level.mean(6)).to.throw(StatsError, 'TimeWeighted: until 6');
    expect(() => level.mean(Infinity)).to.throw(StatsError, 'TimeWeighted: until');
    expect(() => new TimeWeighted(NaN)).to.throw(StatsError, 'start');
    expect(() => new TimeWeighted(0, Infinity)).to.throw(StatsError, 'value');
    expect([level.value, level.integral(7)]).to.deep.equal([1, 0]);
  });
});
