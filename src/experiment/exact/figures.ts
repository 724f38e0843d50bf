/**
 * What follows from the chain of all states, for one component, member or flow: how often and how long it is down, in the long run,
 * over the run, and up to an instant. Means over all that may happen; no draw is involved.
 *
 * Not here: where the chain comes from (`space.ts`).
 */
import { meanTimeFrom, steadyState, transient } from '../../stats/index.js';
import type { Chain, Transient } from '../../stats/index.js';

/** Rates are per second, times in seconds; figures of a year are of 365 days. */
export interface LongRun {
  readonly availability: number;
  readonly unavailability: number;
  readonly outagesPerYear: number;
  readonly downtimePerYear: number;
  /** Null: it never goes down. */
  readonly meanUp: number | null;
  readonly meanDown: number | null;
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
const MOST_STEPS = 3e9;

export interface Times { readonly warmup: number; readonly horizon: number; readonly instants: readonly number[] }

/** What all figures of one chain share. */
export class ChainFigures {
  private readonly long: Float64Array | null;
  private readonly warm: Transient;
  private readonly whole: Transient;
  private readonly then: readonly Transient[];
  private readonly pace: number;

  constructor(private readonly chain: Chain, private readonly start: Float64Array, private readonly times: Times) {
    this.long = longRunOf(chain);
    this.warm = transient(chain, start, times.warmup);
    this.whole = transient(chain, start, times.horizon);
    this.then = times.instants.map((time) => transient(chain, start, time));
    const out = new Float64Array(chain.states);
    for (const { from, rate } of chain.transitions) out[from] += rate;
    this.pace = Math.max(0, ...out);
  }

  of(isDown: (state: number) => boolean): Figures {
    const { warmup, horizon, instants } = this.times;
    const failing = this.chain.transitions.filter(({ from, to }) => !isDown(from) && isDown(to));
    const downIn = (weights: Float64Array): number => weights.reduce((sum, weight, state) => sum + (isDown(state) ? weight : 0), 0);
    const failures = (weights: Float64Array): number => failing.reduce((sum, { from, rate }) => sum + weights[from] * rate, 0);
    const spent = this.whole.spent.map((time, state) => time - this.warm.spent[state]);
    const first = meanTimeFrom(this.chain, this.warm.at, isDown);
    return {
      longRun: this.long === null ? null : longRunFigures(downIn(this.long), failures(this.long)),
      run: { availability: 1 - downIn(spent) / (horizon - warmup), outagesPerYear: (failures(spent) / (horizon - warmup)) * YEAR },
      firstOutage: Number.isFinite(first) ? first : null,
      instants: instants.map((time, i) => ({ time, availability: 1 - downIn(this.then[i].at), reliability: this.reliability(time, isDown) })),
    };
  }

  /** Down is for ever in a chain that is only asked whether it ever was. */
  private reliability(time: number, isDown: (state: number) => boolean): number | null {
    const transitions = this.chain.transitions.filter(({ from }) => !isDown(from));
    if (this.pace * time * transitions.length > MOST_STEPS) return null;
    const { at } = transient({ states: this.chain.states, transitions }, this.start, time);
    return at.reduce((sum, p, state) => sum + (isDown(state) ? 0 : p), 0);
  }
}

function longRunOf(chain: Chain): Float64Array | null {
  try {
    return steadyState(chain);
  } catch (error) {
    if ((error as Error).name === 'StatsError') return null;
    throw error;
  }
}

function longRunFigures(unavailability: number, failures: number): LongRun {
  const availability = 1 - unavailability;
  return {
    availability, unavailability, outagesPerYear: failures * YEAR, downtimePerYear: unavailability * YEAR,
    meanUp: failures === 0 ? null : availability / failures, meanDown: failures === 0 ? null : unavailability / failures,
  };
}
