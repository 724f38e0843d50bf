/**
 * Durations as symbols: a definition in which every duration that availability may wait for gives, instead of a sample, a number
 * by which it is known again when it is scheduled. So the model itself says which duration runs in which state.
 *
 * Only exponential durations, and sums and mixtures of them, have no memory beyond a stage. Others are noted as obstacles.
 * Not here: what happens when one is over (`clock.ts`).
 */
import type { Distribution } from '../../kernel/index.js';
import type { ComponentDefinition, FaultDefinition, ModelDefinition } from '../definition.js';
import type { KindDeclaration } from '../kind.js';
import { isDistribution, valueAt } from '../values.js';
import type { Fields, Values } from '../parameter.js';

/** One of the ways in which a duration passes: so many stages, each over at this rate per second. */
export interface Phases { readonly probability: number; readonly stages: number; readonly rate: number }

export interface Symbol {
  /** Where the scenario says it: `faults.fails.mttr`. */
  readonly path: string;
  /** The same without the name of a component, so that components that are alike can be told to be. */
  readonly key: string;
  readonly family: string;
  readonly phases: readonly Phases[];
}

/** A distribution that is not made of exponential stages, or something else that does not fit: where, and what it is. */
export interface Obstacle { readonly path: string; readonly reason: string }

const PER_SECOND = 1e6;
/** Farther away than any symbol, however slowly it is spent, so that nothing falls behind the end of the run. */
const FAR = 1e100;
const GOLDEN = 0.6180339887498949;

export class Symbols {
  readonly definition: ModelDefinition;
  private readonly symbols: Symbol[] = [];
  private readonly known = new Map<number, { readonly symbol: Symbol; readonly factor: number }>();

  constructor(definition: ModelDefinition, catalogue: readonly KindDeclaration[]) {
    const kinds = new Map(catalogue.map((kind) => [kind.name, kind]));
    this.definition = {
      ...definition,
      run: { ...definition.run, horizon: FAR, warmup: 0, drain: 0 },
      components: definition.components.map((component) => this.component(component, kinds.get(component.kind)!)),
      faults: definition.faults.map((fault) => this.fault(fault)),
      operations: definition.operations.map((operation) => this.replaced(operation, `operations.${operation.id}`, 0) as typeof operation),
      ...(definition.operator === undefined ? {} : { operator: this.replaced(definition.operator, 'operator', 0) as typeof definition.operator }),
    };
    const stretches = [1, ...definition.faults.flatMap(({ moment }) => (moment.type === 'renewal' && moment.beta > 0 ? [1 / (1 - moment.beta), 1 / moment.beta] : []))];
    const wears = [1, ...definition.components.map(({ kind, parameters }) => kinds.get(kind)!.role?.dormancy?.(parameters as Values<Fields>) ?? 1).filter((wear) => wear > 0)];
    this.symbols.forEach((symbol, index) => {
      // As the model works it out (`fault/renewal.ts`, `fault/wear.ts`), so that not a bit differs.
      for (const stretch of stretches) for (const wear of wears) this.known.set(Math.round((tagOf(index) * stretch) / wear), { symbol, factor: stretch / wear });
    });
  }

  /** The symbol behind a delay, µs, and how many times it is as long; null: a delay without one. */
  of(delay: number): { readonly symbol: Symbol; readonly factor: number } | null {
    return this.known.get(delay) ?? null;
  }

  /** Fixed durations that life cycles and observers wait for become symbols, too, so that they can be named. */
  private component(component: ComponentDefinition, kind: KindDeclaration): ComponentDefinition {
    const path = `topology.${component.name}`;
    const waited = new Set([
      ...kind.lifecycle.transitions.flatMap(({ after, times }) => (times === undefined ? (after ?? []) : [])),
      ...Object.values(kind.view?.suspectAfter ?? {}).flat(), ...(kind.view?.trustAfter ?? []),
      ...Object.values(kind.faults).flatMap(({ repair }) => repair ?? []),
    ]);
    const named = [...waited].reduce<Readonly<Record<string, unknown>>>((values, name) => {
      const value = valueAt(component.parameters, name);
      return typeof value === 'number' && value > 0 ? withValue(values, name.split('.'), fixed(value)) : values;
    }, component.parameters);
    const { operator } = component;
    return {
      ...component, parameters: this.replaced(named, path, path.length + 1) as Readonly<Record<string, unknown>>,
      ...(operator === undefined ? {} : { operator: this.replaced(operator, `${path}.operator`, path.length + 1) as typeof operator }),
    };
  }

  /** A repair is written `mttr` beside `mttf`, else `for`. */
  private fault({ for: lasts, ...written }: FaultDefinition): FaultDefinition {
    const { moment } = written;
    // A start in the middle of a duration with a memory is an obstacle by itself (`obstacles.ts`), and no symbol.
    const shaped = moment.type === 'renewal' && [moment.mttf, lasts].some((value) => value !== undefined && value.family !== 'exponential');
    const fault = shaped ? { ...written, moment: { ...moment, start: 'up' as const } } : written;
    const path = `faults.${fault.id}`;
    const repair = lasts === undefined ? {} : { for: this.replaced(lasts, `${path}.${fault.moment.type === 'renewal' ? 'mttr' : 'for'}`, 0) as typeof lasts };
    return { ...(this.replaced(fault, path, 0) as FaultDefinition), ...repair };
  }

  /** The same data with a symbol for every distribution that takes time. */
  private replaced(value: unknown, path: string, own: number): unknown {
    if (isDistribution(value)) return value.mean > 0 ? this.symbol(value, path, path.slice(own)) : value;
    if (Array.isArray(value)) return value.map((item, index) => this.replaced(item, `${path}.${String(index)}`, own));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.replaced(item, pathTo(path, key), own)]));
  }

  private symbol(distribution: Distribution, path: string, key: string): Distribution {
    const tag = tagOf(this.symbols.length);
    this.symbols.push({ path, key, family: distribution.family, phases: phasesOf(distribution) });
    return { ...distribution, sample: () => tag };
  }
}

/** As scenarios write it: the moment of a fault has no name of its own. */
const pathTo = (path: string, key: string): string => (key === 'moment' ? path : `${path}.${key}`);

/** Whole numbers that are no sums or multiples of each other. */
function tagOf(index: number): number {
  return Math.round(1e12 * (1 + ((index + 1) * GOLDEN) % 1)) + index;
}

/** None: not made of exponential stages. */
function phasesOf({ family, mean, variance }: Distribution): readonly Phases[] {
  const rate = PER_SECOND / mean;
  if (family === 'exponential') return [{ probability: 1, stages: 1, rate }];
  if (family === 'erlang') {
    const stages = Math.round((mean * mean) / variance);
    return [{ probability: 1, stages, rate: stages * rate }];
  }
  if (family !== 'hyperexponential') return [];
  const cv2 = variance / (mean * mean);
  const p = (1 + Math.sqrt((cv2 - 1) / (cv2 + 1))) / 2;
  return [{ probability: p, stages: 1, rate: 2 * p * rate }, { probability: 1 - p, stages: 1, rate: 2 * (1 - p) * rate }];
}

function fixed(value: number): Distribution {
  return { family: 'constant', text: '', mean: value, variance: 0, min: value, max: value, sample: () => value };
}

function withValue(values: Readonly<Record<string, unknown>>, [key, ...rest]: readonly string[], value: unknown): Readonly<Record<string, unknown>> {
  return { ...values, [key]: rest.length === 0 ? value : withValue(values[key] as Readonly<Record<string, unknown>>, rest, value) };
}
