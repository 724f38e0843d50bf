import { expect } from 'chai';
import fc from 'fast-check';
import { formatDuration, MAX_DURATION, parseDuration, DURATION_PATTERN } from '../../../src/scenario/quantities/duration.js';

const value = (text: string | number): number | string => {
  const parsed = parseDuration(text);
  return parsed.ok ? parsed.value : parsed.message;
};

describe('scenario: durations', () => {
  it('reads units from large to small as whole microseconds', () => {
    const cases: [string | number, number][] = [
      ['250ms', 250e3], ['30s', 30e6], ['5m', 300e6], ['1h30m', 5400e6], ['7d', 604_800e6], ['12us', 12], ['0', 0], [0, 0], ['0s', 0],
      ['1.5s', 1_500_000], ['0.0000004s', 0], ['0.0000006s', 1], ['1d2h3m4s5ms6us', 93_784_005_006],
    ];
    for (const [text, microseconds] of cases) expect(value(text), String(text)).to.equal(microseconds);
  });

  it('refuses everything else', () => {
    for (const text of ['', '5m foo', '5 m', '30', 30, -5, '-5s', 'inf', Infinity, NaN, '.inf', '5x', '30s5m', '5m5m', '1e3s', '5S', '+5s', '.5s', '5.s', '5m,', '300y', 's', '5constructor', '106751d5000000d']) {
      expect(value(text), String(text)).to.be.a('string');
    }
  });

  it('says how it would be right', () => {
    expect(parseDuration(30)).to.include({ message: '30 has no unit', remedy: 'write 30s for seconds (units: us, ms, s, m, h, d)' });
    expect(parseDuration('5 m')).to.deep.include({ suggestions: ['5m'] });
    expect(parseDuration('30sec')).to.deep.include({ message: '"30sec": unknown unit "sec"', suggestions: ['30s'] });
    expect(parseDuration('2MIN')).to.deep.include({ suggestions: ['2m'] });
  });

  it('reads back what it writes, for every whole number of microseconds', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: MAX_DURATION }), (microseconds) => value(formatDuration(microseconds)) === microseconds));
    fc.assert(fc.property(fc.nat(10_000_000), (microseconds) => value(formatDuration(microseconds)) === microseconds));
  });

  it('never throws, and accepts a text exactly when its pattern for editors does', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'0123456789.smhdu-+ %e'), maxLength: 8 });
    const part = fc.tuple(fc.nat(99), fc.constantFrom('', '.5'), fc.constantFrom('d', 'h', 'm', 's', 'ms', 'us', ''));
    const duration = fc.array(part, { maxLength: 3 }).map((parts) => parts.map(([count, half, unit]) => `${String(count)}${half}${unit}`).join(''));
    const pattern = new RegExp(DURATION_PATTERN);
    fc.assert(fc.property(fc.oneof(letters, duration), (text) => {
      const parsed = parseDuration(text);
      expect(pattern.test(text), text).to.equal(parsed.ok || parsed.message.endsWith('longer than 285 years'));
    }), { numRuns: 2000 });
  });
});
