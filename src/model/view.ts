/**
 * What an observer believes about members of others, as opposed to the truth.
 *
 * A failure of a depth that the observer can see is suspected after a delay; a return is trusted after another. In between it errs.
 * Not here: who asks (dispatch, flow status).
 */
import { Priority } from '../kernel/index.js';
import type { EventId } from '../kernel/index.js';
import { NO_CAUSE } from './causes.js';
import type { Context } from './context.js';
import type { Between, Partitions } from './fault/partitions.js';
import type { FunctionNode } from './graph/function-node.js';
import type { CauseSetId } from './ledger.js';
import { LifeDraws } from './life/draws.js';
import { valueAt } from './values.js';
import type { Component } from './world.js';

interface Belief { readonly node: FunctionNode; up: boolean; causes: CauseSetId; timer: EventId | null; pendingUp: boolean; readonly look: () => void }

export class View {
  private readonly beliefs = new Map<FunctionNode, Belief>();
  private readonly all: Belief[] = [];
  private readonly draws: LifeDraws;
  /** Faults of the network between it and what it observes; null: the network never fails. */
  private apart: Between | null = null;
  /** Called after a belief changed. */
  readonly listeners: (() => void)[] = [];

  constructor(
    private readonly context: Context, private readonly observer: Component,
    private readonly noticed: (causes: CauseSetId) => void,
  ) {
    this.draws = new LifeDraws(context, observer.name);
  }

  /** Starts to observe a function of a member; it is believed to work. */
  watch(node: FunctionNode): void {
    if (this.beliefs.has(node)) return;
    const decide = (): void => this.decide(belief);
    const belief: Belief = { node, up: true, causes: NO_CAUSE, timer: null, pendingUp: true, look: () => this.look(belief, decide) };
    this.all.push(belief);
    this.beliefs.set(node, belief);
    node.listeners.push(belief.look);
  }

  /** The network may be cut from now on: it sees from where its first member stands. */
  watchNetwork({ between, listeners }: Partitions): void {
    this.apart = between;
    listeners.push(() => { for (const belief of this.all) belief.look(); });
  }

  believes(node: FunctionNode): boolean {
    return this.beliefs.get(node)?.up ?? true;
  }

  /** Faults behind the belief that it is down. */
  causesOf(node: FunctionNode): CauseSetId {
    return this.beliefs.get(node)?.causes ?? NO_CAUSE;
  }

  private look(belief: Belief, decide: () => void): void {
    const { node } = belief;
    // What the observer cannot see looks well to it: a dead process on a host whose heartbeats have come back.
    const cut = this.cutFrom(node);
    const causes = this.context.causes.union(node.causes, cut);
    const names = this.delayNames(node, cut);
    const looksUp = (node.works && cut === NO_CAUSE) || names === null;
    if (belief.timer !== null) {
      // A change of causes alone does not start the clock anew.
      if (belief.pendingUp === looksUp) return;
      this.context.sim.cancel(belief.timer);
      belief.timer = null;
    }
    if (looksUp === belief.up) {
      if (!belief.up && belief.causes !== causes) {
        belief.causes = causes;
        for (const listener of this.listeners) listener();
      }
      return;
    }
    const { values } = this.observer;
    const delay = (names ?? this.given(this.observer.kind.view!.trustAfter)).reduce((sum, name) => sum + this.draws.duration(valueAt(values, name), `${node.member.name}:${name}`, looksUp ? belief.causes : causes), 0);
    belief.pendingUp = looksUp;
    belief.timer = this.context.sim.schedule(delay, decide, 0, Priority.state, this.observer.members[0].rank);
  }

  /** Parameters whose sum is the delay until the present truth is noticed; null: it is never noticed. */
  private delayNames(node: FunctionNode, cut: CauseSetId): readonly string[] | null {
    const { suspectAfter, trustAfter } = this.observer.kind.view!;
    const isThere = node.works && cut === NO_CAUSE;
    if (!isThere && cut === NO_CAUSE && this.isAnnounced(node)) return [];
    // What cannot be reached sends no heartbeats either.
    const names = this.given(isThere ? trustAfter : (suspectAfter[cut === NO_CAUSE ? node.depth : 'host'] ?? []));
    return names.length > 0 || isThere ? names : null;
  }

  /** It ended cleanly, or its server did, and said so. */
  private isAnnounced({ member }: FunctionNode): boolean {
    const { announced } = this.observer.kind.view!;
    return announced !== undefined && valueAt(this.observer.values, announced) === true && (member.life.clean || member.server?.life.clean === true);
  }

  private given(names: readonly string[]): readonly string[] {
    return names.filter((name) => valueAt(this.observer.values, name) !== undefined);
  }

  private cutFrom(node: FunctionNode): CauseSetId {
    return this.apart === null ? NO_CAUSE : this.apart(this.observer.members[0], node.member);
  }

  private decide(belief: Belief): void {
    belief.timer = null;
    belief.up = belief.pendingUp;
    belief.causes = belief.up ? NO_CAUSE : this.context.causes.union(belief.node.causes, this.cutFrom(belief.node));
    if (!belief.up) this.noticed(belief.causes);
    for (const reader of this.context.ledger.to.believed) reader.believed(this.context.sim.now, this.observer.index, belief.node.member.index, belief.up);
    for (const listener of this.listeners) listener();
  }
}
