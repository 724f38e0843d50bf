import { expect } from 'chai';
import { count, duration, figure, share } from '../../src/report/figures.js';

describe('figures for people', () => {
  const durations: readonly [number, string][] = [
    [0, '0s'], [0.00025, '250µs'], [0.25, '250ms'], [0.9996, '1s'], [34.2, '34.2s'], [59.96, '1m'], [95, '1m35s'], [119.7, '2m'],
    [3599.6, '1h'], [3900, '1h05m'], [86_399, '1d'], [615_600, '7d03h'], [-95, '-1m35s'], [Infinity, 'never'],
  ];
  for (const [seconds, text] of durations) it(`${String(seconds)} s is ${text}`, () => expect(duration(seconds)).to.equal(text));

  it('never rounds a count to 0 or a share to 100 %', () => {
    expect(count(0.001)).to.equal('<0.01');
    expect(count(0)).to.equal('0');
    expect(count(144012)).to.equal('144012');
    expect(count(2.5)).to.equal('2.5');
    expect(share(1)).to.equal('100%');
    expect(share(0.99999999)).to.equal('>99.9999%');
    expect(share(0.999312)).to.equal('99.9312%');
  });

  it('shows an empty cell as such', () => {
    expect(figure(null, 's')).to.equal('–');
    expect(figure('group', 'text')).to.equal('group');
    expect(figure(19.9, 'per_s')).to.equal('19.9/s');
  });
});
