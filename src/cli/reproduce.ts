/** The one line that gives the same result again, ready to be pasted into a POSIX shell. */

export interface RunRequest {
  readonly file: string;
  readonly seed: number | string;
  readonly replications: number;
  readonly set: readonly string[];
  /** Twins in each replication; null: none. */
  readonly attribute?: number | null;
}

/** Seed and replications are always named, so that the line holds even after the scenario's own have changed. */
export function reproduceCommand({ file, seed, replications, set, attribute = null }: RunRequest): string {
  const sets = set.flatMap((assignment) => ['--set', assignment]);
  const twins = attribute === null ? [] : ['--attribute', '--twins', String(attribute)];
  return ['npx', 'hasim', 'run', file, '--seed', String(seed), '--replications', String(replications), ...sets, ...twins].map(shellQuoted).join(' ');
}

export function shellQuoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
