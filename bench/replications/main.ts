/**
 * Benchmark of threads: how many times faster a scenario runs on all cores than on one.
 *
 *   main [scenario] [replications]
 *
 * Both take turns in rounds and the median counts. To start the other threads is part of it, to read the scenario once is not. On a
 * machine that is busy with something else the ratio says nothing.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

const ROUNDS = 3;
const [scenario = 'scenarios/biztalk-sql-failover.yaml', replications = '40'] = process.argv.slice(2);
const cores = availableParallelism();

function seconds(jobs: number): number {
  const out = mkdtempSync(join(tmpdir(), 'hasim-bench-'));
  const { status, stderr } = spawnSync(process.execPath, ['bin/hasim.js', 'run', scenario, '--replications', replications, '--jobs', String(jobs), '--out', out, '--quiet'], { encoding: 'utf8' });
  // Undecided or missed verdicts do not matter here.
  if (status === null || status === 2 || status > 3) throw new Error(stderr);
  const { wall_clock_s: wall } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as { wall_clock_s: number };
  rmSync(out, { recursive: true });
  return wall;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];
const rounds = Array.from({ length: ROUNDS }, () => ({ one: seconds(1), all: seconds(cores) }));
const one = median(rounds.map((round) => round.one));
const all = median(rounds.map((round) => round.all));
console.log(`${scenario}, ${replications} replications: 1 thread ${one.toFixed(2)} s, ${String(cores)} threads ${all.toFixed(2)} s, ${(one / all).toFixed(2)} times`);
console.log(`load of the machine ${loadavg()[0].toFixed(1)} on ${String(cores)} cores`);
