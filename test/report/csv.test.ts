import { expect } from 'chai';
import { csvText } from '../../src/report/index.js';
import type { Column } from '../../src/experiment/columns.js';

const columns: Column[] = [
  { name: 'name', unit: 'text', meaning: '', key: true }, { name: 'value_s', unit: 's', meaning: '' },
];

describe('CSV', () => {
  it('has a header even without rows, and ends lines as RFC 4180 says', () => {
    expect(csvText(columns, [])).to.equal('name,value_s\r\n');
  });

  it('quotes commas, quotes and line breaks, and nothing else', () => {
    const rows = [{ name: 'a,b', value_s: 1 }, { name: 'say "x"', value_s: 2 }, { name: 'two\nlines', value_s: 3 }, { name: 'a b', value_s: 4 }];
    expect(csvText(columns, rows)).to.equal('name,value_s\r\n"a,b",1\r\n"say ""x""",2\r\n"two\nlines",3\r\na b,4\r\n');
  });

  it('writes numbers so that they read back as the same number', () => {
    for (const value of [0.1 + 0.2, 1 / 3, 1e21, 5e-324, -0.5, 123456789.123456]) {
      const cell = csvText(columns, [{ name: 'x', value_s: value }]).split('\r\n')[1].split(',')[1];
      expect(Number(cell)).to.equal(value);
    }
  });

  it('leaves empty what did not happen, was not reached or is not there', () => {
    expect(csvText(columns, [{ name: 'x', value_s: null }, { name: 'y', value_s: Infinity }, { name: 'z' }])).to.equal('name,value_s\r\nx,\r\ny,\r\nz,\r\n');
  });

  it('refuses NaN, which would poison whatever reads the file', () => {
    expect(() => csvText(columns, [{ name: 'x', value_s: NaN }])).to.throw('value_s');
  });

  it('gives the same text in pieces', () => {
    const rows = Array.from({ length: 25_000 }, (_, i) => ({ name: `n${String(i)}`, value_s: i }));
    const lines = csvText(columns, rows).split('\r\n');
    expect(lines).to.have.length(25_002);
    expect(lines[20_001]).to.equal('n20000,20000');
  });
});
