/**
 * All theory scenarios, and programs for what no scenario can state, simulated and beside the truth: one line for each figure, and one at the end.
 *
 *   main [--jobs N] [name...]        names of scenarios and programs; default: all. Programs use one core
 *
 * What is outside of its interval is measured a second time (`rule.ts`). Exit code 0: all agree; 1: something does not; 3: something is not
 * known well enough. Takes minutes and is no part of the tests. The same figures on every machine.
 */
import { readdirSync } from 'node:fs';
import { left, right, table } from '../../src/report/index.js';
import { cells, measure } from './figures.js';
import type { Figure, Measured } from './figures.js';
import { programNames, runProgram } from './programs.js';
import { closingLine, exitCodeOf, MORE, pooled, standingAgain, standingOf } from './rule.js';
import type { Standing } from './rule.js';

const FOLDER = 'scenarios/theory';
const args = process.argv.slice(2);
const jobs = args[0] === '--jobs' ? args.splice(0, 2) : [];
const scenarios = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml') && !name.startsWith('_')).map((name) => name.replace('.yaml', '')).sort();
const all = [...scenarios, ...programNames];
const unknown = args.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`no scenario or program ${unknown.join(', ')}; there are:\n  ${all.join('\n  ')}\n`);
  process.exit(2);
}
const measured = (name: string, seed?: string): Measured => (scenarios.includes(name) ? measure(`${FOLDER}/${name}.yaml`, jobs, seed) : runProgram(name, seed));

const started = performance.now();
const names = args.length === 0 ? all : all.filter((name) => args.includes(name));
const rows: string[][] = [];
const standings: Standing[] = [];
const tell = (name: string, figure: Figure, standing: Standing, mark = ''): void => {
  rows.push([name, `${figure.text}${mark}`, ...cells(figure), standing]);
};
for (const [index, name] of names.entries()) {
  const from = performance.now();
  const first = measured(name);
  const found = first.figures.map(({ judged }) => standingOf(judged));
  const more = found.includes('apart') ? Array.from({ length: MORE }, (_, i) => measured(name, `${first.seed}, again ${String(i + 1)}`)) : [];
  first.figures.forEach((figure, place) => {
    tell(name, figure, found[place]);
    if (found[place] !== 'apart') {
      standings.push(found[place]);
      return;
    }
    const judged = pooled(more.map(({ figures }) => figures[place]));
    standings.push(standingAgain(judged));
    tell(name, { ...figure, judged }, standingAgain(judged), `, ${String(MORE)} more runs of it`);
  });
  process.stderr.write(`${String(index + 1)}/${String(names.length)} ${name}: ${found.join(', ')}, ${((performance.now() - from) / 1000).toFixed(1)} s\n`);
}
console.log(table([left('case'), left('quantity'), right('exact'), right('simulated'), right('half-width'), left('ratio'), left('')], rows, { indent: '' }).join('\n'));
console.log(closingLine(standings, names.length, (performance.now() - started) / 1000));
process.exitCode = exitCodeOf(standings);
