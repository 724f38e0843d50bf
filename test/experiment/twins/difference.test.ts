/** Run minus twin, message by message: lists written by hand. */
import { expect } from 'chai';
import type { Exception } from '../../../src/experiment/measures/exceptions.js';
import { Toll } from '../../../src/experiment/measures/fault-record.js';
import { charge, differences, remainder } from '../../../src/experiment/twins/difference.js';

const delivered = { flow: 0, leg: 0, fate: 'delivered', effects: 1, late: false } as const;
const of = (n: number, extra: Partial<Exception>): Exception => ({ ...delivered, n, ...extra });

describe('experiment/twins/difference', () => {
  it('counts what is in one list only, and not what is in both', () => {
    const run = [of(1, { fate: 'lost', effects: 0, late: true }), of(2, { effects: 4 }), of(3, { late: true }), of(5, { fate: 'suspended', effects: 0 })];
    const twin = [of(2, { effects: 2 }), of(3, { late: true }), of(4, { fate: 'rejected', effects: 0 }), of(5, { fate: 'lost', effects: 0 })];
    // In the order lost, duplicates, late, rejected, suspended.
    expect(differences(run, twin)).to.deep.equal([
      { flow: 0, n: 1, more: [1, 0, 1, 0, 0] }, { flow: 0, n: 2, more: [0, 2, 0, 0, 0] }, { flow: 0, n: 4, more: [0, 0, 0, -1, 0] }, { flow: 0, n: 5, more: [-1, 0, 0, 0, 1] },
    ]);
    expect(differences(run, run)).to.deep.equal([]);
    const toll = new Toll();
    charge(toll, differences(run, twin));
    expect({ ...toll }).to.deep.equal({ lost: 0, duplicates: 2, late: 1, rejected: -1, suspended: 1 });
  });

  it('gives a message the worst fate of its legs, late if one is, and the duplicates of all', () => {
    const run = [of(7, { leg: 0, effects: 3 }), of(7, { leg: 1, fate: 'in_flight', effects: 0, late: true }), of(7, { leg: 2, fate: 'lost', effects: 0 })];
    expect(differences(run, [])).to.deep.equal([{ flow: 0, n: 7, more: [1, 2, 1, 0, 0] }]);
    expect(differences(run.slice(0, 2), run)).to.deep.equal([{ flow: 0, n: 7, more: [-1, 0, 0, 0, 0] }]);
  });

  it('orders by flow and then by number', () => {
    const far = { fate: 'lost', effects: 0 } as const;
    const found = differences([of(9, far), { ...of(2, far), flow: 1 }], [of(10, far), { ...of(1, far), flow: 1 }]);
    expect(found.map(({ flow, n, more }) => [flow, n, more[0]])).to.deep.equal([[0, 9, 1], [0, 10, -1], [1, 1, -1], [1, 2, 1]]);
  });

  it('leaves what the parts do not account for', () => {
    const total = [{ flow: 0, n: 1, more: [1, 0, 0, 0, 0] }, { flow: 0, n: 2, more: [1, 0, 1, 0, 0] }];
    const parts = [[{ flow: 0, n: 1, more: [1, 0, 0, 0, 0] }], [{ flow: 0, n: 1, more: [1, 0, 0, 0, 0] }, { flow: 0, n: 2, more: [0, 0, 1, 0, 0] }]];
    expect(remainder(total, parts)).to.deep.equal([{ flow: 0, n: 1, more: [-1, 0, 0, 0, 0] }, { flow: 0, n: 2, more: [1, 0, 0, 0, 0] }]);
  });
});
