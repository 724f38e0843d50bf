/**
 * Route nodes: one position in the route of one flow, with everything that a message meets there looked up once.
 *
 * Legs are the sinks in the order of the route, so every node covers a contiguous range of legs and a fork needs no bookkeeping.
 * Not here: what happens at a node.
 */
import type { Distribution, KeyedStream } from '../../kernel/index.js';
import type { Impairments } from '../fault/impairments.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { CauseSetId } from '../ledger.js';
import type { Recording } from '../tracking/recording.js';
import type { View } from '../view.js';
import type { Spread } from './spread.js';
import type { Component, Member } from '../world.js';
import type { HopDeclaration, HopOutput, LadderDeclaration, SettleOrder, WorkStep } from './declaration.js';
import type { Enlistment, Sharing } from '../transaction/transaction.js';
import type { Losses } from './losses.js';
import type { Memory } from './memory.js';
import { CopyState } from './copies.js';
import type { Pool } from './pool.js';
import type { FlowRecords } from './records.js';
import type { TokenBook } from './access.js';
import type { Buffer } from './buffer.js';
import type { SendDeclaration } from './declaration.js';
import type { Lane } from './lane.js';
import type { Station } from './station.js';

export interface RouteLadder {
  readonly rungs: readonly { readonly node: RouteNode; readonly tries: number; readonly interval: Distribution }[];
  /** Who takes what failed on every rung; null: nobody. */
  readonly failed: RouteNode | null;
  /** Infinity: any number. */
  readonly connections: number;
  readonly timeout: number;
  readonly exhausted: 'suspend' | 'reject';
  readonly waits: 'store' | 'worker';
}

/**
 * @param nodeOf the node for a rung's target
 * @param failedOf the node for who takes what failed on every rung; null: nobody
 */
export function routeLadder({ rungs, connections = Infinity, timeout, failedTo, exhausted, waits }: LadderDeclaration, nodeOf: (to: string) => RouteNode, failedOf: (to: string) => RouteNode | null): RouteLadder {
  // Property by property: a copy by spreading has a shape of its own in every replication, for which V8 would compile anew.
  const nodes = rungs.map(({ to, tries, interval }) => ({ node: nodeOf(to), tries, interval }));
  return { rungs: nodes, failed: failedTo === undefined ? null : failedOf(failedTo), connections, timeout, exhausted, waits };
}

/** Attempts that the workers of a node make themselves. */
export interface RouteSends {
  readonly terms: SendDeclaration;
  readonly targets: readonly RouteNode[];
  /** Tokens of the clients of this flow for each that may be called, also by a name; absent: they need none. */
  readonly books: ReadonlyMap<RouteNode, TokenBook>;
  /** The flow begins with these attempts: they count as its sends. */
  readonly first: boolean;
}

export interface RouteNode {
  readonly index: number;
  /** Position among the nodes of its flow. */
  readonly local: number;
  readonly flow: number;
  /** Those of its flow. */
  records: FlowRecords;
  readonly component: Component;
  readonly hop: HopDeclaration;
  /** Legs [first, last) that a copy here stands for. */
  readonly legs: readonly [number, number];
  readonly output: HopOutput;
  readonly order: SettleOrder;
  readonly steps: readonly WorkStep[];
  readonly draws: readonly KeyedStream[];
  /** Workers, and beside each the member of this component that the work belongs to. */
  readonly pools: readonly Pool[];
  readonly handlers: readonly Member[];
  /** Functions that must work for a worker to work here: of the pool and of the handler. */
  workable: readonly (readonly FunctionNode[])[];
  readonly through: { readonly component: Component; readonly view: View; readonly spread: Spread; readonly draws: KeyedStream } | null;
  /** Independent clients of the flow. */
  readonly clients: number;
  /** Where it takes from, in the store that routes; null when it is called. It stands for all of them where the store does not matter. */
  readonly lane: Lane | null;
  /** The same in each store of its queue; a copy lies in one of them. */
  readonly lanes: readonly Lane[];
  /** Ids are looked up before the work. */
  readonly remembersFirst: boolean;
  /** Rules of its own queue, where it has such. */
  readonly station: Station | null;
  readonly losses: Losses | null;
  /** From the put until the message is settled; null: no time. */
  readonly settling: { readonly time: Distribution; readonly draws: KeyedStream } | null;
  /** Its caller is answered when the work behind it is done; null: when it has published. */
  readonly replies: { readonly time: Distribution; readonly timeout: number; readonly draws: KeyedStream } | null;
  /** Who writes events about the work, beside each worker; null: nobody. */
  readonly recordings: readonly Recording[] | null;
  /** What each worker's member remembers. */
  readonly memories: readonly (Memory | null)[];
  readonly impairments: Impairments;
  /** Those of the component whose workers these are. */
  readonly poolImpairments: Impairments;
  /** What is put here comes to lie in this. */
  readonly buffer: Buffer | null;
  /** Of the flow: number of keys (0: none), size of a message. */
  readonly keys: number;
  readonly bytes: number;
  /** What is put here has a key, though its flow has none. */
  fixed: boolean;
  /** What is put here is put together with the settlement of what its caller has taken. */
  joint: boolean;
  /** Share of the messages whose work fails whenever it is tried, with the draws. */
  readonly poison: { readonly share: number; readonly draws: KeyedStream } | null;
  /** Messages stay where they are, locked, while workers have copies of them at this node. */
  handling: RouteNode | null;
  /** Its work is on messages that its own component keeps: nobody else hears of its end. */
  internal: boolean;
  sends: RouteSends | null;
  /** It is only a name for one of these, the holder of its role. */
  named: readonly RouteNode[] | null;
  next: readonly RouteNode[];
  ladder: RouteLadder | null;
  /** Its calls share a transaction with its store. */
  shares: Sharing | null;
  /** It is called as part of its caller's transaction. */
  enlisted: Enlistment | null;
}

/** Which of the workers of a node these are; -1: none of them. */
export function placeIn({ pools }: RouteNode, pool: Pool): number {
  return placeOf(pools, pool);
}

/** Nearly always there is one pool, or few. */
export function placeOf(pools: readonly Pool[], pool: Pool): number {
  return pools[0] === pool ? 0 : pools.indexOf(pool);
}

/** Whether the workers of the pool at this place can work on messages of this node now. */
export function canWork(node: RouteNode, place: number): boolean {
  for (const fn of node.workable[place]) if (!fn.works) return false;
  return true;
}

/** A worker whose function was lost without dropping its work may go on; one that stands still may not. */
export function hindranceAllows(node: RouteNode, place: number, state: number): boolean {
  return state !== CopyState.free && (canWork(node, place) || !node.pools[place].frozen);
}

/** The first thing that keeps the workers at this place from working. */
export function hindrance(node: RouteNode, place: number): FunctionNode | null {
  return node.workable[place].find((fn) => !fn.works) ?? null;
}

/** Who is called under this name now: the node itself, unless it is only a name that works. */
export function meant(node: RouteNode): RouteNode {
  if (node.named === null || !canWork(node, 0)) return node;
  const holder = node.component.role!.holder.member.component;
  return node.named.find((one) => one.component === holder)!;
}

/** The tokens with which workers come in at this target now. */
export function bookAt({ books, targets }: RouteSends, target: number): TokenBook | null {
  return books.size === 0 ? null : (books.get(meant(targets[target])) ?? null);
}

/** Share of first attempts that fail at this place, whoever makes them, and because of what. */
export function troubleAt({ impairments, recordings, handlers }: RouteNode, place: number): { readonly failing: number; readonly causes: CauseSetId } {
  const recording = recordings?.[place];
  return recording?.fails === true ? { failing: 1, causes: recording.causes } : impairments.outlook(handlers[place]);
}

/** How much longer work takes at this place. */
export function slowAt(node: RouteNode, place: number): number {
  const [pool, handler] = [node.pools[place], node.handlers[place]];
  return pool.member.slow * (handler === pool.member ? 1 : handler.slow);
}

/** What a message meets behind this node: those that work on it, those who are called, or those that take it next. */
export function childrenOf(node: RouteNode): readonly RouteNode[] {
  if (node.handling !== null) return [node.handling];
  if (node.named !== null) return node.named;
  if (node.sends !== null) return node.sends.targets;
  return node.ladder === null ? node.next : node.ladder.rungs.map((rung) => rung.node);
}
