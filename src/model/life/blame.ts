/**
 * Which faults are behind the state of a member: decision 014. Not here: the states, and who asks when.
 */
import { NO_CAUSE } from '../causes.js';
import type { CauseSets } from '../causes.js';
import type { CauseSetId } from '../ledger.js';
import type { Member } from '../world.js';

/** Faults behind the needs that are not met, and behind a role that nobody can take. */
export function behindMissing(sets: CauseSets, member: Member): CauseSetId {
  let missing: CauseSetId = NO_CAUSE;
  for (const node of member.functions.values()) for (const need of node.needs) if (!need.met) missing = sets.union(missing, need.causes);
  const { role } = member.component;
  if (role?.holders.every((node) => node.works) === false) for (const node of role.candidates) missing = sets.union(missing, node.causes);
  return missing;
}

/** Faults behind a state that is entered: those of the state before, the new ones, and those behind what is missing. */
export function behindState(sets: CauseSets, member: Member, before: CauseSetId, causes: CauseSetId): CauseSetId {
  const missing = behindMissing(sets, member);
  // A step that nothing new has caused, with something missing: what is missing now is to blame, not what was missing once.
  if (causes === NO_CAUSE && missing !== NO_CAUSE && member.holds === 0) return missing;
  return sets.union(sets.union(before, causes), missing);
}
