/**
 * Builds buffers and the queues of those who take from them, read off the declarations of the kinds.
 *
 * Not here: the nodes of a route (`routes.ts`), queues that are polled in databases.
 */
import type { Context } from '../context.js';
import { ModelError } from '../errors.js';
import { FunctionNode } from '../graph/function-node.js';
import type { CauseSetId } from '../ledger.js';
import { Access } from '../hop/access.js';
import type { TokenBook } from '../hop/access.js';
import { Buffer } from '../hop/buffer.js';
import type { Copies } from '../hop/copies.js';
import { Credits } from '../hop/credits.js';
import { Kept } from '../hop/kept.js';
import { Name } from '../hop/name.js';
import type { Pool } from '../hop/pool.js';
import { Lane } from '../hop/lane.js';
import { WorkQueue } from '../hop/queue.js';
import { Sequence } from '../hop/sequence.js';
import type { Sessions } from '../hop/sessions.js';
import { Store } from '../hop/store.js';
import { BufferSet } from '../hop/store-set.js';
import { fragmentsOf } from '../parts.js';
import { buildSessions } from './sessions.js';
import { durationOf, valueAt } from '../values.js';
import type { Component, Member, World } from '../world.js';

export class BufferBuilder {
  /** By the component whose members share them out. */
  readonly sessions = new Map<Component, Sessions>();
  private readonly buffers = new Map<Component, Buffer>();
  private readonly credits = new Map<Component, Credits>();
  private readonly accesses = new Map<Component, Access>();
  private readonly lanes = new Map<Component, readonly Lane[]>();

  constructor(
    private readonly world: World, private readonly context: Context, private readonly copies: Copies,
    private readonly stores: Store[], private readonly queues: Map<Component, WorkQueue>,
    private readonly deliver: (copy: number, pool: Pool) => void,
    private readonly keyOfCopy: (copy: number) => number, private readonly realPolls: boolean,
  ) {}

  get all(): Iterable<Buffer> {
    return this.buffers.values();
  }

  /** The buffer that this component is; null when it is none. */
  of(component: Component): Buffer | null {
    const known = this.buffers.get(component);
    if (known !== undefined) return known;
    const declared = component.kind.buffer;
    const terms = declared?.terms(component.values);
    if (declared === undefined || terms === undefined) return null;
    const own = declared.fragments === undefined && declared.behind === undefined;
    const gate = own ? always(component) : component.members[0].functions.get(declared.function)!;
    const buffer = new Buffer(this.context, component, gate, own ? this.ownStores(component) : this.storesOf(component), terms, own ? null : this.accessTo(component), own ? null : this.creditsOf(component));
    this.buffers.set(component, buffer);
    if (declared.behind !== undefined) buffer.front = this.of(this.world.component(String(component.values[declared.behind])));
    return buffer;
  }

  /** Buffers that this component takes from: those it names, else its own. */
  takenBy(component: Component): readonly Buffer[] {
    const { from } = component.kind.pool!.leases!;
    const names = from === undefined ? [component.name] : [component.values[from] ?? []].flat().map(String);
    return [...new Set(names.flatMap((name) => this.meantBy(this.world.component(name)).flatMap((one) => this.of(one) ?? [])))];
  }

  /** Whether messages that are put into this buffer, or come to lie behind it, can be taken by the component. */
  isTaken(entry: Component, component: Component): boolean {
    return component.kind.pool?.leases !== undefined && this.takenBy(component).some((buffer) => this.entryOf(buffer) === entry);
  }

  /** One lane for each fragment of each buffer that the component takes from. */
  lanesOf(component: Component): readonly Lane[] {
    let lanes = this.lanes.get(component);
    if (lanes !== undefined) return lanes;
    const buffers = this.takenBy(component);
    const set = new BufferSet(buffers, (one) => this.entryOf(one));
    const { ahead, polls, unlocked, atRandom } = component.kind.pool!.leases!;
    const queue = new WorkQueue(this.context, component, set, always(component), new Kept(), this.copies, this.deliver, this.realPolls && polls !== undefined, (_lane, copy) => this.keyOfCopy(copy));
    queue.busy = component.kind.pool!.leases!.busy?.(component.values) ?? null;
    const habits = component.kind.pool!.leases!.tokens?.(component.values);
    const books = new Map<Access, TokenBook>();
    const draws = atRandom === true ? this.context.streams.keyed(component.name, 'taker') : null;
    lanes = buffers.flatMap((buffer) => {
      const own = buffer.component === component;
      const { access } = buffer;
      if (access !== null && habits !== undefined && !books.has(access)) {
        books.set(access, access.open(component.name, 'members', component.members.length, habits));
        access.listeners.push(() => { queue.arm(); });
      }
      const name = this.nameOf(buffer, component);
      const book = access === null ? null : (books.get(access) ?? null);
      const ordered = component.kind.hop?.ordered?.(component.values);
      // Each store has an order of its own.
      return buffer.stores.map((store, fragment) => inOrder(
        new Lane(queue, component, store, this.copies, 1, buffer, own ? component.members[Math.min(fragment, component.members.length - 1)].pool : null, book, name, buffer.terms.unlocked === true || unlocked?.(component.values) === true, draws),
        ordered === undefined ? null : new Sequence(this.context, this.copies, queue, ordered.stops),
      ));
    });
    queue.lanes.push(...lanes);
    for (const store of new Set(set.stores)) store.queues.push(queue);
    for (const { name, pool } of component.members) {
      const limit = pool!.slots + ahead(component.values);
      const period = polls === undefined ? 0 : durationOf(valueAt(component.values, polls.period), () => 0.5);
      const first = polls === undefined ? 0 : valueAt(component.values, polls.first);
      // A grid of the member's own, unless somebody says when it begins.
      const phase = first === undefined ? Math.floor(this.context.streams.keyed(name, 'phase:poll').uniform(0) * period) : Number(first);
      pool!.polling = { queue, period, phase, lockLimit: limit, cap: limit, cleanup: null };
      queue.pools.push(pool!);
    }
    this.queues.set(component, queue);
    this.lanes.set(component, lanes);
    return lanes;
  }

  /** Sources that belong to one member at a time; once all routes are known. */
  shareOut(): void {
    for (const component of this.world.components) {
      const sessions = buildSessions(this.world, this.context, component, this.lanes.get(component) ?? []);
      if (sessions === null) continue;
      sessions.listeners.push(() => { this.queues.get(component)?.arm(); });
      this.sessions.set(component, sessions);
    }
  }

  /** What stands in the same container shares its operations. */
  private creditsOf(component: Component): Credits | null {
    const { in: name } = component.definition;
    const container = name === undefined ? null : this.world.component(name);
    const perSecond = container?.kind.credits === undefined ? undefined : valueAt(container.values, container.kind.credits.perSecond);
    if (container === null || perSecond === undefined) return null;
    let credits = this.credits.get(container);
    if (credits === undefined) this.credits.set(container, (credits = new Credits(Number(perSecond))));
    return credits;
  }

  /** Of what stands in the same container there is one way in. */
  private accessTo(component: Component): Access | null {
    const { in: name } = component.definition;
    const container = name === undefined ? null : this.world.component(name);
    const declared = container?.kind.access;
    if (container === null || declared === undefined) return null;
    let access = this.accesses.get(container);
    if (access === undefined) {
      const issuer = container.values[declared.issuer];
      const by = issuer === undefined ? null : this.world.component(String(issuer));
      access = by === null ? new Access(this.context, container.name, container.members[0].functions.get(declared.function)!, 0)
        : new Access(this.context, container.name, by.members[0].functions.get(declared.issues)!, durationOf(valueAt(by.values, declared.lifetime), () => 0.5));
      this.accesses.set(container, access);
    }
    return access;
  }

  /** The process of a member has ended, and with it the tokens that it held. */
  processEnded({ component }: Member, index: number, released: boolean, causes: CauseSetId): void {
    this.sessions.get(component)?.processEnded(index, released, causes);
    for (const credits of this.credits.values()) if (component.members[index].pool !== null) credits.forget(component.members[index].pool);
    for (const access of this.accesses.values()) {
      access.forget(component.name, 'members', index, index + 1);
      // Which member stands for which of the clients of a flow is not known when there are several.
      if (component.members.length === 1) access.forget(component.name, null, 0, Infinity);
    }
  }

  /** Lanes of a buffer that nobody takes from: what is put there stays. */
  unreadLanes(component: Component): readonly Lane[] {
    let lanes = this.lanes.get(component);
    if (lanes !== undefined) return lanes;
    const buffer = this.of(component)!;
    const queue = new WorkQueue(this.context, component, new BufferSet([buffer], () => component), always(component), new Kept(), this.copies, this.deliver, false, (_lane, copy) => this.keyOfCopy(copy));
    lanes = buffer.stores.map((store) => new Lane(queue, component, store, this.copies, 1, buffer));
    queue.lanes.push(...lanes);
    for (const store of new Set(buffer.stores)) store.queues.push(queue);
    this.queues.set(component, queue);
    this.lanes.set(component, lanes);
    return lanes;
  }

  /** Those that a component stands for: itself, or what it is only a name for. */
  private meantBy(component: Component): readonly Component[] {
    const { names } = component.kind.hop ?? {};
    return names === undefined ? [component] : names.map((parameter) => this.world.component(String(component.values[parameter])));
  }

  /** The name under which the component knows a buffer, if it does not know it by itself. */
  private nameOf(buffer: Buffer, component: Component): Name | null {
    const { from } = component.kind.pool!.leases!;
    const known = from === undefined ? [component] : [component.values[from] ?? []].flat().map((name) => this.world.component(String(name)));
    if (known.includes(buffer.component)) return null;
    const name = known.find((one) => this.meantBy(one).includes(buffer.component))!;
    return new Name(name, name.members[0].functions.get(name.kind.pool!.function)!);
  }

  /** Where messages are put that come to lie in a buffer. */
  private entryOf({ component }: Buffer): Component {
    const { behind } = component.kind.buffer!;
    return behind === undefined ? component : this.world.component(String(component.values[behind]));
  }

  private storesOf(component: Component): readonly Store[] {
    const { behind } = component.kind.buffer!;
    if (behind !== undefined) return this.of(this.world.component(String(component.values[behind])))!.stores;
    return fragmentsOf(this.world, component, this.context).map((part) => {
      if (part.store === null) throw new ModelError(`${part.name} keeps no messages`);
      return part.store;
    });
  }

  /** Each member keeps what it was given. */
  private ownStores(component: Component): readonly Store[] {
    return component.members.map((member) => {
      const store = new Store(component, member.functions.get(component.kind.buffer!.function)!, component.kind.buffer!.keeps?.(component.values) ?? 'committed', member, component.kind.buffer!.cached?.(component.values));
      this.stores.push(store);
      return store;
    });
  }
}

/** Nothing that could fail. */
function always(component: Component): FunctionNode {
  const node = new FunctionNode(-1, 'always', component.members[0]);
  node.works = true;
  return node;
}

/** Messages of this lane go one after the other, if that is declared. */
function inOrder(lane: Lane, sequence: Sequence | null): Lane {
  lane.sequence = sequence;
  sequence?.lanes.push(lane);
  return lane;
}
