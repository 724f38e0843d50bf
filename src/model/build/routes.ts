/**
 * Builds the message side of a model: pools, stores, queues, and the route nodes of every flow.
 *
 * Everything is read off the declarations of the kinds. Not here: the state side (`states.ts`).
 */
import type { KeyedStream } from '../../kernel/index.js';
import type { Context } from '../context.js';
import type { FlowDefinition, RouteDefinition } from '../definition.js';
import type { CauseSetId } from '../ledger.js';
import { ModelError } from '../errors.js';
import { Impairments } from '../fault/impairments.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { Copies } from '../hop/copies.js';
import { outputOf } from '../hop/declaration.js';
import type { HopDeclaration } from '../hop/declaration.js';
import { Losses } from '../hop/losses.js';
import { Memory } from '../hop/memory.js';
import { Pool } from '../hop/pool.js';
import { Lane } from '../hop/lane.js';
import { WorkQueue } from '../hop/queue.js';
import { RankedChain } from '../hop/ranked.js';
import { FlowRecords } from '../hop/records.js';
import type { RouteNode } from '../hop/route.js';
import { Sequence } from '../hop/sequence.js';
import type { Sessions } from '../hop/sessions.js';
import type { Spread } from '../hop/spread.js';
import type { Station } from '../hop/station.js';
import { BufferBuilder } from './buffers.js';
import { CalledBuilder, frontOf, hopOf, setLegs } from './called.js';
import type { Making, Nodes } from './called.js';
import { SharingBuilder } from './sharing.js';
import { TrackingBuilder } from './tracking.js';
import { JobTable, Stored } from '../throttle/stored.js';
import { Store } from '../hop/store.js';
import { StoreSet } from '../hop/store-set.js';
import { DayWindow } from '../hop/window.js';
import { durationOf, valueAt } from '../values.js';
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
  private readonly lanes = new Map<Component, readonly Lane[]>();
  private readonly sets = new Map<Component, StoreSet>();
  private readonly memories = new Map<Member, Memory>();

  constructor(
    private readonly world: World, private readonly context: Context, private readonly copies: Copies,
    private readonly take: (copy: number, pool: Pool) => void, deliver: (copy: number, pool: Pool) => void, keyOfCopy: (copy: number) => number, private readonly realPolls: boolean,
  ) {
    this.sharing = new SharingBuilder(world, context);
    this.buffers = new BufferBuilder(world, context, copies, this.stores, this.queues, deliver, keyOfCopy, realPolls);
    this.tracking = new TrackingBuilder(world, context);
    this.called = new CalledBuilder(world, this.buffers);
    for (const component of world.components) {
      this.impairments.set(component, new Impairments(context));
      const { store, pool } = component.kind;
      if (store !== undefined) {
        component.store = new Store(component, this.functionOf(component.members[0], store.function), store.keeps(component.values));
        this.stores.push(component.store);
      }
      if (pool !== undefined) {
        for (const member of component.members) {
          const cpus = cpusOf(member);
          const ranked = component.kind.hop?.station === undefined ? undefined : new RankedChain(copies, (copy) => this.nodes[copies.node[copy]].station!.level);
          member.pool = new Pool(this.pools.length, member, this.functionOf(member, pool.function), pool.slots(component.values, cpus), pool.waiting(component.values, cpus), copies, ranked);
          member.pool.together = component.kind.hop?.pool === 'own' && component.kind.hop.together?.(component.values) === true;
          this.pools.push(member.pool);
        }
      }
    }
    for (const component of world.components) if (component.kind.pool?.takes !== undefined) this.buildQueue(component);
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
    const rungs = node.hop.ladder?.(node.component.values);
    if (rungs === undefined) return;
    node.ladder = { ...rungs, rungs: rungs.rungs.map((rung) => ({ ...rung, node: this.called.called(node, rung.to, next, make) })), failed: errors && rungs.failedTo !== undefined ? this.errors(node, rungs.failedTo, make) : null };
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
    const lanes = hop.intake !== 'store' ? [] : unread ? this.buffers.unreadLanes(component) : this.lanesOf(component, owner);
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

  private buildQueue(component: Component): void {
    const takes = component.kind.pool!.takes!;
    const container = this.world.component(component.definition.in!);
    const set = this.setOf(container, takes.containerParameter);
    const jobs = this.functionOf(container.members[0], takes.jobs.function);
    const [first] = set.stores;
    first.spool ??= this.spool(container, jobs, durationOf(valueAt(container.values, takes.jobs.messages), () => 0.5));
    const stored = new Stored(this.context, component, first.spool);
    const queue = new WorkQueue(this.context, component, set, this.functionOf(container.members[0], takes.containerFunction), stored, this.copies, this.take, this.realPolls);
    for (const store of set.stores) store.queues.push(queue);
    this.queues.set(component, queue);
    for (const member of component.members) {
      const { values } = component;
      const cpus = cpusOf(member);
      const [period, beat, sweep] = [takes.poll, takes.beat, takes.sweep].map((name) => durationOf(valueAt(values, name), () => 0.5));
      // Grids are absolute and belong to the member (the job to its store): nothing that happens moves them.
      const phase = (owner: string, purpose: string, length: number): number => Math.floor(this.context.streams.keyed(owner, purpose).uniform(0) * length);
      member.pool!.polling = {
        queue, period, phase: phase(member.name, 'phase:poll', period), lockLimit: takes.lockLimit(values, cpus), cap: takes.processLimit(values, cpus),
        cleanup: {
          beat, beatPhase: phase(member.name, 'phase:beat', beat), deadAfter: durationOf(valueAt(values, takes.deadAfter), () => 0.5),
          sweep, sweepPhase: phase(component.name, 'phase:sweep', sweep), jobs,
        },
      };
      queue.pools.push(member.pool!);
    }
  }

  /** The table of messages of a store. A job that needs nothing but the store itself never lets rows pile up. */
  private spool(container: Component, jobs: FunctionNode, period: number): JobTable {
    const phase = Math.floor(this.context.streams.keyed(container.name, 'phase:messages').uniform(0) * period);
    const canStop = this.world.members.some((member) => [...member.functions.values()].some((fn) => fn.name === jobs.name && fn.dependents.includes(jobs)));
    return new JobTable(this.context, container, jobs, period, phase, canStop, 'spool');
  }

  /** The stores that the container names; all its queues are spread alike. */
  private setOf(container: Component, parameter: string): StoreSet {
    let set = this.sets.get(container);
    if (set !== undefined) return set;
    const stores = [container.values[parameter] ?? []].flat().map((name) => {
      const { store } = this.world.component(String(name));
      if (store === null) throw new ModelError(`${container.name} names no store as ${parameter}`);
      return store;
    });
    const { spread } = container.kind;
    const { values } = container;
    const places = stores.map((_, place) => place);
    const publishing = spread === undefined || stores.length === 1 || spread.firstToo(values, stores.length) ? places : places.slice(1);
    set = new StoreSet(stores, publishing, spread?.passesOver(values) ?? false, spread?.routing(values) ?? 0);
    set.tracking = this.tracking.of(container, set);
    this.sets.set(container, set);
    return set;
  }

  private lanesOf(component: Component, owner: Component): readonly Lane[] {
    if (owner.kind.pool?.leases !== undefined) return this.buffers.lanesOf(component);
    let lanes = this.lanes.get(component);
    if (lanes === undefined) {
      const queue = this.queues.get(owner);
      if (queue === undefined) throw new ModelError(`${component.name}: ${owner.name} has no queue`);
      const priority = Number(valueAt(component.values, component.kind.hop!.priority ?? '') ?? 0);
      lanes = queue.set.stores.map((store) => new Lane(queue, component, store, this.copies, priority));
      const { ordered, window } = component.kind.hop!;
      const terms = ordered?.(component.values);
      const hours = window?.(component.values);
      const sequence = terms === undefined ? null : new Sequence(this.context, this.copies, queue, terms.stops);
      for (const lane of lanes) {
        lane.sequence = sequence;
        if (hours !== undefined) lane.window = new DayWindow(hours.from, hours.until);
      }
      sequence?.lanes.push(...lanes);
      queue.lanes.push(...lanes);
      this.lanes.set(component, lanes);
    }
    return lanes;
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

  private functionOf(member: Member, name: string): FunctionNode {
    const node = member.functions.get(name);
    if (node === undefined) throw new ModelError(`${member.name} has no function ${name}`);
    return node;
  }
}

/** Processors of its server; of what moves, of the server that carries it first. */
function cpusOf({ place: { server } }: Member): number {
  return server?.component.kind.cpus?.(server.component.values) ?? 1;
}
