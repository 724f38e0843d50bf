/**
 * What follows from the chain of all states, for one component, member or flow: how often and how long it is down, in the long run,
 * over the run, and up to an instant. Means over all that may happen; no draw is involved.
 *
 * Not here: where the chain comes from (`space.ts`).
 */
import { lumped, meanTimeFrom, steadyState, transient } from '../../stats/index.js';
import type { Chain } from '../../stats/index.js';

/** Rates are per second, times in seconds; figures of a year are of 365 days. */
export interface LongRun {
  readonly availability: number;
  readonly unavailability: number;
  readonly outagesPerYear: number;
  readonly downtimePerYear: number;
  /** Null: it never goes down. */
  readonly meanUp: number | null;
  readonly meanDown: number | null;
  /** Shares of the time down by what it is spent on, where the kind says so; the largest first. */
  readonly spent: readonly { readonly on: string; readonly share: number }[];
}

export interface AtInstant {
  readonly time: number;
  readonly availability: number;
  /** Probability that it was never down up to then, from time 0; null: not worked out. */
  readonly reliability: number | null;
}

export interface Figures {
  /** Null: the long run depends on what happens first. */
  readonly longRun: LongRun | null;
  /** Means over [warmup, horizon]. */
  readonly run: { readonly availability: number; readonly outagesPerYear: number };
  /** From the end of warm-up; null: it may never go down. */
  readonly firstOutage: number | null;
  readonly instants: readonly AtInstant[];
}

const YEAR = 365 * 86_400;
/** Steps times transitions that are worth waiting for. */
const MOST_STEPS = 3e8;

export interface Times { readonly warmup: number; readonly horizon: number; readonly instants: readonly number[] }

/** Why it is down in a state: null: it is up; '': its kind does not say. */
export type DownAs = (state: number) => string | null;

/** The figures of whatever is down in some states of a chain. */
export function figuresOf(whole: Chain, begin: Float64Array, downAs: DownAs, { warmup, horizon, instants }: Times): Figures {
  // Only what tells up from down matters, and whole systems have few such states.
  const words: (string | null)[] = [null];
  const { chain, start, members } = lumped(whole, begin, (state) => placeIn(words, downAs(state)));
  const spentOn = members.map(downAs);
  const down = spentOn.map((word) => word !== null);
  const isDown = (state: number): boolean => down[state];
  const failing = chain.transitions.filter(({ from, to }) => !down[from] && down[to]);
  const downIn = (weights: Float64Array): number => weights.reduce((sum, weight, state) => sum + (down[state] ? weight : 0), 0);
  const failures = (weights: Float64Array): number => failing.reduce((sum, { from, rate }) => sum + weights[from] * rate, 0);
  const long = longRunOf(chain);
  const warm = transient(chain, start, warmup);
  const spent = transient(chain, start, horizon).spent.map((time, state) => time - warm.spent[state]);
  const first = meanTimeFrom(chain, warm.at, isDown);
  return {
    longRun: long === null ? null : longRunFigures(downIn(long), failures(long), spentIn(long, spentOn)),
    run: { availability: 1 - downIn(spent) / (horizon - warmup), outagesPerYear: (failures(spent) / (horizon - warmup)) * YEAR },
    firstOutage: Number.isFinite(first) ? first : null,
    instants: instants.map((time) => ({ time, availability: 1 - downIn(transient(chain, start, time).at), reliability: reliability(chain, start, time, isDown) })),
  };
}

/** Down is for ever in a chain that is only asked whether it ever was. */
function reliability(chain: Chain, start: Float64Array, time: number, isDown: (state: number) => boolean): number | null {
  const transitions = chain.transitions.filter(({ from }) => !isDown(from));
  const out = new Float64Array(chain.states);
  for (const { from, rate } of transitions) out[from] += rate;
  if (Math.max(0, ...out) * time * transitions.length > MOST_STEPS) return null;
  const { at } = transient({ states: chain.states, transitions }, start, time);
  return at.reduce((sum, p, state) => sum + (isDown(state) ? 0 : p), 0);
}

function longRunOf(chain: Chain): Float64Array | null {
  try {
    return steadyState(chain);
  } catch (error) {
    if ((error as Error).name === 'StatsError') return null;
    throw error;
  }
}

function placeIn(words: (string | null)[], word: string | null): number {
  const place = words.indexOf(word);
  return place >= 0 ? place : words.push(word) - 1;
}

function spentIn(weights: Float64Array, spentOn: readonly (string | null)[]): LongRun['spent'] {
  const parts = new Map<string, number>();
  let whole = 0;
  spentOn.forEach((word, state) => {
    if (word === null) return;
    whole += weights[state];
    if (word !== '') parts.set(word, (parts.get(word) ?? 0) + weights[state]);
  });
  return [...parts].map(([on, weight]) => ({ on, share: weight / whole })).filter(({ share }) => share > 0).sort((a, b) => b.share - a.share || (a.on < b.on ? -1 : 1));
}

function longRunFigures(unavailability: number, failures: number, spent: LongRun['spent']): LongRun {
  const availability = 1 - unavailability;
  return {
    availability, unavailability, outagesPerYear: failures * YEAR, downtimePerYear: unavailability * YEAR,
    meanUp: failures === 0 ? null : availability / failures, meanDown: failures === 0 ? null : unavailability / failures, spent,
  };
}
