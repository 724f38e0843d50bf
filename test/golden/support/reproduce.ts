/**
 * Every scenario of the folder is an example, a test and documentation: it meets its own expectations, and gives the committed
 * results byte for byte. To accept new numbers: `npm run golden`, and say in CHANGELOG.md why they moved.
 *
 * Spec files run beside each other, so the scenarios are dealt out among several. One thread each: there are as many spec files at
 * a time as cores, and the number of threads changes no byte.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

/** The spec files that share them. */
const PARTS = readdirSync(new URL('..', import.meta.url)).filter((name) => /^scenarios-\d+\.test\.[jt]s$/.test(name)).length;

const scenarios = readdirSync('scenarios').filter((name) => name.endsWith('.yaml') && !name.startsWith('_')).sort();

/** Tests of every so many-th scenario, in the order of their names: `part` is counted from 1, as in the names of the spec files. */
export function reproducePart(part: number): void {
  scenarios.forEach((file, index) => {
    if (index % PARTS === part - 1) it(`${file} meets its expectations and reproduces its results`, function () { this.timeout(300_000); reproduce(file); });
  });
}

function reproduce(file: string): void {
  const out = mkdtempSync(join(tmpdir(), 'hasim-golden-'));
  try {
    const golden = join('results', file.replace(/\.yaml$/, ''));
    const env = { ...process.env, NO_COLOR: '1', COLUMNS: '150' };
    const run = spawnSync(process.execPath, ['bin/hasim.js', 'run', join('scenarios', file), '--out', out, '--jobs', '1'], { encoding: 'utf8', env });
    expect(run.status, run.stdout + run.stderr).to.equal(0);
    compareWithReadme(file, run.stdout.replace(out, golden));
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
}

/** What README shows of a run is what the run prints. */
function compareWithReadme(file: string, printed: string): void {
  const shown = /^```\n(hasim \S+ · .*?)^```$/ms.exec(readFileSync('README.md', 'utf8'))![1];
  if (shown.split(' · ')[1] !== file.replace(/\.yaml$/, '')) return;
  expect(shown.trimEnd().split('\n')).to.deep.equal(printed.trimEnd().split('\n'));
}
