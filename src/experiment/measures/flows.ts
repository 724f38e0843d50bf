/**
 * Rows of `flows.csv`: what became of the messages of each flow, and how long it was stopped.
 *
 * A forked flow has one more row per leg, `flow/leg`; cells that only a whole message has (acceptance, backlog, availability,
 * sends, receives, answers) are empty there. A flow is taken as served from time 0 until the ledger says otherwise.
 * `backlog_max` looks at [warmup, end of the run].
 */
import { QuantileHistogram } from '../../stats/index.js';
import { FlowStatus } from '../../model/index.js';
import type { CausePathId, CauseSetId, Fate, LedgerReader, MapFlow, Microseconds, ModelMap, RunDefinition } from '../../model/index.js';
import { FLOW_COLUMNS } from '../columns.js';
import type { Row } from '../result.js';
import { Backlog } from './backlog.js';
import type { Sum } from './batches.js';
import { cellOf, rowOf, seconds } from './cells.js';
import { DownWords } from './down-words.js';
import { CauseClock } from './downtime-causes.js';
import { LegTally } from './leg-tally.js';
import { OpenFlags } from './open-flags.js';
import { StopClock } from './stop-clock.js';
import { CohortNumbers, Window, YEAR } from './window.js';

const ACCEPTED = 1;

class FlowState {
  readonly message: LegTally;
  /** Empty when the flow does not fork: the message is the leg. */
  readonly legs: readonly LegTally[];
  readonly numbers = new CohortNumbers();
  readonly flags = new OpenFlags();
  readonly backlog = new Backlog();
  readonly stop: StopClock;
  readonly acceptStop: StopClock;
  readonly causes: CauseClock;
  /** Behind the stop that lasts; null: it is not stopped. */
  stoppedBy: readonly number[] | null = null;
  readonly answers = new QuantileHistogram();
  backlogMax = 0;
  /** When a suspended message came back into the backlog, until that instant is over; else Infinity. */
  resumedAt: Microseconds = Infinity;
  accepted = 0;
  sends = 0;
  receives = 0;

  constructor(map: ModelMap, readonly flow: MapFlow, window: Window) {
    const tally = (): LegTally => new LegTally(window, flow.deadline, flow.keys);
    this.message = tally();
    this.legs = flow.legs.length > 1 ? flow.legs.map(tally) : [];
    this.stop = new StopClock(window);
    this.acceptStop = new StopClock(window);
    this.causes = new CauseClock(map, window);
  }
}

export class FlowMeasure implements LedgerReader {
  readonly #map: ModelMap;
  readonly #window: Window;
  readonly #replication: number;
  readonly #flows: readonly FlowState[];
  readonly #words: DownWords;
  #warm = false;

  constructor(map: ModelMap, run: RunDefinition, replication: number) {
    this.#map = map;
    this.#window = new Window(run);
    this.#replication = replication;
    this.#words = new DownWords(map);
    this.#flows = map.flows.map((flow) => new FlowState(map, flow, this.#window));
  }

  offered(time: Microseconds, flow: number, n: number): void {
    const state = this.#flows[flow];
    this.#before(time, state);
    state.backlog.offered();
    if (this.#warm && state.backlog.value > state.backlogMax) state.backlogMax = state.backlog.value;
    if (!this.#window.inCohort(time)) return;
    state.numbers.include(n);
    state.flags.open(n);
    state.message.offered += 1;
    for (const leg of state.legs) leg.offered += 1;
  }

  sent(_time: Microseconds, flow: number, n: number): void {
    const state = this.#flows[flow];
    if (state.numbers.has(n)) state.sends += 1;
  }

  accepted(time: Microseconds, flow: number, n: number, offeredAt: Microseconds, firstAttempt: Microseconds): void {
    if (!this.#window.inCohort(offeredAt)) return;
    const state = this.#flows[flow];
    state.accepted += 1;
    state.flags.set(n, ACCEPTED);
    state.answers.add(seconds(time - firstAttempt));
  }

  received(_time: Microseconds, flow: number, n: number): void {
    const state = this.#flows[flow];
    if (state.numbers.has(n)) state.receives += 1;
  }

  effect(time: Microseconds, flow: number, leg: number, n: number, offeredAt: Microseconds, nth: number): void {
    const state = this.#flows[flow];
    if (nth > 1) {
      if (!this.#window.inCohort(offeredAt)) return;
      state.message.duplicates += 1;
      if (state.legs.length > 0) state.legs[leg].duplicates += 1;
    } else if (state.legs.length > 0) state.legs[leg].delivered(time, n, offeredAt);
  }

  suppressed(_time: Microseconds, flow: number, leg: number, n: number): void {
    const state = this.#flows[flow];
    if (!state.numbers.has(n)) return;
    state.message.suppressed += 1;
    if (state.legs.length > 0) state.legs[leg].suppressed += 1;
  }

  delivered(time: Microseconds, flow: number, n: number, offeredAt: Microseconds): void {
    const state = this.#flows[flow];
    this.#before(time, state);
    state.backlog.delivered(n);
    state.message.delivered(time, n, offeredAt);
  }

  suspended(time: Microseconds, flow: number, n: number, _offeredAt: Microseconds, suspended: boolean): void {
    const state = this.#flows[flow];
    this.#before(time, state);
    state.backlog.suspended(n, suspended);
    if (!suspended) state.resumedAt = time;
  }

  legClosed(
    _time: Microseconds, flow: number, leg: number, n: number, offeredAt: Microseconds, fate: Fate, cause: CausePathId, stranded: boolean,
  ): void {
    const state = this.#flows[flow];
    if (state.legs.length === 0 || !this.#window.inCohort(offeredAt)) return;
    state.legs[leg].closed(this.#map, offeredAt, fate, cause, stranded, state.flags.has(n, ACCEPTED));
  }

  closed(time: Microseconds, flow: number, n: number, offeredAt: Microseconds, fate: Fate, cause: CausePathId, stranded: boolean): void {
    const state = this.#flows[flow];
    this.#before(time, state);
    state.backlog.closed(n, fate);
    if (!this.#window.inCohort(offeredAt)) return;
    state.message.closed(this.#map, offeredAt, fate, cause, stranded, state.flags.has(n, ACCEPTED));
    state.flags.close(n);
  }

  flowChanged(time: Microseconds, flow: number, status: FlowStatus, _capacity: number, causes: CauseSetId): void {
    const state = this.#flows[flow];
    const stopped = status === FlowStatus.stopped;
    state.stop.set(time, stopped);
    state.stoppedBy = stopped ? this.#map.causesOf(causes) : null;
    this.#blame(time, state);
  }

  functionChanged(time: Microseconds, fn: number, works: boolean, causes: CauseSetId): void {
    if (this.#words.functionChanged(fn, works, causes)) this.#reword(time);
  }

  lifecycle(time: Microseconds, member: number, _from: string, to: string): void {
    if (this.#words.lifecycle(member, to)) this.#reword(time);
  }

  acceptChanged(time: Microseconds, flow: number, status: FlowStatus): void {
    this.#flows[flow].acceptStop.set(time, status === FlowStatus.stopped);
  }

  ended(time: Microseconds): void {
    for (const state of this.#flows) {
      this.#before(Infinity, state);
      state.stop.end(time);
      state.acceptStop.end(time);
      state.causes.end(time);
    }
  }

  /** What of its figures grows with time, so far: for batches. */
  sums(time: Microseconds): Sum[] {
    const elapsed = this.#window.overlap(0, time);
    return this.#flows.flatMap(({ flow: { name: subject }, message, stop, acceptStop }) => {
      const { count, sum } = message.delayed;
      const stopped = stop.stoppedTimeBy(time);
      return [
        { subject, column: 'delay_mean_s', above: sum, below: count },
        { subject, column: 'availability', above: elapsed - stopped, below: elapsed },
        { subject, column: 'accept_availability', above: elapsed - acceptStop.stoppedTimeBy(time), below: elapsed },
        { subject, column: 'stops_per_year', above: stop.stops * YEAR, below: elapsed },
        { subject, column: 'stopped_per_year_s', above: seconds(stopped * YEAR), below: elapsed },
      ];
    });
  }

  /** Rows in the order of the flows, legs after their flow. After the run. */
  rows(): Row[] {
    return this.#flows.flatMap((state) => [this.#row(state), ...state.legs.map((leg, i) => this.#legRow(state, leg, i))]);
  }

  /** Delays of the cohort, seconds, by name of the row. */
  get delays(): Map<string, QuantileHistogram> {
    return this.#byRow((tally) => tally.delays);
  }

  /** Ages at the end of the run of those accepted and undelivered, seconds, by name of the row. */
  get undelivered(): Map<string, QuantileHistogram> {
    return this.#byRow((tally) => tally.undelivered);
  }

  /** What stops go on for may have changed, without a change of what is behind them. What lasts no time is nothing. */
  #reword(time: Microseconds): void {
    for (const state of this.#flows) if (state.stoppedBy !== null) this.#blame(time, state);
  }

  #blame(time: Microseconds, { causes, stoppedBy }: FlowState): void {
    causes.set(time, stoppedBy !== null, stoppedBy ?? [], stoppedBy === null ? null : this.#words.wordFor(stoppedBy));
  }

  /** Before a change of the backlog: what it was may be the maximum. */
  #before(time: Microseconds, state: FlowState): void {
    if (!this.#warm && time >= this.#window.warmup) this.#warmUp();
    // A message that an operator ends comes back and goes at one instant: it has not been waiting.
    if (state.resumedAt < time) {
      if (this.#warm && state.backlog.value > state.backlogMax) state.backlogMax = state.backlog.value;
      state.resumedAt = Infinity;
    }
  }

  /** What waits at the end of warm-up is the first candidate for the maximum. */
  #warmUp(): void {
    this.#warm = true;
    for (const state of this.#flows) state.backlogMax = state.backlog.value;
  }

  #row(state: FlowState): Row {
    const { stop } = state;
    const perYear = YEAR / this.#window.span;
    return rowOf(FLOW_COLUMNS, {
      replication: this.#replication, flow: state.flow.name, ...state.message.cells(this.#map), accepted: state.accepted,
      backlog_max: state.backlogMax, availability: cellOf(state.stop.availability),
      accept_availability: cellOf(state.acceptStop.availability), rta_s: seconds(state.stop.longest),
      sends: state.sends, receives: state.receives,
      answer_p50_s: cellOf(state.answers.quantile(0.5)), answer_max_s: cellOf(state.answers.quantile(1)),
      stops: stop.stops, stops_per_year: cellOf(stop.stops * perYear), stopped_per_year_s: cellOf(seconds(stop.stoppedTime * perYear)),
      first_stop_s: cellOf(seconds(stop.first)), stopped_by_cause: state.causes.text,
    });
  }

  #legRow(state: FlowState, leg: LegTally, index: number): Row {
    return rowOf(FLOW_COLUMNS, { replication: this.#replication, flow: `${state.flow.name}/${state.flow.legs[index]}`, ...leg.cells(this.#map) });
  }

  #byRow(part: (tally: LegTally) => QuantileHistogram): Map<string, QuantileHistogram> {
    const parts = new Map<string, QuantileHistogram>();
    for (const { flow, message, legs } of this.#flows) {
      parts.set(flow.name, part(message));
      legs.forEach((leg, i) => parts.set(`${flow.name}/${flow.legs[i]}`, part(leg)));
    }
    return parts;
  }
}
