/**
 * The availability graph: functions, their needs, and how a change spreads.
 *
 * A change touches functions; `settle` recomputes them providers first, raises the reactions to lost needs, lets life cycles answer,
 * and repeats until nothing moves. Then, and only then, listeners hear what changed. The cost is that of what is touched.
 * Not here: where providers are found (`resolve.ts`), what states mean (`life/`).
 */
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import { InvariantError, ModelError } from '../errors.js';
import type { CauseSetId } from '../ledger.js';
import type { Member } from '../world.js';
import { deeper } from './function-node.js';
import type { FunctionNode } from './function-node.js';
import type { Need } from './need.js';
import { Reconsidered } from './reconsidered.js';

/** More rounds than any honest cascade needs: a loop among life cycles. */
const MAX_ROUNDS = 100_000;
/** Room for the members of one level in a rank. */
const LEVEL = 0x20000;

interface Reaction { readonly member: Member; readonly event: string; readonly causes: CauseSetId }

export class Graph {
  readonly nodes: FunctionNode[] = [];
  private levels: FunctionNode[][] = [];
  private dirtyCount = 0;
  private readonly reactions: Reaction[] = [];
  private readonly guards = new Reconsidered((member) => this.rankOf(member));
  private changed: FunctionNode[] = [];
  private settling = false;
  private readonly afterwards = new Set<() => void>();

  constructor(private readonly context: Context) {}

  add(node: FunctionNode): void {
    this.nodes.push(node);
  }

  /** Providers before dependants; called once when all needs are known. Refuses circles. */
  order(): void {
    const level = new Map<FunctionNode, number>();
    const waiting = new Map(this.nodes.map((node) => [node, 0]));
    for (const node of this.nodes) for (const dependent of node.dependents) waiting.set(dependent, waiting.get(dependent)! + 1);
    let front = this.nodes.filter((node) => waiting.get(node) === 0);
    for (let height = 0; front.length > 0; height++) {
      const next: FunctionNode[] = [];
      for (const node of front) {
        level.set(node, height);
        for (const dependent of node.dependents) {
          const left = waiting.get(dependent)! - 1;
          waiting.set(dependent, left);
          if (left === 0) next.push(dependent);
        }
      }
      front = next;
    }
    const circle = this.nodes.filter((node) => !level.has(node));
    if (circle.length > 0) throw new ModelError(`needs run in a circle: ${circle.map((node) => `${node.member.name}.${node.name}`).join(', ')}`);
    for (const node of this.nodes) node.level = level.get(node)!;
    const height = this.nodes.reduce((most, node) => Math.max(most, node.level + 1), 0);
    this.levels = Array.from({ length: height }, () => []);
  }

  touch(node: FunctionNode): void {
    if (node.dirty) return;
    node.dirty = true;
    this.dirtyCount++;
    this.levels[node.level].push(node);
  }

  touchMember(member: Member): void {
    for (const node of member.functions.values()) this.touch(node);
  }

  /** Orders state changes of one instant: providers before those who need them, then by name. So a start finds what has just come back. */
  rankOf(member: Member): number {
    let level = 0;
    for (const node of member.functions.values()) level = Math.max(level, node.level);
    return level * LEVEL + member.rank;
  }

  /** Raises the reactions to needs that were lost while the member could not react. */
  remind(member: Member): void {
    for (const node of member.functions.values()) for (const need of node.needs) if (!need.met && need.declaration.when === 'always') this.react(member, need);
  }

  /** The guards of a life cycle are to be looked at again. */
  reconsider(member: Member): void {
    this.guards.add(member);
  }

  /** Whoever serves a need of a member now hears an event. */
  tell(member: Member, need: string, event: string, causes: CauseSetId = NO_CAUSE): void {
    const providers = new Set<Member>();
    for (const node of member.functions.values()) {
      for (const one of node.needs) if (one.declaration.name === need) for (const provider of one.serving()) providers.add(provider.member);
    }
    for (const provider of providers) provider.life.raise(event, causes);
  }

  /** Copies of a function, however many hands they went through, are stale. */
  announce(node: FunctionNode, event: string, reached = new Set<FunctionNode>()): void {
    for (const dependent of node.dependents) {
      if (reached.has(dependent)) continue;
      reached.add(dependent);
      const copies = dependent.needs.filter((need) => need.declaration.way === 'cached' && need.serving().includes(node));
      for (const need of copies) if (need.declaration.staleOn?.includes(event) === true) need.stale(this.context.sim.now);
      if (copies.length === 0) this.announce(dependent, event, reached);
    }
  }

  /** To be done once when everything has settled. */
  whenSettled(action: () => void): void {
    this.afterwards.add(action);
  }

  /** Spreads every change until nothing moves, then tells the listeners. */
  settle(): void {
    if (this.settling) return;
    this.settling = true;
    let rounds = 0;
    for (;;) {
      if (++rounds > MAX_ROUNDS) throw new InvariantError('life cycles answer each other without end', this.context.sim.now);
      if (this.dirtyCount > 0) this.recompute();
      else if (this.reactions.length > 0) {
        const { member, event, causes } = this.reactions.shift()!;
        member.life.raise(event, causes);
      } else if (this.guards.size > 0) {
        // Providers first, one at a time: who starts finds all that has come back in this instant.
        this.guards.take().life.consider();
      } else if (this.changed.length > 0) {
        const changed = this.changed.sort((a, b) => a.index - b.index);
        this.changed = [];
        for (const node of changed) node.changed = false;
        for (const node of changed) for (const listener of node.listeners) listener();
      } else if (this.afterwards.size > 0) {
        const actions = [...this.afterwards];
        this.afterwards.clear();
        for (const action of actions) action();
      } else break;
    }
    this.settling = false;
  }

  private recompute(): void {
    for (let height = 0; height < this.levels.length; height++) {
      const bucket = this.levels[height];
      if (bucket.length === 0) continue;
      bucket.sort((a, b) => a.index - b.index);
      this.levels[height] = [];
      for (const node of bucket) {
        node.dirty = false;
        this.dirtyCount--;
        this.update(node);
      }
    }
  }

  private update(node: FunctionNode): void {
    const { sim, causes: sets } = this.context;
    const { life } = node.member;
    const offered = life.offers(node.name);
    let works = offered;
    let causes: CauseSetId = offered ? 0 : life.causes;
    let depth = offered ? ('function' as const) : life.depth;
    let silent = !offered && life.silent;
    let clean = offered || life.clean;
    let frozen = offered || life.frozen;
    let needsMet = true;
    for (const need of node.inOrder) {
      const before = need.met;
      const wasFrozen = need.frozen;
      need.evaluate(sim.now, offered && needsMet);
      if (need.declaration.when === 'start') continue;
      if (!need.met) {
        works = needsMet = false;
        causes = sets.union(causes, need.causes);
        if (need.declaration.reaction === 'stop') {
          depth = deeper(depth, need.depth);
          silent ||= need.silent;
          clean &&= need.clean;
          frozen &&= need.frozen;
        } else clean = frozen = false;
      }
      // What stood still may have ended after all.
      if (before !== need.met || (!need.met && wasFrozen && !need.frozen)) this.needChanged(node.member, need);
    }
    node.needsMet = needsMet;
    const different = works !== node.works || (!works && (causes !== node.causes || depth !== node.depth || silent !== node.silent || clean !== node.clean || frozen !== node.frozen));
    if (!different) return;
    const entry = works !== node.works || causes !== node.causes;
    node.works = works;
    node.causes = works ? 0 : causes;
    node.depth = works ? 'function' : depth;
    node.silent = !works && silent;
    node.clean = !works && clean;
    node.frozen = !works && frozen;
    if (entry) for (const reader of this.context.ledger.to.functionChanged) reader.functionChanged(sim.now, node.index, works, node.causes);
    for (const dependent of node.dependents) {
      this.touch(dependent);
      this.guards.add(dependent.member);
    }
    if (!node.changed) {
      node.changed = true;
      this.changed.push(node);
    }
  }

  private needChanged(member: Member, need: Need): void {
    this.guards.add(member);
    if (!need.met) this.react(member, need);
  }

  private react(member: Member, need: Need): void {
    const { reaction, name } = need.declaration;
    if (reaction === 'recycle') this.reactions.push({ member, event: 'recycle', causes: need.causes });
    if (reaction === 'stop') this.reactions.push({ member, event: `${name}-${need.frozen ? 'hung' : need.clean ? 'left' : 'lost'}`, causes: need.causes });
  }
}
