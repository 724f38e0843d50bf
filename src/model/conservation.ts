/**
 * Checks that every message is accounted for, by counting what is really there.
 *
 * From the copies themselves: every live copy is in exactly one place, every record has as many copies and places in images as point
 * at it, and what was offered is what was closed plus what is recorded and open; and nothing waits for a worker that is free. A breach
 * is a bug of ours. A breach does not mend itself, so that a check that is left out is made up for by the next.
 */
import type { Simulator } from '../kernel/index.js';
import { InvariantError } from './errors.js';
import { CopyState, NONE } from './hop/copies.js';
import type { Chain } from './hop/copies.js';
import type { Fates } from './hop/fates.js';
import type { Pool } from './hop/pool.js';
import type { WorkQueue } from './hop/queue.js';
import { Flag } from './hop/records.js';
import type { Store } from './hop/store.js';
import type { LedgerReader } from './ledger.js';

/** Numbers to count with, used again at every check: a test may ask for one at every event. */
class Counters {
  private numbers = new Int32Array(0);

  /** At least so many, all 0. */
  zeros(size: number): Int32Array {
    if (this.numbers.length < size) this.numbers = new Int32Array(2 * size);
    else this.numbers.fill(0, 0, size);
    return this.numbers;
  }
}

/** Counts messages in and out, from the ledger itself. */
class MessageCount implements LedgerReader {
  readonly open: number[];
  readonly places = new Counters();
  /** By flow: copies and places in images, of messages and of legs. */
  readonly found: readonly { readonly copies: Counters; readonly legCopies: Counters; readonly kept: Counters; readonly legKept: Counters }[];

  constructor(flows: number) {
    this.open = Array.from({ length: flows }, () => 0);
    this.found = Array.from({ length: flows }, () => ({ copies: new Counters(), legCopies: new Counters(), kept: new Counters(), legKept: new Counters() }));
  }

  offered(_time: number, flow: number): void {
    this.open[flow]++;
  }

  closed(_time: number, flow: number): void {
    this.open[flow]--;
  }
}

const WAITING = [CopyState.waiting];
const IN_HAND = [CopyState.working, CopyState.calling];
const ASLEEP = [CopyState.asleep];
const ORPHAN = [CopyState.orphan];
const HELD = [CopyState.transaction];
const IN_CALL = [CopyState.calling];
const LOCKED = [CopyState.locked];
const READY = [CopyState.ready];
const DUE = [CopyState.due];
const SUSPENDED = [CopyState.suspended];

/** What may bring messages back keeps them on record. */
interface Keeping { readonly entries: readonly { readonly node: number; readonly slot: number }[] }

/** Events that take as long as checking a copy, or a list of copies. */
const EVENTS_PER_COPY = 0.01;
const EVENTS_PER_LIST = 0.02;

/** When to check: at the end, and after every fault unless that took longer than the run since the last check. */
export class Conservation {
  readonly count: MessageCount;
  private readonly lists: number;
  private checkedAt = 0;

  constructor(
    private readonly sim: Simulator, private readonly fates: Fates, private readonly pools: readonly Pool[], private readonly stores: readonly Store[],
    private readonly images: () => readonly Keeping[],
  ) {
    this.count = new MessageCount(fates.records.length);
    this.lists = 6 * pools.length + 5 * new Set(stores.flatMap(({ queues }) => queues.flatMap(({ lanes }) => lanes))).size;
  }

  /** @throws InvariantError */
  check(): void {
    this.checkedAt = this.sim.executed;
    checkConservation(this.fates, this.pools, this.stores, this.images(), this.count, this.sim.now);
  }

  /** @throws InvariantError */
  checkAfterFault(): void {
    if (this.sim.executed - this.checkedAt >= EVENTS_PER_COPY * this.fates.copies.bound + EVENTS_PER_LIST * this.lists) this.check();
  }
}

function checkConservation(
  fates: Fates, pools: readonly Pool[], stores: readonly Store[], images: readonly Keeping[], count: MessageCount, now: number,
): void {
  // Without flows there are no messages.
  if (fates.records.length === 0) return;
  const { copies } = fates;
  const fail = (what: string): never => {
    throw new InvariantError(`conservation: ${what}`, now);
  };
  const where = count.places.zeros(copies.bound);
  const visit = (chain: Chain, states: readonly number[], { name }: { readonly name: string }, part: string): void => {
    let length = 0;
    for (let copy = chain.head; copy !== NONE; copy = copies.next[copy]) {
      if (where[copy]++ > 0) fail(`copy ${copy} is in two places, one of them ${name} ${part}`);
      if (!states.includes(copies.state[copy])) fail(`copy ${copy} in ${name} ${part} has state ${copies.state[copy]}`);
      if (++length > copies.bound) fail(`${name} ${part} runs in a circle`);
    }
    if (length !== chain.length) fail(`${name} ${part} says it holds ${chain.length} copies but holds ${length}`);
  };
  for (const pool of pools) {
    visit(pool.waiting, WAITING, pool.member, 'waiting');
    visit(pool.inHand, IN_HAND, pool.member, 'in hand');
    visit(pool.asleep, ASLEEP, pool.member, 'asleep');
    visit(pool.orphans, ORPHAN, pool.member, 'orphans');
    visit(pool.awaiting, ASLEEP, pool.member, 'awaiting replies');
    visit(pool.errands, IN_CALL, pool.member, 'errands');
    visit(pool.held, HELD, pool.member, 'held by transactions');
    if (pool.busy !== pool.inHand.length) fail(`${pool.member.name} has ${pool.busy} busy workers and ${pool.inHand.length} messages in hand`);
    if (pool.works.works && !pool.frozen && pool.busy < (pool.together ? 1 : pool.slots) && pool.waiting.length > 0) fail(`${pool.member.name} has a free worker and ${pool.waiting.length} messages that wait for one`);
    if (pool.throttle !== null && pool.throttle.held.value !== pool.inMemory) fail(`${pool.member.name} throttles by ${pool.throttle.held.value} messages but holds ${pool.inMemory}`);
  }
  for (const store of stores) {
    for (const queue of store.queues) {
      // Once, though it may be spread over several stores.
      if (queue.set.stores[0] !== store) continue;
      let ready = 0;
      for (const lane of queue.lanes) {
        visit(lane.ready, READY, lane.component, 'ready');
        visit(lane.due, DUE, lane.component, 'due');
        visit(lane.suspended, SUSPENDED, lane.component, 'suspended');
        visit(lane.held, HELD, lane.component, 'held by transactions');
        visit(lane.locked, LOCKED, lane.component, 'locked');
        ready += lane.ready.length;
      }
      if (ready !== queue.ready) fail(`${queue.component.name} says ${queue.ready} are ready but ${ready} are`);
    }
  }
  recount(fates, where, stores, images, count, fail);
}

function recount(fates: Fates, where: Int32Array, stores: readonly Store[], images: readonly Keeping[], count: MessageCount, fail: (what: string) => never): void {
  const { copies } = fates;
  const found = fates.records.map((records, flow) => count.found[flow].copies.zeros(records.bound));
  const stored = new Map<WorkQueue, number>();
  const foundLegs = fates.records.map((records, flow) => count.found[flow].legCopies.zeros(records.bound * records.legs));
  let live = 0;
  for (let copy = 0; copy < copies.bound; copy++) {
    const state = copies.state[copy];
    if (state === CopyState.free) continue;
    live++;
    if (state !== CopyState.source && where[copy] === 0) fail(`copy ${copy} is nowhere`);
    const node = fates.nodes[copies.node[copy]];
    const slot = copies.slot[copy];
    if (node.lane !== null && state !== CopyState.source) stored.set(node.lane.queue, (stored.get(node.lane.queue) ?? 0) + 1);
    found[node.flow][slot]++;
    const { legs } = node.records;
    for (let leg = node.legs[0]; leg < node.legs[1]; leg++) foundLegs[node.flow][slot * legs + leg]++;
  }
  for (const { queues } of stores) for (const queue of queues) {
    if (queue.stored.count.value !== (stored.get(queue) ?? 0)) fail(`${queue.component.name} says ${queue.stored.count.value} messages are in the database but ${stored.get(queue) ?? 0} are`);
  }
  if (live !== copies.live) fail(`${copies.live} copies should live but ${live} do`);
  const kept = fates.records.map((records, flow) => count.found[flow].kept.zeros(records.bound));
  const keptLegs = fates.records.map((records, flow) => count.found[flow].legKept.zeros(records.bound * records.legs));
  for (const { entries } of images) for (const { node: index, slot } of entries) {
    const node = fates.nodes[index];
    kept[node.flow][slot]++;
    for (let leg = node.legs[0]; leg < node.legs[1]; leg++) keptLegs[node.flow][slot * node.records.legs + leg]++;
  }
  fates.records.forEach((records, flow) => {
    let messages = 0;
    let open = 0;
    for (let slot = 0; slot < records.bound; slot++) {
      if (kept[flow][slot] !== records.kept.get(slot)) fail(`message ${records.n[slot]} of flow ${flow} should be in images ${records.kept.get(slot)} times but is ${kept[flow][slot]} times`);
      if (found[flow][slot] !== records.copies[slot]) fail(`message ${records.n[slot]} of flow ${flow} should have ${records.copies[slot]} copies but has ${found[flow][slot]}`);
      for (let leg = 0; leg < records.legs; leg++) {
        const at = slot * records.legs + leg;
        if (foundLegs[flow][at] !== records.legCopies[at]) fail(`leg ${leg} of message ${records.n[slot]} of flow ${flow} should have ${records.legCopies[at]} copies but has ${foundLegs[flow][at]}`);
        if (keptLegs[flow][at] !== records.legKept.get(at)) fail(`leg ${leg} of message ${records.n[slot]} of flow ${flow} should be in images ${records.legKept.get(at)} times but is ${keptLegs[flow][at]} times`);
      }
      if (records.copies[slot] + records.kept.get(slot) === 0) continue;
      messages++;
      if ((records.flags[slot] & Flag.closed) === 0) open++;
    }
    if (messages !== records.live || open !== count.open[flow]) fail(`flow ${flow}: ${count.open[flow]} messages are open in the ledger, ${open} here; ${records.live} recorded, ${messages} there`);
  });
}
