/**
 * All theory scenarios, simulated and beside the truth: one line for each figure.
 *
 *   main [folder]
 *
 * The truth is what the expectations with `~` say, of what is without chance those with `between` and `==`; the ratio is simulated to true.
 * Slow: not part of the tests.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue } from '../../src/kinds/index.js';
import { left, right, table } from '../../src/report/index.js';
import { readScenario } from '../../src/scenario/index.js';

interface Judged { readonly expectation: string; readonly verdict: string; readonly value: number | null; readonly ci95_low: number | null; readonly ci95_high: number | null }

const [folder = 'scenarios/theory'] = process.argv.slice(2);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml') && !name.startsWith('_')).sort();
const figure = (value: number): string => String(Number(value.toPrecision(10)));
const rows: string[][] = [];
let wrong = 0;
for (const name of files) {
  const file = join(folder, name);
  const out = mkdtempSync(join(tmpdir(), 'hasim-theory-'));
  const { stdout, stderr, status } = spawnSync(process.execPath, ['bin/hasim.js', 'run', file, '--json', '--quiet', '--out', out], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  rmSync(out, { recursive: true });
  if (status === null || status === 2 || status > 3) throw new Error(`${file}: ${stderr}`);
  const { expectations } = JSON.parse(stdout) as { readonly expectations: readonly Judged[] };
  const known = readScenario({ file }, {}, catalogue).scenario!.expectations;
  expectations.forEach((judged, index) => {
    const { comparison, bound: stated, upper, column } = known[index];
    if (!['~', 'between', '=='].includes(comparison) || judged.value === null) return;
    // Without chance there is one run and no interval: the truth is in the middle of what is expected.
    const bound = comparison === 'between' ? (Number(stated) + Number(upper)) / 2 : stated;
    const half = judged.ci95_low === null || judged.ci95_high === null ? NaN : (judged.ci95_high - judged.ci95_low) / 2;
    // Of a share near 1 what is missing says more.
    const away = column.unit === 'share' && Number(bound) > 0.5;
    const ratio = away ? (1 - judged.value) / (1 - Number(bound)) : Number(bound) === 0 ? NaN : judged.value / Number(bound);
    if (judged.verdict !== 'met') wrong++;
    rows.push([name.replace('.yaml', ''), judged.expectation.split(/ (?:~|between|==) /)[0].trim(), figure(Number(bound)), figure(judged.value), Number.isNaN(half) ? '' : half.toPrecision(3), Number.isNaN(ratio) ? '' : `${ratio.toFixed(4)}${away ? ' of 1 - x' : ''}`, judged.verdict]);
  });
}
console.log(table([left('case'), left('quantity'), right('exact'), right('simulated'), right('half-width'), left('ratio'), left('')], rows, { indent: '' }).join('\n'));
console.log(`${String(rows.length)} figures in ${String(files.length)} scenarios, ${String(wrong)} not met`);
process.exitCode = wrong === 0 ? 0 : 1;
