/**
 * Checks that every message is accounted for, by counting what is really there.
 *
 * From the copies themselves: every live copy is in exactly one place, every record has as many copies and places in images as point
 * at it, and what was offered is what was closed plus what is recorded and open; and nothing waits for a worker that is free. A breach
 * is a bug of ours.
 * Not here: when it is checked (`engine.ts`).
 */
import { InvariantError } from './errors.js';
import { CopyState, NONE } from './hop/copies.js';
import type { Chain } from './hop/copies.js';
import type { Fates } from './hop/fates.js';
import type { Pool } from './hop/pool.js';
import type { WorkQueue } from './hop/queue.js';
import { Flag } from './hop/records.js';
import type { Store } from './hop/store.js';
import type { Image } from './image/image.js';
import type { LedgerReader } from './ledger.js';

/** Counts messages in and out, from the ledger itself. */
export class MessageCount implements LedgerReader {
  readonly open: number[];

  constructor(flows: number) {
    this.open = Array.from({ length: flows }, () => 0);
  }

  offered(_time: number, flow: number): void {
    this.open[flow]++;
  }

  closed(_time: number, flow: number): void {
    this.open[flow]--;
  }
}

export function checkConservation(
  fates: Fates, pools: readonly Pool[], stores: readonly Store[], images: readonly Image[], count: MessageCount, now: number,
): void {
  // Without flows there is nothing to forget.
  if (fates.records.length === 0) return;
  const { copies } = fates;
  const fail = (what: string): never => {
    throw new InvariantError(`conservation: ${what}`, now);
  };
  const where = new Uint8Array(copies.bound);
  const visit = (chain: Chain, states: readonly number[], place: string): void => {
    let length = 0;
    for (let copy = chain.head; copy !== NONE; copy = copies.next[copy]) {
      if (where[copy]++ > 0) fail(`copy ${copy} is in two places, one of them ${place}`);
      if (!states.includes(copies.state[copy])) fail(`copy ${copy} in ${place} has state ${copies.state[copy]}`);
      if (++length > copies.bound) fail(`${place} runs in a circle`);
    }
    if (length !== chain.length) fail(`${place} says it holds ${chain.length} copies but holds ${length}`);
  };
  for (const pool of pools) {
    visit(pool.waiting, [CopyState.waiting], `${pool.member.name} waiting`);
    visit(pool.inHand, [CopyState.working, CopyState.calling], `${pool.member.name} in hand`);
    visit(pool.asleep, [CopyState.asleep], `${pool.member.name} asleep`);
    visit(pool.orphans, [CopyState.orphan], `${pool.member.name} orphans`);
    visit(pool.held, [CopyState.transaction], `${pool.member.name} held by transactions`);
    if (pool.busy !== pool.inHand.length) fail(`${pool.member.name} has ${pool.busy} busy workers and ${pool.inHand.length} messages in hand`);
    if (pool.works.works && !pool.frozen && pool.busy < pool.slots && pool.waiting.length > 0) fail(`${pool.member.name} has a free worker and ${pool.waiting.length} messages that wait for one`);
    if (pool.throttle !== null && pool.throttle.held.value !== pool.inMemory) fail(`${pool.member.name} throttles by ${pool.throttle.held.value} messages but holds ${pool.inMemory}`);
  }
  for (const store of stores) {
    for (const queue of store.queues) {
      // Once, though it may be spread over several stores.
      if (queue.set.stores[0] !== store) continue;
      let ready = 0;
      for (const lane of queue.lanes) {
        visit(lane.ready, [CopyState.ready], `${lane.component.name} ready`);
        visit(lane.due, [CopyState.due], `${lane.component.name} due`);
        visit(lane.suspended, [CopyState.suspended], `${lane.component.name} suspended`);
        visit(lane.held, [CopyState.transaction], `${lane.component.name} held by transactions`);
        ready += lane.ready.length;
      }
      if (ready !== queue.ready) fail(`${queue.component.name} says ${queue.ready} are ready but ${ready} are`);
    }
  }
  recount(fates, where, stores, images, count, fail);
}

function recount(fates: Fates, where: Uint8Array, stores: readonly Store[], images: readonly Image[], count: MessageCount, fail: (what: string) => never): void {
  const { copies } = fates;
  const found = fates.records.map((records) => new Int32Array(records.bound));
  const stored = new Map<WorkQueue, number>();
  const foundLegs = fates.records.map((records) => new Int32Array(records.bound * records.legs));
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
    const { legs } = fates.records[node.flow];
    for (let leg = node.legs[0]; leg < node.legs[1]; leg++) foundLegs[node.flow][slot * legs + leg]++;
  }
  for (const queue of stores.flatMap((store) => store.queues)) {
    if (queue.stored.count.value !== (stored.get(queue) ?? 0)) fail(`${queue.component.name} says ${queue.stored.count.value} messages are in the database but ${stored.get(queue) ?? 0} are`);
  }
  if (live !== copies.live) fail(`${copies.live} copies should live but ${live} do`);
  const kept = fates.records.map((records) => new Int32Array(records.bound));
  const keptLegs = fates.records.map((records) => new Int32Array(records.bound * records.legs));
  for (const { node: index, slot } of images.flatMap(({ entries }) => entries)) {
    const node = fates.nodes[index];
    kept[node.flow][slot]++;
    for (let leg = node.legs[0]; leg < node.legs[1]; leg++) keptLegs[node.flow][slot * fates.records[node.flow].legs + leg]++;
  }
  fates.records.forEach((records, flow) => {
    let messages = 0;
    let open = 0;
    for (let slot = 0; slot < records.bound; slot++) {
      if (kept[flow][slot] !== records.kept[slot]) fail(`message ${records.n[slot]} of flow ${flow} should be in images ${records.kept[slot]} times but is ${kept[flow][slot]} times`);
      if (found[flow][slot] !== records.copies[slot]) fail(`message ${records.n[slot]} of flow ${flow} should have ${records.copies[slot]} copies but has ${found[flow][slot]}`);
      for (let leg = 0; leg < records.legs; leg++) {
        const at = slot * records.legs + leg;
        if (foundLegs[flow][at] !== records.legCopies[at]) fail(`leg ${leg} of message ${records.n[slot]} of flow ${flow} should have ${records.legCopies[at]} copies but has ${foundLegs[flow][at]}`);
        if (keptLegs[flow][at] !== records.legKept[at]) fail(`leg ${leg} of message ${records.n[slot]} of flow ${flow} should be in images ${records.legKept[at]} times but is ${keptLegs[flow][at]} times`);
      }
      if (records.copies[slot] + records.kept[slot] === 0) continue;
      messages++;
      if ((records.flags[slot] & Flag.closed) === 0) open++;
    }
    if (messages !== records.live || open !== count.open[flow]) fail(`flow ${flow}: ${count.open[flow]} messages are open in the ledger, ${open} here; ${records.live} recorded, ${messages} there`);
  });
}
