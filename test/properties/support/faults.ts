/**
 * Makes up faults and operations for a topology: every kind of fault that the kinds of its components declare.
 *
 * A fault is drawn as bare numbers and then fitted to what the topology offers, so that topology and faults shrink apart.
 */
import fc from 'fast-check';
import { catalogue } from '../../../src/kinds/index.js';
import type { FaultKind } from '../../../src/model/index.js';
import type { Document, Section } from './simulate.js';

export interface FaultWishes {
  /** Faults end, and what they destroy comes back. */
  readonly ending?: boolean;
  /** Only moments that are known beforehand, and each fault comes once. */
  readonly timed?: boolean;
}

const KINDS = new Map(catalogue.map((kind) => [kind.name, kind]));
const WITHOUT_END: readonly FaultKind[] = ['disaster', 'network-partition'];
const STEPS = ['taken', 'worked', 'put', 'prepared', 'committed', 'settled'] as const;

const draft = fc.record({
  target: fc.nat({ max: 9999 }), member: fc.boolean(), kind: fc.nat({ max: 9999 }),
  moment: fc.constantFrom('at', 'at', 'at', 'when', 'every', 'after', 'random'),
  time: fc.integer({ min: 1, max: 1900 }), step: fc.nat({ max: 99 }), nth: fc.integer({ min: 1, max: 30 }), passed: fc.nat({ max: 99 }),
  lasts: fc.option(fc.integer({ min: 0, max: 600 }), { nil: undefined }),
  factor: fc.constantFrom(1.5, 4), share: fc.constantFrom(0.1, 0.5, 1), count: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  crew: fc.boolean(), priority: fc.integer({ min: 0, max: 2 }),
});
export type Draft = typeof draft extends fc.Arbitrary<infer D> ? D : never;
const operationDraft = fc.record({ time: fc.integer({ min: 1, max: 1900 }), which: fc.nat({ max: 9999 }) });

export const drafts = (max: number, min = 0): fc.Arbitrary<readonly Draft[]> => fc.array(draft, { minLength: min, maxLength: max });
export const operationDrafts = fc.array(operationDraft, { maxLength: 2 });

/** The same scenario with these faults and operations in it. */
export function withFaults(document: Document, faults: readonly Draft[], operations: readonly { time: number; which: number }[] = [], wishes: FaultWishes = {}): Document {
  const made: Section[] = [];
  for (const [i, one] of faults.entries()) made.push(faultOf(one, i, document, made, wishes));
  const possible = Object.entries(document.topology).flatMap(([name, { kind }]) => Object.keys(KINDS.get(String(kind))!.operations ?? {}).map((what) => ({ name, what })));
  const scripted = possible.length === 0 ? [] : operations.map(({ time, which }, i) => ({
    id: `operation-${String(i)}`, do: possible[which % possible.length].what, target: possible[which % possible.length].name, at: fifty(time),
  }));
  return { ...document, ...(made.length > 0 ? { faults: made } : {}), ...(scripted.length > 0 ? { operations: scripted } : {}) };
}

/** Multiples of 50 ms. */
const fifty = (count: number): string => `${String(count * 50)}ms`;

function faultOf(draft: Draft, index: number, document: Document, before: readonly Section[], { ending = false, timed = false }: FaultWishes): Section {
  const able = Object.entries(document.topology).flatMap(([name, component]) => {
    const declared = Object.keys(KINDS.get(String(component.kind))!.faults) as FaultKind[];
    const kinds = declared.filter((kind) => kind !== 'network-partition' && !(ending && WITHOUT_END.includes(kind)));
    return kinds.length === 0 ? [] : [{ name, component, kinds }];
  });
  const { name, component, kinds } = able[draft.target % able.length];
  const kind = kinds[draft.kind % kinds.length];
  const declaration = KINDS.get(String(component.kind))!.faults[kind]!;
  const places = component.on as readonly string[] | undefined;
  const candidates = KINDS.get(String(component.kind))!.role !== undefined;
  const target = draft.member && places !== undefined && !candidates ? `${name}@${places[draft.target % places.length]}` : draft.member && candidates && kind === 'crash' ? `active(${name})` : name;
  const lasts = draft.lasts ?? (ending ? 40 : undefined);
  const details: Section = kind === 'slow' ? { factor: draft.factor }
    : kind === 'ack-loss' ? { probability: draft.share }
      : kind === 'error' ? { ...(draft.count === undefined ? { probability: draft.share } : { count: draft.count }), step: declaration.steps![draft.step % declaration.steps!.length] } : {};
  // Who is on the way may be late: where faults must end in time, repairs begin at once.
  const crew: Section = draft.crew && !ending && document.topology.crew !== undefined && name !== 'crew' ? { crew: 'crew', priority: draft.priority } : {};
  if (!timed && draft.moment === 'random' && !WITHOUT_END.includes(kind)) {
    return { id: `fault-${String(index)}`, kind, target, mttf: fifty(Math.max(200, draft.time)), mttr: fifty(lasts ?? 40), ...details, ...crew };
  }
  return {
    id: `fault-${String(index)}`, kind, target, ...momentOf(draft, document, before, timed), ...details,
    ...(lasts === undefined || WITHOUT_END.includes(kind) ? {} : { for: fifty(lasts), ...crew }),
  };
}

function momentOf(draft: Draft, document: Document, before: readonly Section[], timed: boolean): Section {
  if (!timed && draft.moment === 'when') {
    const passed = [...new Set(Object.values(document.flows).flatMap(({ route }) => JSON.stringify(route).match(/[\w-]+/g) ?? []))];
    return { when: { component: passed[draft.passed % passed.length], step: STEPS[draft.step % STEPS.length], nth: draft.nth } };
  }
  if (!timed && draft.moment === 'every') return { every: fifty(Math.max(200, draft.time)) };
  if (!timed && draft.moment === 'after' && before.length > 0) return { after: { fault: String(before[draft.passed % before.length].id), by: fifty(draft.time % 100) } };
  return { at: fifty(draft.time) };
}

/** Random topologies with faults and operations in them. */
export function troubled(topologies: fc.Arbitrary<Document>, most: number, wishes: FaultWishes = {}): fc.Arbitrary<Document> {
  return fc.tuple(topologies, drafts(most, 1), operationDrafts).map(([document, faults, operations]) => withFaults(document, faults, operations, wishes));
}
