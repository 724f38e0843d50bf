/**
 * Random failures from the text of a scenario to figures: rows of components over replications, and how many of some components
 * are down, by clock.
 */
import { ComponentMeasure } from '../../../src/experiment/measures/components.js';
import type { Row } from '../../../src/experiment/index.js';
import type { LedgerReader, ModelDefinition, ModelMap } from '../../../src/model/index.js';
import { definitionOf, engineOf } from '../../properties/support/simulate.js';
import type { Section } from '../../properties/support/simulate.js';

export const HOUR = 3_600_000_000;
/** Hours of 365 days. */
export const YEAR = 8760;
/** Half width, as a share of the answer, that is enough for the mean of what is rare. */
export const RARE = 0.05;

/** An exponential time, by its mean. */
export const hours = (mean: number): Section => ({ exponential: `${String(mean)}h` });

export const figures = (rows: readonly Record<string, unknown>[], column: string): number[] => rows.map((row) => Number(row[column]));

export interface System {
  readonly seed: number | string;
  readonly hours: number;
  readonly warmup?: number;
  readonly topology: Readonly<Record<string, Section>>;
  readonly faults: readonly Section[];
}

export function systemOf({ seed, hours, warmup = 0, topology, faults }: System): ModelDefinition {
  return definitionOf({ version: 1, name: 'theory', seed, run: { horizon: `${String(warmup + hours)}h`, warmup: `${String(warmup)}h` }, topology, flows: {}, faults });
}

/** Rows of one component, one per replication; `reader` may listen, too. */
export function rowsOf(definition: ModelDefinition, component: string, replications: number, reader?: (map: ModelMap) => LedgerReader): Row[] {
  return Array.from({ length: replications }, (_, index) => {
    const engine = engineOf(definition, { replication: index + 1 });
    const components = new ComponentMeasure(engine.map, definition.run, index + 1);
    engine.read(components);
    if (reader !== undefined) engine.read(reader(engine.map));
    engine.run();
    return components.rows().find((row) => row.component === component)!;
  });
}

/** Time with so many of some components down, and how often it became one more. Each has one function. */
export class DownCount implements LedgerReader {
  /** µs by the number down, from the end of warm-up to the end. */
  readonly time: number[] = [];
  failures = 0;
  /** µs; the first instant at which as many as `fatal` are down. */
  firstFatal = Infinity;
  private readonly watched: ReadonlySet<number>;
  private readonly isDown = new Set<number>();
  private since = 0;

  constructor(map: ModelMap, components: RegExp, private readonly warmup: number, private readonly fatal = Infinity) {
    this.watched = new Set(map.functions.flatMap(({ member }, index) => (components.test(map.members[member].name) ? [index] : [])));
  }

  functionChanged(time: number, fn: number, works: boolean): void {
    if (!this.watched.has(fn) || this.isDown.has(fn) === !works) return;
    this.ended(time);
    if (works) this.isDown.delete(fn);
    else {
      this.isDown.add(fn);
      if (time >= this.warmup) this.failures++;
      if (this.isDown.size >= this.fatal) this.firstFatal = Math.min(this.firstFatal, time);
    }
  }

  ended(time: number): void {
    const n = this.isDown.size;
    this.time[n] = (this.time[n] ?? 0) + Math.max(0, time - Math.max(this.since, this.warmup));
    this.since = time;
  }

  /** Share of the time with at least so many down. */
  shareDown(least: number): number {
    const sum = (from: number): number => this.time.reduce((total, time, n) => total + (n >= from ? time : 0), 0);
    return sum(least) / sum(0);
  }

  get mean(): number {
    return this.time.reduce((total, time, n) => total + n * time, 0) / this.time.reduce((total, time) => total + time, 0);
  }
}

/** One reader per replication. */
export function countDown(definition: ModelDefinition, components: RegExp, replications: number, fatal?: number): DownCount[] {
  return Array.from({ length: replications }, (_, index) => {
    const engine = engineOf(definition, { replication: index + 1 });
    const count = new DownCount(engine.map, components, definition.run.warmup, fatal);
    engine.read(count);
    engine.run();
    return count;
  });
}

/** Runs every replication until so many are down; hours until then. */
export function hoursUntil(definition: ModelDefinition, components: RegExp, replications: number, fatal: number): number[] {
  return Array.from({ length: replications }, (_, index) => {
    const engine = engineOf(definition, { replication: index + 1 });
    const count = new DownCount(engine.map, components, 0, fatal);
    engine.read(count);
    for (let until = 1; count.firstFatal === Infinity && until <= 1000; until++) engine.advance((engine.end * until) / 1000);
    return count.firstFatal / HOUR;
  });
}

export interface Sample { readonly downThen: boolean; readonly availability: number; readonly failed: boolean }

/** Every unit of every replication: whether it is down at an instant (µs), its share of time up, and whether it failed at all. */
export function unitSamples(definition: ModelDefinition, then: number, replications: number): Sample[][] {
  return Array.from({ length: replications }, (_, index) => {
    const engine = engineOf(definition, { replication: index + 1 });
    const components = new ComponentMeasure(engine.map, definition.run, index + 1);
    const down = new Set<string>();
    const name = (fn: number): string => engine.map.members[engine.map.functions[fn].member].name;
    engine.read(components);
    engine.read({ functionChanged: (time, fn, works) => { if (time <= then) down[works ? 'delete' : 'add'](name(fn)); } });
    engine.run();
    return components.rows().map(({ component, availability, first_outage_s: first }) => ({ downThen: down.has(String(component)), availability: Number(availability), failed: first !== null }));
  });
}

/** Steady state of N units with so many crews: probabilities of 0…N down. */
export function birthAndDeath(units: number, crews: number, lambda: number, mu: number): readonly number[] {
  const weights = [1];
  for (let n = 1; n <= units; n++) weights.push((weights[n - 1] * (units - n + 1) * lambda) / (Math.min(n, crews) * mu));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
