/**
 * The columns of every result file: name, unit and meaning, in the order of the contract.
 *
 * CSV headers, expectations (`orders.delay.p99 < 30s`), the summary and the documentation are read off these tables.
 * A metric is its column without the unit: `delay_p99_s` is `delay.p99`, `restore_s` is `restore`.
 */

export type Unit = 'count' | 's' | 'share' | 'per_s' | 'text';
export interface Column { readonly name: string; readonly unit: Unit; readonly meaning: string; /** not a measure: identifies the row */ readonly key?: true }

const key = (name: string, meaning: string, unit: Unit = 'text'): Column => ({ name, unit, meaning, key: true });
const count = (name: string, meaning: string): Column => ({ name, unit: 'count', meaning });
const seconds = (name: string, meaning: string): Column => ({ name: `${name}_s`, unit: 's', meaning });
const share = (name: string, meaning: string): Column => ({ name, unit: 'share', meaning });
const text = (name: string, meaning: string): Column => ({ name, unit: 'text', meaning });

export const FLOW_COLUMNS: readonly Column[] = [
  key('replication', 'number of the replication, from 1', 'count'),
  key('flow', 'flow, or flow/leg where the route forks'),
  count('offered', 'messages offered in [warmup, horizon): the cohort of all counts of this row'),
  count('accepted', 'success answered to the source, or the copy at the source gone'),
  count('delivered', 'the effect at the sink happened for at least one copy'),
  count('lost', 'no copy is left, nothing had an effect, and the source had been told that all is well'),
  count('rejected', 'no copy is left and nobody ever told the source "accepted"'),
  count('suspended', 'only an operator can move what is left'),
  count('dead_lettered', 'in a dead-letter queue at the end'),
  count('expired', 'ended by time to live'),
  count('in_flight', 'can still go on without an operator at the end of the run'),
  count('stranded', 'those in flight inside something that is down at the end of the run'),
  count('duplicates', 'effects per leg beyond the first'),
  count('suppressed', 'copies ended by a memory of known ids'),
  count('late', 'not delivered within the deadline of the flow'),
  count('out_of_order', 'delivered after a message of the same flow and key that was offered later'),
  seconds('delay_mean', 'offer to first effect, mean'),
  seconds('delay_p50', 'offer to first effect, median; accepted but undelivered counts as infinite'),
  seconds('delay_p95', 'offer to first effect, 95th percentile'),
  seconds('delay_p99', 'offer to first effect, 99th percentile'),
  seconds('delay_max', 'offer to first effect, maximum'),
  count('backlog_max', 'most messages offered without effect or final fate at one instant after warm-up'),
  { name: 'throughput_per_s', unit: 'per_s', meaning: 'delivered / (horizon - warmup)' },
  share('availability', 'share of time after warm-up in which the flow is not stopped'),
  share('accept_availability', 'the same for its first hop alone'),
  seconds('rta', 'longest uninterrupted stop'),
  count('rpa_msgs', 'messages lost by one fault, worst fault'),
  seconds('rpa', 'age of the oldest of them when the fault came'),
  count('sends', 'attempts to hand a message to a first buffer or destination'),
  count('receives', 'copies taken from buffers'),
  seconds('answer_p50', 'first attempt to the answer that the source believes, median'),
  seconds('answer_max', 'first attempt to the answer that the source believes, maximum'),
  count('stops', 'times it stopped after warm-up'),
  count('stops_per_year', 'the same in 365 days'),
  seconds('stopped_per_year', 'time stopped in 365 days'),
  seconds('first_stop', 'end of warm-up to the first instant at which it is stopped; empty: never'),
  text('stopped_by_cause', 'time stopped in seconds by the faults behind it, and what it was spent on where a component says so, disk:60 dies>failover:5; they add up'),
];

export const FAULT_COLUMNS: readonly Column[] = [
  key('replication', 'number of the replication, from 1', 'count'),
  key('fault', 'id of the fault; (interaction) holds what overlapping faults add together'),
  key('occurrence', 'number of the occurrence, from 1', 'count'),
  key('kind', 'kind of fault'),
  key('target', 'what was hit'),
  key('start_s', 'when it came', 's'),
  key('end_s', 'when it ended; empty: never', 's'),
  seconds('detect', 'until the mechanism that recovers it has noticed'),
  seconds('stop', 'until the first instant at which a flow is stopped because of it'),
  seconds('restore', 'until the last instant at which a flow is stopped because of it'),
  seconds('full', 'until every flow that it stopped or degraded has its fault-free capacity again'),
  seconds('recover', 'until the backlog of those flows is normal again'),
  text('open', 'columns whose time was not reached by the end; they hold the time to the end'),
  text('scope', 'component, server, group, namespace, datacenter or system: the smallest that holds all that was down'),
  count('components_down', 'components other than the target that were down because of it'),
  count('components_degraded', 'components other than the target that were degraded because of it'),
  count('flows_stopped', 'flows stopped because of it'),
  count('flows_degraded', 'flows degraded, but not stopped, because of it'),
  seconds('capacity_lost', 'integral of 1 - capacity / fault-free capacity, summed over flows'),
  count('lost', 'messages lost because of it'),
  count('duplicates', 'effects beyond the first because of it'),
  count('late', 'messages late because of it'),
  count('rejected', 'messages rejected because of it'),
  count('suspended', 'messages suspended because of it'),
  text('blast_radius', 'names of the components that were down or degraded'),
];

export const COMPONENT_COLUMNS: readonly Column[] = [
  key('replication', 'number of the replication, from 1', 'count'),
  key('component', 'component or member'),
  key('kind', 'kind of component'),
  share('availability', 'share of time after warm-up in which it is not down'),
  seconds('downtime', 'time down after warm-up'),
  count('outages', 'times it went down after warm-up'),
  count('failovers', 'times its role moved to another server after warm-up'),
  share('utilisation', 'busy workers / workers while up'),
  { name: 'queue_mean', unit: 'count', meaning: 'messages waiting here, time average after warm-up' },
  count('queue_max', 'most messages waiting here after warm-up'),
  count('operations', 'steps of work done'),
  count('reworked', 'steps of work done again for the same leg'),
  count('outages_per_year', 'times it went down in 365 days'),
  seconds('downtime_per_year', 'time down in 365 days'),
  seconds('mttf', 'time up / outages'),
  seconds('mttr', 'time down / outages'),
  seconds('first_outage', 'end of warm-up to the first instant at which it is down; empty: never'),
  text('downtime_by_cause', 'time down in seconds by the faults behind it, and what it was spent on where its kind says so, disk:60 dies>failover:5; they add up'),
];

export const ATTRIBUTION_COLUMNS: readonly Column[] = [
  key('replication', 'number of the replication, from 1', 'count'),
  key('fault', 'id of the fault; (interaction) holds what overlapping faults add together'),
  key('occurrence', 'number of the occurrence, from 1; empty for the interaction', 'count'),
  key('flow', 'flow'),
  key('n', 'number of the message in its flow, from 0', 'count'),
  text('what', 'lost, duplicate, late, rejected or suspended; a duplicate has a row for each effect'),
  count('sign', '1: in the run and not in its twin; -1: in the twin and not in the run'),
];

export const IMPACT_COLUMNS: readonly Column[] = [
  key('target', 'what was failed: a component or a member; two of them: a + b'),
  key('kind', 'kind of component'),
  key('fault', 'kind of fault; of one that hits steps, the step too'),
  text('scope', 'component, server, group, namespace, datacenter or system: the smallest that holds all that was down'),
  count('components_down', 'components other than the target that were down because of it'),
  count('flows_stopped', 'flows stopped because of it'),
  count('flows_degraded', 'flows degraded, but not stopped, because of it'),
  seconds('capacity_lost', 'integral of 1 - capacity / fault-free capacity, summed over flows'),
  count('lost', 'messages lost, more than without it'),
  count('duplicates', 'effects beyond the first, more than without it'),
  count('late', 'messages late, more than without it'),
  seconds('restore', 'until the last instant at which a flow is stopped because of it'),
  seconds('full', 'until every flow that it stopped or degraded has its fault-free capacity again'),
  seconds('recover', 'until the backlog of those flows is no larger than without it'),
  text('blast_radius', 'names of the components that were down or degraded'),
  count('components_degraded', 'components other than the target that were degraded because of it'),
  count('rejected', 'messages rejected, more than without it'),
  count('suspended', 'messages suspended, more than without it'),
  seconds('stop', 'until the first instant at which a flow is stopped because of it'),
  key('end_s', 'until the fault is over; empty: not by the end of the run', 's'),
  text('open', 'columns whose time was not reached by the end; they hold the time to the end'),
  text('finding', 'single point of failure; loses messages; of a pair: what is worse than both parts together'),
];

export const OPERATION_COLUMNS: readonly Column[] = [
  key('replication', 'number of the replication, from 1', 'count'),
  key('operation', 'id of the operation'),
  key('target', 'what it was done to'),
  key('start_s', 'when it was tried', 's'),
  key('end_s', 'when it was done or failed', 's'),
  text('result', 'done or failed'),
  text('reason', 'why it failed'),
];

export const TIMELINE_COLUMNS: readonly Column[] = [
  key('time_s', 'start of the bin', 's'),
  key('flow', 'flow'),
  count('offered', 'messages offered in the bin'),
  count('accepted', 'messages accepted in the bin'),
  count('delivered', 'first effects in the bin'),
  count('duplicates', 'further effects in the bin'),
  count('lost', 'messages lost in the bin'),
  count('backlog', 'backlog at the end of the bin'),
  { name: 'capacity', unit: 'per_s', meaning: 'capacity of the flow, time average over the bin; empty: unlimited' },
];

export const GAUGE_COLUMNS: readonly Column[] = [
  key('time_s', 'instant of the change', 's'), key('component', 'component or member'), key('gauge', 'gauge'), text('value', 'new value'),
];

export const EVENT_COLUMNS: readonly Column[] = [
  key('time_s', 'instant', 's'), key('component', 'component or member'), text('event', 'state change or message step'),
  text('message', 'flow:n or flow:n:leg'), text('detail', 'what was reached, or why'),
];

export const SUMMARY_COLUMNS: readonly Column[] = [
  key('subject', 'flow, fault or component'), key('metric', 'column without its unit'), text('unit', 'unit of the figures'),
  count('mean', 'mean over replications'), count('ci95_low', 'lower end of its 95 % interval (Student t)'), count('ci95_high', 'upper end'),
  count('min', ''), count('p50', ''), count('p95', ''), count('p99', ''), count('max', ''), count('replications', 'replications (occurrences for faults) that speak to it'),
];

export const EXPECTATION_COLUMNS: readonly Column[] = [
  key('expectation', 'as written'), text('verdict', 'met, missed, undecided or no-data'), count('value', ''), count('ci95_low', ''),
  count('ci95_high', ''), text('bound', 'as written'), count('samples', ''),
];

export const COMPARE_COLUMNS: readonly Column[] = [
  key('subject', 'flow, fault, component or operation'), key('metric', 'column without its unit'), text('unit', 'unit of the figures'),
  count('base_mean', 'mean over the replications compared; empty: none speaks, or never reached'), count('candidate_mean', 'the same of the other run'),
  count('difference', 'candidate minus base'), count('ci95_low', 'lower end of its 95 % interval; empty: there is none'), count('ci95_high', 'upper end'),
  text('verdict', 'better, same, worse, different or undecided'), count('replications', 'pairs, or values of the side that has fewer'),
  count('margin', 'difference that does not matter, in the unit of the figures'), count('onesided', 'replications in which only one side has a value'),
];

/** `delay.p99` → `delay_p99_s`; null when no such measure exists. Statistic suffixes over replications are the caller's business. */
export function columnOfMetric(columns: readonly Column[], metric: string): Column | null {
  const base = metric.replaceAll('.', '_');
  return columns.find((column) => column.key !== true && metricOf(column) === base) ?? null;
}

/** `restore_s` → `restore`. */
export function metricOf(column: Column): string {
  if (column.unit === 's') return column.name.replace(/_s$/, '');
  if (column.unit === 'per_s') return column.name.replace(/_per_s$/, '');
  return column.name;
}

/** A metric as an expectation writes it: `delay.p99`, `restore`. */
export function metricText(column: Column): string {
  return metricOf(column).replace(/^delay_/, 'delay.');
}
