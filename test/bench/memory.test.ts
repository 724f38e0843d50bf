/** What runs may take. The same at full size: `npm run bench:memory`. */
import { expect } from 'chai';
import { PART } from '../../bench/memory/cases.js';
import { measureMemory } from '../../bench/memory/measure.js';

describe('memory of whole runs', () => {
  for (const one of PART) {
    it(`${one.name} of ${one.messages} messages: ${one.heap} MiB of objects, ${one.process} MiB altogether`, () => {
      const run = measureMemory(one);
      expect(run, 'it comes to its end').not.to.equal(null);
      expect(run!.offered).to.be.closeTo(one.messages, 5 * Math.sqrt(one.messages));
      expect(run!.delivered).to.equal(one.name === 'run' ? run!.offered : 0);
      expect(run!.rss / 2 ** 20).to.be.below(one.process);
    });
  }
});
