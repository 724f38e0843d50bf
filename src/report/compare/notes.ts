/** What the reader of a comparison must know beside its figures. */
import { isPaired } from '../../experiment/compare/comparable.js';
import type { ComparableRun } from '../../experiment/compare/comparable.js';
import { plural } from '../figures.js';

export function comparisonNotes(base: ComparableRun, candidate: ComparableRun): string[] {
  const paired = isPaired(base, candidate);
  const same = paired && base.digest === candidate.digest && base.replications === candidate.replications;
  const { replications: ours } = base;
  const { replications: theirs } = candidate;
  return [
    ...(paired ? [] : [`The seeds differ, so the draws do, too: means are compared (Welch), not pairs, and one measure in twenty seems to differ by chance.`]),
    ...(paired && ours !== theirs ? [`${String(ours)} and ${plural(theirs, 'replication')}: the first ${String(Math.min(ours, theirs))} of both are compared.`] : []),
    ...(Math.min(ours, theirs) === 1 ? [paired ? 'One replication: values are compared as they are, and nothing is known of other draws.' : 'One replication of a seed says nothing about its spread: nothing can be decided.'] : []),
    ...(base.version === candidate.version ? [] : [`Of different versions: hasim ${base.version} and ${candidate.version}.`]),
    ...(same ? ['Both runs are the same, entry for entry.'] : []),
  ];
}
