/**
 * Builds the message side of a model: pools, stores, queues, and the route nodes of every flow.
 *
 * Everything is read off the declarations of the kinds. Not here: the state side (`states.ts`).
 */
import type { KeyedStream } from '../../kernel/index.js';
import type { Context } from '../context.js';
import type { FlowDefinition, RouteDefinition } from '../definition.js';
import { ModelError } from '../errors.js';
import { Impairments } from '../fault/impairments.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { Copies } from '../hop/copies.js';
import { outputOf } from '../hop/declaration.js';
import type { PoolDeclaration } from '../hop/declaration.js';
import { Losses } from '../hop/losses.js';
import { Memory } from '../hop/memory.js';
import { Pool } from '../hop/pool.js';
import { Lane, WorkQueue } from '../hop/queue.js';
import { RankedChain } from '../hop/ranked.js';
import type { RouteNode } from '../hop/route.js';
import type { Spread } from '../hop/spread.js';
import type { Station } from '../hop/station.js';
import { SharingBuilder } from './sharing.js';
import { JobTable, Stored } from '../throttle/stored.js';
import type { Tracked } from '../throttle/stored.js';
import { Store } from '../hop/store.js';
import { StoreSet } from '../hop/store-set.js';
import { durationOf, valueAt } from '../values.js';
import type { Component, Member, World } from '../world.js';

export class RouteBuilder {
  readonly nodes: RouteNode[] = [];
  readonly pools: Pool[] = [];
  readonly stores: Store[] = [];
  readonly queues = new Map<Component, WorkQueue>();
  readonly impairments = new Map<Component, Impairments>();
  readonly sharing: SharingBuilder;
  private readonly lanes = new Map<Component, readonly Lane[]>();
  private readonly sets = new Map<Component, StoreSet>();
  private readonly memories = new Map<Member, Memory>();

  constructor(
    private readonly world: World, private readonly context: Context, private readonly copies: Copies,
    private readonly take: (copy: number, pool: Pool) => void, private readonly realPolls: boolean,
  ) {
    this.sharing = new SharingBuilder(world, context);
    for (const component of world.components) {
      this.impairments.set(component, new Impairments(context));
      const { store, pool } = component.kind;
      if (store !== undefined) {
        component.store = new Store(component, this.functionOf(component.members[0], store.function), store.keeps(component.values));
        this.stores.push(component.store);
      }
      if (pool !== undefined) {
        for (const member of component.members) {
          const cpus = member.server?.component.kind.cpus?.(member.server.component.values) ?? 1;
          const ranked = component.kind.hop?.station === undefined ? undefined : new RankedChain(copies, (copy) => this.nodes[copies.node[copy]].station!.level);
          member.pool = new Pool(this.pools.length, member, this.functionOf(member, pool.function), pool.slots(component.values, cpus), pool.waiting(component.values, cpus), copies, ranked);
          this.pools.push(member.pool);
        }
      }
    }
    for (const component of world.components) if (component.kind.pool?.takes !== undefined) this.buildQueue(component);
  }

  /** The nodes of a flow, depth first; returns the first. */
  build(flow: FlowDefinition, index: number): { readonly first: RouteNode; readonly legs: readonly string[]; readonly count: number } {
    const legs: string[] = [];
    let count = 0;
    const visit = (route: RouteDefinition): RouteNode => {
      const from = legs.length;
      const node = this.node(this.world.component(route.component), index, flow.name, flow.clients, count++);
      const rungs = node.component.kind.hop!.ladder?.(node.component.values);
      if (node.output === 'effect') legs.push(node.component.name);
      const next = route.next.map(visit);
      (node as { legs: RouteNode['legs'] }).legs = [from, legs.length];
      node.next = next;
      if (rungs !== undefined) {
        node.ladder = {
          ...rungs,
          rungs: rungs.rungs.map((rung) => {
            const known = next.find((one) => one.component.name === rung.to);
            if (known !== undefined) return { ...rung, node: known };
            const other = this.node(this.world.component(rung.to), index, flow.name, flow.clients, count++);
            (other as { legs: RouteNode['legs'] }).legs = node.legs;
            return { ...rung, node: other };
          }),
        };
        this.sharing.share(node, flow.name);
      }
      return node;
    };
    const first = visit(flow.route);
    return { first, legs, count };
  }

  private node(component: Component, flow: number, flowName: string, clients: number, local: number): RouteNode {
    const { hop } = component.kind;
    if (hop === undefined) throw new ModelError(`${component.name} cannot stand in a route`);
    const owner = hop.pool === 'own' ? component : this.world.component(String(component.values[hop.pool.parameter]));
    const pools = owner.members.map((member) => member.pool!);
    const handlers = owner.members.map((member) => (owner === component ? member : (component.memberOn(member.server) ?? component.members[0])));
    const balancer = hop.through === undefined ? undefined : component.values[hop.through];
    const through = balancer === undefined ? null : this.world.component(String(balancer));
    if (through !== null) for (const pool of pools) through.view!.watch(pool.works);
    const steps = hop.steps(component.values);
    const lanes = hop.intake === 'store' ? this.lanesOf(component, owner) : [];
    const node: RouteNode = {
      index: this.nodes.length, local, flow, component, hop, legs: [0, 0],
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
      station: this.station(component, flowName), losses: this.losses(component, flowName),
      memories: handlers.map((member) => this.memory(member)),
      impairments: this.impairments.get(component)!, poolImpairments: this.impairments.get(owner)!,
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
    first.tracked ??= this.tracked(container, takes.tracking);
    const stored = new Stored(this.context, component, first.spool, first.tracked);
    const queue = new WorkQueue(this.context, component, set, this.functionOf(container.members[0], takes.containerFunction), stored, this.copies, this.take, this.realPolls);
    for (const store of set.stores) store.queues.push(queue);
    this.queues.set(component, queue);
    for (const member of component.members) {
      const { values } = component;
      const cpus = member.server?.component.kind.cpus?.(member.server.component.values) ?? 1;
      const [period, beat, sweep] = [takes.poll, takes.beat, takes.sweep].map((name) => durationOf(valueAt(values, name), () => 0.5));
      // Grids are absolute and belong to the member (the job to its store): nothing that happens moves them.
      const phase = (owner: string, purpose: string, length: number): number => Math.floor(this.context.streams.keyed(owner, purpose).uniform(0) * length);
      member.pool!.polling = {
        queue, period, phase: phase(member.name, 'phase:poll', period), lockLimit: takes.lockLimit(values, cpus), cap: takes.processLimit(values, cpus),
        beat, beatPhase: phase(member.name, 'phase:beat', beat), deadAfter: durationOf(valueAt(values, takes.deadAfter), () => 0.5),
        sweep, sweepPhase: phase(component.name, 'phase:sweep', sweep), jobs,
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

  /** The table of tracking data of a store; null where nothing can keep the data from being moved. */
  private tracked({ name, values, members }: Component, declared: NonNullable<PoolDeclaration['takes']>['tracking']): Tracked | null {
    const moves = members[0].functions.get(declared.function);
    const rows = Number(values[declared.rows] ?? 0);
    if (moves === undefined || rows === 0) return null;
    const period = durationOf(valueAt(values, declared.period), () => 0.5);
    const phase = Math.floor(this.context.streams.keyed(name, 'phase:tracking').uniform(0) * period);
    return { table: new JobTable(this.context, members[0].component, moves, period, phase, true, 'tracking-rows'), rows };
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
    this.sets.set(container, set);
    return set;
  }

  private lanesOf(component: Component, owner: Component): readonly Lane[] {
    let lanes = this.lanes.get(component);
    if (lanes === undefined) {
      const queue = this.queues.get(owner);
      if (queue === undefined) throw new ModelError(`${component.name}: ${owner.name} has no queue`);
      const priority = Number(valueAt(component.values, component.kind.hop!.priority ?? '') ?? 0);
      lanes = queue.set.stores.map((store) => new Lane(queue, component, store, this.copies, priority));
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

  private memory(member: Member): Memory | null {
    const declared = member.component.kind.hop!.remembers?.(member.component.values);
    if (declared === undefined) return null;
    let memory = this.memories.get(member);
    if (memory === undefined) this.memories.set(member, (memory = new Memory(declared.ids, declared.durable)));
    return memory;
  }

  /** The process of a member has ended, and with it what it only remembered. */
  processEnded(member: Member): void {
    this.memories.get(member)?.processEnded();
  }

  private functionOf(member: Member, name: string): FunctionNode {
    const node = member.functions.get(name);
    if (node === undefined) throw new ModelError(`${member.name} has no function ${name}`);
    return node;
  }
}
