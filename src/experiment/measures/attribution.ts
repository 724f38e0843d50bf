/**
 * Whom to blame: the fault occurrences behind a cause path.
 *
 * One occurrence: it is accountable. Several: none of them alone, so what they add together is nobody's own. None: no fault.
 * Without a twin (the same run without one occurrence) this is the best that a ledger can say.
 */
import type { CausePathId, ModelMap } from '../../model/index.js';

const NOBODY: readonly number[] = [];

/** Occurrences behind a cause path, ascending; path 0 blames nobody. */
export function occurrencesOf(map: ModelMap, path: CausePathId): readonly number[] {
  return path === 0 ? NOBODY : map.causesOf(map.pathOf(path).causes);
}
