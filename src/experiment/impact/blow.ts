/**
 * What can be done to a topology: every component and member that can be hit, and the faults that its kind declares.
 *
 * A component with one member is one target; one with several is a target as a whole, and so is each of its members. Faults between
 * two things are not dealt out here: they have no single target.
 */
import { FAULT_KINDS, FAULTS_BETWEEN, PERMANENT_FAULTS, PLANNED_FAULTS } from '../../model/index.js';
import type { FaultDeclaration, FaultKind, Microseconds, RosterEntry, Step } from '../../model/index.js';

/** How long a fault lasts that nothing else ends, unless something else is asked for. */
export const USUAL_HOLD: Microseconds = 600e6;
/** The same for faults of steps: they hit every message meanwhile. */
export const USUAL_STEP_HOLD: Microseconds = 60e6;
/** `slow`: work takes so many times longer. */
const SLOW_FACTOR = 10;

/** One fault of one target: plain data. */
export interface Blow {
  readonly target: string;
  readonly component: string;
  readonly kind: string;
  readonly fault: FaultKind;
  /** Of faults that hit steps: which. */
  readonly step: Step | null;
  /** It changes a state, and nobody meant it to. */
  readonly failure: boolean;
  /** One member is hit and no other. */
  readonly single: boolean;
  /** How long it lasts; null: until the component recovers by itself, or for good. */
  readonly hold: Microseconds | null;
  /** Ended by the component's own recovery. */
  readonly heals: boolean;
  readonly factor: number | null;
}

export interface BlowOptions {
  /** These kinds of faults; null: all. */
  readonly faults: readonly FaultKind[] | null;
  /** Faults of steps, too. */
  readonly steps: boolean;
  /** How long every fault lasts that can end; null: as usual. */
  readonly hold: Microseconds | null;
}

export interface ImpactTarget {
  readonly name: string;
  readonly entry: RosterEntry;
  readonly single: boolean;
}

/** All that has a fault to suffer, in order of names. */
export function impactTargets(roster: readonly RosterEntry[]): ImpactTarget[] {
  return roster.filter(({ kind }) => Object.keys(kind.faults).length > 0).flatMap((entry) => {
    const single = entry.members.length === 1;
    const members = single ? [] : entry.members.map((name) => ({ name, entry, single: true }));
    return [{ name: entry.name, entry, single }, ...members];
  });
}

/** What a target can suffer, in the order of FAULT_KINDS. */
export function blowsOn({ name, entry, single }: ImpactTarget, options: BlowOptions): Blow[] {
  return FAULT_KINDS.flatMap((fault) => {
    const declaration = entry.kind.faults[fault];
    if (declaration === undefined || FAULTS_BETWEEN.includes(fault) || options.faults?.includes(fault) === false) return [];
    const ofSteps = declaration.event === undefined;
    if (ofSteps && !options.steps) return [];
    const steps = ofSteps ? (declaration.steps ?? [null]) : [null];
    const hold = holdOf(fault, declaration, options.hold);
    return steps.map((step): Blow => ({
      target: name, component: entry.name, kind: entry.kind.name, fault, step, single, hold,
      failure: !ofSteps && !PLANNED_FAULTS.includes(fault), heals: hold === null && declaration.repair === 'own',
      factor: fault === 'slow' ? SLOW_FACTOR : null,
    }));
  });
}

function holdOf(fault: FaultKind, declaration: FaultDeclaration, wanted: Microseconds | null): Microseconds | null {
  if (PERMANENT_FAULTS.includes(fault)) return null;
  if (wanted !== null) return wanted;
  if (declaration.event === undefined) return USUAL_STEP_HOLD;
  return declaration.repair === undefined ? USUAL_HOLD : null;
}

/** `crash`, `error (taken)`. */
export function faultText({ fault, step }: Blow): string {
  return step === null ? fault : `${fault} (${step})`;
}

/** What identifies it, and its draws, whatever it is combined with: no fault of a scenario has such an id. */
export function idOf(blow: Blow): string {
  return `(${faultText(blow)} of ${blow.target})`;
}
