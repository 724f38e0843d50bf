/**
 * Every scenario of the folder is an example, a test and documentation: it meets its own expectations, and gives the committed
 * results byte for byte. To accept new numbers: `npm run golden`, and say in CHANGELOG.md why they moved.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

const scenarios = readdirSync('scenarios').filter((name) => name.endsWith('.yaml') && !name.startsWith('_')).sort();

describe('scenarios', () => {
  for (const file of scenarios) {
    it(`${file} meets its expectations and reproduces its results`, function () {
      this.timeout(300_000);
      const out = mkdtempSync(join(tmpdir(), 'hasim-golden-'));
      try {
        const run = spawnSync(process.execPath, ['bin/hasim.js', 'run', join('scenarios', file), '--out', out, '--quiet'], { encoding: 'utf8' });
        expect(run.status, run.stdout + run.stderr).to.equal(0);
        const golden = join('results', file.replace(/\.yaml$/, ''));
        const csv = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.csv')).sort();
        expect(csv(out)).to.deep.equal(csv(golden));
        for (const name of csv(golden)) {
          const [fresh, kept] = [out, golden].map((folder) => readFileSync(join(folder, name), 'utf8').split('\r\n'));
          const line = kept.findIndex((text, index) => text !== fresh[index]);
          expect(line, line < 0 ? '' : `${name}:${line + 1}\n  kept  ${kept[line]}\n  fresh ${fresh[line]}`).to.equal(-1);
          expect(fresh.length, name).to.equal(kept.length);
        }
      } finally {
        rmSync(out, { recursive: true, force: true });
      }
    });
  }
});
