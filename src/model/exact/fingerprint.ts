/**
 * Tells states of a model apart: a text that two states share when the model goes on alike from both.
 *
 * Whatever differs from the state before the start is part of the text, so that what a kind adds to a model is never forgotten. Left out
 * is only what remembers the past without deciding the future: counts of occurrences, causes, the instant of an entry. Instances
 * that can change places (`symmetry.ts`) are written in an order of their own, not by name.
 *
 * Not here: how fast the model leaves a state.
 */
import { FunctionNode } from '../graph/function-node.js';
import { Trip } from '../trip.js';
import { Component, Member } from '../world.js';
import type { Timer } from './clock.js';
import type { Explored } from './explored.js';
import { isSame, keepAll } from './memory.js';
import type { Kept } from './memory.js';
import type { Symmetry } from './symmetry.js';

/** Fields that decide nothing: numbers for draws, causes for the ledger, what a change leaves behind, copies of what stands elsewhere. */
const PAST: ReadonlySet<string> = new Set([
  'recoveries', 'causes', 'since', 'timers', 'failures', 'numbers', 'servedSince', 'renewed', 'calls', 'displacedBy', 'tries', 'lostBy',
  'silentUntil', 'told', 'whole', 'acceptance', 'used', 'known', 'factors', 'targetText', 'declaration', 'times', 'expected',
  'lives', 'levels', 'changed', 'reactions', 'guards', 'afterwards', 'dirtyCount', 'settling', 'dirty', 'moves', 'absences',
]);
/** Lists whose order means nothing. */
const HEAPS: ReadonlySet<string> = new Set(['open', 'list']);
/** Room for the members of one level in a rank (`graph.ts`). */
const LEVEL = 0x20000;

interface Watched { readonly kept: Kept; readonly name: string; readonly owner: number; readonly heap: boolean }
/** Where in the text a reference to an instance stands. */
type OnReference = (owner: number, place: string) => void;

export class Fingerprint {
  private readonly watched: readonly Watched[];
  /** Objects that there are from the start, by name within their owner (-1: nobody that can change places). */
  private readonly names = new Map<object, { readonly owner: number; readonly name: string }>();
  private readonly trips: readonly { readonly trip: Trip; readonly owner: number; readonly name: string }[];

  /** Before anything has begun. */
  constructor(private readonly explored: Explored, roots: readonly object[], private readonly symmetry: Symmetry) {
    const all = keepAll(roots, { shut: PAST });
    this.nameOwned(all);
    all.forEach(({ object }, index) => { if (!this.names.has(object)) this.names.set(object, { owner: -1, name: `#${String(index)}` }); });
    const heaps = new Set<unknown>();
    for (const one of all) {
      if (one.type !== 'object') continue;
      one.keys.forEach((key, i) => { if (HEAPS.has(key)) heaps.add(one.values[i]); });
    }
    this.watched = all.map((kept) => ({ kept, ...this.names.get(kept.object)!, heap: heaps.has(kept.object) }));
    this.trips = all.flatMap(({ object }) => (object instanceof Trip ? [{ trip: object, ...this.names.get(object)! }] : []));
  }

  /** The text of the state that the model is in now. */
  of(timers: readonly Timer[]): string {
    const changed = this.watched.filter(({ kept }) => !isSame(kept));
    if (this.symmetry.instances === 0) return this.text(changed, timers, () => '', () => undefined).join('\n');
    const signatures = Array.from({ length: this.symmetry.instances }, () => [] as string[]);
    const own = (owner: number, line: string): void => { if (owner >= 0) signatures[owner].push(line); };
    const lines = this.text(changed, timers, () => '*', (owner, place) => own(owner, place), own);
    void lines;
    const labels = this.symmetry.labelled(signatures.map((signature) => signature.sort().join('\n')));
    return this.text(changed, timers, (owner) => labels[owner], () => undefined).join('\n');
  }

  private text(
    changed: readonly Watched[], timers: readonly Timer[], labelOf: (owner: number) => string, onReference: OnReference,
    own: (owner: number, line: string) => void = () => undefined,
  ): readonly string[] {
    const lines: string[] = [];
    const reference = (object: object, place: string): string | null => {
      const found = this.names.get(object);
      if (found === undefined) return null;
      if (found.owner >= 0) onReference(found.owner, place);
      return found.owner >= 0 ? `@${labelOf(found.owner)}${found.name}` : found.name;
    };
    const add = (owner: number, name: string, what: string): void => {
      lines.push(`${owner >= 0 ? `@${labelOf(owner)}` : ''}${name}${what}`);
      own(owner, `${name}${what}`);
    };
    for (const { kept, name, owner, heap } of changed) {
      if (kept.type !== 'object') add(owner, name, this.written(kept.object, name, reference, heap));
      else {
        kept.keys.forEach((key, i) => {
          const value = kept.object[key];
          if (value !== kept.values[i] && !PAST.has(key)) add(owner, name, `.${key}=${this.field(key, value, `${name}.${key}`, reference)}`);
        });
      }
    }
    for (const { trip, owner, name } of this.trips) {
      const counted = trip.counted(0);
      if (counted > 0) add(owner, name, `x${String(counted)}`);
    }
    for (const { priority, rank, argument, symbol, stages, rate } of timers) {
      // Of what belongs to a member the rank says to which; of faults, to which.
      const member = priority === 1 ? this.explored.world.members[(rank % LEVEL) - 1] : undefined;
      const whose = member === undefined ? String(rank) : (reference(member, `timer ${String(argument)} ${symbol?.key ?? ''}`) ?? '');
      lines.push(`t${String(priority)} ${whose} ${String(argument)} ${symbol?.key ?? ''} ${String(stages)} ${String(rate)}`);
    }
    for (const member of this.explored.operators.awaited()) lines.push(`o${reference(member, 'operator') ?? ''}`);
    return lines.sort();
  }

  private field(key: string, value: unknown, place: string, reference: (object: object, place: string) => string | null): string {
    if (key === 'timer') return value === null || value === 0 ? '0' : '1';
    if (key === 'occurrence') return `f${String(this.explored.context.occurrences[Number(value)].fault)}`;
    return this.value(value, place, reference);
  }

  private value(value: unknown, place: string, reference: (object: object, place: string) => string | null): string {
    if (typeof value === 'function') return 'ƒ';
    if (typeof value !== 'object' || value === null) return String(value);
    return reference(value, place) ?? this.written(value, place, reference, false);
  }

  /** What is in an object that came into being on the way, or in a list that has changed. */
  private written(object: object, place: string, reference: (object: object, place: string) => string | null, heap: boolean): string {
    if (Array.isArray(object)) {
      const items = object.map((item, i) => this.value(item, heap ? `${place}[]` : `${place}[${String(i)}]`, reference));
      return `[${(heap ? items.sort() : items).join()}]`;
    }
    if (object instanceof Set) return `{${[...object].map((item) => this.value(item, `${place}{}`, reference)).sort().join()}}`;
    if (object instanceof Map) {
      return `{${[...object].map(([key, item]) => `${this.value(key, `${place}{}`, reference)}:${this.value(item, `${place}{:}`, reference)}`).sort().join()}}`;
    }
    return `<${Object.entries(object).filter(([key, item]) => !PAST.has(key) && typeof item !== 'function').map(([key, item]) => `${key}:${this.field(key, item, `${place}.${key}`, reference)}`).join()}>`;
  }

  /** What belongs to a member that can change places, in an order that is the same for all that are alike. */
  private nameOwned(all: readonly Kept[]): void {
    for (const [member, owner] of this.symmetry.owners) {
      const roots: object[] = member.component.members.length === 1 ? [member.component, member] : [member];
      // What bears its name is its own, wherever it stands: the process of its failures, say.
      for (const { object } of all) if ((object as { readonly name?: unknown }).name === member.name && !roots.includes(object) && !(object instanceof Component)) roots.push(object);
      const belongs = (object: object): boolean =>
        !(object instanceof Component || object instanceof Member || (object instanceof FunctionNode && object.member !== member)) && !this.names.has(object);
      const prefix = this.symmetry.prefixOf(member);
      keepAll(roots, { shut: PAST, mayEnter: belongs }).forEach(({ object }, index) => this.names.set(object, { owner, name: `${prefix}#${String(index)}` }));
    }
  }
}
