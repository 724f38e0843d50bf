import { expect } from 'chai';
import { differences } from '../../src/experiment/difference.js';
import type { TextTable } from '../../src/experiment/difference.js';
import { idleFaults } from '../../src/experiment/idle-faults.js';
import { replicationsOf } from './judged.js';

const table = (columns: string, ...rows: readonly string[]): TextTable => ({ columns: columns.split(','), rows: rows.map((row) => row.split(',')) });

describe('differences of two tables', () => {
  const before = table('replication,flow,lost,late', '1,orders,0,3', '1,sales,5,1', '2,orders,0,4');
  const identity = ['replication', 'flow'];

  it('are none between equal tables', () => {
    expect(differences(before, before, identity)).to.deep.equal([]);
  });

  it('name row, column and both values, for each cell', () => {
    const after = table('replication,flow,lost,late', '1,orders,7,3', '1,sales,5,1', '2,orders,1,9');
    expect(differences(before, after, identity)).to.deep.equal([
      { row: 'replication 1, flow orders', column: 'lost', from: '0', to: '7' },
      { row: 'replication 2, flow orders', column: 'lost', from: '0', to: '1' },
      { row: 'replication 2, flow orders', column: 'late', from: '4', to: '9' },
    ]);
  });

  it('do not spread from a row that is new or gone', () => {
    const after = table('replication,flow,lost,late', '1,new,0,0', '1,orders,0,3', '2,orders,0,4');
    expect(differences(before, after, identity)).to.deep.equal([
      { row: 'replication 1, flow sales', column: null, from: 'replication 1, flow sales', to: null },
      { row: 'replication 1, flow new', column: null, from: null, to: 'replication 1, flow new' },
    ]);
  });

  it('tell of columns once, and compare the others whatever their order', () => {
    const after = table('flow,replication,late,extra', 'orders,1,3,x', 'sales,1,2,x', 'orders,2,4,x');
    expect(differences(before, after, identity)).to.deep.equal([
      { row: '', column: 'lost', from: 'lost', to: null },
      { row: '', column: 'extra', from: null, to: 'extra' },
      { row: 'replication 1, flow sales', column: 'late', from: '1', to: '2' },
    ]);
  });

  it('match rows that are alike in their order', () => {
    const was = table('expectation,verdict', 'a < 1,met', 'a < 1,met');
    const is = table('expectation,verdict', 'a < 1,met', 'a < 1,missed');
    expect(differences(was, is, ['expectation'])).to.deep.equal([{ row: 'expectation a < 1 (2)', column: 'verdict', from: 'met', to: 'missed' }]);
  });

  it('are told when only the order has changed', () => {
    const after: TextTable = { ...before, rows: [...before.rows].reverse() };
    expect(differences(before, after, identity)).to.have.length(1).and.nested.property('[0].to', 'rows in another order');
  });
});

describe('faults that did nothing', () => {
  it('never came, or had no effect in any replication', () => {
    const replications = replicationsOf(
      { faults: [{ fault: 'a', effective: 0 }, { fault: 'b', effective: 0 }] },
      { faults: [{ fault: 'a', effective: 0 }, { fault: 'b', effective: 1 }] },
    );
    expect(idleFaults(['c', 'b', 'a'], replications)).to.deep.equal([{ fault: 'c', why: 'never-came' }, { fault: 'a', why: 'no-effect' }]);
  });
});
