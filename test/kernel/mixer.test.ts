import { expect } from 'chai';
import { mix } from '../../src/kernel/mixer.js';
import { failuresOf } from './helpers/battery.js';
import type { Mixer } from './helpers/battery.js';

/** The same way of absorbing as a plausible but weak mixer: one multiplication a lane and one shift. */
const oneRound: Mixer = (key0, key1, a, b, c, d) => {
  let x = key0 + Math.imul(a, 0x9e3779b1) + Math.imul(b, 0x85ebca77) + Math.imul(c, 0xc2b2ae3d) + Math.imul(d, 0x27d4eb2f);
  let y = key1 + Math.imul(a, 0x165667b1) + Math.imul(b, 0xd3a2646d) + Math.imul(c, 0xfd7046c5) + Math.imul(d, 0xb55a4f09);
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  y = Math.imul(y ^ (y >>> 15), 0x846ca68b);
  return ((x >>> 0) * 2 ** 21 + (y >>> 11) + 0.5) / 2 ** 53;
};

const failedBy = (mixer: Mixer): string => failuresOf(mixer).join('\n');

describe('mixer', () => {
  it('passes the statistical battery', () => {
    expect(failedBy(mix)).to.equal('');
  });

  it('would fail it with a single round', () => {
    expect(failuresOf(oneRound).length).to.be.greaterThan(50);
    expect(failedBy(oneRound)).to.include('avalanche of bit 31 of a');
  });

  it('would fail it if numbers above 2^32 lost their upper bits', () => {
    const failed = failedBy((key0, key1, a, b, c, d) => mix(key0, key1, a >>> 0, b >>> 0, c >>> 0, d >>> 0));
    expect(failed).to.include('avalanche of bit 40 of b').and.include('a and a + 2^34').and.not.include('bit 31');
  });

  it('would fail it if only 32 bits were drawn', () => {
    expect(failedBy((...input) => (Math.floor(mix(...input) * 2 ** 32) + 0.5) / 2 ** 32)).to.include('lowest bits over b');
  });

  it('would fail it if neighbouring keys gave related streams', () => {
    expect(failedBy((key0, key1, ...rest) => mix(key0 >>> 1, key1, ...rest))).to.equal(
      failuresOf((key0, key1, ...rest) => mix(key0 >>> 1, key1, ...rest))
        .filter((name) => name.startsWith('avalanche of bit 0 of key 0'))
        .join('\n'),
    ).and.not.equal('');
  });

  it('would fail it if attempts shared their draw', () => {
    expect(failedBy((key0, key1, a, b, c) => mix(key0, key1, a, b, c, 0))).to.include('next attempt').and.include('coincidences');
  });
});
