/**
 * One need of one function: met or not, in one of the five ways of needing.
 *
 * `requires`, `any-of` and `k-of-n` follow their providers; `cached` is met while a copy is held, whatever became of the provider;
 * `leased` is met until the lease ends that was last renewed while the provider was there.
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

/** Leases are renewed, and copies refreshed, on a grid of their own per member. */
export interface Grid { readonly every: Microseconds; readonly phase: Microseconds }
export interface LeaseTerms { readonly life: Microseconds; readonly renewal: Grid }

export class Need {
  met = true;
  /** Faults of the network between it and a provider; null: the network never fails. */
  apart: ((provider: FunctionNode) => CauseSetId) | null = null;
  causes: CauseSetId = NO_CAUSE;
  depth: Depth = 'function';
  silent = false;
  clean = false;
  frozen = false;
  /** `cached`: a copy is held; from `staleFrom` on it is worth nothing. */
  private copy = true;
  private staleFrom: Microseconds = Infinity;
  /** `leased`: since when the provider has been there (null: it is not), and the last renewal that it answered. */
  private servedSince: Microseconds | null = -Infinity;
  private renewed: Microseconds = -Infinity;

  constructor(
    readonly declaration: NeedDeclaration,
    private readonly providers: readonly ProviderNodes[],
    private readonly votesNeeded: number,
    private readonly lease: LeaseTerms | null,
    private readonly refresh: Grid | null,
    private readonly sets: CauseSets,
    /** Asks to be evaluated again at a time. */
    private readonly wakeAt: (time: Microseconds) => void,
  ) {}

  /** Whom it asks now. */
  serving(): readonly FunctionNode[] {
    return this.providers.flatMap((provider) => provider());
  }

  /** The copy of a `cached` need is gone; it is taken again as soon as the provider works. */
  drop(): void {
    this.copy = false;
    this.staleFrom = Infinity;
  }

  /** The provider has something new: at the next refresh the copy is replaced, or gone if the provider is away then. */
  stale(now: Microseconds): void {
    if (!this.copy) return;
    this.staleFrom = this.refresh === null ? now : lastTick(this.refresh, now) + this.refresh.every;
    this.wakeAt(this.staleFrom);
  }

  /** Recomputes `met` and what goes with it. `mayFetch`: the owner runs, so it can take a new copy from its provider. */
  evaluate(now: Microseconds, mayFetch = false): void {
    const served = this.look();
    const { way } = this.declaration;
    if (way === 'cached') {
      if (now >= this.staleFrom) this.drop();
      if (served && mayFetch) this.copy = true;
      this.met = this.copy;
    } else if (way === 'leased') {
      this.met = this.leased(served, now);
    } else {
      this.met = served;
    }
  }

  private leased(served: boolean, now: Microseconds): boolean {
    const { life, renewal } = this.lease!;
    if (served) {
      if (this.servedSince === null) {
        this.servedSince = now;
        // A lease that has ended is asked for at once, one that has not at its next renewal.
        if (now >= this.renewed + life) this.renewed = now;
      }
      return true;
    }
    if (this.servedSince !== null) {
      const last = lastTick(renewal, now);
      if (last >= this.servedSince) this.renewed = Math.max(this.renewed, last);
      this.servedSince = null;
      if (this.renewed + life > now) this.wakeAt(this.renewed + life);
    }
    return now < this.renewed + life;
  }

  private cutFrom(node: FunctionNode): CauseSetId {
    return this.apart === null ? NO_CAUSE : this.apart(node);
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
      if (nodes.length === 0 || nodes.some((node) => node.works && this.cutFrom(node) === NO_CAUSE)) {
        votes++;
        continue;
      }
      for (const node of nodes) {
        const cut = this.cutFrom(node);
        causes = this.sets.union(causes, this.sets.union(node.causes, cut));
        // Nothing is heard of what cannot be reached.
        if (cut !== NO_CAUSE) {
          depth = 'host';
          silent = true;
          clean = frozen = false;
          continue;
        }
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

const lastTick = ({ every, phase }: Grid, now: Microseconds): Microseconds => phase + Math.floor((now - phase) / every) * every;

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
