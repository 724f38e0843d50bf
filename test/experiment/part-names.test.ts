/** Names of parts in lists for people. */
import { expect } from 'chai';
import { gatherParts } from '../../src/experiment/part-names.js';

describe('lists of names', () => {
  it('parts of one owner stand as one from three of them on; the order is kept, and nothing else changes', () => {
    expect(gatherParts(['a', 'ns/store1', 'ns/store10', 'ns/store2', 'sql1', 'sql2', 'sql3'])).to.deep.equal(['a', 'ns/store*', 'sql1', 'sql2', 'sql3']);
    expect(gatherParts(['ns/store1', 'ns/store2', 'x/store1'])).to.deep.equal(['ns/store1', 'ns/store2', 'x/store1']);
    expect(gatherParts([])).to.deep.equal([]);
  });
});
