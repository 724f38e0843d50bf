import { expect } from 'chai';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCsv } from '../../src/report/baseline/csv-read.js';
import { compareWithBaseline, csvText, writeBaseline } from '../../src/report/index.js';
import { experiment, replication } from './fixtures.js';

describe('tables that are read again', () => {
  it('hold the cells that were written: commas, quotes, line breaks, nothing', () => {
    const columns = ['a', 'b', 'c'].map((name) => ({ name, unit: 'text' as const, meaning: '' }));
    const rows = [{ a: 'x, y', b: 'he said "no"', c: null }, { a: 'two\r\nlines', b: '', c: 1.5 }, { a: null, b: null, c: null }];
    const expected = { columns: ['a', 'b', 'c'], rows: [['x, y', 'he said "no"', ''], ['two\r\nlines', '', '1.5'], ['', '', '']] };
    expect(readCsv(csvText(columns, rows))).to.deep.equal(expected);
  });

  it('may have lost their line ends, or the last one', () => {
    expect(readCsv('a,b\n1,2\n3,')).to.deep.equal({ columns: ['a', 'b'], rows: [['1', '2'], ['3', '']] });
    expect(readCsv('')).to.deep.equal({ columns: [], rows: [] });
  });
});

describe('a baseline', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hasim-baseline-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is none where no table is, and holds all tables and nothing else once it is written', () => {
    expect(compareWithBaseline(join(folder, 'a'), experiment())).to.deep.equal({ type: 'none' });
    writeBaseline(join(folder, 'a'), experiment());
    expect(readdirSync(join(folder, 'a')).sort()).to.deep.equal(['components.csv', 'expectations.csv', 'faults.csv', 'flows.csv', 'operations.csv', 'summary.csv', 'timeline.csv']);
    expect(compareWithBaseline(join(folder, 'a'), experiment())).to.deep.equal({ type: 'compared', moved: [] });
  });

  it('tells which column of which row of which file moved, from what to what', () => {
    writeBaseline(folder, experiment());
    const second = replication(2);
    const moved = { ...second, flows: [{ ...second.flows[0], lost: 4, delay_max_s: 7.25 }] };
    expect(compareWithBaseline(folder, experiment({ replications: [replication(1), moved] }))).to.deep.equal({
      type: 'compared',
      moved: [{ file: 'flows.csv', differences: [
        { row: 'replication 2, flow orders', column: 'lost', from: '0', to: '4' },
        { row: 'replication 2, flow orders', column: 'delay_max_s', from: '', to: '7.25' },
      ] }],
    });
  });

  it('forgives line ends that version control has changed, and names a file that is missing', () => {
    writeBaseline(folder, experiment());
    const flows = join(folder, 'flows.csv');
    writeFileSync(flows, readFileSync(flows, 'utf8').replaceAll('\r\n', '\n'));
    rmSync(join(folder, 'faults.csv'));
    expect(compareWithBaseline(folder, experiment())).to.deep.equal({ type: 'compared', moved: [{ file: 'faults.csv', differences: null }] });
    expect(statSync(flows).isFile()).to.equal(true);
  });
});
