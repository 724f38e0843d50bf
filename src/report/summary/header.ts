/** First and last line of a report: what was run, and everything needed to run it again. */
import type { ExperimentResult } from '../../experiment/result.js';
import type { RunAbout } from '../about.js';
import { duration, plural } from '../figures.js';
import type { Paint } from '../paint.js';

/** As many digits of a hash as people compare by eye; the whole stands in `run.json`. */
const SHOWN_DIGITS = 12;
export const shortHash = (hash: string): string => hash.slice(0, SHOWN_DIGITS);

export function firstLine(result: ExperimentResult, about: RunAbout, paint: Paint): string {
  const done = result.replications.length;
  const asked = about.replications;
  const replications = done === asked || result.precision !== undefined ? plural(done, 'replication') : `${String(done)} of ${plural(asked, 'replication')}`;
  return [
    paint.strong(`hasim ${about.version}`), paint.title(result.name), `seed ${String(result.seed)}`, `scenario ${shortHash(about.scenarioHash)}`,
    `${replications} of ${duration(about.horizonSeconds)}`,
  ].join(' · ');
}

export function lastLine(result: ExperimentResult, about: RunAbout, paint: Paint): string {
  const parts = [`seed ${String(result.seed)}`, `scenario ${shortHash(about.scenarioHash)}`, `hasim ${about.version}`, `digest ${shortHash(result.digest)}`];
  if (!result.complete) parts.push('incomplete');
  return paint.dim(parts.join(' · '));
}
