/** Builds what has to do with tracking data, read off the declarations: tables beside messages, where rows are kept, who writes events himself. Not here: who owns which session (`sessions.ts`). */
import type { Context } from '../context.js';
import { ModelError } from '../errors.js';
import { gaugeOf } from '../gauges.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { HopDeclaration } from '../hop/declaration.js';
import type { Session } from '../hop/session.js';
import type { Sessions } from '../hop/sessions.js';
import type { StoreSet } from '../hop/store-set.js';
import { JobTable } from '../throttle/stored.js';
import type { TrackingDeclaration } from '../tracking/declaration.js';
import { Destination } from '../tracking/destination.js';
import { Mover } from '../tracking/mover.js';
import { Recording } from '../tracking/recording.js';
import { MovedByJob, MovedInSessions, TrackedStore } from '../tracking/rows.js';
import type { Tracking } from '../tracking/rows.js';
import { Telling } from '../tracking/telling.js';
import { durationOf, valueAt } from '../values.js';
import type { Component, Member, World } from '../world.js';

const ROWS = 'tracking-rows';

export class TrackingBuilder {
  /** By the component whose members move them, and by the one that they lie in. */
  private readonly stores = new Map<Component, Map<Component, TrackedStore>>();

  private readonly destinations = new Map<Component, Destination>();
  private readonly recorders = new Map<Member, Recording>();

  constructor(private readonly world: World, private readonly context: Context) {
    for (const component of world.components) {
      const { keepsRows } = component.kind;
      if (keepsRows === undefined) continue;
      const [period, keep] = [keepsRows.period, keepsRows.keep].map((name) => durationOf(valueAt(component.values, name), () => 0.5));
      const phase = Math.floor(context.streams.keyed(component.name, 'phase:purge').uniform(0) * period);
      const limit = Number(valueAt(component.values, keepsRows.limit) ?? Infinity);
      this.destinations.set(component, new Destination(context, component, functionOf(component.members[0], keepsRows.function), { period, keep, phase, limit }));
    }
  }

  /** Where rows are kept and counted. */
  get kept(): readonly Destination[] {
    return [...this.destinations.values()];
  }

  /** Who writes events about the work of this hop, beside each of its workers; null: nobody. */
  recordings({ records }: HopDeclaration, handlers: readonly Member[]): readonly Recording[] | null {
    if (records === undefined) return null;
    return handlers.map((member) => {
      let one = this.recorders.get(member);
      if (one === undefined) {
        const { values } = member.component;
        const terms = records.terms(values);
        const phase = Math.floor(this.context.streams.keyed(member.name, 'phase:record').uniform(0) * terms.retry);
        one = new Recording(this.context, member, functionOf(member, records.function), functionOf(member, records.while), this.destinationOf(values[records.to]), terms, phase);
        this.recorders.set(member, one);
      }
      return one;
    });
  }

  /** What a member only remembered is gone with its process. */
  processEnded(member: Member): void {
    this.recorders.get(member)?.processEnded();
  }

  /** Rows beside the messages of these stores; null: none that would stay. */
  of(container: Component, { stores }: StoreSet): Tracking | null {
    const { tracking } = container.kind;
    if (tracking === undefined) return null;
    const by = container.values[tracking.movedBy];
    if (by === undefined) return this.byJob(container, tracking);
    const mover = this.world.component(String(by));
    const rows = destinationsOf(this.world, mover).map(() => 0);
    for (const { parameter, to } of tracking.rows) rows[to === 'first' ? 0 : rows.length - 1] += Number(container.values[parameter] ?? 0);
    const tracked = stores.map(({ component }) => this.storeOf(mover, component));
    this.showSum(container, tracked);
    return new MovedInSessions(tracked, rows);
  }

  /** Gives each session of this component what it has to move. */
  connect(sessions: Sessions): void {
    const { component, all, terms } = sessions;
    const telling = new Telling(this.context, sessions);
    const rows = new Map<Component, TrackedStore>();
    for (const session of all) {
      const store = this.storeOf(component, session.source);
      rows.set(session.source, store);
      const phase = Math.floor(this.context.streams.keyed(component.name, `phase:look:${session.source.name}:${session.destination.name}`).uniform(0) * terms.look);
      const mover = new Mover(this.context, session, { batch: terms.batch, look: terms.look, phase }, (count) => { store.moved(count); }, telling, this.destinations.get(session.destination) ?? null);
      store.movers.push(mover);
      this.listen(sessions, session, mover);
    }
    this.showSum(component, [...rows.values()], (sum) => { telling.waiting(sum); });
    for (const [source, store] of rows) if (source !== component) this.showSum(source, [store]);
  }

  /** Whatever decides about the work of a mover. */
  private listen(sessions: Sessions, session: Session, mover: Mover): void {
    sessions.listeners.push(mover.rethink);
    session.store.works.listeners.push(mover.rethink);
    for (const { pool } of sessions.component.members) pool!.works.listeners.push(mover.rethink);
    for (const door of session.doors) door.listeners.push(mover.rethink);
  }

  private storeOf(mover: Component, source: Component): TrackedStore {
    let known = this.stores.get(mover);
    if (known === undefined) this.stores.set(mover, (known = new Map<Component, TrackedStore>()));
    let store = known.get(source);
    if (store === undefined) known.set(source, (store = new TrackedStore()));
    return store;
  }

  private showSum(owner: Component, stores: readonly TrackedStore[], also?: (sum: number) => void): void {
    const show = gaugeOf(this.context, owner, ROWS);
    for (const { listeners } of new Set(stores)) {
      listeners.push(() => {
        const sum = stores.reduce((all, { level }) => all + level.value, 0);
        show(sum);
        also?.(sum);
      });
    }
  }

  /** Null where nothing can keep the job from moving the rows. */
  private byJob({ name, values, members }: Component, { rows, job }: TrackingDeclaration): Tracking | null {
    const moves = members[0].functions.get(job.function);
    const written = rows.reduce((sum, { parameter }) => sum + Number(values[parameter] ?? 0), 0);
    if (moves === undefined || written === 0) return null;
    const period = durationOf(valueAt(values, job.period), () => 0.5);
    const phase = Math.floor(this.context.streams.keyed(name, 'phase:tracking').uniform(0) * period);
    const parts = rows.map(({ parameter, into }) => ({ rows: Number(values[parameter] ?? 0), into: this.destinationOf(values[into]) }));
    return new MovedByJob(new JobTable(this.context, members[0].component, moves, period, phase, true, ROWS), parts);
  }

  /** Null: nothing is named, or it counts nothing. */
  private destinationOf(name: unknown): Destination | null {
    return name === undefined ? null : (this.destinations.get(this.world.component(String(name))) ?? null);
  }
}

function functionOf(member: Member, name: string): FunctionNode {
  const node = member.functions.get(name);
  if (node === undefined) throw new ModelError(`${member.name} has no function ${name}`);
  return node;
}

/** The databases that the members of a component move data to. */
export function destinationsOf(world: World, { values, kind }: Component): readonly Component[] {
  const terms = kind.pool?.leases?.sessions?.(values);
  return terms === undefined ? [] : [...new Set([values[terms.to.parameter] ?? []].flat().map((name) => world.component(String(name))))];
}
