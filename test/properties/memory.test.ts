/** Memory follows what is in flight, not what was delivered. */
import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Left {
  readonly offered: number; readonly delivered: number; readonly copies: number; readonly copySlots: number;
  readonly records: number; readonly recordSlots: number; readonly rss: number; readonly arrayBuffers: number;
}

const MEGABYTE = 2 ** 20;
/** Beside the heap: Node.js itself, code, young generation, and what loads TypeScript when tests run from source. */
const RSS_LIMIT = 260 * MEGABYTE;

describe('property: memory', () => {
  it('a million messages fit into a heap of 64 MB, and their records are those of the few in flight', () => {
    const program = fileURLToPath(new URL(`./support/million${extname(fileURLToPath(import.meta.url))}`, import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, '--max-old-space-size=64', program], { encoding: 'utf8' });
    expect(status, stderr.slice(-2000)).to.equal(0);
    const left = JSON.parse(stdout) as Left;
    expect(left.offered).to.be.above(990_000);
    expect([left.delivered, left.copies, left.records]).to.deep.equal([left.offered, 0, 0]);
    // 50 in flight on the average, twice over for source and request.
    expect(left.copySlots).to.be.below(400);
    expect(left.recordSlots).to.be.below(200);
    expect(left.arrayBuffers / MEGABYTE).to.be.below(8);
    expect(left.rss / MEGABYTE).to.be.below(RSS_LIMIT / MEGABYTE);
  }).timeout(120_000);
});
