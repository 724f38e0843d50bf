/**
 * Builds the message side of a model: pools, stores, queues, and the route nodes of every flow.
 *
 * Everything is read off the declarations of the kinds. Not here: the state side (`states.ts`).
 */
import type { KeyedStream } from '../../kernel/index.js';
import type { Context } from '../context.js';
import type { FlowDefinition, RouteDefinition } from '../definition.js';
import type { CauseSetId } from '../ledger.js';
import { Impairments } from '../fault/impairments.js';
import type { Copies } from '../hop/copies.js';
import { outputOf } from '../hop/declaration.js';
import type { HopDeclaration } from '../hop/declaration.js';
import { Losses } from '../hop/losses.js';
import { Memory } from '../hop/memory.js';
import { Pool } from '../hop/pool.js';
import type { WorkQueue } from '../hop/queue.js';
import { RankedChain } from '../hop/ranked.js';
import { FlowRecords } from '../hop/records.js';
import { routeLadder } from '../hop/route.js';
import type { RouteNode } from '../hop/route.js';
import type { Sessions } from '../hop/sessions.js';
import type { Spread } from '../hop/spread.js';
import type { Station } from '../hop/station.js';
import { BufferBuilder } from './buffers.js';
import { CalledBuilder, frontOf, hopOf, setLegs } from './called.js';
import type { Making, Nodes } from './called.js';
import { cpusOf, functionOf } from './members.js';
import { PolledQueueBuilder } from './polled.js';
import { SharingBuilder } from './sharing.js';
import { TrackingBuilder } from './tracking.js';
import { Store } from '../hop/store.js';
import type { Component, Member, World } from '../world.js';

/** Until the legs of the flow are counted. */
const NO_RECORDS = new FlowRecords(0, 0, false);

/** One flow while its nodes are built. */
interface Way { readonly flow: FlowDefinition; readonly index: number; readonly legs: string[]; count: number }

export class RouteBuilder {
  readonly nodes: RouteNode[] = [];
  readonly pools: Pool[] = [];
  readonly stores: Store[] = [];
  readonly queues = new Map<Component, WorkQueue>();
  readonly impairments = new Map<Component, Impairments>();
  readonly sharing: SharingBuilder;
  readonly buffers: BufferBuilder;
  readonly tracking: TrackingBuilder;
  private readonly called: CalledBuilder;
  private readonly polled: PolledQueueBuilder;
  private readonly memories = new Map<Member, Memory>();

  constructor(
    private readonly world: World, private readonly context: Context, copies: Copies,
    take: (copy: number, pool: Pool) => void, deliver: (copy: number, pool: Pool) => void, keyOfCopy: (copy: number) => number, realPolls: boolean,
  ) {
    this.sharing = new SharingBuilder(world, context);
    this.buffers = new BufferBuilder(world, context, copies, this.stores, this.queues, deliver, keyOfCopy, realPolls);
    this.tracking = new TrackingBuilder(world, context);
    this.polled = new PolledQueueBuilder(world, context, copies, this.queues, this.tracking, take, realPolls);
    this.called = new CalledBuilder(world, this.buffers);
    for (const component of world.components) {
      this.impairments.set(component, new Impairments(context));
      const { store, pool } = component.kind;
      if (store !== undefined) {
        component.store = new Store(component, functionOf(component.members[0], store.function), store.keeps(component.values));
        this.stores.push(component.store);
      }
      if (pool !== undefined) {
        for (const member of component.members) {
          const cpus = cpusOf(member);
          const ranked = component.kind.hop?.station === undefined ? undefined : new RankedChain(copies, (copy) => this.nodes[copies.node[copy]].station!.level);
          member.pool = new Pool(this.pools.length, member, functionOf(member, pool.function), pool.slots(component.values, cpus), pool.waiting(component.values, cpus), copies, ranked);
          member.pool.together = component.kind.hop?.pool === 'own' && component.kind.hop.together?.(component.values) === true;
          this.pools.push(member.pool);
        }
      }
    }
    for (const component of world.components) if (component.kind.pool?.takes !== undefined) this.polled.build(component);
  }

  /** The nodes of a flow, depth first; returns the first. */
  build(flow: FlowDefinition, index: number): { readonly first: RouteNode; readonly legs: readonly string[]; readonly count: number } {
    const way: Way = { flow, index, legs: [], count: 0 };
    const first = this.visit(flow.route, way);
    return { first, legs: way.legs, count: way.count };
  }

  /** All flows are built: what only one member may take at a time, and who moves what else lies there. */
  shareOut(): void {
    this.buffers.shareOut();
    for (const sessions of this.sessions) this.tracking.connect(sessions);
  }

  private visit(route: RouteDefinition, way: Way): RouteNode {
    const from = way.legs.length;
    const component = this.world.component(route.component);
    const hop = hopOf(component);
    const { node, row, last } = this.nodesOf(component, hop, way);
    if (last.output === 'effect') way.legs.push(component.name);
    const next = route.next.map((one) => this.visit(one, way));
    const legs: RouteNode['legs'] = [from, way.legs.length];
    for (const one of [node, row ?? node, last]) (one as { legs: RouteNode['legs'] }).legs = legs;
    last.next = next;
    const make: Making = {
      flow: way.flow, nodes: (other) => this.nodesOf(other, hopOf(other), way),
      unread: (other, intake) => this.node(other, { ...hopOf(other), intake, output: 'effect' }, way, true),
    };
    this.addLadder(last, next, make);
    this.called.addTargets(last, next, make);
    return node;
  }

  /** A component as one node; or, if it takes from buffers, the messages and the work on copies of them, behind what puts them there if that is itself. */
  private nodesOf(component: Component, hop: HopDeclaration, way: Way): Nodes {
    const leases = component.kind.pool?.leases;
    const own = leases !== undefined && leases.from === undefined;
    const leased = leases !== undefined && this.buffers.takenBy(component).length > 0 && (!own || hop.sends?.(component.values) !== undefined);
    const node = this.node(component, leased && own ? frontOf(component, hop) : hop, way);
    if (!leased) return { node, row: null, last: node };
    const row = own ? this.node(component, { ...hop, intake: 'store' }, way) : node;
    const handling = this.node(component, own ? { ...hop, intake: 'call', output: 'call' } : { ...hop, intake: 'call' }, way);
    row.handling = handling;
    handling.internal = own;
    if (own) node.next = [row];
    return { node, row, last: handling };
  }

  private addLadder(node: RouteNode, next: readonly RouteNode[], make: Making, errors = true): void {
    const ladder = node.hop.ladder?.(node.component.values);
    if (ladder === undefined) return;
    node.ladder = routeLadder(ladder, (to) => this.called.called(node, to, next, make), (to) => (errors ? this.errors(node, to, make) : null));
    this.sharing.share(node, make.flow.name);
  }

  /** Who takes what failed: what fails there too has no other way. */
  private errors(node: RouteNode, to: string, make: Making): RouteNode {
    const made = make.nodes(this.world.component(to));
    setLegs(made, node);
    this.addLadder(made.last, [], make, false);
    return made.node;
  }

  /** @param unread nobody takes from it */
  private node(component: Component, hop: HopDeclaration, way: Way, unread = false): RouteNode {
    const { flow } = way;
    const { name: flowName, clients } = flow;
    const owner = hop.pool === 'own' ? component : this.world.component(String(component.values[hop.pool.parameter]));
    const pools = unread ? [] : owner.members.map((member) => member.pool!);
    const handlers = unread ? [] : owner.members.map((member) => (owner === component ? member : (component.memberOn(member.server) ?? component.members[0])));
    const balancer = hop.through === undefined ? undefined : component.values[hop.through];
    const through = balancer === undefined ? null : this.world.component(String(balancer));
    if (through !== null) for (const pool of pools) through.view!.watch(pool.works);
    const steps = hop.steps(component.values);
    const lanes = hop.intake !== 'store' ? [] : unread ? this.buffers.unreadLanes(component) : owner.kind.pool?.leases === undefined ? this.polled.lanesOf(component, owner) : this.buffers.lanesOf(component);
    const poison = hop.poison?.(component.values) ?? 0;
    const memories = handlers.map((member) => this.memory(member));
    const node: RouteNode = {
      index: this.nodes.length, local: way.count++, flow: way.index, records: NO_RECORDS, component, hop, legs: [0, 0],
      output: outputOf(hop, component.values), order: hop.order(component.values), steps,
      draws: steps.map((_, step) => this.context.streams.keyed(component.name, `work:${step}:${flowName}`)),
      pools, handlers,
      workable: pools.map((pool, place) => [pool.works, ...(handlers[place] === pool.member ? [] : handlers[place].functions.values())]),
      through: through === null ? null : {
        component: through, view: through.view!, draws: this.context.streams.keyed(through.name, `spread:${flowName}`),
        spread: (through.kind.view!.spread === undefined ? 'in-turn' : through.values[through.kind.view!.spread]) as Spread,
      },
      clients,
      lane: lanes[0] ?? null, lanes,
      station: this.station(component, flowName), losses: this.losses(component, flowName), settling: this.settling(component, hop, flowName), replies: this.replies(component, hop, flowName),
      recordings: this.tracking.recordings(hop, handlers),
      memories, remembersFirst: hop.intake === 'call' && memories.some((memory) => memory?.terms.before !== undefined),
      impairments: this.impairments.get(component)!, poolImpairments: this.impairments.get(owner)!,
      buffer: outputOf(hop, component.values) === 'publish' ? this.buffers.of(component) : null, keys: flow.keys ?? 0, bytes: flow.sizeBytes, fixed: false, joint: false,
      poison: poison > 0 ? { share: poison, draws: this.context.streams.keyed(component.name, `poison:${flowName}`) } : null,
      handling: null, internal: false, sends: null, named: null,
      next: [], ladder: null, shares: null, enlisted: null,
    };
    for (const lane of lanes) lane.node ??= node;
    this.nodes.push(node);
    return node;
  }

  private station({ name, kind, values }: Component, flow: string): Station | null {
    const declared = kind.hop!.station?.(values);
    return declared === undefined ? null : { ...declared, level: declared.urgency[flow] ?? Infinity, draws: this.context.streams.keyed(name, `patience:${flow}`) };
  }

  private losses({ name, kind, values }: Component, flow: string): Losses | null {
    const declared = kind.hop!.loses?.(values);
    const coins = (what: string): KeyedStream => this.context.streams.keyed(name, `${what}:${flow}`);
    return declared === undefined ? null : new Losses(declared, { requests: coins('lost-request'), answers: coins('lost-answer') });
  }

  private settling({ name, values }: Component, hop: HopDeclaration, flow: string): RouteNode['settling'] {
    const time = hop.settling?.(values);
    return time === undefined ? null : { time, draws: this.context.streams.keyed(name, `settle:${flow}`) };
  }

  private replies({ name, values }: Component, hop: HopDeclaration, flow: string): RouteNode['replies'] {
    const terms = hop.replies?.(values);
    return terms === undefined ? null : { ...terms, draws: this.context.streams.keyed(name, `reply:${flow}`) };
  }

  private memory(member: Member): Memory | null {
    const declared = member.component.kind.hop!.remembers?.(member.component.values);
    if (declared === undefined) return null;
    // A list that outlives a process lies outside of it, and all members see it.
    const keeper = declared.durable && declared.apart !== true ? member.component.members[0] : member;
    let memory = this.memories.get(keeper);
    if (memory === undefined) this.memories.set(keeper, (memory = new Memory(declared)));
    return memory;
  }

  /** Of all pools whose members share sources out among themselves. */
  get sessions(): readonly Sessions[] {
    return [...this.buffers.sessions.values()];
  }

  /** The process of a member has ended, and with it what it only remembered. */
  processEnded(member: Member, released: boolean, causes: CauseSetId): void {
    this.memories.get(member)?.processEnded();
    this.tracking.processEnded(member);
    this.buffers.processEnded(member, member.component.members.indexOf(member), released, causes);
  }
}
