/** A trace of any length: it grows on the disk while the run goes on, and stands in the folder whole or not at all. */
import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { Sandbox } from './hasim.js';

const LINE_FEED = 10;

function scenario(horizon: string): string {
  return `version: 1
name: long
run: { horizon: ${horizon}, drain: 1m, replications: 1 }
topology:
  erp: { kind: application, work: 50ms, concurrency: 1000 }
flows:
  orders: { arrivals: { every: 1ms }, route: [erp] }
`;
}

describe('trace', () => {
  let box: Sandbox;
  beforeEach(() => (box = new Sandbox()));
  afterEach(() => box.remove());

  it('of more than a million rows takes no more memory than the run', () => {
    box.write('long.yaml', scenario('270s'));
    const { code, err } = box.run(['run', 'long.yaml', '--trace', '--quiet', '--out', 'o'], { env: { NODE_OPTIONS: '--max-old-space-size=64' } });
    expect(code, err).to.equal(0);
    const bytes = readFileSync(box.path('o', 'events.csv'));
    let lines = 0;
    for (const byte of bytes) if (byte === LINE_FEED) lines++;
    // Taken, worked, put and settled, of as many as come before the horizon; and the head of the table.
    expect(lines).to.equal(4 * 269_999 + 1);
    expect(bytes.subarray(-50).toString()).to.match(/^270\.049,erp,settled,orders:269998,\r\n$/m);
  });

  it('that was interrupted leaves nothing behind', async () => {
    box.write('long.yaml', scenario('10000h'));
    for (const after of [1500, 4000]) {
      const ended = await box.interrupt(['run', 'long.yaml', '--trace', '--out', 'o'], after);
      expect(ended.code, ended.err).to.equal(130);
      if (box.has('o')) expect(readdirSync(box.path('o')).filter((name) => name.startsWith('.') || /^(events|gauges)/.test(name))).to.deep.equal([]);
    }
  });
});
