/** What a run keeps in its middle, under a limit for objects. The same at full size: `npm run bench:memory`. */
import { expect } from 'chai';
import { PART } from '../../bench/memory/cases.js';
import { measureKept } from '../../bench/memory/measure.js';

describe('memory of whole runs', () => {
  const [run, backlog] = PART.map((one) => ({ one, kept: () => measureKept(one) }));

  it('what is delivered is forgotten: 100 000 messages leave less than 20 bytes each', () => {
    const kept = run.kept();
    expect(kept, 'it comes to its end').not.to.equal(null);
    expect(kept!.bytes).to.be.below(20 * 100_000);
  });

  it('a message in a backlog takes at most 136 bytes, with the room that is reserved for more', () => {
    const kept = backlog.kept();
    expect(kept, 'it comes to its end').not.to.equal(null);
    expect(kept!.inFlight).to.be.closeTo(100_000, 2000);
    expect(kept!.bytes / kept!.inFlight).to.be.below(136);
  });
});
