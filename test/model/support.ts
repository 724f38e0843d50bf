/**
 * Runs a scenario text in one process and keeps what its ledgers said, so that a test can speak of single messages and instants.
 *
 * Times are seconds, names are names: a test reads like the prediction it checks. Conservation is checked at every event unless a
 * test says otherwise. Not here: what is expected.
 */
import { fileURLToPath } from 'node:url';
import { measureReplication } from '../../src/experiment/index.js';
import type { Cell, ReplicationResult, Row } from '../../src/experiment/index.js';
import { catalogue } from '../../src/kinds/index.js';
import { FlowStatus, buildEngine } from '../../src/model/index.js';
import type { Fate, LedgerReader, ModelMap } from '../../src/model/index.js';
import { formatDiagnostics, readScenario } from '../../src/scenario/index.js';
import type { Scenario } from '../../src/scenario/index.js';

export interface Options {
  /** `path=value`, as on the command line. */
  readonly set?: readonly string[];
  readonly replications?: number;
  readonly seed?: number | string;
  /** Conservation at every event; default true. */
  readonly checkAlways?: boolean;
  readonly keepRecords?: boolean;
  readonly realPolls?: boolean;
  /** One more reader per replication. */
  readonly readers?: (map: ModelMap) => readonly LedgerReader[];
}

/** Something that was so from one instant to another; Infinity: to the end of the run. */
export interface Span { readonly from: number; to: number; /** All that were behind it at some time. */ readonly causes: string[] }
export interface EffectEntry { readonly time: number; readonly flow: string; readonly leg: string; readonly n: number; readonly nth: number; readonly cause: string }
export interface FateEntry { readonly time: number; readonly flow: string; readonly leg: string | null; readonly n: number; readonly fate: Fate; readonly cause: string; readonly stranded: boolean }
export interface StepEntry { readonly time: number; readonly member: string; readonly step: string; readonly flow: string; readonly n: number; readonly leg: number }
export interface MessageEntry { readonly time: number; readonly flow: string; readonly n: number }
export interface WorkEntry { readonly time: number; readonly member: string; readonly again: boolean }
export interface LifeEntry { readonly time: number; readonly member: string; readonly from: string; readonly to: string }
export interface GaugeEntry { readonly time: number; readonly member: string; readonly gauge: string; readonly value: number }
export interface FlowEntry { readonly time: number; readonly flow: string; readonly status: FlowStatus; readonly capacity: number; readonly causes: readonly string[] }
export interface SuspensionEntry extends MessageEntry { readonly suspended: boolean; readonly cause: string }

const seconds = (microseconds: number): number => microseconds / 1e6;

/** Keeps every entry, with names for numbers. */
export class Ledger implements LedgerReader {
  readonly offers: MessageEntry[] = [];
  readonly attempts: MessageEntry[] = [];
  readonly acceptances: MessageEntry[] = [];
  readonly takes: MessageEntry[] = [];
  readonly effects: EffectEntry[] = [];
  readonly fates: FateEntry[] = [];
  readonly legFates: FateEntry[] = [];
  readonly work: WorkEntry[] = [];
  readonly lives: LifeEntry[] = [];
  readonly gauges: GaugeEntry[] = [];
  readonly flowStates: FlowEntry[] = [];
  readonly suspensions: SuspensionEntry[] = [];
  readonly failovers: { readonly time: number; readonly component: string; readonly to: string }[] = [];
  readonly beliefs: { readonly time: number; readonly observer: string; readonly member: string; readonly up: boolean }[] = [];
  readonly noticings: { readonly time: number; readonly fault: string }[] = [];
  end = 0;
  /** Of each step: time, member, flow, n, leg. There are many and few are asked for, so they are named only then. */
  private readonly stepNumbers: number[] = [];
  private readonly stepNames: string[] = [];
  private readonly downs = new Map<string, Span[]>();

  constructor(private readonly map: ModelMap) {}

  // ---- what a test asks -------------------------------------------------------------------------------------------------

  /** When a function (`process@bts1.run`) did not work. */
  down(fn: string): readonly Span[] {
    if (!this.map.functions.some((each) => this.functionName(each) === fn)) throw new Error(`no function ${fn}: ${this.map.functions.map((each) => this.functionName(each)).join(', ')}`);
    return this.downs.get(fn) ?? [];
  }

  /** Lengths of these outages. */
  downtimes(fn: string): readonly number[] {
    return this.down(fn).map(({ from, to }) => micro(to - from));
  }

  effectsOf(n: number, flow?: string): readonly EffectEntry[] {
    return this.effects.filter((each) => each.n === n && (flow === undefined || each.flow === flow));
  }

  /** Instants of effects within [from, to). */
  effectsIn(from: number, to: number): readonly EffectEntry[] {
    return this.effects.filter(({ time }) => time >= from && time < to);
  }

  fateOf(n: number, flow?: string): FateEntry {
    const found = this.fates.find((each) => each.n === n && (flow === undefined || each.flow === flow));
    if (found === undefined) throw new Error(`message ${n} has no fate`);
    return found;
  }

  get steps(): readonly StepEntry[] {
    const at = (step: number, field: number): number => this.stepNumbers[step * 5 + field];
    return this.stepNames.map((step, i) => ({ ...this.message(at(i, 0), at(i, 2), at(i, 3)), member: this.member(at(i, 1)), step, leg: at(i, 4) }));
  }

  stepsOf(member: string | RegExp, step: string): readonly StepEntry[] {
    return this.steps.filter((each) => each.step === step && (typeof member === 'string' ? each.member === member : member.test(each.member)));
  }

  /** States that a member passed through, without the first. */
  statesOf(member: string): readonly string[] {
    return this.lives.filter((each) => each.member === member).map(({ to }) => to);
  }

  // ---- what the run says --------------------------------------------------------------------------------------------------

  offered(time: number, flow: number, n: number): void {
    this.offers.push(this.message(time, flow, n));
  }
  sent(time: number, flow: number, n: number): void {
    this.attempts.push(this.message(time, flow, n));
  }
  accepted(time: number, flow: number, n: number): void {
    this.acceptances.push(this.message(time, flow, n));
  }
  received(time: number, flow: number, n: number): void {
    this.takes.push(this.message(time, flow, n));
  }
  effect(time: number, flow: number, leg: number, n: number, _offeredAt: number, nth: number, cause: number): void {
    this.effects.push({ ...this.message(time, flow, n), leg: this.map.flows[flow].legs[leg], nth, cause: this.path(cause) });
  }
  suspended(time: number, flow: number, n: number, _offeredAt: number, suspended: boolean, cause: number): void {
    this.suspensions.push({ ...this.message(time, flow, n), suspended, cause: this.path(cause) });
  }
  legClosed(time: number, flow: number, leg: number, n: number, _offeredAt: number, fate: Fate, cause: number, stranded: boolean): void {
    this.legFates.push({ ...this.message(time, flow, n), leg: this.map.flows[flow].legs[leg], fate, cause: this.path(cause), stranded });
  }
  closed(time: number, flow: number, n: number, _offeredAt: number, fate: Fate, cause: number, stranded: boolean): void {
    this.fates.push({ ...this.message(time, flow, n), leg: null, fate, cause: this.path(cause), stranded });
  }
  worked(time: number, member: number, again: boolean): void {
    this.work.push({ time: seconds(time), member: this.member(member), again });
  }
  step(time: number, member: number, step: string, flow: number, n: number, leg: number): void {
    this.stepNumbers.push(time, member, flow, n, leg);
    this.stepNames.push(step);
  }
  gauge(time: number, member: number, gauge: string, value: number): void {
    this.gauges.push({ time: seconds(time), member: this.member(member), gauge, value });
  }
  functionChanged(time: number, fn: number, works: boolean, causes: number): void {
    const name = this.functionName(this.map.functions[fn]);
    const spans = this.downs.get(name) ?? [];
    this.downs.set(name, spans);
    const open = spans.at(-1);
    if (works && open?.to === Infinity) open.to = seconds(time);
    else if (!works) extend(spans, seconds(time), this.causes(causes));
  }
  lifecycle(time: number, member: number, from: string, to: string): void {
    this.lives.push({ time: seconds(time), member: this.member(member), from, to });
  }
  failover(time: number, component: number, toServer: number): void {
    this.failovers.push({ time: seconds(time), component: this.map.components[component].name, to: this.map.components[toServer].name });
  }
  believed(time: number, observer: number, member: number, up: boolean): void {
    this.beliefs.push({ time: seconds(time), observer: this.map.components[observer].name, member: this.member(member), up });
  }
  flowChanged(time: number, flow: number, status: FlowStatus, capacity: number, causes: number): void {
    this.flowStates.push({ time: seconds(time), flow: this.map.flows[flow].name, status, capacity, causes: this.causes(causes) });
  }
  noticed(time: number, occurrence: number): void {
    this.noticings.push({ time: seconds(time), fault: this.map.faults[this.map.occurrences[occurrence].fault].id });
  }
  ended(time: number): void {
    this.end = seconds(time);
  }

  /** When the flow was stopped. */
  stops(flow: string): readonly Span[] {
    const spans: Span[] = [];
    for (const { time, flow: name, status, causes } of this.flowStates) {
      if (name !== flow) continue;
      const open = spans.at(-1);
      if (status === FlowStatus.stopped) extend(spans, time, causes);
      else if (open?.to === Infinity) open.to = time;
    }
    return spans;
  }

  private message(time: number, flow: number, n: number): MessageEntry {
    return { time: seconds(time), flow: this.map.flows[flow].name, n };
  }
  private member(index: number): string {
    return this.map.members[index].name;
  }
  private functionName({ member, name }: { readonly member: number; readonly name: string }): string {
    return `${this.member(member)}.${name}`;
  }
  private causes(set: number): string[] {
    return this.map.causesOf(set).map((occurrence) => this.map.faults[this.map.occurrences[occurrence].fault].id);
  }
  private path(path: number): string {
    if (path === 0) return '';
    const { causes, component, step } = this.map.pathOf(path);
    return [this.causes(causes).join(' + '), component, step].filter((part) => part !== '').join(' > ');
  }
}

/** Begins a span, or adds causes to the one that is open. */
function extend(spans: Span[], time: number, causes: readonly string[]): void {
  const open = spans.at(-1);
  if (open?.to !== Infinity) spans.push({ from: time, to: Infinity, causes: [...causes] });
  else for (const cause of causes) if (!open.causes.includes(cause)) open.causes.push(cause);
}

/** One replication: its rows by name, and its ledger. */
export class Replication {
  constructor(readonly result: ReplicationResult, readonly ledger: Ledger) {}

  flow(name: string): Row {
    return rowNamed(this.result.flows, 'flow', name);
  }
  fault(id: string, occurrence = 1): Row {
    return rowNamed(this.result.faults.filter((row) => row.occurrence === occurrence || id === '(interaction)'), 'fault', id);
  }
  component(name: string): Row {
    return rowNamed(this.result.components, 'component', name);
  }
  operation(id: string): Row {
    return rowNamed(this.result.operations, 'operation', id);
  }
  /** Cause paths of one effect with their counts. */
  causes(effect: 'lost' | 'duplicate' | 'rejected' | 'suspended'): Readonly<Record<string, number>> {
    return Object.fromEntries(this.result.causes.filter((each) => each.effect === effect).map(({ path, count }) => [path, count]));
  }
}

function rowNamed(rows: readonly Row[], key: string, name: string): Row {
  const found = rows.find((row) => row[key] === name);
  if (found === undefined) throw new Error(`no row ${name}: ${rows.map((row) => row[key]).join(', ')}`);
  return found;
}

/** Reads a scenario; what is wrong with it ends the test. Data files are looked for beside this file. */
export function read(text: string, options: Options = {}): Scenario {
  const file = fileURLToPath(new URL('scenario.yaml', import.meta.url));
  const { scenario, diagnostics } = readScenario({ text, file }, {
    set: options.set ?? [], ...(options.seed === undefined ? {} : { seed: options.seed }), ...(options.replications === undefined ? {} : { replications: options.replications }),
  }, catalogue);
  if (scenario === null) throw new Error(formatDiagnostics(diagnostics, { color: false, texts: () => text }));
  return scenario;
}

/** All replications, one after the other. */
export function simulateAll(text: string, options: Options = {}): readonly Replication[] {
  const { definition } = read(text, options);
  return Array.from({ length: definition.run.replications }, (_, index) => {
    const engine = buildEngine(definition, catalogue, {
      replication: index + 1, traceSteps: true, checkAlways: options.checkAlways ?? true,
      ...(options.keepRecords === undefined ? {} : { keepRecords: options.keepRecords }), ...(options.realPolls === undefined ? {} : { realPolls: options.realPolls }),
    });
    const ledger = new Ledger(engine.map);
    engine.read(ledger);
    for (const reader of options.readers?.(engine.map) ?? []) engine.read(reader);
    return new Replication(measureReplication(engine, definition, { replication: index + 1, timeline: index === 0 }), ledger);
  });
}

/** The first replication. */
export function simulate(text: string, options: Options = {}): Replication {
  return simulateAll(text, { ...options, replications: 1 })[0];
}

/** Rounded to the microsecond, the grain of the clock: differences of doubles are not exact. */
export function micro(value: Cell | number): number {
  return Math.round(Number(value) * 1e6) / 1e6;
}

// ---- scenarios that several tests begin with ------------------------------------------------------------------------------

export interface Parts {
  /** Lines added to the topology, two blanks deep. */
  readonly topology?: string;
  readonly run?: string;
  readonly flows?: string;
  readonly faults?: string;
  readonly operations?: string;
  /** Whole sections. */
  readonly more?: string;
}

const section = (name: string, text: string | undefined): string => (text === undefined ? '' : `${name}:\n${text}\n`);

export function scenario({ topology = '', run = '{ horizon: 30m, drain: 30m }', flows, faults, operations, more = '' }: Parts): string {
  return `version: 1\nname: test\nrun: ${run}\ntopology:\n${topology}\n${section('flows', flows)}${section('faults', faults)}${section('operations', operations)}${more}\n`;
}

/** A group on one database server, and two servers for its hosts, which the test places. */
export const SMALL_GROUP = `
  dbs: { kind: server }
  sql: { kind: sql-server, on: [dbs] }
  group: { kind: biztalk-group, message-box: sql, management: sql, sso-database: sql }
  bts1: { kind: server, reboot: 5m }
  bts2: { kind: server, reboot: 5m }`;

/** What a group needs besides its databases: two servers, hosts on both, a way through; every duration a constant. */
const GROUP = `
  bts1: { kind: server, cpus: 4, reboot: 5m }
  bts2: { kind: server, cpus: 4, reboot: 5m }
  receive: { kind: isolated-host, in: group, on: [bts1, bts2], restart: 5s }
  process: { kind: host, in: group, on: [bts1, bts2], shutdown: 10s, start-up: 20s }
  transmit: { kind: host, in: group, on: [bts1, bts2], shutdown: 10s, start-up: 20s }
  http-in: { kind: receive-location, host: receive }
  fulfil: { kind: orchestration, host: process, steps: [{ work: 100ms }] }
  erp-port: { kind: send-port, host: transmit, to: erp }
  erp: { kind: application, work: 50ms, restart: 10s }`;

/** Hosts on bts1 alone, and the way through them. */
export const ONE_SERVER = `
  receive: { kind: isolated-host, in: group, on: [bts1], restart: 5s }
  process: { kind: host, in: group, on: [bts1], shutdown: 10s, start-up: 20s }
  transmit: { kind: host, in: group, on: [bts1], shutdown: 10s, start-up: 20s }
  http-in: { kind: receive-location, host: receive }
  fulfil: { kind: orchestration, host: process, steps: [{ work: 100ms }] }
  erp-port: { kind: send-port, host: transmit, to: erp }
  erp: { kind: application, work: 50ms, restart: 10s }`;

const ORDERS = '  orders: { arrivals: { every: 1s }, route: [http-in, fulfil, erp-port] }';

/** Two BizTalk servers and a single SQL Server on a server of its own. */
export function withSql(parts: Parts = {}): string {
  return scenario({
    flows: ORDERS, ...parts,
    topology: `
  dbs: { kind: server, reboot: 5m }
  sql: { kind: sql-server, on: [dbs], restart: 20s }
  group: { kind: biztalk-group, message-box: sql, management: sql, sso-database: sql }${GROUP}${parts.topology ?? ''}`,
  });
}

/** The same with a failover cluster: 10 s detection and 35 s move make an outage of 45 s. */
export function withCluster(parts: Parts = {}): string {
  return scenario({
    flows: ORDERS, ...parts,
    topology: `
  sql1: { kind: server, reboot: 5m }
  sql2: { kind: server, reboot: 5m }
  san: { kind: shared-disk, restore: 3h }
  cluster: { kind: sql-cluster, on: [sql1, sql2], disk: san, detection: 10s, service-detection: 5s, failover: 35s, restart: 20s, crash-recovery: 0s }
  group: { kind: biztalk-group, message-box: cluster, management: cluster, sso-database: cluster }${GROUP}${parts.topology ?? ''}`,
  });
}
