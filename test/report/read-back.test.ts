import { expect } from 'chai';
import fc from 'fast-check';
import { FLOW_COLUMNS, OPERATION_COLUMNS } from '../../src/experiment/columns.js';
import type { Column } from '../../src/experiment/columns.js';
import { csvText } from '../../src/report/csv.js';
import { rowsFromCsv } from '../../src/report/back/csv.js';

describe('result files read back', () => {
  it('give the rows that were written, in every cell', () => {
    const columns: readonly Column[] = [{ name: 'flow', unit: 'text', meaning: '', key: true }, { name: 'lost', unit: 'count', meaning: '' }, { name: 'reason', unit: 'text', meaning: '' }];
    const text = fc.string({ minLength: 1, unit: fc.constantFrom('a', ',', '"', '\r', '\n', ' ', 'ü') });
    const rows = fc.array(fc.record({ flow: text, lost: fc.oneof(fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true })), reason: fc.option(text) }));
    fc.assert(fc.property(rows, (written) => {
      const read = rowsFromCsv('x.csv', csvText(columns, written), columns);
      // A file knows no negative zero.
      expect(read).to.deep.equal(written.map((row) => ({ ...row, lost: row.lost === 0 ? 0 : row.lost })));
    }), { numRuns: 200, seed: 1 });
  });

  it('pass over columns that are not known, and leave those empty that are not there', () => {
    const [row] = rowsFromCsv('x.csv', 'flow,new,replication,offered\norders,1,2,30\n', FLOW_COLUMNS);
    expect(row).to.include({ flow: 'orders', replication: 2, offered: 30, lost: null }).and.not.have.property('new');
  });

  it('say in which line of which file they are wrong', () => {
    const wrong = (text: string, message: string): Chai.Assertion => expect(() => rowsFromCsv('x.csv', text, OPERATION_COLUMNS)).to.throw(message);
    const header = 'replication,operation,target,start_s,end_s,result,reason\r\n';
    wrong('', 'x.csv is empty');
    wrong('replication,target\r\n', 'x.csv: there is no column "operation"');
    wrong(`${header}1,a\r\n`, 'x.csv:2: 2 cells under 7 columns');
    wrong(`${header}1,a,b,0,1,done,"two\r\nlines"\r\nx,a,b,0,1,done,\r\n`, 'x.csv:4: "x" under replication is no figure');
    wrong(`${header}1,a,b,0,1,done,"open\r\n`, 'x.csv:2: a quote is out of place');
  });
});
