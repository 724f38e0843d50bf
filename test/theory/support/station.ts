/**
 * An application as the only component of a route is a queueing station: `work` is its service, `concurrency` its servers, `queue` its
 * waiting room. This runs one from its scenario and measures it, replication by replication.
 *
 * Waits are read off the ledger: the station is first come, first served, so the k-th start of work belongs to the k-th accepted message.
 */
import { expect } from 'chai';
import { ComponentMeasure } from '../../../src/experiment/measures/components.js';
import { FlowMeasure } from '../../../src/experiment/measures/flows.js';
import type { Row } from '../../../src/experiment/index.js';
import type { Fate, LedgerReader, RunDefinition } from '../../../src/model/index.js';
import { meanInterval } from '../../../src/stats/index.js';
import { definitionOf, engineOf } from '../../properties/support/simulate.js';
import type { Section } from '../../properties/support/simulate.js';

const SECOND = 1_000_000;

/** Who waits how long at a station, among those offered in [warmup, horizon). */
class Waits implements LedgerReader {
  count = 0;
  waited = 0;
  long = 0;
  sum = 0;
  private busyNow = 0;
  /** Offers that have not begun, first come first; a queue with a moving head. */
  private readonly offers: number[] = [];
  private head = 0;

  constructor(private readonly run: RunDefinition, private readonly threshold: number) {}

  offered(time: number): void {
    this.offers.push(time);
  }

  busy(time: number, _member: number, busy: number): void {
    if (busy > this.busyNow) this.begins(time);
    this.busyNow = busy;
  }

  closed(_time: number, _flow: number, _n: number, _offeredAt: number, fate: Fate): void {
    // Refused at once: the last to come.
    if (fate === 'rejected') this.offers.pop();
  }

  private begins(time: number): void {
    const offeredAt = this.offers[this.head++];
    if (this.head === 10_000) {
      this.offers.splice(0, this.head);
      this.head = 0;
    }
    if (offeredAt < this.run.warmup || offeredAt >= this.run.horizon) return;
    const wait = time - offeredAt;
    this.count++;
    this.sum += wait;
    if (wait > 0) this.waited++;
    if (wait > this.threshold) this.long++;
  }
}

export interface Station {
  readonly seed: number | string;
  /** Messages a second. */
  readonly rate: number;
  readonly work: Section[string];
  readonly servers: number;
  /** Places to wait; absent: any number. */
  readonly room?: number;
  readonly warmup: number;
  /** Seconds that are measured, after warm-up. */
  readonly measured: number;
  readonly replications: number;
  /** A wait longer than this is long, seconds. */
  readonly long?: number;
}

/** One figure per replication. */
export interface Figures {
  readonly waitingShare: readonly number[];
  readonly meanWait: readonly number[];
  readonly longShare: readonly number[];
  /** Mean number at the station, by clock. */
  readonly present: readonly number[];
  /** Mean time at the station of those accepted. */
  readonly stay: readonly number[];
  readonly rejectedShare: readonly number[];
  readonly rejectedPerSecond: readonly number[];
}

export function observe({ seed, rate, work, servers, room, warmup, measured, replications, long = 0 }: Station): Figures {
  const definition = definitionOf({
    version: 1, name: 'station', seed, run: { warmup: `${String(warmup)}s`, horizon: `${String(warmup + measured)}s`, drain: '1h' },
    topology: { station: { kind: 'application', work, concurrency: servers, ...(room === undefined ? {} : { queue: room }) } },
    flows: { arrivals: { arrivals: { poisson: `${String(rate)}/s` }, route: ['station'], client: { retry: 0, timeout: '10d' } } },
  });
  const figures = { waitingShare: [], meanWait: [], longShare: [], present: [], stay: [], rejectedShare: [], rejectedPerSecond: [] } as Record<keyof Figures, number[]>;
  for (let replication = 1; replication <= replications; replication++) {
    const engine = engineOf(definition, { replication });
    const waits = new Waits(definition.run, long * SECOND);
    const flows = new FlowMeasure(engine.map, definition.run, replication);
    const components = new ComponentMeasure(engine.map, definition.run, replication);
    for (const reader of [waits, flows, components]) engine.read(reader);
    engine.run();
    const flow = flows.rows()[0] as Row;
    const station = components.rows()[0] as Row;
    expect(flow.delivered, 'every message is served or refused').to.equal(Number(flow.offered) - Number(flow.rejected));
    figures.waitingShare.push(waits.waited / waits.count);
    figures.meanWait.push(waits.sum / waits.count / SECOND);
    figures.longShare.push(waits.long / waits.count);
    figures.present.push(Number(station.queue_mean) + Number(station.utilisation) * servers);
    figures.stay.push(Number(flow.delay_mean_s));
    figures.rejectedShare.push(Number(flow.rejected) / Number(flow.offered));
    figures.rejectedPerSecond.push(Number(flow.rejected) / measured);
  }
  return figures;
}

/** The truth lies in the 95 % interval of the mean over replications, and the interval is narrow. `precision`: half width over truth. */
export function mustContain(truth: number, values: readonly number[], precision = 0.02): void {
  const { low, high, halfWidth } = meanInterval(values);
  expect(halfWidth / truth, 'half width of the interval, relative').to.be.below(precision);
  expect(truth, 'the truth, in the interval').to.be.within(low, high);
}
