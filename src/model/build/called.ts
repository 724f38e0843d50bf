/**
 * Builds those who are called: the targets of senders, what a name stands for, and who takes what a target keeps.
 *
 * A route may leave out what a component names itself: the second of two targets, the service behind a relay, the queue that another
 * sends its messages on to, the one that moves what was put aside. What nobody takes stays where it is put.
 * Not here: the nodes themselves (`routes.ts`), queues (`buffers.ts`).
 */
import type { FlowDefinition } from '../definition.js';
import { ModelError } from '../errors.js';
import type { TokenBook } from '../hop/access.js';
import type { HopDeclaration } from '../hop/declaration.js';
import type { RouteNode } from '../hop/route.js';
import type { Component, World } from '../world.js';
import type { BufferBuilder } from './buffers.js';

/** The nodes of one component: where it is entered, where its messages lie if it takes from buffers, and from where it goes on. */
export interface Nodes { readonly node: RouteNode; readonly row: RouteNode | null; readonly last: RouteNode }

/** Makes nodes of the flow that is being built. */
export interface Making {
  readonly flow: FlowDefinition;
  readonly nodes: (component: Component) => Nodes;
  /** Of a buffer that nobody takes from: its messages, or the work on them that never comes. */
  readonly unread: (component: Component, intake: 'store' | 'call') => RouteNode;
}

/** Components that move messages on, and where theirs lie. */
type Movers = Map<Component, RouteNode>;

export class CalledBuilder {
  constructor(private readonly world: World, private readonly buffers: BufferBuilder) {}

  /** What the node's workers send to, or what it is a name for. @param next the nodes behind it in the route */
  addTargets(node: RouteNode, next: readonly RouteNode[], make: Making, movers: Movers = new Map()): void {
    const { hop, component } = node;
    if (node.output !== 'call') return;
    if (hop.names !== undefined) node.named = hop.names.map((parameter) => this.called(node, String(component.values[parameter]), next, make, movers));
    const terms = hop.sends?.(component.values);
    if (terms === undefined) return;
    const { flow } = make;
    const targets = terms.to.map((to) => this.called(node, to, next, make, movers));
    const books = new Map<RouteNode, TokenBook>();
    for (const one of targets.flatMap((target) => [target, ...(target.named ?? [])])) {
      const access = one.buffer?.access ?? null;
      if (terms.tokens !== undefined && access !== null) books.set(one, access.open(component.name, flow.name, flow.clients, terms.tokens));
      // With one key for the whole transaction, no message is free to go to any fragment.
      if (terms.together?.key === 'transaction') one.fixed = true;
      if (terms.settles === true) one.joint = true;
    }
    node.sends = { terms, targets, books, first: component.name === flow.route.component };
  }

  /** Who is called: one that the route knows, or, if another is named, one that stands in its place. */
  called(caller: RouteNode, to: string, next: readonly RouteNode[], make: Making, movers: Movers = new Map()): RouteNode {
    const known = find(next, to);
    if (known !== null) return known;
    const made = make.nodes(this.world.component(to));
    setLegs(made, caller);
    const { node, last } = made;
    // What only keeps messages hands them to whoever comes next, whether or not the route speaks of it.
    if (last === node && node.buffer !== null) node.next = this.takers(node, next, make, movers);
    else this.addTargets(last, last === node ? next : behindBuffers(next), make, movers);
    return node;
  }

  /** Who takes what is put into a buffer: those that come next in the route, else one that moves it on, else nobody. */
  private takers(put: RouteNode, next: readonly RouteNode[], make: Making, movers: Movers): readonly RouteNode[] {
    const entry = put.component;
    const behind = behindBuffers(next).filter((one) => this.buffers.isTaken(entry, one.component));
    if (behind.length > 0) return behind;
    const mover = this.world.components.find((one) => one.kind.hop?.output === 'call' && this.buffers.isTaken(entry, one)) ?? entry;
    let row = movers.get(mover);
    if (row !== undefined) return [row];
    if (mover === entry) {
      row = make.unread(entry, 'store');
      row.handling = make.unread(entry, 'call');
    } else row = make.nodes(mover).node;
    const { handling } = row;
    setLegs({ node: row, row, last: handling! }, put);
    movers.set(mover, row);
    if (mover !== entry) this.addTargets(handling!, next, make, movers);
    return [row];
  }
}

export function hopOf(component: Component): HopDeclaration {
  const { hop } = component.kind;
  if (hop === undefined) throw new ModelError(`${component.name} cannot stand in a route`);
  return hop;
}

/** A component that keeps messages for itself before it works on them: they are written down first. */
export function frontOf(component: Component, hop: HopDeclaration): HopDeclaration {
  const { writing } = component.kind.buffer!.terms(component.values)!;
  return writing === undefined ? hop : { ...hop, output: 'publish', steps: () => [{ work: writing, persist: false }] };
}

/** Those that come next, past what only keeps messages. */
function behindBuffers(next: readonly RouteNode[]): readonly RouteNode[] {
  return next.flatMap((one) => (one.buffer !== null && one.lane === null ? one.next : [one]));
}

export function setLegs({ node, row, last }: Nodes, like: RouteNode): void {
  for (const one of [node, row ?? node, last]) (one as { legs: RouteNode['legs'] }).legs = like.legs;
}

/** Among what is reached by calls alone. */
function find(nodes: readonly RouteNode[], name: string): RouteNode | null {
  for (const node of nodes) {
    const found = node.component.name === name ? node : node.output === 'call' && node.handling === null ? find(node.next, name) : null;
    if (found !== null) return found;
  }
  return null;
}
