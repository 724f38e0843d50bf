import { expect } from 'chai';
import fc from 'fast-check';
import { OpenFlags } from '../../../src/experiment/measures/open-flags.js';

describe('experiment/measures/open-flags', () => {
  it('property: remembers what is open, whatever is closed around it', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(3)), { maxLength: 1200 }), (messages) => {
      const flags = new OpenFlags();
      messages.forEach(([, bits], n) => {
        flags.open(n);
        flags.set(n, bits);
        if (n > 0 && messages[n - 1][0]) flags.close(n - 1);
      });
      messages.forEach(([closed, bits], n) => {
        if (!closed) for (const bit of [1, 2]) expect(flags.has(n, bit)).to.equal((bits & bit) !== 0);
      });
    }));
  });

  it('keeps memory for what is open, not for what was', () => {
    const flags = new OpenFlags();
    for (let n = 0; n < 100_000; n += 1) {
      flags.open(n);
      if (n !== 5000) flags.close(n);
    }
    expect(flags.chunks).to.equal(2);
    flags.close(5000);
    flags.set(5000, 1);
    expect(flags.has(5000, 1)).to.equal(false);
    expect(flags.chunks).to.equal(1);
  });
});
