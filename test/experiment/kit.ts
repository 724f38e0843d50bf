/** Hand-written worlds and ledgers for the tests of measures: no engine, no clock, only what a test says. */
import type {
  CausePathId, CauseSetId, Fate, FlowStatus, LedgerReader, MapComponent, MapFlow, MapMember, MapOccurrence, ModelDefinition, ModelMap, RunDefinition,
} from '../../src/model/index.js';
import type { Engine } from '../../src/experiment/engine.js';
import { measureReplication } from '../../src/experiment/measure.js';
import type { MeasureOptions } from '../../src/experiment/measure.js';
import type { TraceSink } from '../../src/experiment/measures/trace.js';
import type { ReplicationResult, Row } from '../../src/experiment/result.js';

/** One second, µs. */
export const S = 1e6;

type Box = MapComponent['boxes'][number];
interface MemberText { readonly name?: string; readonly functions?: readonly string[]; readonly boxes?: readonly Box[]; readonly slots?: number }
export interface ComponentText { readonly name: string; readonly kind?: string; readonly members?: readonly MemberText[]; readonly boxes?: readonly Box[]; readonly wholeGauges?: readonly string[] }

/** A map that grows as the test names things. */
export class World implements ModelMap {
  readonly components: MapComponent[] = [];
  readonly members: MapMember[] = [];
  readonly functions: { name: string; member: number }[] = [];
  readonly flows: MapFlow[] = [];
  readonly faults: { id: string; kind: string; targetText: string }[] = [];
  readonly operations: { id: string; targetText: string }[] = [];
  readonly occurrences: MapOccurrence[] = [];
  private readonly sets: (readonly number[])[] = [[]];
  private readonly paths: { causes: CauseSetId; component: string; step: string }[] = [{ causes: 0, component: '', step: '' }];

  flow(name: string, extra: Partial<MapFlow> = {}): number {
    return this.flows.push({ name, legs: ['sink'], keys: 1, deadline: null, faultFreeCapacity: 10, ...extra }) - 1;
  }

  /** A component; without `members` it has one with its own name and one function `run`. Returns its index. */
  component({ name, kind = 'thing', members = [{}], boxes = [], wholeGauges = [] }: ComponentText): number {
    const component = this.components.length;
    const indices = members.map((text) => {
      const member = this.members.length;
      const functions = (text.functions ?? ['run']).map((fn) => this.functions.push({ name: fn, member }) - 1);
      this.members.push({ name: text.name ?? name, component, functions, boxes: text.boxes ?? [], slots: text.slots ?? 0 });
      return member;
    });
    this.components.push({ name, kind, members: indices, wholeGauges, boxes });
    return component;
  }

  /** A fault and its first occurrence; returns the occurrence. */
  fault(id: string, start: number, targets: readonly number[] = [], kind = 'crash'): number {
    const known = this.faults.findIndex((fault) => fault.id === id);
    const fault = known >= 0 ? known : this.faults.push({ id, kind, targetText: `target of ${id}` }) - 1;
    const number = this.occurrences.filter((each) => each.fault === fault).length + 1;
    return this.occurrences.push({ fault, kind: this.faults[fault].kind, number, start, targets, targetText: `target of ${id}` }) - 1;
  }

  causes(...occurrences: number[]): CauseSetId {
    return this.sets.push(occurrences) - 1;
  }

  path(causes: readonly number[], component = 'port', step = 'put'): CausePathId {
    return this.paths.push({ causes: this.causes(...causes), component, step }) - 1;
  }

  causesOf(set: CauseSetId): readonly number[] {
    return this.sets[set];
  }

  pathOf(path: CausePathId): { causes: CauseSetId; component: string; step: string } {
    return this.paths[path];
  }
}

/** What became of a message, for `Script.message`. */
export interface Life {
  readonly flow?: number;
  readonly n: number;
  readonly offered: number;
  /** Instant of acceptance; absent: never. */
  readonly accepted?: number;
  /** Instant of the first effect of the only leg. */
  readonly delivered?: number;
  /** Absent: delivered if it was, else in flight until the end. */
  readonly fate?: Fate;
  /** Instant of its final fate; default: the delivery, or the end. */
  readonly closed?: number;
  readonly cause?: CausePathId;
  readonly stranded?: boolean;
}

/** Entries in any order; they are played in order of time, those of one instant as written. */
export class Script {
  private readonly entries: { readonly time: number; readonly name: keyof LedgerReader; readonly values: readonly unknown[] }[] = [];

  constructor(readonly world: World, readonly end: number) {}

  add<E extends keyof LedgerReader>(name: E, time: number, ...values: Tail<Parameters<NonNullable<LedgerReader[E]>>>): this {
    this.entries.push({ time, name, values });
    return this;
  }

  /** The life of a message of one leg. */
  message({ flow = 0, n, offered, accepted, delivered, fate, closed, cause = 0, stranded = false }: Life): this {
    this.add('offered', offered, flow, n);
    if (accepted !== undefined) this.add('accepted', accepted, flow, n, offered, offered);
    if (delivered !== undefined) this.add('effect', delivered, flow, 0, n, offered, 1, 0).add('delivered', delivered, flow, n, offered);
    const final = fate ?? (delivered === undefined ? 'in_flight' : 'delivered');
    const at = closed ?? delivered ?? this.end;
    return this.add('legClosed', at, flow, 0, n, offered, final, cause, stranded).add('closed', at, flow, n, offered, final, cause, stranded);
  }

  /** The state of a flow from then on. */
  flow(time: number, status: FlowStatus, capacity: number, causes: CauseSetId = 0, flow = 0): this {
    return this.add('flowChanged', time, flow, status, capacity, causes);
  }

  /** Each entry goes to all readers before the next one comes, as in a run. */
  play(...readers: readonly LedgerReader[]): void {
    const sorted = this.entries.map((entry, index) => ({ ...entry, index })).sort((a, b) => a.time - b.time || a.index - b.index);
    const calls = readers as readonly Record<string, ((time: number, ...values: readonly unknown[]) => void) | undefined>[];
    for (const { time, name, values } of sorted) for (const call of calls) call[name]?.(time, ...values);
    for (const reader of readers) reader.ended?.(this.end);
  }
}
type Tail<T extends readonly unknown[]> = T extends [unknown, ...infer R] ? R : never;

/** An engine that plays a script to its readers. */
export class FakeEngine implements Engine {
  readonly events = 7;
  readonly now = 0;
  readonly readers: LedgerReader[] = [];
  constructor(readonly script: Script) {}
  get map(): ModelMap {
    return this.script.world;
  }
  read(reader: LedgerReader): void {
    this.readers.push(reader);
  }
  run(onProgress?: (simulatedTime: number) => boolean): void {
    if (onProgress !== undefined && !onProgress(this.script.end / 2)) return;
    this.script.play(...this.readers);
  }
}

/** A trace that stays in memory. */
export class KeptTrace implements TraceSink {
  readonly events: Row[] = [];
  readonly gauges: Row[] = [];
  event(row: Row): void {
    this.events.push(row);
  }
  gauge(row: Row): void {
    this.gauges.push(row);
  }
}

export function runOf(warmup: number, horizon: number, drain = 0, extra: Partial<RunDefinition> = {}): RunDefinition {
  return { warmup, horizon, drain, replications: 1, timelineBin: 10 * S, ...extra };
}

export function definitionOf(run: RunDefinition, extra: Partial<ModelDefinition> = {}): ModelDefinition {
  return { name: 'test', seed: 1, run, components: [], flows: [], faults: [], operations: [], ...extra };
}

/** All measures of one replication over a script. */
export function measured(script: Script, run: RunDefinition, options: Partial<MeasureOptions> = {}): ReplicationResult {
  return measureReplication(new FakeEngine(script), definitionOf(run), { replication: 1, ...options });
}

/** The named cells of a row, for comparison with deep equality. */
export function pick(row: Row, ...columns: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(columns.map((column) => [column, row[column]]));
}
