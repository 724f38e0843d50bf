/**
 * Which way a measure is good, and what an empty cell of it says.
 *
 * Only what a user of the topology would call better or worse has a direction. The others are told as different and never make a
 * comparison fail: what was offered; how the work was done (sends, failovers, where a queue is); and what is only better if nothing else
 * has become worse for it (a component degraded instead of down, a message still on its way instead of lost).
 */
import type { Column } from '../columns.js';

export type Direction = 'more' | 'less' | 'neutral';
/** `infinite`: it never came; `zero`: nothing of it happened; `silent`: it says nothing. */
export type Emptiness = 'infinite' | 'zero' | 'silent';
export type Sort = 'flows' | 'faults' | 'components' | 'operations';

const MORE: Readonly<Record<Sort, readonly string[]>> = {
  flows: ['accepted', 'delivered', 'throughput_per_s', 'availability', 'accept_availability', 'first_stop_s'],
  faults: [],
  components: ['availability', 'mttf_s', 'first_outage_s'],
  operations: ['result'],
};

const LESS: Readonly<Record<Sort, readonly string[]>> = {
  flows: [
    'lost', 'rejected', 'suspended', 'dead_lettered', 'expired', 'stranded', 'duplicates', 'late', 'out_of_order', 'delay_mean_s', 'delay_p50_s',
    'delay_p95_s', 'delay_p99_s', 'delay_max_s', 'backlog_max', 'rta_s', 'rpa_msgs', 'rpa_s', 'answer_p50_s', 'answer_max_s', 'stops',
    'stops_per_year', 'stopped_per_year_s',
  ],
  faults: [
    'detect_s', 'restore_s', 'full_s', 'recover_s', 'scope', 'components_down', 'flows_stopped', 'capacity_lost_s', 'lost', 'duplicates', 'late',
    'rejected', 'suspended',
  ],
  components: ['downtime_s', 'outages', 'reworked', 'outages_per_year', 'downtime_per_year_s', 'mttr_s'],
  operations: [],
};

export function directionOf(sort: Sort, { name }: Column): Direction {
  return MORE[sort].includes(name) ? 'more' : LESS[sort].includes(name) ? 'less' : 'neutral';
}

/** Times to something that never came. */
const NEVER = ['first_stop_s', 'first_outage_s', 'mttf_s'];
/** Without them nothing was noticed, or nobody knows when: not 0 s. */
const UNNOTICED = ['detect_s', 'stop_s'];

/** `reached`: messages of the flow that were accepted or delivered, so that a delay that is not there is endless. */
export function emptinessOf(sort: Sort, { name }: Column, reached: boolean): Emptiness {
  if (NEVER.includes(name)) return 'infinite';
  if (sort === 'flows' && /^delay_(p\d+|max)_s$/.test(name)) return reached ? 'infinite' : 'silent';
  return sort === 'faults' && !UNNOTICED.includes(name) ? 'zero' : 'silent';
}

/** Texts that have an order, from small to large. Those of one place are alike. */
const SCALES: Readonly<Partial<Record<string, readonly (readonly string[])[]>>> = {
  scope: [[''], ['component'], ['server'], ['group', 'namespace'], ['datacenter'], ['system']],
  result: [['failed'], ['done']],
};

/** The place of a text on its scale; undefined: its column is not compared. */
export function rankOf({ name }: Column, text: string): number | undefined {
  const rank = SCALES[name]?.findIndex((texts) => texts.includes(text));
  return rank === undefined || rank < 0 ? undefined : rank;
}

/** Whether a column takes part: a measure, or a text with an order. Other texts name causes and components. */
export function isCompared(column: Column): boolean {
  return column.key !== true && (column.unit !== 'text' || SCALES[column.name] !== undefined);
}
