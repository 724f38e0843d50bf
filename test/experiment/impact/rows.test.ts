/** Cases over replications, their order and their findings: outcomes written by hand. */
import { expect } from 'chai';
import { findingsOf, impactsOf, LOSES, SINGLE_POINT } from '../../../src/experiment/index.js';
import type { Blow, ImpactOutcome, ImpactPlan, Row } from '../../../src/experiment/index.js';
import { isSinglePoint } from '../../../src/experiment/impact/findings.js';

const blow = (target: string, extra: Partial<Blow> = {}): Blow => ({
  target, component: target, kind: 'server', fault: 'crash', step: null, failure: true, single: true, hold: null, heals: false, factor: null, ...extra,
});
const NOTHING = { start_s: 60, end_s: 120, scope: 'component', components_down: 0, flows_stopped: 0, lost: 0, restore_s: null, open: null, blast_radius: null } as const;
const outcome = (row: Row, stopped: readonly string[] = []): ImpactOutcome => ({ row: { ...NOTHING, ...row }, stopped });
const planOf = (cases: readonly (readonly Blow[])[], replications = 1): ImpactPlan => ({
  order: 2, at: 0, hold: null, gap: 0, horizon: 1, replications, withFaults: false, maintenance: null, flows: 1, cases: cases.map((blows) => ({ blows })),
});

describe('experiment/impact: rows', () => {
  it('orders by scope, then lost, stopped flows, capacity, and last by name', () => {
    const rows: readonly (readonly [string, Row])[] = [
      ['a', { scope: null, lost: 9 }], ['b', {}], ['c', { lost: 1 }], ['d', { flows_stopped: 2 }], ['e', { flows_stopped: 1, capacity_lost_s: 5 }], ['f', { scope: 'server' }],
      ['g', { scope: 'namespace' }], ['h', { scope: 'group' }], ['i', { scope: 'datacenter' }], ['j', { scope: 'system' }], ['k', { flows_stopped: 1, capacity_lost_s: 6 }],
    ];
    const impacts = impactsOf(planOf(rows.map(([target]) => [blow(target)])), rows.map(([, row]) => [outcome(row)]));
    expect(impacts.map(({ row }) => row.target).join('')).to.equal('jighfcdkeba');
  });

  it('takes means over the replications, the widest scope, the names and open columns of all', () => {
    const [{ row }] = impactsOf(planOf([[blow('a')]], 2), [[
      outcome({ scope: 'server', lost: 3, restore_s: 10, recover_s: null, blast_radius: 'x y', open: 'restore_s', end_s: 120 }),
      outcome({ scope: 'group', lost: 4, restore_s: null, recover_s: null, blast_radius: 'y z', open: 'full_s', end_s: 180 }),
    ]]);
    expect(row).to.include({ scope: 'group', lost: 3.5, restore_s: 5, recover_s: null, blast_radius: 'x y z', open: 'restore_s full_s', end_s: 90 });
  });

  it('leaves out what has not all its replications', () => {
    expect(impactsOf(planOf([[blow('a')], [blow('b')], [blow('c')]], 2), [[outcome({}), outcome({})], [outcome({})]]).map(({ row }) => row.target)).to.deep.equal(['a']);
  });

  it('a single point of failure stops a flow for as long as it lasts, in every replication', () => {
    const stopped = { flows_stopped: 1, restore_s: 60 };
    const is = (row: Row, extra: Partial<Blow> = {}): boolean => isSinglePoint(blow('a', extra), { ...NOTHING, ...row });
    expect(is(stopped)).to.equal(true);
    expect(is({ ...stopped, restore_s: 59.999999 })).to.equal(false);
    // 60.3 s after 0.1 s and 60.4 s are not the same difference for a computer.
    expect(is({ flows_stopped: 1, start_s: 0.1, end_s: 60.4, restore_s: 60.3 })).to.equal(true);
    expect(is({ ...stopped, flows_stopped: 0 })).to.equal(false);
    expect(is({ ...stopped, end_s: null })).to.equal(false);
    expect(is({ ...stopped, end_s: null, open: 'restore_s full_s' })).to.equal(true);
    for (const extra of [{ single: false }, { failure: false }, { heals: true }]) expect(is(stopped, extra)).to.equal(false);
    expect(is({ ...stopped, open: 'restore_s' }, { heals: true })).to.equal(true);

    const impacts = impactsOf(planOf([[blow('a')], [blow('b')]], 2), [[outcome(stopped), outcome({})], [outcome({ ...stopped, lost: 1 }), outcome(stopped)]]);
    expect(findingsOf(impacts, SINGLE_POINT)).to.deep.equal([{ target: 'b', faults: ['crash'] }]);
    expect(findingsOf(impacts, LOSES)).to.deep.equal([{ target: 'b', faults: ['crash'] }]);
  });

  it('a pair is worse by what neither part stops, takes down, loses or costs', () => {
    const [a, b] = [blow('a'), blow('b')];
    const finding = (pair: ImpactOutcome, first: ImpactOutcome, second: ImpactOutcome): unknown =>
      impactsOf(planOf([[a], [b], [a, b]]), [[first], [second], [pair]]).find(({ one }) => one.blows.length === 2)!.row.finding;
    const none = outcome({});
    expect(finding(none, none, none)).to.equal(null);
    expect(finding(outcome({ lost: 5, capacity_lost_s: 100, components_down: 2 }, ['x', 'y']), outcome({ lost: 2, capacity_lost_s: 50, components_down: 1 }, ['x']), outcome({ lost: 3, capacity_lost_s: 50, components_down: 1 }, ['y']))).to.equal(null);
    expect(finding(outcome({ lost: 6, capacity_lost_s: 150, components_down: 3 }, ['x', 'y', 'z']), outcome({ lost: 2, capacity_lost_s: 50, components_down: 1 }, ['x']), outcome({ lost: 3, capacity_lost_s: 50, components_down: 1 }, ['y'])))
      .to.equal('stops z; takes 1 more down; loses 1 more; costs 50 s more of capacity');
    // A hundredth is no difference, and neither is a second.
    expect(finding(outcome({ capacity_lost_s: 101 }), outcome({ capacity_lost_s: 50 }), outcome({ capacity_lost_s: 50 }))).to.equal(null);
  });
});
