/** Whether a fault loses the answer to a request; those of one transaction have one answer together. Not here: answers that are lost on the way (`losses.ts`). */
import type { CauseSetId } from '../ledger.js';
import type { Member } from '../world.js';
import type { Copies } from './copies.js';
import type { RouteNode } from './route.js';
import type { Together } from './together.js';

export class Answers {
  together!: Together;

  constructor(private readonly copies: Copies, private readonly flowNames: readonly string[]) {}

  /** Nothing loses answers here now, which is the usual case. */
  areSafe(node: RouteNode): boolean {
    return node.impairments.list.length === 0 && node.losses === null && this.together.isUnused;
  }

  /** The fault's cause set, or NO_CAUSE. @param n message of the request */
  lost(request: number, node: RouteNode, handler: Member, n: number): CauseSetId {
    const group = this.together.groupOf(request);
    if (group === null) return this.draw(request, node, handler, n);
    return (group.answer ??= this.draw(request, node, handler, n));
  }

  private draw(request: number, node: RouteNode, handler: Member, n: number): CauseSetId {
    return node.impairments.hit('ack-loss', handler, 'settled', this.flowNames[node.flow], n, node.legs[0], this.copies.tries.get(request));
  }
}
