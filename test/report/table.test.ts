import { expect } from 'chai';
import { createPaint, left, right, table, visibleWidth } from '../../src/report/index.js';

describe('table', () => {
  const columns = [left('flow'), right('lost'), left('scope')];

  it('aligns names left and figures right', () => {
    expect(table(columns, [['orders', '7', 'group'], ['x', '1234', '']])).to.deep.equal([
      '  flow    lost  scope', '  orders     7  group', '  x       1234',
    ]);
  });

  it('takes no room for colour', () => {
    const paint = createPaint(true);
    const plain = table(columns, [['orders', '7', 'group'], ['x', '1234', 'a']]);
    const coloured = table(columns, [[paint.strong('orders'), paint.bad('7'), 'group'], ['x', paint.warn('1234'), 'a']], { paintHeader: paint.dim });
    expect(coloured.join('')).to.include('\u001b[');
    expect(coloured.map(visibleWidth)).to.deep.equal(plain.map(visibleWidth));
  });

  it('wraps cells that are longer than their column may be', () => {
    expect(table([left('a', 7), left('b')], [['one two three', 'x']])).to.deep.equal(['  a        b', '  one two  x', '  three']);
  });
});
