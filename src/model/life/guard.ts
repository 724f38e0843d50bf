/** Evaluates the guards of life-cycle transitions: conditions as data, decided from the member's needs, faults, role and trips. */
import type { Guard } from '../kind.js';
import type { Microseconds } from '../parameter.js';
import type { Need } from '../graph/need.js';
import { valueAt } from '../values.js';
import type { Member } from '../world.js';

export function holds(guard: Guard, member: Member, now: Microseconds): boolean {
  if ('all' in guard) return guard.all.every((one) => holds(one, member, now));
  if ('not' in guard) return !holds(guard.not, member, now);
  if ('startable' in guard) return everyNeed(member, (need) => isMet(need, now)) === guard.startable;
  if ('launchable' in guard) return everyNeed(member, (need) => need.declaration.when === 'always' || isMet(need, now)) === guard.launchable;
  if ('hosted' in guard) return everyNeed(member, (need) => need.declaration.reaction !== 'stop' || isMet(need, now)) === guard.hosted;
  if ('idle' in guard) return ((member.pool?.busy ?? 0) === 0) === guard.idle;
  if ('held' in guard) return member.holds > 0 === guard.held;
  if ('need' in guard) {
    return everyNeed(member, (need) => need.declaration.name !== guard.need || isMet(need, now)) === guard.met;
  }
  if ('trip' in guard) return member.trip(guard.trip).tripped(now) === guard.tripped;
  if ('image' in guard) return ((member.component.shipping?.target ?? null) !== null) === guard.image;
  if ('candidate' in guard) return member.component.role!.hasCandidate === guard.candidate;
  if ('displaced' in guard) return member.component.role!.isDisplaced === guard.displaced;
  if ('clustered' in guard) return (member.component.definition.cluster !== undefined) === guard.clustered;
  if ('kept' in guard) return member.place.keeps(guard.kept);
  if ('relocatable' in guard) return (member.place.elsewhere !== null && !member.place.relocated) === guard.relocatable;
  if ('current' in guard) return member.component.role!.holderIsCurrent === guard.current;
  return valueAt(member.component.values, guard.parameter) === guard.is;
}

/** Asked at every event of a life cycle, so no list is made. */
function everyNeed(member: Member, test: (need: Need) => boolean): boolean {
  for (const { needs } of member.functions.values()) for (const need of needs) if (!test(need)) return false;
  return true;
}

/** Looked at afresh: a need of `when: start`, or of a role that has just moved, may have changed without a recomputation. */
function isMet(need: Need, now: Microseconds): boolean {
  const before = need.met;
  need.evaluate(now);
  const { met } = need;
  // Only the graph may let a reaction follow, so it must find the need as it left it.
  if (need.declaration.when === 'always') need.met = before;
  return met;
}
