/**
 * One replication: builds the model from a definition and runs it to its end.
 *
 * This file only wires the parts together; what they do stands in their own files. Not here: repetition, measures, output.
 */
import { Simulator, Streams } from '../kernel/index.js';
import { CausePaths, CauseSets } from './causes.js';
import { Conservation } from './conservation.js';
import { buildHops } from './build/hops.js';
import { RouteBuilder } from './build/routes.js';
import { connectNetwork } from './build/network.js';
import { connectSessions } from './build/sessions.js';
import { buildStates } from './build/states.js';
import type { States } from './build/states.js';
import { buildThrottles } from './build/throttles.js';
import type { Context } from './context.js';
import type { ModelDefinition } from './definition.js';
import { CopiedData } from './fault/copied-data.js';
import { DataLoss } from './fault/data-loss.js';
import { Injector } from './fault/injector.js';
import { Partitions } from './fault/partitions.js';
import { preload } from './flow/preload.js';
import { Source } from './flow/source.js';
import { FlowWatch } from './flow/watch.js';
import type { Breakage } from './hop/breakage.js';
import { closeAll } from './hop/closing.js';
import { Copies, CopyState } from './hop/copies.js';
import type { Couriers } from './hop/couriers.js';
import type { Fates } from './hop/fates.js';
import type { Ladders } from './hop/ladder.js';
import type { Leases } from './hop/leases.js';
import { listenFor } from './hop/listen.js';
import type { Pool } from './hop/pool.js';
import { FlowRecords } from './hop/records.js';
import { keyOf } from './hop/store-set.js';
import { Trails } from './hop/trail.js';
import { StoreLoad } from './hop/store-load.js';
import type { Work } from './hop/work.js';
import { beginGauges } from './gauges.js';
import { Recovery } from './image/recovery.js';
import type { KindDeclaration } from './kind.js';
import type { LedgerReader, ModelMap } from './ledger.js';
import { LedgerWriter } from './ledger-writer.js';
import { drawn } from './chance.js';
import type { Explored } from './exact/explored.js';
import type { EngineOptions } from './engine-options.js';
import { buildMap } from './build/map.js';
import { tellNoticed } from './noticing.js';
import { Operations } from './operation.js';
import { Operators } from './operator.js';
import { outlineOf } from './outline.js';
import type { Outline } from './outline.js';
import { stretches, type Pauses } from './stretches.js';
import { TransactionParts } from './transaction/parts.js';
import type { Store } from './hop/store.js';
import { World, byName } from './world.js';
import type { Member } from './world.js';

export class Engine {
  readonly map: ModelMap;
  readonly end: number;
  private readonly sim: Simulator;
  private readonly context: Context;
  private readonly world: World;
  private readonly states: States;
  private readonly routes: RouteBuilder;
  private readonly fates: Fates;
  private readonly work: Work;
  private readonly breakage: Breakage;
  private readonly ladders: Ladders;
  private readonly leases: Leases;
  private readonly couriers: Couriers;
  private readonly injector: Injector;
  private readonly operations: Operations;
  private readonly operators: Operators;
  private readonly sources: Source[] = [];
  private readonly watches: FlowWatch[] = [];
  private readonly conservation: Conservation;
  private readonly transactions: TransactionParts;
  private readonly dataLoss: DataLoss<Store>;
  private readonly recovery: Recovery;
  private readonly trails: Trails;
  private readonly copied: CopiedData;
  /** Null: no fault of the scenario cuts the network. */
  private readonly partitions: Partitions | null;
  private started = false;

  constructor(definition: ModelDefinition, catalogue: readonly KindDeclaration[], private readonly options: EngineOptions) {
    this.end = definition.run.horizon + definition.run.drain;
    this.sim = options.exploration?.sim ?? new Simulator();
    this.context = {
      sim: this.sim, chance: options.exploration?.chance ?? drawn, streams: new Streams(definition.seed, options.replication), ledger: new LedgerWriter(),
      causes: new CauseSets(), paths: new CausePaths(), occurrences: [], traceSteps: options.traceSteps ?? false, turn: { time: -1, rank: -1 },
    };
    const { context } = this;
    const flows = [...definition.flows].sort(byName);
    const flowNames = flows.map((flow) => flow.name);
    this.world = new World(definition, catalogue);
    this.operators = new Operators(context, definition.operator, () => this.routes.queues.values(), () => this.ladders);
    this.states = buildStates(this.world, context, {
      work: (member, what, causes) => {
        if (member.pool !== null) this.breakage.apply(member.pool, what, causes);
        if (what === 'dropped' || what === 'released') {
          this.routes.processEnded(member, what === 'released', causes);
          this.couriers.processEnded(member);
          this.transactions.processEnded(member, what === 'released', causes);
        }
      },
      freeOwnLocks: (member) => member.pool !== null && this.breakage.freeOrphans(member.pool),
      forget: (member, causes) => this.forget(member, causes),
      roleMoved: (member) => this.roleMoved(member),
      relocated: (member) => {
        this.injector.leave(member);
        this.trails.relocated(member.component);
      },
      noticed: (causes) => tellNoticed(context, causes),
      entered: (member, state) => {
        if (state.normal === true) this.injector.recovered(member);
        else if (state.operator === true) this.operators.needed(member, () => {
          member.life.raise('operator', 0);
          this.states.graph.settle();
        });
      },
    });

    const copies = new Copies();
    this.routes = new RouteBuilder(this.world, context, copies, (copy, pool) => this.work.take(copy, pool), (row, pool) => this.leases.deliver(row, pool), (copy) => keyOf(this.work.nodeOf(copy), this.work.messageOf(copy)), options.realPolls ?? false);
    const built = flows.map((flow, index) => this.routes.build(flow, index));
    this.routes.shareOut();
    const records = built.map(({ legs, count }) => new FlowRecords(legs.length, count, options.keepRecords ?? false));
    const hops = buildHops(context, copies, this.routes, records, flowNames);
    const { calls, steps } = hops;
    this.fates = hops.fates;
    this.work = hops.work;
    this.ladders = hops.ladders;
    this.breakage = hops.breakage;
    this.couriers = hops.couriers;
    this.couriers.standbys.onNoticed = (causes) => tellNoticed(context, causes);
    this.leases = hops.leases;
    this.partitions = definition.faults.some(({ sides }) => sides !== undefined) ? new Partitions(context, this.world, this.states.graph) : null;
    if (this.partitions !== null) {
      calls.network = this.partitions;
      for (const { view } of this.world.components) view?.watchNetwork(this.partitions);
    }
    buildThrottles(context, this.routes.pools, this.routes.nodes, this.work.publisher);
    this.dataLoss = new DataLoss(this.routes.stores, this.states.carriers);
    this.copied = new CopiedData(context, this.states.graph, this.routes.stores, this.states.carriers);
    const load = new StoreLoad(context, this.world, this.routes.stores, copies, flowNames);
    if (load.instances.length > 0) this.work.publisher.waits.push((copy, node) => load.waitOf(copy, node));
    calls.onOutcome = (caller, outcome, cause) => {
      if (copies.state[caller] === CopyState.source) this.sources[this.routes.nodes[copies.node[caller]].flow].outcome(caller, outcome, cause);
      else if (copies.state[caller] === CopyState.locked) this.leases.outcome(caller, outcome, cause);
      else this.ladders.outcome(caller, outcome, cause);
    };
    this.work.onIdle = (pool) => {
      this.states.graph.reconsider(pool.member);
      this.states.graph.settle();
    };
    this.transactions = new TransactionParts(
      context, { copies, fates: this.fates, calls, work: this.work, ladders: this.ladders, breakage: this.breakage, pools: this.routes.pools },
      this.routes.sharing, this.states.carriers, (component, action) => this.operators.call(component, action),
    );
    this.ladders.onSuspended = (copy) => this.operators.suspended(this.work.laneOf(copy));
    flows.forEach((flow, index) => {
      const { first } = built[index];
      this.sources.push(new Source(context, flow, first, this.world.members.length + 1 + index, copies, this.fates, calls, definition.run.horizon));
      this.watches.push(new FlowWatch(context, index, first, flow.objectives.deadline ?? 0, load, this.couriers, this.partitions));
    });

    this.recovery = new Recovery(this.world, definition, {
      context, copies, fates: this.fates, ladders: this.ladders, waits: this.work.waits, breakage: this.breakage, operators: this.operators,
      dataLoss: this.dataLoss, impairments: this.routes.impairments,
    });
    this.trails = new Trails(context, this.world, this.routes.buffers.all, { copies, fates: this.fates, leases: this.leases });
    for (const shipping of this.recovery.shippings) this.work.publisher.waits.push((_copy, node) => shipping.stall(node));
    if (!this.copied.none) this.work.publisher.waits.push((copy, node) => this.copied.waitOf(copies, copy, this.work.messageOf(copy), node));
    const faults = [...definition.faults].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.injector = new Injector(context, this.world, this.states.graph, faults, {
      wipe: (member, causes) => this.wipe(member, causes),
      impairments: (component) => this.routes.impairments.get(component)!,
      watchStep: (where, step, nth, fire) => steps.watch(where, step as 'put', nth, fire),
      cut: (occurrence, one, other) => this.partitions!.cut(occurrence, one, other),
      heal: (occurrence) => this.partitions!.heal(occurrence),
      check: () => this.conservation.checkAfterFault(),
    }, this.end, options.without);
    const operations = [...definition.operations].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.operations = new Operations(context, this.world, this.states.graph, operations, (component, how) => this.operators.attend(component, how), faults.map((fault) => fault.id));
    this.conservation = new Conservation(context.sim, this.fates, this.routes.pools, this.routes.stores, () => [...this.recovery.images, ...this.trails.all]);
    context.ledger.add(this.conservation.count);
    this.connect();
    this.map = buildMap(context, this.world, this.states.graph, flows, built.map(({ legs }) => legs), load, this.watches.map((watch) => watch.faultFreeCapacity), faults, operations);
  }

  /** Adds a reader; before the run starts. */
  read(reader: LedgerReader): void {
    this.context.ledger.add(reader);
  }

  get events(): number {
    return this.sim.executed;
  }

  get now(): number {
    return this.sim.now;
  }

  /** The shape of the topology, for pictures. */
  get outline(): Outline {
    return outlineOf(this.world, this.states.graph.nodes, this.routes.nodes, this.map.flows.map((flow) => flow.name));
  }

  /** Runs up to a time, µs. May be called again and again until `end`; then `finish`. */
  advance(until: number): void {
    if (!this.started) this.start();
    if (this.options.checkAlways !== true) {
      this.sim.run(Math.min(until, this.end));
      return;
    }
    while (this.sim.nextTime() <= Math.min(until, this.end)) {
      this.sim.step();
      this.conservation.check();
    }
    this.sim.run(Math.min(until, this.end));
  }

  /** Closes the ledgers: what is left is what it is. */
  finish(): void {
    this.conservation.check();
    this.recovery.settleAccounts();
    this.trails.settleAccounts();
    closeAll(this.fates, this.work, this.routes.pools, (copy) => this.transactions.stranded(copy));
    for (const reader of this.context.ledger.to.ended) reader.ended(this.sim.now);
  }

  run(onProgress?: (simulatedTime: number) => boolean, pauses?: Pauses): void {
    for (const { until, look } of stretches(this.end, onProgress === undefined ? 1 : 200, pauses)) {
      this.advance(until);
      look?.(until);
      if (look === undefined && onProgress?.(this.sim.now) === false) return;
    }
    this.finish();
  }

  /** For an exact solver: what is up or down and why, without messages; nothing has begun. */
  explore(): Explored {
    const { world, states: { graph }, injector, operators, operations, watches, copied, partitions, routes: { impairments }, context } = this;
    return { world, graph, injector, operators, operations, watches, copied, partitions, impairments, context, begin: () => this.beginStates() };
  }

  private beginStates(): void {
    const { graph } = this.states;
    for (const node of graph.nodes) graph.touch(node);
    for (const member of this.world.members) member.life.start();
    graph.settle();
    for (const watch of this.watches) watch.look();
    beginGauges(this.context, this.world);
    for (const pool of this.routes.pools) pool.throttle?.start();
    this.injector.start();
    this.operations.start();
  }

  private start(): void {
    this.started = true;
    this.beginStates();
    this.recovery.start();
    for (const queue of this.routes.queues.values()) queue.start();
    for (const sessions of this.routes.sessions) sessions.start();
    preload(this.world, this.routes, this.sources, this.ladders);
    for (const source of this.sources) source.start();
  }

  /** Who listens to which function: workers to their own, flows to all on their way. */
  private connect(): void {
    for (const pool of this.routes.pools) pool.works.listeners.push(() => this.poolChanged(pool));
    for (const queue of this.routes.queues.values()) listenFor(queue, this.breakage);
    this.transactions.connect();
    connectSessions(this.routes.sessions, this.leases, this.partitions);
    if (this.partitions !== null) connectNetwork(this.partitions, this.routes.queues.values(), this.couriers.standbys);
    for (const watch of this.watches) watch.connect(this.states.graph);
  }

  private poolChanged(pool: Pool): void {
    if (!pool.works.works) {
      if (pool.works.frozen) {
        // Its server stands still, and so does the work.
        this.breakage.apply(pool, 'frozen', pool.works.causes);
        return;
      }
      pool.lostAt = Math.min(pool.lostAt, this.sim.now);
      this.breakage.planSweep(pool);
      return;
    }
    pool.lostAt = Infinity;
    this.breakage.apply(pool, 'kept', 0);
    if (pool.polling === null || pool.polling.queue.set.stores.some(({ works }) => works.works)) this.breakage.freeOrphans(pool);
    this.work.resume(pool);
  }

  private roleMoved(member: Member): void {
    const { role } = member.component;
    for (const reader of this.context.ledger.to.failover) reader.failover(this.sim.now, member.component.index, role!.holder.member.component.index);
  }

  private wipe(member: Member, causes: number): void {
    const gone = this.copied.wiped(member);
    for (const store of this.dataLoss.on(member, gone)) this.breakage.wipe(store, causes);
    for (const one of new DataLoss(this.routes.tracking.kept, this.states.carriers).on(member, gone)) one.wipe();
    this.transactions.wipe(member, causes, gone);
    this.recovery.dataLost(member, causes, gone);
  }

  private forget(member: Member, causes: number): void {
    for (const store of this.routes.stores) if (store.component === member.component && (store.member === null || store.member === member)) this.breakage.forget(store, causes);
  }
}

/** Builds one replication. */
export function buildEngine(definition: ModelDefinition, catalogue: readonly KindDeclaration[], options: EngineOptions): Engine {
  return new Engine(definition, catalogue, options);
}
