import { expect } from 'chai';
import { COMPONENT_COLUMNS, FAULT_COLUMNS, FLOW_COLUMNS, OPERATION_COLUMNS } from '../../src/experiment/columns.js';
import { compareRuns, directionOf, NO_MARGINS, pairedDifference, refusals, unpairedDifference, verdictOf } from '../../src/experiment/compare/index.js';
import type { ComparableRun, ComparedMetric, ComparisonVerdict, MarginRule } from '../../src/experiment/compare/index.js';
import type { Row } from '../../src/experiment/result.js';
import { binomialRange, normals } from '../stats/support.js';

type Tables = { [sort in keyof ComparableRun['tables']]?: readonly Row[] };

function run(tables: Tables, extra: Partial<ComparableRun> = {}): ComparableRun {
  const all = { flows: [], faults: [], components: [], operations: [], ...tables };
  const replications = Math.max(1, ...Object.values(all).flat().map((row) => Number(row.replication)));
  return {
    label: 'run', name: 'x', rng: 1, version: '0', seed: 1, scenarioHash: 'h', horizonSeconds: 10, warmupSeconds: 0, drainSeconds: 0, complete: true, digest: JSON.stringify(all),
    flows: [...new Set(all.flows.map((row) => String(row.flow)))], replications, tables: all, ...extra,
  };
}

/** One flow, a row per value of one column. */
const flows = (column: string, values: readonly (number | null)[], extra: Row = {}): Row[] =>
  values.map((value, i) => ({ replication: i + 1, flow: 'orders', offered: 10, accepted: 10, delivered: 10, ...extra, [column]: value }));
const ofFlows = (column: string, base: readonly (number | null)[], candidate: readonly (number | null)[], rules: readonly MarginRule[] = [], relative = 0): ComparedMetric => {
  const { rows } = compareRuns(run({ flows: flows(column, base) }), run({ flows: flows(column, candidate) }), { margins: { rules, relative }, only: [] });
  return rows.find((row) => row.metric.replace('.', '_') === column.replace(/_s$/, ''))!;
};
const known = (values: readonly number[]): Map<number, { low: number; high: number }> => new Map(values.map((value, i) => [i + 1, { low: value, high: value }]));
const verdictsOf = (rows: readonly ComparedMetric[]): Set<ComparisonVerdict> => new Set(rows.map(({ verdict }) => verdict));

describe('comparison of two runs', () => {
  it('finds a run the same as itself in every measure', () => {
    const one = run({
      flows: [...flows('lost', [0, 3, 1]), ...flows('delay_p99_s', [2, null, 4])],
      faults: [1, 2, 3].map((replication) => ({ replication, fault: 'f', occurrence: 1, restore_s: 7200 - replication, open: 'restore_s', scope: 'group' })),
      components: [1, 2, 3].map((replication) => ({ replication, component: 'sql', availability: 0.9 + replication / 100, mttf_s: null })),
      operations: [1, 2, 3].map((replication) => ({ replication, operation: 'deploy', result: replication === 2 ? 'failed' : 'done' })),
    });
    const { rows, onlyInBase, onlyInCandidate } = compareRuns(one, one, { margins: NO_MARGINS, only: [] });
    expect(rows.map(({ subject, metric }) => `${subject}.${metric}`)).to.include.members(['orders.lost', 'orders.delay.p99', 'faults.f.restore', 'faults.f.scope', 'components.sql.availability', 'components.sql.mttf', 'operations.deploy.result']);
    expect(verdictsOf(rows)).to.deep.equal(new Set(['same']));
    expect([...onlyInBase, ...onlyInCandidate]).to.deep.equal([]);
  });

  it('takes Student\'s interval of the pairs: differences 1, 2, 3 give 2 ± 4.302653 / √3', () => {
    const found = ofFlows('delay_mean_s', [10, 20, 30], [11, 22, 33]);
    expect(found).to.include({ base: 20, candidate: 22, difference: 2, replications: 3, unit: 's' });
    expect(found.low).to.be.closeTo(2 - 4.302652729911275 / Math.sqrt(3), 1e-9);
    expect(found.high).to.be.closeTo(2 + 4.302652729911275 / Math.sqrt(3), 1e-9);
    expect(found.verdict).to.equal('undecided');
  });

  it('covers a known difference in 95 % of 4000 comparisons, however much both sides share', () => {
    const draw = normals('comparison');
    let covered = 0;
    for (let trial = 0; trial < 4000; trial += 1) {
      const shared = Array.from({ length: 8 }, () => 100 * draw());
      const { low, high } = pairedDifference(known(shared.map((value) => value + draw())), known(shared.map((value) => value + 0.3 + draw())), 8, false);
      if (low <= 0.3 && high >= 0.3) covered += 1;
    }
    expect(covered).to.be.within(...binomialRange(4000, 0.95));
  });

  it('calls the direction by what the measure is good for', () => {
    const more = [1.1, 1.2, 1.1];
    const base = [1, 1.1, 1];
    expect(ofFlows('availability', base, more).verdict).to.equal('better');
    expect(ofFlows('availability', more, base).verdict).to.equal('worse');
    expect(ofFlows('lost', base, more).verdict).to.equal('worse');
    expect(ofFlows('lost', more, base).verdict).to.equal('better');
    expect(ofFlows('sends', base, more).verdict).to.equal('different');
    expect(ofFlows('sends', base, base).verdict).to.equal('same');
  });

  it('directs only measures that there are', () => {
    const tables = { flows: FLOW_COLUMNS, faults: FAULT_COLUMNS, components: COMPONENT_COLUMNS, operations: OPERATION_COLUMNS };
    const directed = Object.entries(tables).flatMap(([sort, columns]) => columns.filter((column) => directionOf(sort as keyof typeof tables, column) !== 'neutral' && column.key !== true));
    expect(directed.filter(({ name }) => name === 'lost')).to.have.length(2);
    // As many as the two tables of directions name: a name that is no column would be missing.
    expect(directed).to.have.length(6 + 3 + 1 + 23 + 13 + 6);
  });

  it('decides by the margin: beyond it, within it, or not at all', () => {
    const interval = (low: number, high: number): Parameters<typeof verdictOf>[0] => ({ baseMean: 0, candidateMean: 0, mean: 0, low, high, count: 5, onesided: 0, estimated: true });
    const cases: readonly [low: number, high: number, margin: number, verdict: ComparisonVerdict][] = [
      [0, 0, 0, 'same'], [1, 2, 0, 'worse'], [-2, -1, 0, 'better'], [-1, 1, 0, 'undecided'], [0, 1, 0, 'undecided'],
      [-1, 1, 1, 'same'], [0.5, 1, 1, 'same'], [0.5, 1.5, 1, 'undecided'], [1.1, 3, 1, 'worse'], [-3, -1.1, 1, 'better'], [-1.5, -0.5, 1, 'undecided'], [-2, 2, 1, 'undecided'],
      [-Infinity, -2, 1, 'better'], [NaN, NaN, 9, 'undecided'], [Infinity, Infinity, 1, 'worse'],
    ];
    for (const [low, high, margin, verdict] of cases) expect(verdictOf(interval(low, high), 'less', margin), `${String(low)} to ${String(high)}, margin ${String(margin)}`).to.equal(verdict);
    expect(verdictOf({ ...interval(0, 0), onesided: 1 }, 'less', 0), 'a replication speaks on one side only').to.equal('undecided');
  });

  it('takes the last rule that fits, absolute or as a share of the base, and the relative margin elsewhere', () => {
    const rule = (pattern: RegExp, type: 's' | 'percent', value: number): MarginRule => ({ text: '', pattern, margin: { type, value } });
    const difference = [[10, 10], [10.4, 10.4]] as const;
    expect(ofFlows('delay_p95_s', ...difference, [rule(/^delay\.p95$/, 's', 0.5)])).to.include({ verdict: 'same', margin: 0.5 });
    expect(ofFlows('delay_p95_s', ...difference, [rule(/^delay\.p95$/, 's', 0.5), rule(/^orders\.delay\.p95$/, 'percent', 0.01)])).to.include({ verdict: 'worse', margin: 0.1 });
    expect(ofFlows('delay_p95_s', ...difference, [rule(/^availability$/, 'percent', 0.5)], 0.05)).to.include({ verdict: 'same', margin: 0.5 });
    // Of a share, percent are points.
    expect(ofFlows('availability', [0.5, 0.5], [0.504, 0.504], [rule(/^availability$/, 'percent', 0.01)])).to.include({ verdict: 'same', margin: 0.01 });
  });

  it('refuses a margin that means nothing, or a figure of another unit', () => {
    const one = run({ flows: flows('lost', [0, 1]) });
    const compare = (rules: readonly MarginRule[]): readonly string[] => compareRuns(one, one, { margins: { rules, relative: 0 }, only: [{ text: 'x.lost', pattern: /^x\.lost$/ }] }).problems;
    expect(compare([{ text: 'a', pattern: /^nothing$/, margin: { type: 's', value: 1 } }, { text: 'b', pattern: /^orders\.lost$/, margin: { type: 's', value: 1 } }])).to.deep.equal([
      '--metric x.lost: no measure of these runs is meant', '--margin a: no measure of these runs is meant', '--margin b: orders.lost is a plain number: write 5, or 5%',
    ]);
  });

  it('compares one replication exactly', () => {
    expect(ofFlows('lost', [4], [4])).to.include({ verdict: 'same', low: null, high: null });
    expect(ofFlows('lost', [4], [5])).to.include({ verdict: 'worse', difference: 1, low: null, high: null });
  });

  it('takes a delay that never ends, and a first stop that never came, for what they are', () => {
    expect(ofFlows('delay_p99_s', [2, 3], [null, null])).to.include({ verdict: 'worse', candidate: Infinity });
    expect(ofFlows('delay_p99_s', [null, null], [2, 3]).verdict).to.equal('better');
    expect(ofFlows('delay_p99_s', [2, 3], [null, 3]).verdict, 'in one of two').to.equal('undecided');
    expect(ofFlows('first_stop_s', [600, 700], [null, null]).verdict).to.equal('better');
    // Nothing was answered: that says nothing.
    expect(ofFlows('answer_p50_s', [2, 3], [null, null])).to.include({ verdict: 'undecided', onesided: 2, replications: 0 });
    expect(ofFlows('answer_p50_s', [null, null], [null, null])).to.equal(undefined);
  });

  it('knows a time that was not reached from below only', () => {
    const fault = (restore: number, open: string | null): Row => ({ replication: 1, fault: 'f', occurrence: 1, restore_s: restore, open });
    const restore = (base: Row, candidate: Row): ComparedMetric => compareRuns(run({ faults: [base] }, { digest: 'a' }), run({ faults: [candidate] }, { digest: 'b' }), { margins: NO_MARGINS, only: [] }).rows.find(({ metric }) => metric === 'restore')!;
    expect(restore(fault(60, null), fault(100, 'restore_s full_s')).verdict).to.equal('worse');
    expect(restore(fault(60, null), fault(50, 'restore_s')).verdict).to.equal('undecided');
    expect(restore(fault(100, 'restore_s'), fault(60, null)).verdict).to.equal('better');
    expect(restore(fault(100, 'restore_s'), fault(100, 'restore_s')).verdict).to.equal('undecided');
  });

  it('counts what a fault did not do as 0, and averages its occurrences', () => {
    const fault = (occurrence: number, restore: number | null): Row => ({ replication: 1, fault: 'f', occurrence, restore_s: restore, detect_s: restore });
    const { rows } = compareRuns(run({ faults: [fault(1, 20), fault(2, 40)] }), run({ faults: [fault(1, null), fault(2, 10)] }), { margins: NO_MARGINS, only: [] });
    expect(rows.find(({ metric }) => metric === 'restore')).to.include({ base: 30, candidate: 5, difference: -25, verdict: 'better' });
    // What was never noticed is not noticed at once.
    expect(rows.find(({ metric }) => metric === 'detect')).to.include({ base: 30, candidate: 10 });
  });

  it('orders scopes and results', () => {
    const compare = (sort: 'faults' | 'operations', key: string, metric: string, base: string, candidate: string): string => {
      const row = (text: string): Row => ({ replication: 1, [key]: 'f', occurrence: 1, [metric]: text });
      return compareRuns(run({ [sort]: [row(base)] }), run({ [sort]: [row(candidate)] }), { margins: NO_MARGINS, only: [] }).rows.find((found) => found.metric === metric)!.verdict;
    };
    expect(compare('faults', 'fault', 'scope', 'server', 'group')).to.equal('worse');
    expect(compare('faults', 'fault', 'scope', 'system', '')).to.equal('better');
    expect(compare('faults', 'fault', 'scope', 'group', 'namespace')).to.equal('same');
    expect(compare('operations', 'operation', 'result', 'done', 'failed')).to.equal('worse');
  });

  it('pairs the leading replications that both have, and lists what only one has', () => {
    const base = run({ flows: flows('lost', [1, 2, 3, 100]), components: [{ replication: 1, component: 'old', outages: 1 }] });
    const candidate = run({ flows: flows('lost', [1, 2, 3]), components: [{ replication: 1, component: 'new', outages: 1 }] });
    const { rows, replications, onlyInBase, onlyInCandidate } = compareRuns(base, candidate, { margins: NO_MARGINS, only: [] });
    expect(replications).to.deep.equal({ base: 3, candidate: 3 });
    expect(rows.find(({ metric }) => metric === 'lost')).to.include({ verdict: 'same', base: 2 });
    expect([onlyInBase, onlyInCandidate]).to.deep.equal([['components.old'], ['components.new']]);
  });

  it('compares means where the seeds differ, and decides nothing by one replication', () => {
    const of = (values: readonly number[], seed: number): ComparableRun => run({ flows: flows('lost', values) }, { seed });
    const found = compareRuns(of([1, 2, 3], 1), of([4, 5, 6, 5], 2), { margins: NO_MARGINS, only: [] });
    expect(found).to.deep.include({ paired: false, replications: { base: 3, candidate: 4 } });
    expect(found.rows.find(({ metric }) => metric === 'lost')).to.include({ difference: 3, verdict: 'worse' });
    const [one, other] = [compareRuns(of([1], 1), of([9], 2), { margins: NO_MARGINS, only: [] }), unpairedDifference(known([]), known([1, 2]), { base: 2, candidate: 2 })];
    expect(one.rows.find(({ metric }) => metric === 'lost')!.verdict).to.equal('undecided');
    expect(verdictOf(other, 'less', 0)).to.equal('undecided');
  });

  it('refuses what cannot be compared, with all reasons', () => {
    const base = run({ flows: flows('lost', [1]) }, { label: 'a' });
    const candidate = run({}, { label: 'b', rng: 2, complete: false, horizonSeconds: 20, drainSeconds: 3, flows: ['bills'] });
    expect(refusals(base, base)).to.deep.equal([]);
    expect(refusals(base, candidate)).to.deep.equal([
      'b is incomplete: it was interrupted; run it again',
      'they draw differently: rng 1 in a, rng 2 in b; run both with one version of hasim',
      'another horizon: 10 s in a, 20 s in b', 'another drain: 0 s in a, 3 s in b',
      'a flow is not in b: orders', 'a flow is not in a: bills',
    ]);
  });
});
