import { expect } from 'chai';
import { parseRate, parseShare, parseSize } from '../../../src/scenario/quantities/amounts.js';
import { parseColumn } from '../../../src/scenario/quantities/column.js';
import { parseHours } from '../../../src/scenario/quantities/hours.js';
import type { Parsed } from '../../../src/scenario/quantities/parsed.js';

const table = <T>(read: (text: never) => Parsed<T>, cases: readonly (readonly [string | number, T | null])[]): void => {
  for (const [text, wanted] of cases) {
    const parsed = read(text as never);
    expect(parsed.ok ? parsed.value : null, String(text)).to.deep.equal(wanted);
    if (!parsed.ok) expect(parsed.remedy, `${String(text)}: ${parsed.message}`).to.be.a('string').that.is.not.empty;
  }
};

describe('scenario: rates, sizes, shares, hours, columns', () => {
  it('reads rates per second', () => {
    table(parseRate, [['50/s', 50], ['3/min', 0.05], ['36/h', 0.01], ['0.5/s', 0.5], ['0/s', 0],
      [50, null], ['50', null], ['-5/s', null], ['50/m', null], ['50 /s', null], ['50/constructor', null], ['/s', null], [Infinity, null], [-1, null], [NaN, null]]);
    expect(parseRate('3/m')).to.deep.include({ suggestions: ['3/min'] });
  });

  it('reads sizes in bytes', () => {
    table(parseSize, [['4KiB', 4096], ['1MB', 1e6], ['500B', 500], ['1.5KB', 1500], [0, 0], ['4kib', null], [4, null], ['-4KB', null], ['4', null], [-4, null], ['9000TiB', null], ['4K', null], ['4constructor', null]]);
    expect(parseSize('4kib')).to.deep.include({ suggestions: ['4KiB'] });
  });

  it('reads shares from 0 to 1', () => {
    table(parseShare, [['99.95%', 0.9995], [0.5, 0.5], ['0.5', 0.5], ['0%', 0], ['100%', 1], [1, 1], ['101%', null], [99.9, null], [-0.1, null], ['-1%', null], ['5 %', null], [NaN, null]]);
    expect(parseShare(99.9)).to.deep.include({ suggestions: ['99.9%'] });
  });

  it('reads hours of the day', () => {
    const hour = 3600e6;
    table(parseHours, [
      ['08:00-17:30', { from: 8 * hour, until: 17.5 * hour }], ['sat-mon 00:00-24:00', { from: 0, until: 24 * hour, days: [5, 6, 0] }],
      ['mon,wed 09:00-10:00', { from: 9 * hour, until: 10 * hour, days: [0, 2] }],
      ['17:00-08:00', null], ['08:00-25:00', null], ['8-17', null], ['08:61-09:00', null], ['xyz 08:00-09:00', null],
    ]);
  });

  it('reads a column of durations, with or without a header', () => {
    expect(parseColumn('duration\r\n1s\r\n"2s"\r\n\r\n')).to.deep.equal({ ok: true, value: [1e6, 2e6] });
    expect(parseColumn('\uFEFF1s\n0\n')).to.deep.equal({ ok: true, value: [1e6, 0] });
    expect(parseColumn('1s\n5\n')).to.include({ ok: false, line: 2 });
    expect(parseColumn('-1s\n')).to.include({ ok: false, line: 1 });
    expect(parseColumn('1s\n1s,2s\n')).to.include({ ok: false, line: 2, message: 'there is more than one column' });
    expect(parseColumn('header\n')).to.include({ ok: false, message: 'the file holds no durations', remedy: 'one duration a line, such as 250ms or 3s' });
  });
});
