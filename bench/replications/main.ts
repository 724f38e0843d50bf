/**
 * Benchmark of threads: how many times faster a scenario runs on all cores than on one.
 *
 *   main [scenario] [replications ...]   of a few and of many, unless numbers are given
 *
 * Both take turns in rounds and the median counts. Two times are told: of the whole command, with its start and its report; and of the
 * replications alone, from the first order to the last result, as run.json has it. On a machine that is busy with something else the
 * ratios say nothing.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

const ROUNDS = 3;
const [scenario = 'scenarios/biztalk-sql-failover.yaml', ...counts] = process.argv.slice(2);
const cores = availableParallelism();

interface Times { readonly command: number; readonly replications: number }

function times(jobs: number, replications: string): Times {
  const out = mkdtempSync(join(tmpdir(), 'hasim-bench-'));
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['bin/hasim.js', 'run', scenario, '--replications', replications, '--jobs', String(jobs), '--out', out, '--quiet'], { encoding: 'utf8' });
  const command = (performance.now() - begin) / 1000;
  // Undecided or missed verdicts do not matter here.
  if (status === null || status === 2 || status > 3) throw new Error(stderr);
  const { wall_clock_s: wall } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as { wall_clock_s: number };
  rmSync(out, { recursive: true });
  return { command, replications: wall };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];
for (const count of counts.length > 0 ? counts : ['40', '120']) {
  const rounds = Array.from({ length: ROUNDS }, () => ({ one: times(1, count), all: times(cores, count) }));
  console.log(`${scenario}, ${count} replications on 1 thread and on ${String(cores)}, seconds`);
  for (const [what, name] of [['command', 'the whole command'], ['replications', 'the replications alone']] as const) {
    const one = median(rounds.map((round) => round.one[what]));
    const all = median(rounds.map((round) => round.all[what]));
    console.log(`${name.padEnd(22)} ${one.toFixed(2).padStart(7)} ${all.toFixed(2).padStart(7)}   ${(one / all).toFixed(2)} times`);
  }
}
console.log(`load of the machine ${loadavg()[0].toFixed(1)} on ${String(cores)} cores`);
