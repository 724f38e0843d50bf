/**
 * A role that one server, or so many of them, hold at a time: which ones may, which ones do.
 *
 * Not here: when it moves (the life cycle says so) and what needs it (`graph/resolve.ts`).
 */
import { NO_CAUSE } from './causes.js';
import type { FunctionNode } from './graph/function-node.js';
import type { CauseSetId } from './ledger.js';

export class Role {
  /** Who holds each of its places; indices of candidates. */
  private readonly places: number[];
  /** Servers whose copy of the data is not complete: they cannot take the role. */
  readonly behind = new Set<FunctionNode>();
  /** Faults behind its being elsewhere than at time 0. */
  displacedBy: CauseSetId = NO_CAUSE;
  /** Whether those who decide about the role can reach a candidate. */
  reaches: (node: FunctionNode) => boolean = () => true;
  /** How often it has moved. */
  moves = 0;
  /** Called after it has moved. */
  readonly listeners: (() => void)[] = [];

  /**
   * The first candidates hold the role at time 0.
   * @param count how many hold it at a time
   * @param dormancy who does not hold it fails at so many times the rate of who does
   */
  constructor(readonly candidates: readonly FunctionNode[], count = 1, readonly dormancy = 1) {
    this.places = Array.from({ length: count }, (_, place) => place);
  }

  get holder(): FunctionNode {
    return this.candidates[this.places[0]];
  }

  get holders(): readonly FunctionNode[] {
    return this.places.map((index) => this.candidates[index]);
  }

  /** Whether others than the holders could take every place whose holder is gone; with all there, one of them. */
  get hasCandidate(): boolean {
    const spare = this.candidates.filter((node, index) => !this.places.includes(index) && this.canHold(node)).length;
    return spare >= Math.max(1, this.gaps.length);
  }

  get holderIsCurrent(): boolean {
    return !this.behind.has(this.holder);
  }

  /** A server that comes earlier in the list than one of the holders could hold it. */
  get isDisplaced(): boolean {
    return this.preferred.some((index) => !this.places.includes(index));
  }

  /** Every place whose holder is gone, or else the first, passes to the next working server in the order of the list; stays where it is when there is none. */
  takeOver(causes: CauseSetId): boolean {
    const { gaps } = this;
    let moved = false;
    for (const place of gaps.length > 0 ? gaps : [0]) moved = this.passOn(place) || moved;
    if (moved) this.moved(causes);
    return moved;
  }

  /** Back to the first of the list that can hold it. */
  giveBack(causes: CauseSetId): boolean {
    const { preferred } = this;
    if (preferred.length < this.places.length) return false;
    this.places.splice(0, this.places.length, ...preferred);
    this.moved(causes);
    return true;
  }

  private get gaps(): readonly number[] {
    return this.places.flatMap((index, place) => (this.candidates[index].works && this.reaches(this.candidates[index]) ? [] : [place]));
  }

  private get preferred(): readonly number[] {
    return this.candidates.flatMap((node, index) => (this.canHold(node) ? [index] : [])).slice(0, this.places.length);
  }

  private passOn(place: number): boolean {
    for (let step = 1; step < this.candidates.length; step++) {
      const index = (this.places[place] + step) % this.candidates.length;
      if (!this.places.includes(index) && this.canHold(this.candidates[index])) {
        this.places[place] = index;
        return true;
      }
    }
    return false;
  }

  private moved(causes: CauseSetId): void {
    this.displacedBy = this.places.every((index) => index < this.places.length) ? NO_CAUSE : causes;
    this.moves++;
    for (const listener of this.listeners) listener();
  }

  private canHold(node: FunctionNode): boolean {
    return node.works && !this.behind.has(node) && this.reaches(node);
  }
}
