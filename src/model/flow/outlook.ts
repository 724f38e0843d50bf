/**
 * What a message of a flow would meet if it were offered now: served, degraded or stopped, with which capacity, and because of what.
 *
 * It is computed from the graph and from what callers believe now, never from messages under way. A message that only waits for its
 * poll or its turn is served. Behind a stop are only the faults that stop; behind a degradation all that take attempts or capacity.
 * Not here: when it is computed (after every change that the flow can feel; see `engine.ts`).
 */
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { Partitions } from '../fault/partitions.js';
import type { FunctionNode } from '../graph/function-node.js';
import { NONE } from '../hop/copies.js';
import type { Couriers } from '../hop/couriers.js';
import { bookAt, childrenOf, hindrance, meant, slowAt, troubleAt } from '../hop/route.js';
import type { RouteNode } from '../hop/route.js';
import { takesAnyway } from '../hop/station.js';
import type { Member } from '../world.js';
import type { StoreLoad } from '../hop/store-load.js';
import { FlowStatus } from '../ledger.js';
import { operationsPerMessage } from './operations.js';
import { BufferParts } from './buffered.js';
import { OPEN } from './part.js';
import type { Part } from './part.js';
import type { CauseSetId } from '../ledger.js';
import { meanOf } from '../values.js';

const SECOND = 1_000_000;

export interface Outlook { readonly status: FlowStatus; /** Messages a second. */ readonly capacity: number; readonly causes: CauseSetId }

export class FlowOutlook extends BufferParts {
  private readonly wholeCapacity: number;
  private readonly acceptanceCapacity: number;

  /**
   * Built while nothing has failed yet, so it knows the capacities of a fault-free system.
   * @param deadline attempts that start within it count as first ones; µs, 0 without a deadline
   */
  constructor(
    private readonly context: Context, private readonly first: RouteNode, private readonly deadline: number, private readonly load: StoreLoad,
    private readonly couriers: Couriers, private readonly network: Partitions | null,
  ) {
    super(context.causes);
    this.wholeCapacity = this.wholeWay().capacity;
    this.acceptanceCapacity = this.accepting().capacity;
  }

  whole(): Outlook {
    return this.judge(this.wholeWay(), this.wholeCapacity);
  }

  /** The first hop alone, with the store that it puts into. */
  acceptance(): Outlook {
    return this.judge(this.accepting(), this.acceptanceCapacity);
  }

  /** The functions that decide about this route; for those who wait for their changes. */
  static functionsOf(node: RouteNode): FunctionNode[] {
    const own = [...node.workable.flat(), ...(node.recordings ?? []).flatMap(({ functions }) => functions), ...(node.lane === null ? [] : [...new Set(node.lanes.flatMap(({ gate, store }) => [gate, store.works]))])];
    const balancer = node.through?.component.members.flatMap((member) => [...member.functions.values()]) ?? [];
    return [...own, ...balancer, ...childrenOf(node).flatMap((child) => FlowOutlook.functionsOf(child))];
  }

  static nodesOf(node: RouteNode): RouteNode[] {
    return [node, ...childrenOf(node).flatMap((child) => FlowOutlook.nodesOf(child))];
  }

  private judge(part: Part, faultFree: number): Outlook {
    if (part.stopped) return { status: FlowStatus.stopped, capacity: 0, causes: part.stops };
    const degraded = part.failing || part.capacity < faultFree;
    return { status: degraded ? FlowStatus.degraded : FlowStatus.served, capacity: part.capacity, causes: degraded ? part.harms : NO_CAUSE };
  }

  private wholeWay(): Part {
    const way = this.along(this.first);
    return this.load.instances.length === 0 ? way : this.both(way, this.ofServers(FlowOutlook.nodesOf(this.first)));
  }

  private accepting(): Part {
    const hop = this.accepted();
    return this.load.instances.length === 0 ? hop : this.both(hop, this.ofServers([this.first]));
  }

  private accepted(): Part {
    return this.first.next.reduce((all, next) => (next.lane === null || this.first.buffer !== null ? all : this.both(all, this.ofStore(next))), this.isTakenIn() ? OPEN : this.entering(this.first, []));
  }

  /** The first component takes messages although nobody may work there. */
  private isTakenIn(): boolean {
    return this.first.through === null && this.first.pools.some((_, place) => takesAnyway(this.first, place));
  }

  /** A component that is called, as far as its answer goes. */
  private entering(node: RouteNode, callers: readonly Member[]): Part {
    const here = node.buffer === null ? this.at(node, callers) : this.both(this.at(node, callers), this.ofBuffer(node));
    if (node.named !== null) return this.behindName(node, here, (target) => this.entering(target, this.from(node, callers)));
    return node.sends === null ? here : this.both(here, this.ofTargets(node, (target) => this.entering(target, this.from(node, callers))));
  }

  /** @param callers who calls it; nobody: the senders of the flow, which stand nowhere */
  private along(node: RouteNode, callers: readonly Member[] = []): Part {
    if (node.handling !== null) {
      const { sends, next } = node.handling;
      if (sends !== null) return this.both(this.at(node, []), this.ofTargets(node.handling, (target) => this.along(target, node.handlers)));
      return next.reduce((all, one) => this.both(all, this.along(one)), this.at(node, []));
    }
    const inside = node.lane === null ? this.at(node, callers) : this.both(this.both(this.at(node, []), this.ofStore(node)), this.ofTurn(node));
    const here = node.buffer === null ? inside : this.both(this.both(inside, this.ofBuffer(node)), this.ofTakers(node));
    if (node.named !== null) return this.behindName(node, here, (target) => this.along(target, this.from(node, callers)));
    if (node.ladder !== null) return this.both(here, this.ofLadder(node, callers));
    if (node.sends !== null) return this.both(here, this.ofTargets(node, (target) => this.along(target, this.from(node, callers))));
    return node.next.reduce((all, next) => this.both(all, this.along(next)), here);
  }

  /** The workers of one node, as callers or polls would find them. */
  private at(node: RouteNode, callers: readonly Member[]): Part {
    const { through } = node;
    if (through !== null && !through.component.members.some((member) => [...member.functions.values()].every((fn) => fn.works))) {
      return this.stop(through.component.members.flatMap((member) => [...member.functions.values()]).reduce((set, fn) => this.join(set, fn.causes), NO_CAUSE));
    }
    let capacity = 0;
    let asked = 0;
    let answering = 0;
    let stops: CauseSetId = NO_CAUSE;
    let harms: CauseSetId = NO_CAUSE;
    node.pools.forEach((pool, place) => {
      if (through !== null && !through.view.believes(pool.works)) {
        stops = this.join(stops, through.view.causesOf(pool.works));
        return;
      }
      const apart = this.cutFromAll(pool, node.lanes);
      const cut = apart === NO_CAUSE ? this.cutFrom(callers, node.handlers[place]) : { causes: apart, all: true };
      if (apart === NO_CAUSE && cut.causes !== NO_CAUSE) asked++;
      if (cut.all) {
        stops = this.join(stops, cut.causes);
        return;
      }
      harms = this.join(harms, cut.causes);
      const obstacle = hindrance(node, place);
      // Polls are made by those that work; calls go to the dead as well, as long as they are believed to live.
      if (obstacle === null || node.lane === null) asked++;
      if (obstacle !== null) {
        stops = this.join(stops, obstacle.causes);
        return;
      }
      const trouble = troubleAt(node, place);
      if (trouble.failing >= 1) stops = this.join(stops, trouble.causes);
      else harms = this.join(harms, trouble.causes);
      answering += 1 - trouble.failing;
      if (trouble.failing >= 1) return;
      const slow = slowAt(node, place);
      if (slow > 1) harms = this.join(harms, this.slowCauses(node));
      const mean = (this.meanWork(node) * slow) / SECOND;
      const alone = node.lane !== null && node.lane.sequence !== null;
      capacity = alone ? Math.max(capacity, mean > 0 ? 1 / mean : Infinity) : capacity + (mean > 0 ? Math.min(pool.slots, node.ladder?.connections ?? Infinity) / mean : Infinity);
    });
    harms = this.join(harms, stops);
    if (node.ladder !== null) harms = this.join(harms, this.slowCauses(this.servingRung(node)));
    return answering === 0 ? this.stop(stops) : { stopped: false, failing: answering < asked, capacity, stops: NO_CAUSE, harms };
  }

  private ofStore(node: RouteNode): Part {
    const { works, set } = node.lane!.queue;
    if (!works.works) return this.stop(works.causes);
    if (set.choose(0) !== NONE) return OPEN;
    return this.stop(set.publishing.reduce((all, place) => this.join(all, set.stores[place].works.causes), NO_CAUSE));
  }

  /** Behind a message that is held up, where one must not pass another. */
  private ofTurn({ lane }: RouteNode): Part {
    const sequence = lane?.sequence ?? null;
    return sequence !== null && sequence.holdUp > this.deadline ? this.stop(sequence.causes) : OPEN;
  }

  /** The servers of the stores that these nodes publish into; the instances active on one share it equally. */
  private ofServers(nodes: readonly RouteNode[]): Part {
    let capacity = Infinity;
    let harms: CauseSetId = NO_CAUSE;
    for (const { set } of nodes.filter(({ output, buffer }) => output === 'publish' && buffer === null).flatMap(({ next }) => next.map(({ lane }) => lane!.queue))) {
      for (const place of set.publishing) harms = this.join(harms, set.stores[place].works.causes);
    }
    for (const [instance, operations] of operationsPerMessage(this.load, nodes)) {
      const sharing = this.load.activeOn(instance.server);
      const mean = (instance.operation.mean * operations) / SECOND;
      if (!sharing.includes(instance) || mean <= 0) continue;
      capacity = Math.min(capacity, instance.free.length / sharing.length / mean);
      for (const { component } of sharing) harms = this.join(harms, component.role?.displacedBy ?? NO_CAUSE);
    }
    return { ...OPEN, capacity, harms };
  }

  /** Who calls from here: its workers, or, where they stand nowhere, those who call it. */
  private from(node: RouteNode, callers: readonly Member[]): readonly Member[] {
    return this.network !== null && node.handlers.every((member) => !this.network!.stands(member)) ? callers : node.handlers;
  }

  /** A sender's targets: served while one works whose first attempt counts; some attempts fail when another comes before it in vain. */
  private ofLadder(node: RouteNode, callers: readonly Member[]): Part {
    const from = this.from(node, callers);
    let offset = 0;
    let stops: CauseSetId = NO_CAUSE;
    for (const [index, rung] of node.ladder!.rungs.entries()) {
      if (index > 0 && offset > this.deadline) break;
      const part = this.along(rung.node, from);
      if (!part.stopped) return { ...part, failing: part.failing || index > 0, harms: this.join(part.harms, stops) };
      stops = this.join(stops, part.stops);
      offset += (rung.tries - 1) * meanOf(rung.interval);
    }
    return this.stop(stops);
  }

  /** What workers send to: the target that each of them uses now, or all of them, of which one is enough. */
  private ofTargets(node: RouteNode, look: (target: RouteNode) => Part): Part {
    const { terms, targets } = node.sends!;
    const parts = targets.map((target, index) => this.both(look(target), this.ofTokens(bookAt(node.sends!, index))));
    if (terms.mode === 'active') {
      const open = parts.filter(({ stopped }) => !stopped);
      const stops = parts.reduce((all, part) => this.join(all, part.stops), NO_CAUSE);
      if (open.length === 0) return this.stop(stops);
      return { ...OPEN, failing: open.every(({ failing }) => failing), capacity: Math.max(...open.map(({ capacity }) => capacity)), harms: stops };
    }
    if (terms.mode === 'standby') return this.ofStandby(node, parts);
    const used = terms.mode === 'single' ? [parts[0]] : [...new Set(node.handlers.flatMap((member) => [...this.couriers.targetsOf(node, member)]))].map((target) => parts[target]);
    const open = used.filter(({ stopped }) => !stopped);
    if (open.length > 0) {
      return { ...open.reduce((all, part) => this.both(all, part)), failing: open.length < used.length || open.some(({ failing }) => failing), harms: used.reduce((all, part) => this.join(all, part.harms), NO_CAUSE) };
    }
    const others = terms.mode === 'passive' && Math.min(terms.timeout, terms.limit) <= this.deadline ? parts.filter(({ stopped }) => !stopped) : [];
    if (others.length > 0) return { ...others[0], failing: true, harms: used.reduce((all, part) => this.join(all, part.stops), NO_CAUSE) };
    return this.stop(used.reduce((all, part) => this.join(all, part.stops), NO_CAUSE));
  }

  /** Each member uses the first target or, while that is away, any of the others; of these one is enough. */
  private ofStandby(node: RouteNode, parts: readonly Part[]): Part {
    const used = node.handlers.map((member) => {
      const targets = [...this.couriers.targetsOf(node, member)].map((target) => parts[target]);
      const stops = targets.reduce((all, part) => this.join(all, part.stops), this.couriers.standbys.causesOf(member));
      return targets.find(({ stopped }) => !stopped) ?? this.stop(stops);
    });
    const open = used.filter(({ stopped }) => !stopped);
    if (open.length === 0) return this.stop(used.reduce((all, part) => this.join(all, part.stops), NO_CAUSE));
    return { ...open.reduce((all, part) => this.both(all, part)), failing: open.length < used.length, harms: used.reduce((all, part) => this.join(all, part.harms), NO_CAUSE) };
  }

  private behindName(node: RouteNode, here: Part, look: (target: RouteNode) => Part): Part {
    const target = meant(node);
    return target === node ? here : this.both(here, look(target));
  }

  /** A worker that calls is busy until the answer, one whose work is part of a transaction until its outcome. */
  private meanWork(node: RouteNode): number {
    const own = node.steps.reduce((sum, step) => sum + step.work.mean, 0) + (node.enlisted?.mean ?? 0);
    const target = (node.handling ?? node).sends?.targets[0] ?? node.named?.[0];
    if (target !== undefined) return own + this.meanWork(target);
    if (node.ladder === null) return own;
    const rung = this.servingRung(node);
    // One that is answered on receipt keeps nobody waiting.
    if (rung.order === 'settle-first') return own;
    return own + this.meanWork(rung) * (rung.pools.reduce((sum, _, place) => sum + slowAt(rung, place), 0) / rung.pools.length);
  }

  private servingRung(node: RouteNode): RouteNode {
    const { rungs } = node.ladder!;
    return (rungs.find((rung) => rung.node.pools.some((_, place) => hindrance(rung.node, place) === null)) ?? rungs[0]).node;
  }

  /** Faults of the network between who calls a member and that member; whether nobody who calls reaches it. */
  private cutFrom(callers: readonly Member[], member: Member): { readonly causes: CauseSetId; readonly all: boolean } {
    const cuts = this.network === null ? [] : callers.map((caller) => ({ caller, cut: this.network!.between(caller, member) }));
    if (cuts.length > 0 && cuts.every(({ cut }) => cut !== NO_CAUSE)) return { causes: cuts.reduce((set, { cut }) => this.join(set, cut), NO_CAUSE), all: true };
    // Who does not work calls nobody.
    const working = cuts.filter(({ caller }) => [...caller.functions.values()].some((fn) => fn.works));
    return { causes: working.reduce((set, { cut }) => this.join(set, cut), NO_CAUSE), all: false };
  }

  private slowCauses(node: RouteNode): CauseSetId {
    let set: CauseSetId = NO_CAUSE;
    for (const one of node.impairments.list) if (one.kind === 'slow') set = this.join(set, this.context.causes.single(one.occurrence));
    for (const one of node.poolImpairments.list) if (one.kind === 'slow') set = this.join(set, this.context.causes.single(one.occurrence));
    return set;
  }
}
