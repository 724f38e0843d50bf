/**
 * Messages that are sent in one transaction: all of them are put, or none.
 *
 * A sender gathers them in the order in which they come. When they are all in hand each is sent; where they are put they wait for one
 * another, and the last of them commits: so they find room together, lie in one fragment, and have one answer, which reaches the sender or
 * does not. One that fails takes the others back with it; so does the end of the transaction's time. Nobody tries again inside a
 * transaction. What the service puts into several fragments needs a key, the same for all.
 * Not here: attempts (`calls.ts`), putting a single message (`publisher.ts`), who offers them again (a flow's source).
 */
import { Priority } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { CausePathId, CauseSetId } from '../ledger.js';
import type { Member } from '../world.js';
import type { Calls } from './calls.js';
import { NONE, Phase } from './copies.js';
import type { Copies } from './copies.js';
import type { Fates } from './fates.js';
import type { Pool } from './pool.js';
import { bookAt } from './route.js';
import type { RouteNode } from './route.js';
import { addressOf, keyOf } from './store-set.js';
import type { Work } from './work.js';

/** A copy, as long as its generation is the same. */
interface Held { readonly copy: number; readonly generation: number }

/** One transaction. */
interface Group {
  readonly node: RouteNode;
  readonly pool: Pool;
  /** Under which it is gathered. */
  readonly name: string;
  readonly begunAt: number;
  readonly messages: Held[];
  /** What was sent and waits for the others. */
  readonly arrived: Held[];
  timer: number;
  /** Why it is rolled back. */
  failed: CausePathId | null;
  /** Its time was over while its sender stood still. */
  overdue: boolean;
  /** Its one answer: faults that lose it, as far as that is known. */
  answer: CauseSetId | null;
}

export class Together {
  /** How a message is given up, and how one is put into a fragment. */
  failed!: (copy: number, cause: CausePathId) => void;
  private readonly gathering = new Map<string, Group>();
  /** By the copies that senders hold. */
  private readonly byMessage = new Map<number, Group>();
  /** By what was sent. */
  private readonly bySent = new Map<number, { readonly group: Group; readonly generation: number }>();

  /** The transaction whose next request is on its way. */
  private sending: Group | null = null;

  constructor(private readonly context: Context, private readonly copies: Copies, private readonly fates: Fates, private readonly calls: Calls, private readonly work: Work) {
    calls.onRequest = (request) => {
      if (this.sending !== null) this.bySent.set(request, { group: this.sending, generation: this.copies.generation.get(request) });
      this.sending = null;
    };
  }

  /** A message is in hand and waits for the others. */
  join(copy: number, node: RouteNode, pool: Pool): void {
    const terms = node.sends!.terms.together!;
    const key = terms.key === 'same' ? keyOf(node, this.work.messageOf(copy)) : NONE;
    const name = `${String(pool.index)}:${String(node.index)}:${String(key)}`;
    let group = this.gathering.get(name);
    if (group === undefined) {
      const made: Group = { node, pool, name, begunAt: this.context.sim.now, messages: [], arrived: [], timer: 0, failed: null, overdue: false, answer: null };
      made.timer = this.context.sim.schedule(terms.timeout, () => this.timeIsOver(made), 0, Priority.work, pool.member.rank);
      this.gathering.set(name, (group = made));
    }
    group.messages.push({ copy, generation: this.copies.generation.get(copy) });
    this.byMessage.set(copy, group);
    if (group.messages.length === terms.messages) this.send(group);
  }

  /** The sender of this message hears that it is stored. */
  accepted(copy: number): void {
    if (this.byMessage.size > 0) this.byMessage.delete(copy);
  }

  /** The sender of this message hears that it failed, or hears nothing. */
  refused(copy: number, known: boolean, cause: CausePathId): void {
    const group = this.byMessage.get(copy);
    this.byMessage.delete(copy);
    // Who only heard nothing does not know what became of the transaction.
    if (known && group !== undefined) this.fail(group, cause);
  }

  /** The process goes on. */
  goOn(copy: number): void {
    const group = this.byMessage.get(copy);
    if (group === undefined) return;
    if (group.overdue) this.disband(group, 'transaction not complete in time');
    else if (group.failed !== null && this.isUnsent(copy)) this.giveUp(copy, group.failed);
  }

  /** The process of this member has ended, and nobody commits what it had begun. */
  processEnded(member: Member): void {
    for (const group of this.gathering.values()) {
      if (group.pool.member === member) this.context.sim.schedule(0, () => this.disband(group, 'transaction not committed'), 0, Priority.work, member.rank);
    }
  }

  /** No request is part of a transaction of several. */
  get isUnused(): boolean {
    return this.bySent.size === 0;
  }

  /** The transaction that this request is part of. */
  groupOf(request: number): Group | null {
    if (this.isUnused) return null;
    const found = this.bySent.get(request);
    return found === undefined || found.generation !== this.copies.generation.get(request) ? null : found.group;
  }

  /** A request is ready to be put: the last of its transaction commits. */
  ready(request: number, group: Group, node: RouteNode, place: number, pool: Pool): void {
    if (group.failed !== null) {
      this.takeBack(request, pool, group.failed);
      return;
    }
    const { copies } = this;
    if (!group.arrived.some(({ copy }) => copy === request)) group.arrived.push({ copy: request, generation: copies.generation.get(request) });
    // In the order in which they were offered.
    const here = [...this.present(group)].sort((a, b) => this.work.messageOf(a.copy) - this.work.messageOf(b.copy));
    if (here.length < group.node.sends!.terms.together!.messages) return;
    const cause = this.hindrance(group, node, place, pool);
    if (cause !== null) this.fail(group, cause);
    else this.commit(group, here, node, place, pool);
  }

  private send(group: Group): void {
    const { node, messages } = group;
    const { targets, terms, first } = node.sends!;
    this.gathering.delete(group.name);
    const book = bookAt(node.sends!, 0);
    const n = this.work.messageOf(group.messages[0].copy);
    if (book?.lets(n) === false) {
      this.disband(group, 'no token', book.access.issuer.causes);
      return;
    }
    for (const message of messages) {
      if (!this.isThere(message) || group.failed !== null || group.pool.frozen) continue;
      const { copy } = message;
      if (first) for (const reader of this.context.ledger.to.sent) reader.sent(this.context.sim.now, node.flow, this.work.messageOf(copy));
      this.sending = group;
      this.calls.attempt(copy, targets[0], Math.min(terms.timeout, terms.limit));
      this.sending = null;
    }
    // The sender may have died of the first of them, or stand still.
    if (!messages.every((one) => this.isThere(one) && !this.isUnsent(one.copy))) this.fail(group, this.context.paths.path(NO_CAUSE, node.component.name, 'transaction not committed'));
  }

  /** Why the service does not commit it; null: it does. */
  private hindrance(group: Group, node: RouteNode, place: number, pool: Pool): CausePathId | null {
    const { paths, sim } = this.context;
    const handler = node.handlers[place].name;
    const terms = group.node.sends!.terms.together!;
    if (sim.now >= group.begunAt + terms.timeout) return paths.path(NO_CAUSE, handler, 'transaction not complete in time');
    const buffer = node.buffer!;
    const wrong = this.wrongKey(group, node);
    if (wrong !== null) return paths.path(NO_CAUSE, handler, wrong);
    const fragment = this.fragmentOf(group, node);
    const away = [pool.works, ...node.next.flatMap((next) => {
      const lane = next.lanes[this.work.publisher.placeOf(node, next, fragment)];
      return [lane.gate, lane.store.works];
    })].find((fn) => (fn === pool.works ? !fn.needsMet : !fn.works));
    if (away !== undefined) return paths.path(away.causes, handler, 'worked, not put');
    const fresh = this.present(group).filter(({ copy }) => !buffer.knows(addressOf(node, this.work.messageOf(copy)))).length;
    return fresh > 0 && buffer.isFull(node.bytes * fresh, fresh) ? paths.path(NO_CAUSE, handler, 'full') : null;
  }

  /** Each fragment commits for itself; a session has the key of its messages. */
  private wrongKey(group: Group, node: RouteNode): string | null {
    const { stores, terms } = node.buffer!;
    if (group.node.sends!.terms.together!.key === 'transaction') return terms.sessions === true ? 'key of the transaction is not that of the session' : null;
    if (stores.length < 2) return null;
    const keys = new Set(this.present(group).map(({ copy }) => keyOf(node, this.work.messageOf(copy))));
    if (keys.has(NONE)) return 'no key in a transaction';
    return keys.size > 1 ? 'different keys in one transaction' : null;
  }

  private fragmentOf(group: Group, node: RouteNode): number {
    const n = Math.min(...this.present(group).map(({ copy }) => this.work.messageOf(copy)));
    const address = addressOf(node, n);
    return node.buffer!.choose(group.node.sends!.terms.together!.key === 'transaction' ? { ...address, key: n } : address);
  }

  private commit(group: Group, here: readonly Held[], node: RouteNode, place: number, pool: Pool): void {
    this.context.sim.cancel(group.timer);
    group.timer = 0;
    const { copies, work, fates } = this;
    const buffer = node.buffer!;
    const fragment = this.fragmentOf(group, node);
    for (const { copy } of here) {
      const message = addressOf(node, work.messageOf(copy));
      if (buffer.knows(message)) fates.suppress(node, copies.slot[copy], this.context.paths.path(NO_CAUSE, buffer.component.name, 'taken for a duplicate'));
      else {
        buffer.accepted(message);
        work.publisher.storeEach(copy, node, fragment);
      }
      copies.phase[copy] = Phase.put;
    }
    // What a fault finds after one of these steps is committed; each of them may end the rest.
    const inHand = here.filter((one) => this.isIn(one, pool) && work.step('put', one.copy, node, place, pool)).filter((one) => this.isIn(one, pool));
    const lost = inHand.some(({ copy }) => work.answers.lost(copy, node, node.handlers[place], work.messageOf(copy)) !== NO_CAUSE);
    // One answer: nothing that comes of it can stop it half way.
    if (!lost) for (const one of inHand) if (this.isThere(one)) this.calls.answer(one.copy, 'accepted', 0);
    for (const one of inHand) if (this.isIn(one, pool)) work.afterPut(one.copy, node, place, pool);
    for (const one of here) if (!this.isThere(one)) this.bySent.delete(one.copy);
  }

  /** The sender's own time for it is over, or that of the service. */
  private timeIsOver(group: Group): void {
    group.timer = 0;
    if (group.pool.frozen && this.gathering.get(group.name) === group) group.overdue = true;
    else this.disband(group, 'transaction not complete in time');
  }

  private disband(group: Group, why: string, causes: CauseSetId = NO_CAUSE): void {
    const cause = this.context.paths.path(causes, group.node.component.name, why);
    if (this.gathering.get(group.name) === group) this.gathering.delete(group.name);
    this.fail(group, cause);
  }

  private giveUp(copy: number, cause: CausePathId): void {
    this.byMessage.delete(copy);
    this.failed(copy, cause);
  }

  /** It waits for no answer. */
  private isUnsent(copy: number): boolean {
    return this.copies.request.get(copy) === NONE && this.copies.timer.get(copy) === 0;
  }

  /** None of it is put, and who sent it gives all of it up. */
  private fail(group: Group, cause: CausePathId): void {
    if (group.failed !== null) return;
    group.failed = cause;
    if (group.timer !== 0) this.context.sim.cancel(group.timer);
    group.timer = 0;
    // Whoever breaks off what is in hand must not find it changed meanwhile.
    this.context.sim.schedule(0, () => this.rollBack(group, cause), 0, Priority.work, group.pool.member.rank);
  }

  private rollBack(group: Group, cause: CausePathId): void {
    // One that stands still hears it answer by answer.
    if (!group.pool.frozen) for (const message of group.messages) {
      if (!this.isThere(message) || this.byMessage.get(message.copy) !== group) continue;
      this.calls.stopWaiting(message.copy);
      this.giveUp(message.copy, cause);
    }
    for (const one of group.arrived) {
      if (!this.isThere(one)) continue;
      const node = this.work.nodeOf(one.copy);
      this.takeBack(one.copy, node.pools.find(({ index }) => index === this.copies.pool.get(one.copy))!, cause);
    }
  }

  private takeBack(request: number, pool: Pool, cause: CausePathId): void {
    this.bySent.delete(request);
    this.calls.answer(request, 'refused', cause);
    this.work.free(request, pool);
    this.fates.end(request, 'gone', cause);
  }

  private present(group: Group): readonly Held[] {
    return group.arrived.filter((one) => this.isThere(one));
  }

  private isIn(one: Held, pool: Pool): boolean {
    return this.isThere(one) && this.copies.pool.get(one.copy) === pool.index;
  }

  private isThere({ copy, generation }: Held): boolean {
    return this.copies.generation.get(copy) === generation;
  }
}
