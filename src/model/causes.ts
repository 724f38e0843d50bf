/**
 * Why something is down or lost, as small integers.
 *
 * A cause set is a set of fault occurrences; equal sets have one id, so that comparing and joining them costs almost nothing.
 * A cause path adds where a message was hit and between which steps: `fault > component > step`.
 *
 * Not here: which faults exist (`fault/`), and who adds up what they caused (room `experiment`).
 */
import type { CausePathId, CauseSetId } from './ledger.js';

export const NO_CAUSE: CauseSetId = 0;

/** Interned sets of occurrence numbers; 0 is the empty set. */
export class CauseSets {
  private readonly sets: (readonly number[])[] = [[]];
  private readonly ids = new Map<string, CauseSetId>([['', NO_CAUSE]]);
  private readonly unions = new Map<number, CauseSetId>();
  private readonly singles: CauseSetId[] = [];

  /** The members, ascending. */
  of(id: CauseSetId): readonly number[] {
    return this.sets[id];
  }

  single(occurrence: number): CauseSetId {
    return (this.singles[occurrence] ??= this.intern([occurrence]));
  }

  union(a: CauseSetId, b: CauseSetId): CauseSetId {
    if (a === b || b === NO_CAUSE) return a;
    if (a === NO_CAUSE) return b;
    const key = a < b ? a * 0x4000000 + b : b * 0x4000000 + a;
    let id = this.unions.get(key);
    if (id === undefined) {
      id = this.intern([...new Set([...this.sets[a], ...this.sets[b]])].sort((x, y) => x - y));
      this.unions.set(key, id);
    }
    return id;
  }

  without(id: CauseSetId, occurrence: number): CauseSetId {
    return this.intern(this.sets[id].filter((one) => one !== occurrence));
  }

  private intern(sorted: readonly number[]): CauseSetId {
    const key = sorted.join(',');
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.sets.length;
      this.sets.push(sorted);
      this.ids.set(key, id);
    }
    return id;
  }
}

/** Interned cause paths; 0 blames nothing. */
export class CausePaths {
  private readonly paths: { readonly causes: CauseSetId; readonly component: string; readonly step: string }[] = [
    { causes: NO_CAUSE, component: '', step: '' },
  ];
  private readonly ids = new Map<string, CausePathId>();

  of(id: CausePathId): { readonly causes: CauseSetId; readonly component: string; readonly step: string } {
    return this.paths[id];
  }

  path(causes: CauseSetId, component: string, step: string): CausePathId {
    const key = `${causes}|${component}|${step}`;
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.paths.length;
      this.paths.push({ causes, component, step });
      this.ids.set(key, id);
    }
    return id;
  }
}
