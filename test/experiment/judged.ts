/** Replications and expectations by hand, for the tests of verdicts, summaries and objectives. */
import { COMPONENT_COLUMNS, FAULT_COLUMNS, FLOW_COLUMNS, OPERATION_COLUMNS } from '../../src/experiment/columns.js';
import type { Column } from '../../src/experiment/columns.js';
import type { Comparison, Expectation, ExpectationSubject } from '../../src/experiment/expectation.js';
import type { Cell, ReplicationResult, Row } from '../../src/experiment/result.js';
import { QuantileHistogram } from '../../src/stats/index.js';

type Cells = Readonly<Record<string, Cell>>;
export interface ReplicationText {
  readonly flows?: readonly Cells[];
  readonly faults?: readonly Cells[];
  readonly components?: readonly Cells[];
  readonly operations?: readonly Cells[];
  readonly gauges?: readonly (number | null)[];
  /** Delays of the flow `orders`, seconds; Infinity for those that never came. */
  readonly delays?: readonly number[];
  /** Ages of those that never came. */
  readonly ages?: readonly number[];
}

function rows(columns: readonly Column[], cells: readonly Cells[] = [], always: Cells = {}): Row[] {
  return cells.map((each) => ({ ...Object.fromEntries(columns.map(({ name }) => [name, null])), ...always, ...each }));
}

function histogram(values: readonly number[] = []): QuantileHistogram {
  const result = new QuantileHistogram();
  for (const value of values) result.add(value);
  return result;
}

/** Replications from 1 on; flows are `orders` with 10 messages and faults are `crash`, unless they say otherwise. */
export function replicationsOf(...texts: readonly ReplicationText[]): ReplicationResult[] {
  return texts.map(({ flows, faults, components, operations, gauges = [], delays, ages }, index) => ({
    replication: index + 1, flows: rows(FLOW_COLUMNS, flows, { flow: 'orders', offered: 10 }),
    faults: rows(FAULT_COLUMNS, faults, { fault: 'crash', effective: 1 }), components: rows(COMPONENT_COLUMNS, components, { component: 'host' }),
    operations: rows(OPERATION_COLUMNS, operations, { operation: 'deploy' }), delays: new Map([['orders', histogram(delays)]]),
    undelivered: new Map([['orders', histogram(ages)]]), gaugeValues: gauges, digest: `d${index}`, events: 0, timeline: [], causes: [], story: [],
  }));
}

const SUBJECTS: Readonly<Record<ExpectationSubject['type'], readonly [string, readonly Column[]]>> = {
  flow: ['orders', FLOW_COLUMNS], fault: ['crash', FAULT_COLUMNS], component: ['host', COMPONENT_COLUMNS], operation: ['deploy', OPERATION_COLUMNS],
};

/** An expectation on the one subject of a sort: `expects('flow', 'lost', '==', 0)`. */
export function expects(
  type: ExpectationSubject['type'], column: string, comparison: Comparison, bound: number | string, extra: Partial<Expectation> = {},
): Expectation {
  const [name, columns] = SUBJECTS[type];
  const found = columns.find((each) => each.name === column) ?? { name: column, unit: 'count', meaning: '' };
  return { text: `${name}.${column} ${comparison} ${bound}`, subject: { type, name }, column: found, comparison, bound, boundText: String(bound), ...extra };
}
