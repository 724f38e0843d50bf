/**
 * Where the time of a run goes, by room: `hasim run` itself under the sampling profiler of Node.js, all its threads added up.
 *
 * Time at rest does not count. Not here: how fast it is; a profile slows what it measures.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SHARES = ['kernel', 'model', 'ledger', 'output', 'garbage', 'rest'] as const;
/** `ledger`: measures and statistics; `output`: tables, files, terminal; `rest`: reading, starting, Node.js. They add up to 1. */
export type Shares = Readonly<Record<(typeof SHARES)[number], number>>;

/** Seen from the compiled form of this file. */
const PROGRAM = fileURLToPath(new URL('../../../bin/hasim.js', import.meta.url));

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string } }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const ROOMS: readonly (readonly [RegExp, keyof Shares])[] = [
  [/\/src\/kernel\//, 'kernel'], [/\/src\/(model|kinds)\//, 'model'], [/\/src\/(experiment|stats)\//, 'ledger'], [/\/src\/report\/|\/csv-stringify\//, 'output'],
];

function shareOf(name: string, url: string): keyof Shares | null {
  if (name === '(idle)') return null;
  if (name === '(garbage collector)') return 'garbage';
  return ROOMS.find(([pattern]) => pattern.test(url))?.[1] ?? 'rest';
}

export function measureShares(scenario: string): Shares {
  const folder = mkdtempSync(join(tmpdir(), 'hasim-bench-'));
  try {
    execFileSync(process.execPath, ['--cpu-prof', '--cpu-prof-dir', join(folder, 'profiles'), PROGRAM, 'run', scenario, '--quiet', '--jobs', '1', '--out', join(folder, 'out')], { stdio: ['ignore', 'ignore', 'ignore'] });
    const time = new Map<keyof Shares, number>();
    for (const name of readdirSync(join(folder, 'profiles'))) add(JSON.parse(readFileSync(join(folder, 'profiles', name), 'utf8')) as Profile, time);
    const total = [...time.values()].reduce((sum, part) => sum + part, 0);
    return Object.fromEntries(SHARES.map((name) => [name, (time.get(name) ?? 0) / total])) as Shares;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function add({ nodes, samples, timeDeltas }: Profile, time: Map<keyof Shares, number>): void {
  const shares = new Map(nodes.map(({ id, callFrame: { functionName, url } }) => [id, shareOf(functionName, url)]));
  samples.forEach((id, i) => {
    const share = shares.get(id);
    if (share !== undefined && share !== null) time.set(share, (time.get(share) ?? 0) + timeDeltas[i]);
  });
}
