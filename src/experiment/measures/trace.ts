/**
 * Rows of `events.csv` and `gauges.csv`: every state change, and every message step when the engine emits them.
 *
 * Each row is handed on as it comes, so that a trace of any length takes no memory. Not a measure: nothing is counted, and warm-up is
 * not left out. Not here: where the rows go.
 */
import type { CauseSetId, FlowStatus, LedgerReader, Microseconds, ModelMap } from '../../model/index.js';
import { EVENT_COLUMNS, GAUGE_COLUMNS } from '../columns.js';
import type { Cell, Row } from '../result.js';
import { rowOf, seconds } from './cells.js';
import { causesText, occurrenceText } from './entries.js';

const STATUS_TEXT = ['served', 'degraded', 'stopped'] as const;

/** Takes the rows of a trace, in the order of their times. */
export interface TraceSink {
  /** Under EVENT_COLUMNS. */
  event(row: Row): void;
  /** Under GAUGE_COLUMNS. */
  gauge(row: Row): void;
}

export class TraceMeasure implements LedgerReader {
  readonly #map: ModelMap;
  readonly #sink: TraceSink;

  constructor(map: ModelMap, sink: TraceSink) {
    this.#map = map;
    this.#sink = sink;
  }

  step(time: Microseconds, member: number, step: string, flow: number, n: number, leg: number, detail: string): void {
    const { name, legs } = this.#map.flows[flow];
    const message = legs.length > 1 && leg >= 0 ? `${name}:${n}:${leg}` : `${name}:${n}`;
    this.#event(time, this.#member(member), step, detail, message);
  }

  functionChanged(time: Microseconds, fn: number, works: boolean, causes: CauseSetId): void {
    const { name, member } = this.#map.functions[fn];
    this.#event(time, this.#member(member), works ? 'function-up' : 'function-down', works ? name : this.#because(name, causes));
  }

  slowed(time: Microseconds, member: number, factor: number, causes: CauseSetId): void {
    this.#event(time, this.#member(member), 'slowed', this.#because(`factor ${factor}`, causes));
  }

  lifecycle(time: Microseconds, member: number, from: string, to: string, causes: CauseSetId): void {
    this.#event(time, this.#member(member), 'state', this.#because(`${from} > ${to}`, causes));
  }

  failover(time: Microseconds, component: number, toServer: number): void {
    this.#event(time, this.#component(component), 'failover', `to ${this.#component(toServer)}`);
  }

  sessionMoved(time: Microseconds, component: number, source: number, from: number, to: number, destination: number): void {
    const into = destination < 0 ? '' : ` into ${this.#component(destination)}`;
    this.#event(time, this.#component(component), 'session', `${this.#component(source)}${into}: ${to < 0 ? `${this.#member(from)} has it no more` : `${from < 0 || from === to ? '' : `from ${this.#member(from)} `}to ${this.#member(to)}`}`);
  }

  believed(time: Microseconds, observer: number, member: number, up: boolean): void {
    this.#event(time, this.#component(observer), up ? 'believes-up' : 'believes-down', this.#member(member));
  }

  flowChanged(time: Microseconds, flow: number, status: FlowStatus, capacity: number, causes: CauseSetId): void {
    const rate = capacity === Infinity ? 'unlimited' : `${capacity}/s`;
    this.#event(time, this.#map.flows[flow].name, `flow-${STATUS_TEXT[status]}`, this.#because(`capacity ${rate}`, causes));
  }

  acceptChanged(time: Microseconds, flow: number, status: FlowStatus, causes: CauseSetId): void {
    this.#event(time, this.#map.flows[flow].name, `accept-${STATUS_TEXT[status]}`, this.#because('', causes));
  }

  faultStarted(time: Microseconds, occurrence: number, effective: boolean): void {
    const { targetText, kind } = this.#map.occurrences[occurrence];
    const masked = effective ? '' : ', masked';
    this.#event(time, targetText, 'fault-start', `${occurrenceText(this.#map, occurrence)} ${kind}${masked}`);
  }

  faultEnded(time: Microseconds, occurrence: number): void {
    this.#event(time, this.#map.occurrences[occurrence].targetText, 'fault-end', occurrenceText(this.#map, occurrence));
  }

  noticed(time: Microseconds, occurrence: number): void {
    this.#event(time, this.#map.occurrences[occurrence].targetText, 'noticed', occurrenceText(this.#map, occurrence));
  }

  operation(time: Microseconds, operation: number, target: string, startedAt: Microseconds, result: string, reason: string): void {
    const why = reason === '' ? '' : `: ${reason}`;
    this.#event(time, target, 'operation', `${this.#map.operations[operation].id} ${result}, tried at ${seconds(startedAt)} s${why}`);
  }

  gauge(time: Microseconds, member: number, gauge: string, value: number): void {
    const owner = this.#map.components[this.#map.members[member].component];
    // A number of the whole component is told by its first member.
    const component = owner.wholeGauges.includes(gauge) ? owner.name : this.#member(member);
    this.#sink.gauge(rowOf(GAUGE_COLUMNS, { time_s: seconds(time), component, gauge, value }));
  }

  #event(time: Microseconds, component: string, event: string, detail: string, message: Cell = null): void {
    this.#sink.event(rowOf(EVENT_COLUMNS, { time_s: seconds(time), component, event, message, detail: detail === '' ? null : detail }));
  }

  #member(member: number): string {
    return this.#map.members[member].name;
  }

  #component(component: number): string {
    return this.#map.components[component]?.name ?? String(component);
  }

  #because(text: string, causes: CauseSetId): string {
    return causes === 0 ? text : `${text} ${causesText(this.#map, causes)}`.trimStart();
  }
}
