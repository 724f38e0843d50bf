/**
 * One need of one function: met or not, in one of the five ways of needing.
 *
 * `requires`, `any-of` and `k-of-n` follow their providers; `cached` is met while a copy is held, whatever became of the provider;
 * `leased` is met until the lease ends that was valid when the provider was lost.
 * Not here: what follows from a lost need (the reaction is raised by `graph.ts`, the life cycle answers it).
 */
import { NO_CAUSE } from '../causes.js';
import type { CauseSets } from '../causes.js';
import type { Depth, NeedDeclaration } from '../kind.js';
import type { CauseSetId } from '../ledger.js';
import type { Microseconds } from '../parameter.js';
import { deeper } from './function-node.js';
import type { FunctionNode } from './function-node.js';

/** Where one vote comes from: any of these nodes; which ones may change with a role. No nodes at all: it always works (not declared). */
export type ProviderNodes = () => readonly FunctionNode[];

/** Leases are renewed on a grid of their own per member. */
export interface LeaseTerms { readonly life: Microseconds; readonly renewEvery: Microseconds; readonly phase: Microseconds }

export class Need {
  met = true;
  causes: CauseSetId = NO_CAUSE;
  depth: Depth = 'function';
  silent = false;
  clean = false;
  frozen = false;
  /** `cached`: a copy is held. */
  private copy = true;
  /** `leased`: when the present lease ends; Infinity while it is renewed. */
  private leaseEnd = Infinity;

  constructor(
    readonly declaration: NeedDeclaration,
    private readonly providers: readonly ProviderNodes[],
    private readonly votesNeeded: number,
    private readonly lease: LeaseTerms | null,
    private readonly sets: CauseSets,
    /** Asks to be evaluated again at a time. */
    private readonly wakeAt: (time: Microseconds) => void,
  ) {}

  /** The copy of a `cached` need is gone; it is taken again as soon as the provider works. */
  drop(): void {
    this.copy = false;
  }

  /** Recomputes `met` and what goes with it. `mayFetch`: the owner runs, so it can take a new copy from its provider. */
  evaluate(now: Microseconds, mayFetch = false): void {
    const served = this.look();
    const { way } = this.declaration;
    if (way === 'cached') {
      if (served && mayFetch) this.copy = true;
      this.met = this.copy;
    } else if (way === 'leased') {
      if (served) this.leaseEnd = Infinity;
      else if (this.leaseEnd === Infinity) {
        const { life, renewEvery, phase } = this.lease!;
        this.leaseEnd = phase + Math.floor((now - phase) / renewEvery) * renewEvery + life;
        if (this.leaseEnd > now) this.wakeAt(this.leaseEnd);
      }
      this.met = served || now < this.leaseEnd;
    } else {
      this.met = served;
    }
  }

  /** Whether the providers serve it now, with the causes and the depth if they do not. */
  private look(): boolean {
    let votes = 0;
    let causes: CauseSetId = NO_CAUSE;
    let depth: Depth = 'function';
    let silent = false;
    let clean = true;
    let frozen = true;
    for (const provider of this.providers) {
      const nodes = provider();
      if (nodes.length === 0 || nodes.some((node) => node.works)) {
        votes++;
        continue;
      }
      for (const node of nodes) {
        causes = this.sets.union(causes, node.causes);
        depth = deeper(depth, node.depth);
        silent ||= node.silent;
        clean &&= node.clean;
        frozen &&= node.frozen;
      }
    }
    this.causes = causes;
    this.depth = depth;
    this.silent = silent;
    this.clean = clean;
    this.frozen = frozen;
    return votes >= this.votesNeeded;
  }
}

/** Votes that a need asks for, of so many providers. An even number of votes gets one more that never fails, so `majority` is never a tie. */
export function votesNeeded(declaration: NeedDeclaration, providers: number, parameter: (name: string) => unknown): number {
  switch (declaration.way) {
    case 'any-of':
      return Math.min(1, providers);
    case 'k-of-n':
      if (declaration.k === 'majority') return providers % 2 === 1 ? (providers + 1) / 2 : providers / 2;
      return typeof declaration.k === 'string' ? Number(parameter(declaration.k)) : (declaration.k ?? providers);
    default:
      return providers;
  }
}
