/**
 * Goes through the states that the availability part of a model can be in, by letting the model itself do the steps.
 *
 * A state is reached again by the way that led to it first; from it every running duration may be over first. What decides by chance
 * at that instant is tried in all ways. Not here: the set of states that were found, and what follows from it (room `experiment`).
 */
import type { Chance } from '../chance.js';
import type { ModelDefinition } from '../definition.js';
import { Engine } from '../engine.js';
import { InvariantError } from '../errors.js';
import type { KindDeclaration } from '../kind.js';
import { FlowStatus } from '../ledger.js';
import type { ModelMap } from '../ledger.js';
import { StandingClock } from './clock.js';
import type { Timer } from './clock.js';
import type { Explored } from './explored.js';
import { Fingerprint } from './fingerprint.js';
import { keepAll, restoreAll } from './memory.js';
import type { Kept } from './memory.js';
import { obstaclesIn, windowsCounted } from './obstacles.js';
import { Symbols } from './symbols.js';
import type { Obstacle } from './symbols.js';
export type { Obstacle } from './symbols.js';
import { Symmetry } from './symmetry.js';

/** What is seen of a state from outside. */
export interface Outside {
  /** By function of the map: whether it works. */
  readonly works: readonly boolean[];
  /** By member of the map: what its state is spent on, where its kind says so. */
  readonly spentOn: readonly (string | null)[];
  /** By flow of the map. */
  readonly stopped: readonly boolean[];
}

/** How a state was reached: an outcome of the start, then durations that were over, by place, with what chance decided. */
export interface Way { readonly before: Way | null; readonly timer: number; readonly coins: readonly number[] }

export interface Reached {
  /** Two states with the same one are the same. */
  readonly key: string;
  readonly way: Way;
  /** Per second; of a start: probability. */
  readonly rate: number;
  readonly outside: Outside;
}

interface State { readonly kept: readonly Kept[]; readonly timers: readonly Timer[] }

export class Explorer {
  readonly map: ModelMap;
  private readonly clock: StandingClock;
  private readonly coins = new Coins();
  private readonly explored: Explored;
  private readonly symmetry: Symmetry;
  private readonly fingerprint: Fingerprint;
  private readonly roots: readonly object[];
  private readonly before: State;
  /** Outcomes of the start by their coins: nearly always one. */
  private readonly starts = new Map<string, State>();
  private readonly known: readonly Obstacle[];

  constructor(definition: ModelDefinition, catalogue: readonly KindDeclaration[]) {
    const symbols = new Symbols(definition, catalogue);
    this.clock = new StandingClock(symbols, this.coins);
    const engine = new Engine(symbols.definition, catalogue, { replication: 1, exploration: { sim: this.clock, chance: this.coins } });
    this.map = engine.map;
    this.explored = engine.explore();
    const { world, graph, injector, operators, operations, watches, copied, partitions, impairments, context } = this.explored;
    const seen = [
      ...world.components, ...world.members, graph, injector, operators, operations, ...watches, copied, ...impairments.values(), ...(partitions === null ? [] : [partitions]),
    ];
    this.roots = [...seen, context.causes, context.occurrences];
    this.symmetry = new Symmetry(definition, this.explored);
    this.fingerprint = new Fingerprint(this.explored, seen, this.symmetry);
    this.clock.nameOf = (rank) => graph.nodes.find(({ member }) => graph.rankOf(member) === rank || member.rank === rank)?.member.component.name ?? null;
    // What was scheduled while the model was built stands there by name.
    this.known = obstaclesIn(definition, world);
    this.clock.obstacles.clear();
    this.before = this.state();
  }

  /** Why it is no Markov chain, as far as states were looked at: empty when it is one. */
  get obstacles(): readonly Obstacle[] {
    return [...this.known, ...this.clock.obstacles.values()];
  }

  /** Components and members that are alike: what is found for the first holds for all. */
  get alike(): readonly (readonly string[])[] {
    return this.symmetry.alike;
  }

  /** The states at time 0 with their probabilities. */
  start(): readonly Reached[] {
    return this.inAllWays((coins) => ({ before: null, timer: -1, coins }), () => {
      this.goTo(this.before);
      this.explored.begin();
      this.clock.settle();
    }, (coins) => this.starts.set(coins.join(), this.state()));
  }

  /** The states that may follow, each with its rate; the same one may come several times, as may the state itself. */
  next(way: Way, key: string): readonly Reached[] {
    this.follow(way);
    const here = this.state();
    if (this.fingerprint.of(this.clock.timers) !== key) throw new InvariantError('a state is not the same when it is reached again', 0);
    return here.timers.flatMap((timer, place) => this.inAllWays((coins) => ({ before: way, timer: place, coins }), () => {
      this.goTo(here);
      this.clock.goOff(timer);
    }).map((reached) => ({ ...reached, rate: reached.rate * timer.rate })));
  }

  /** Does it once for every way in which chance may decide. */
  private inAllWays(wayOf: (coins: readonly number[]) => Way, act: () => void, keep: (coins: readonly number[]) => void = () => undefined): readonly Reached[] {
    const found: Reached[] = [];
    for (let script: readonly number[] | null = []; script !== null; script = this.coins.following) {
      this.coins.begin(script);
      act();
      for (const obstacle of windowsCounted(this.explored.world)) this.clock.obstacles.set(obstacle.path, obstacle);
      const coins = this.coins.decided;
      keep(coins);
      found.push({ key: this.fingerprint.of(this.clock.timers), way: wayOf(coins), rate: this.coins.probability, outside: this.outside() });
    }
    return found;
  }

  private follow({ before, timer, coins }: Way): void {
    if (before === null) {
      this.goTo(this.starts.get(coins.join())!);
      return;
    }
    this.follow(before);
    this.coins.begin(coins);
    this.clock.goOff(this.clock.timers[timer]);
  }

  private state(): State {
    return { kept: keepAll(this.roots), timers: this.clock.timers };
  }

  private goTo({ kept, timers }: State): void {
    restoreAll(kept);
    this.clock.timers = timers;
  }

  private outside(): Outside {
    const { world, graph, watches } = this.explored;
    return {
      works: graph.nodes.map((node) => node.works),
      spentOn: world.members.map(({ component, life }) => component.kind.lifecycle.states[life.state].downAs ?? null),
      stopped: watches.map(({ status }) => status === FlowStatus.stopped),
    };
  }
}

/** Decides as it is told, then for the first possibility; remembers what the others would have been. */
class Coins implements Chance {
  private script: readonly number[] = [];
  private taken: { readonly place: number; readonly probabilities: readonly number[] }[] = [];

  begin(script: readonly number[]): void {
    this.script = script;
    this.taken = [];
  }

  pick(probabilities: readonly number[]): number {
    const rest = Math.max(0, 1 - probabilities.reduce((sum, p) => sum + p, 0));
    // What rounding leaves of a sum of all is no possibility.
    const all = [...probabilities, rest > 1e-12 ? rest : 0];
    const place = this.script[this.taken.length] ?? all.findIndex((p) => p > 0);
    this.taken.push({ place, probabilities: all });
    return place;
  }

  get decided(): readonly number[] {
    return this.taken.map(({ place }) => place);
  }

  get probability(): number {
    return this.taken.reduce((product, { place, probabilities }) => product * probabilities[place], 1);
  }

  /** The next way to decide; null when all were tried. */
  get following(): readonly number[] | null {
    for (let last = this.taken.length - 1; last >= 0; last--) {
      const { place, probabilities } = this.taken[last];
      const next = probabilities.findIndex((p, i) => i > place && p > 0);
      if (next >= 0) return [...this.decided.slice(0, last), next];
    }
    return null;
  }
}
