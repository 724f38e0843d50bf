/**
 * Recognition: whether a sink has seen a message before, and the effect of one that it has not.
 *
 * An id is looked up before the work or with the effect, and recorded before the work or with the effect, as the memory says. Not here:
 * how many ids a memory holds (`memory.ts`).
 */
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { Copies } from './copies.js';
import type { Fates } from './fates.js';
import type { RouteNode } from './route.js';

/** In `persisted` of a delivery, which has no persistence points: its id was known. */
const KNOWN = 1;

export class Recognition {
  constructor(private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates) {}

  /** Before the work: what is known already is not worked on. */
  lookUp(copy: number, node: RouteNode, place: number): void {
    const memory = node.memories[place]!;
    const n = this.messageOf(copy, node);
    if (memory.matches(node.flow, n, node.legs[0])) this.copies.persisted.set(copy, KNOWN);
    else if (memory.terms.before === 'record') memory.record(node.flow, n, node.legs[0]);
  }

  isKnown(copy: number, node: RouteNode): boolean {
    return node.remembersFirst && this.copies.persisted.get(copy) === KNOWN;
  }

  /** What the message was sent for. */
  haveEffect(copy: number, node: RouteNode, place: number): void {
    const slot = this.copies.slot[copy];
    const n = this.messageOf(copy, node);
    const memory = node.memories[place];
    // Looked up with the effect as well: two copies may have been in work at the same time.
    const known = this.isKnown(copy, node) || (memory !== null && memory.terms.before !== 'record' && memory.matches(node.flow, n, node.legs[0]));
    if (known) this.fates.suppress(node, slot, this.context.paths.path(NO_CAUSE, node.handlers[place].name, 'suppressed by its memory'));
    else {
      if (memory?.terms.before !== 'record') memory?.record(node.flow, n, node.legs[0]);
      this.fates.effect(node, slot);
    }
  }

  private messageOf(copy: number, node: RouteNode): number {
    return node.records.n[this.copies.slot[copy]];
  }
}
