/** A hand-made result and what identifies it, for the tests of this room. */
import type { ExperimentResult, ReplicationResult, Row } from '../../src/experiment/result.js';
import type { RunAbout } from '../../src/report/index.js';

const FLOW: Row = {
  replication: 1, flow: 'orders', offered: 1000, accepted: 1000, delivered: 998, lost: 0, rejected: 0, suspended: 2, dead_lettered: 0,
  expired: 0, in_flight: 0, stranded: 0, duplicates: 3, suppressed: 0, late: 12, out_of_order: 0, delay_mean_s: 1.5, delay_p50_s: 0.15,
  delay_p95_s: 34.2, delay_p99_s: 95, delay_max_s: null, backlog_max: 90, throughput_per_s: 19.9, availability: 0.98125,
};
const FAULT: Row = {
  replication: 1, fault: 'sql1-dies', occurrence: 1, kind: 'crash', target: 'sql1', start_s: 1800, end_s: 4200, detect_s: 10, stop_s: 0,
  restore_s: 95, full_s: 95, recover_s: 130, open: '', scope: 'group', components_down: 3, components_degraded: 0, flows_stopped: 1,
  flows_degraded: 0, capacity_lost_s: 95, lost: 0, duplicates: 3, late: 12, rejected: 0, suspended: 2, blast_radius: 'cluster mss process@bts1', effective: 1,
};

const summaryRow = (subject: string, metric: string, unit: string, mean: number, extra: Row = {}): Row =>
  ({ subject, metric, unit, mean, ci95_low: null, ci95_high: null, min: mean, p50: mean, p95: mean, p99: mean, max: mean, replications: 1, ...extra });

export function replication(number: number): ReplicationResult {
  return {
    replication: number,
    flows: [{ ...FLOW, replication: number }],
    faults: [{ ...FAULT, replication: number }],
    components: [{ replication: number, component: 'erp', kind: 'application', availability: 1, downtime_s: 0, outages: 0 }],
    operations: [],
    delays: new Map(),
    gaugeValues: [],
    digest: 'aa',
    events: 5000,
    timeline: number === 1 ? [{ time_s: 0, flow: 'orders', offered: 10, capacity: Infinity }] : [],
    causes: [{ flow: 'orders', effect: 'duplicate', path: 'sql1-dies > erp-port@bts2 > put, not settled', count: 3 }],
    story: [
      { timeSeconds: 1800, text: 'sql1-dies: crash of sql1' },
      { timeSeconds: 1810, text: 'cluster notices' },
      { timeSeconds: 1895, text: 'orders is served again' },
    ],
  };
}

export function experiment(change: Partial<ExperimentResult> = {}): ExperimentResult {
  return {
    name: 'biztalk-sql-failover',
    seed: 7,
    replications: [replication(1), replication(2)],
    summary: [
      summaryRow('orders', 'offered', 'count', 1000), summaryRow('orders', 'delivered', 'count', 998),
      summaryRow('orders', 'lost', 'count', 0), summaryRow('orders', 'duplicates', 'count', 3), summaryRow('orders', 'delay.p95', 's', 34.2),
      summaryRow('orders', 'availability', 'share', 0.98125),
      summaryRow('faults.sql1-dies', 'detect', 's', 10), summaryRow('faults.sql1-dies', 'restore', 's', 95, { ci95_low: 80, ci95_high: 110, p95: 170, max: 171 }),
    ],
    expectations: [
      { text: 'orders.lost == 0', verdict: 'met', value: 0, ci95Low: null, ci95High: null, bound: '0', samples: 2, reason: '' },
      {
        text: 'faults.sql1-dies.restore.p95 < 2m', verdict: 'missed', value: 170, ci95Low: 160, ci95High: 180, bound: '2m', samples: 2,
        reason: '2m50s is not less than 2m', place: { file: 'scenarios/x.yaml', line: 46, column: 5 },
      },
    ],
    objectives: [{ flow: 'orders', objective: 'rto', bound: 180, measured: 95, met: true }, { flow: 'orders', objective: 'deadline', bound: 300, measured: 12, met: false }],
    digest: '0123456789abcdef0123',
    complete: true,
    ...change,
  };
}

export function about(change: Partial<RunAbout> = {}): RunAbout {
  return {
    version: '0.1.0', rng: 1, file: 'scenarios/x.yaml', files: ['scenarios/x.yaml'], scenarioHash: '3f2a00112233445566', replications: 2,
    horizonSeconds: 7200, warmupSeconds: 300, drainSeconds: 600, set: [], allow: [], trace: false,
    description: 'The active SQL server dies. What stops?',
    assumptions: [{ parameter: 'cluster.detection', value: '10s', source: 'cluster thresholds' }],
    reproduce: 'npx hasim run scenarios/x.yaml --seed 7 --replications 2',
    ...change,
  };
}
