import { expect } from 'chai';
import { FAULT_COLUMNS } from '../../../src/experiment/columns.js';
import { FlowStatus } from '../../../src/model/index.js';
import type { Row } from '../../../src/experiment/result.js';
import { measured, pick, runOf, S, Script, World } from '../kit.js';

const { served, degraded, stopped } = FlowStatus;
const TIMES = ['stop_s', 'restore_s', 'full_s', 'recover_s', 'open'] as const;
const TOLL = ['lost', 'duplicates', 'late', 'rejected', 'suspended'] as const;

/** One flow of capacity 10/s, a fault `crash` at 30 s. */
function outage(): { world: World; script: Script; crash: number; causes: number } {
  const world = new World();
  world.flow('orders', { deadline: 10 * S });
  const crash = world.fault('crash', 30 * S);
  const script = new Script(world, 100 * S);
  script.add('faultStarted', 30 * S, crash, true);
  return { world, script, crash, causes: world.causes(crash) };
}

function faults(script: Script, warmup = 0): readonly Row[] {
  return measured(script, runOf(warmup, script.end)).faults;
}

describe('experiment/measures/faults: faults.csv', () => {
  it('has every column, in the order of the contract, computed by hand', () => {
    const { world, script, crash, causes } = outage();
    const target = world.component({ name: 'sql1' });
    const [, port] = [world.component({ name: 'db' }), world.component({ name: 'port', members: [{ functions: ['send', 'receive'] }] })];
    expect([target, port]).to.deep.equal([0, 2]);
    (world.occurrences[crash].targets as number[]).push(0);
    script.add('functionChanged', 30 * S, 0, false, causes).add('functionChanged', 30 * S, 1, false, causes).add('functionChanged', 31 * S, 2, false, causes);
    script.add('functionChanged', 45 * S, 0, true, 0).add('functionChanged', 50 * S, 1, true, 0).add('functionChanged', 50 * S, 2, true, 0);
    script.flow(32 * S, stopped, 0, causes).flow(52 * S, degraded, 5, causes).flow(60 * S, served, 10);
    script.add('noticed', 35 * S, crash).add('faultEnded', 45 * S, crash);
    const path = world.path([crash]);
    script.message({ n: 0, offered: 10 * S, accepted: 10 * S, delivered: 11 * S });
    for (let n = 1; n <= 3; n += 1) script.message({ n, offered: (30 + n) * S, delivered: (62 + n) * S }); // 31, 32, 33 → 63, 64, 65
    script.message({ n: 4, offered: 34 * S, accepted: 34 * S, fate: 'lost', closed: 40 * S, cause: path });
    script.message({ n: 5, offered: 35 * S, fate: 'rejected', closed: 41 * S, cause: path });
    script.add('effect', 70 * S, 0, 0, 1, 31 * S, 2, path);
    const row = faults(script)[0];
    expect(Object.keys(row)).to.deep.equal([...FAULT_COLUMNS.map(({ name }) => name), 'effective']);
    expect(row).to.deep.equal({
      replication: 1, fault: 'crash', occurrence: 1, kind: 'crash', target: 'target of crash', start_s: 30, end_s: 45, detect_s: 5, stop_s: 2,
      restore_s: 22, full_s: 30,
      // Backlog 3 at the restore, 1 or less again when the second of the three is delivered.
      recover_s: 34, open: null, scope: 'system', components_down: 1, components_degraded: 1, flows_stopped: 1, flows_degraded: 0,
      capacity_lost_s: 20 + 8 / 2, lost: 1, duplicates: 1, late: 5, rejected: 1, suspended: 0, blast_radius: 'db port', effective: 1,
    });
  });

  it('leaves cells of what did not happen empty', () => {
    const { script } = outage();
    expect(pick(faults(script)[0], 'end_s', 'detect_s', ...TIMES, 'scope', 'flows_stopped', 'flows_degraded', 'capacity_lost_s', 'blast_radius')).to.deep.equal({
      end_s: null, detect_s: null, stop_s: null, restore_s: null, full_s: null, recover_s: null, open: null, scope: null, flows_stopped: 0,
      flows_degraded: 0, capacity_lost_s: 0, blast_radius: null,
    });
  });

  it('marks a masked occurrence', () => {
    const { world, script } = outage();
    script.add('faultStarted', 40 * S, world.fault('crash', 40 * S), false);
    expect(faults(script).map((row) => pick(row, 'occurrence', 'effective'))).to.deep.equal([{ occurrence: 1, effective: 1 }, { occurrence: 2, effective: 0 }]);
  });

  describe('times', () => {
    it('of a flow that is only degraded: no stop, full and recovery', () => {
      const { script, causes } = outage();
      script.flow(30 * S, degraded, 4, causes).flow(50 * S, served, 10);
      expect(pick(faults(script)[0], ...TIMES, 'flows_stopped', 'flows_degraded', 'capacity_lost_s')).to.deep.equal({
        stop_s: null, restore_s: null, full_s: 20, recover_s: 20, open: null, flows_stopped: 0, flows_degraded: 1, capacity_lost_s: 12,
      });
    });

    it('take the first stop and the last restore, over all flows', () => {
      const { world, script, causes } = outage();
      world.flow('other');
      script.flow(35 * S, stopped, 0, causes).flow(40 * S, served, 10).flow(60 * S, stopped, 0, causes).flow(70 * S, served, 10);
      script.flow(33 * S, stopped, 0, causes, 1).flow(50 * S, degraded, 3, causes, 1).flow(80 * S, served, 10, 0, 1);
      expect(pick(faults(script)[0], ...TIMES, 'flows_stopped', 'flows_degraded')).to.deep.equal({
        stop_s: 3, restore_s: 40, full_s: 50, recover_s: 40, open: null, flows_stopped: 2, flows_degraded: 0,
      });
    });

    it('not reached by the end are open and hold the time to the end', () => {
      const { script, causes } = outage();
      script.flow(30 * S, stopped, 0, causes);
      expect(pick(faults(script)[0], ...TIMES)).to.deep.equal({ stop_s: 0, restore_s: 70, full_s: 70, recover_s: 70, open: 'restore_s full_s recover_s' });
    });

    it('are open one by one', () => {
      const { script, causes } = outage();
      script.flow(30 * S, stopped, 0, causes).flow(40 * S, degraded, 5, causes);
      expect(pick(faults(script)[0], ...TIMES)).to.deep.equal({ stop_s: 0, restore_s: 10, full_s: 70, recover_s: 10, open: 'full_s' });
      const late = outage();
      late.script.flow(30 * S, stopped, 0, late.causes).flow(40 * S, served, 10);
      for (let n = 0; n < 2; n += 1) late.script.message({ n, offered: 35 * S });
      expect(pick(faults(late.script)[0], ...TIMES)).to.deep.equal({ stop_s: 0, restore_s: 10, full_s: 10, recover_s: 70, open: 'recover_s' });
    });

    it('of a flow that stays degraded: recovered once a too long backlog is normal again', () => {
      const { script, causes } = outage();
      script.flow(30 * S, degraded, 5, causes);
      for (let n = 0; n < 3; n += 1) script.message({ n, offered: (31 + n) * S, delivered: (45 + n) * S });
      expect(pick(faults(script)[0], 'full_s', 'recover_s', 'open')).to.deep.equal({ full_s: 70, recover_s: 16, open: 'full_s' });
    });

    it('ignore states that last no time', () => {
      const { script, causes } = outage();
      script.flow(30 * S, stopped, 0, causes).flow(30 * S, degraded, 5, causes).flow(40 * S, served, 10).flow(40 * S, degraded, 5, causes).flow(45 * S, served, 10);
      expect(pick(faults(script)[0], ...TIMES, 'flows_stopped', 'flows_degraded')).to.deep.equal({
        stop_s: null, restore_s: null, full_s: 15, recover_s: 15, open: null, flows_stopped: 0, flows_degraded: 1,
      });
    });

    it('full waits for the capacity, even when another fault keeps it away', () => {
      const { world, script, causes } = outage();
      const other = world.fault('other', 35 * S);
      script.add('faultStarted', 35 * S, other, true);
      script.flow(30 * S, stopped, 0, causes).flow(35 * S, stopped, 0, world.causes(0, other)).flow(40 * S, stopped, 0, world.causes(other)).flow(60 * S, served, 10);
      const [first, second] = faults(script);
      expect(pick(first, ...TIMES, 'capacity_lost_s')).to.deep.equal({ stop_s: 0, restore_s: 10, full_s: 30, recover_s: 10, open: null, capacity_lost_s: 10 });
      expect(pick(second, ...TIMES, 'capacity_lost_s')).to.deep.equal({ stop_s: 0, restore_s: 25, full_s: 25, recover_s: 25, open: null, capacity_lost_s: 25 });
    });
  });

  describe('recovery', () => {
    it('is when the backlog is no longer than its 99th percentile before the fault', () => {
      const { script, causes } = outage();
      let n = 0;
      for (; n < 3; n += 1) script.message({ n, offered: 0, delivered: 29 * S }); // three wait for nearly all the time before
      for (; n < 9; n += 1) script.message({ n, offered: 31 * S, delivered: (60 + n) * S }); // six wait: 63 … 68
      script.flow(30 * S, stopped, 0, causes).flow(50 * S, served, 10);
      expect(faults(script)[0].recover_s).to.equal(35); // at 65 s three are left
    });

    it('forgets the backlog of warm-up, unless there is nothing else', () => {
      const recover = (warmup: number): unknown => {
        const { script, causes } = outage();
        for (let n = 0; n < 3; n += 1) script.message({ n, offered: 0, delivered: 19 * S });
        for (let n = 3; n < 9; n += 1) script.message({ n, offered: 31 * S, delivered: (60 + n) * S });
        script.flow(30 * S, stopped, 0, causes).flow(50 * S, served, 10);
        return faults(script, warmup * S)[0].recover_s;
      };
      expect(recover(0)).to.equal(35);
      expect(recover(20)).to.equal(37); // one message at most
      expect(recover(30)).to.equal(35); // no history but that of warm-up
    });

    it('does not take the aftermath of an earlier fault for normal', () => {
      const { world, script, causes } = outage();
      const second = world.fault('second', 60 * S);
      script.add('faultStarted', 60 * S, second, true);
      for (let n = 0; n < 5; n += 1) script.message({ n, offered: 31 * S, delivered: 58 * S });
      for (let n = 5; n < 10; n += 1) script.message({ n, offered: 61 * S, delivered: (70 + n) * S }); // 75 … 79
      script.flow(30 * S, stopped, 0, causes).flow(40 * S, served, 10).flow(60 * S, stopped, 0, world.causes(second)).flow(65 * S, served, 10);
      const [a, b] = faults(script);
      expect([a.recover_s, b.recover_s]).to.deep.equal([28, 18]); // 58 s; 78 s with one left
    });

    it('starts again when the flow is stopped again', () => {
      const { script, causes } = outage();
      script.flow(30 * S, stopped, 0, causes).flow(40 * S, served, 10).flow(50 * S, stopped, 0, causes).flow(60 * S, served, 10);
      for (let n = 0; n < 2; n += 1) script.message({ n, offered: 55 * S, delivered: 66 * S });
      expect(faults(script)[0].recover_s).to.equal(36);
    });

    it('of a deterministic outage: peak, drain and delays are those of the fluid (50/s in, 80/s out, 120 s)', () => {
      const world = new World();
      world.flow('orders', { faultFreeCapacity: 80 });
      const crash = world.fault('crash', 100 * S);
      const script = new Script(world, 500 * S);
      script.add('faultStarted', 100 * S, crash, true).flow(100 * S, stopped, 0, world.causes(crash)).flow(220 * S, served, 80);
      let free = 0;
      const events: [time: number, change: number][] = [];
      for (let n = 0; n * 20_000 < 490 * S; n += 1) {
        const offered = n * 20_000;
        const start = Math.max(offered, free);
        free = (start + 12_500 > 100 * S && start < 220 * S ? 220 * S : start) + 12_500;
        script.message({ n, offered, accepted: offered, delivered: free });
        events.push([offered, 1], [free, -1]);
      }
      // Naively: the first instant from the restore on with at most one message.
      let backlog = 0;
      let reached = 0;
      for (const [time, change] of events.sort((a, b) => a[0] - b[0])) {
        backlog += change;
        if (reached === 0 && time >= 220 * S && backlog <= 1) reached = time;
      }
      const { flows: [flow], faults: [fault] } = measured(script, runOf(10 * S, 490 * S, 10 * S));
      expect(fault.recover_s).to.equal((reached - 100 * S) / S);
      expect(fault.recover_s).to.be.closeTo(320, 0.1);
      expect(fault.capacity_lost_s).to.equal(120);
      expect(flow.backlog_max).to.be.closeTo(6000, 1);
      expect(flow.delay_max_s).to.be.closeTo(120, 0.03);
      const total = (flow.delay_mean_s as number) * (flow.delivered as number);
      expect(total).to.be.closeTo(960_000, 1000);
    });
  });

  describe('capacity', () => {
    it('of an unlimited flow is lost whole while it is stopped, and not while it is degraded', () => {
      const world = new World();
      world.flow('orders', { faultFreeCapacity: Infinity });
      const causes = world.causes(world.fault('crash', 30 * S));
      const script = new Script(world, 100 * S).flow(30 * S, stopped, 0, causes).flow(40 * S, degraded, Infinity, causes).flow(60 * S, served, Infinity);
      expect(faults(script)[0].capacity_lost_s).to.equal(10);
    });

    it('is summed over flows', () => {
      const { world, script, causes } = outage();
      world.flow('other', { faultFreeCapacity: 100 });
      script.flow(30 * S, degraded, 5, causes).flow(40 * S, served, 10).flow(30 * S, degraded, 75, causes, 1).flow(50 * S, served, 100, 0, 1);
      expect(faults(script)[0].capacity_lost_s).to.equal(10 * 0.5 + 20 * 0.25);
    });
  });

  describe('messages', () => {
    it('count for the one occurrence behind them, for the interaction when there are several, for nobody when there is none', () => {
      const { world, script, crash } = outage();
      const other = world.fault('other', 40 * S);
      script.add('faultStarted', 40 * S, other, true);
      const ends = (n: number, fate: 'lost' | 'rejected' | 'suspended', causes: number[]): void => {
        script.message({ n, offered: 41 * S, accepted: 41 * S, fate, closed: 42 * S, cause: world.path(causes) });
      };
      ends(0, 'lost', [crash]);
      ends(1, 'lost', [other]);
      ends(2, 'lost', [other]);
      ends(3, 'lost', [crash, other]);
      ends(4, 'rejected', [crash, other]);
      ends(5, 'suspended', [crash]);
      ends(6, 'lost', []);
      script.message({ n: 7, offered: 41 * S, delivered: 42 * S }).add('effect', 43 * S, 0, 0, 7, 41 * S, 2, world.path([other]));
      expect(faults(script).map((row) => pick(row, 'fault', ...TOLL))).to.deep.equal([
        { fault: 'crash', lost: 1, duplicates: 0, late: 2, rejected: 0, suspended: 1 },
        { fault: 'other', lost: 2, duplicates: 1, late: 2, rejected: 0, suspended: 0 },
        { fault: '(interaction)', lost: 1, duplicates: 0, late: 2, rejected: 1, suspended: 0 },
      ]);
      const interaction = faults(script)[2];
      expect(Object.entries(interaction).filter(([column, cell]) => cell !== null && !TOLL.includes(column as never))).to.deep.equal([['replication', 1], ['fault', '(interaction)']]);
    });

    it('are those of the cohort', () => {
      const { world, script, crash } = outage();
      script.message({ n: 0, offered: 10 * S, accepted: 10 * S, fate: 'lost', closed: 31 * S, cause: world.path([crash]) });
      script.message({ n: 1, offered: 20 * S, delivered: 32 * S }).add('effect', 33 * S, 0, 0, 1, 20 * S, 2, world.path([crash]));
      expect(pick(faults(script, 25 * S)[0], ...TOLL)).to.deep.equal({ lost: 0, duplicates: 0, late: 0, rejected: 0, suspended: 0 });
      expect(pick(faults(script, 5 * S)[0], 'lost', 'duplicates')).to.deep.equal({ lost: 1, duplicates: 1 });
    });

    it('that are suspended at the end count for what suspended them', () => {
      const { world, script, crash } = outage();
      script.message({ n: 0, offered: 31 * S, accepted: 31 * S, fate: 'suspended' }).add('suspended', 35 * S, 0, 0, 31 * S, true, world.path([crash]));
      // Suspended and resumed: the end does not remember it.
      script.message({ n: 1, offered: 31 * S, delivered: 60 * S });
      script.add('suspended', 35 * S, 0, 1, 31 * S, true, world.path([crash])).add('suspended', 50 * S, 0, 1, 31 * S, false, 0);
      expect(pick(faults(script)[0], 'suspended')).to.deep.equal({ suspended: 1 });
    });

    it('are late because of what troubled their flow between offer and effect', () => {
      const { world, script, causes } = outage();
      const late = (life: { offered: number; delivered: number }): readonly Row[] => {
        const copy = new Script(world, 100 * S);
        copy.add('faultStarted', 30 * S, 0, true).flow(30 * S, stopped, 0, causes).flow(50 * S, served, 10);
        copy.message({ n: 0, offered: life.offered * S, delivered: life.delivered * S });
        return faults(copy);
      };
      expect(script.end).to.equal(100 * S);
      expect(late({ offered: 20, delivered: 51 })[0].late).to.equal(1);
      expect(late({ offered: 45, delivered: 55 })[0].late).to.equal(0); // in time
      expect(late({ offered: 10, delivered: 30 })[0].late).to.equal(0); // late, but before anything happened
      expect(late({ offered: 50, delivered: 61 })[0].late).to.equal(0); // offered when all was over, backlog included
    });

    it('are late because of a fault whose backlog they had to wait behind', () => {
      const { script, causes } = outage();
      script.flow(30 * S, stopped, 0, causes).flow(40 * S, served, 10);
      for (let n = 0; n < 4; n += 1) script.message({ n, offered: 35 * S, delivered: (50 + n) * S });
      script.message({ n: 4, offered: 41 * S, delivered: 54 * S });
      script.message({ n: 5, offered: 60 * S, delivered: 75 * S }); // late for reasons of its own
      expect(pick(faults(script)[0], 'late', 'recover_s')).to.deep.equal({ late: 5, recover_s: 23 }); // 53 s: one left
    });

    it('are late by interaction when two faults were in the way, also while both last', () => {
      const { world, script, causes } = outage();
      const other = world.fault('other', 45 * S);
      script.add('faultStarted', 45 * S, other, true);
      script.flow(30 * S, stopped, 0, causes).flow(40 * S, served, 10).flow(45 * S, degraded, 5, world.causes(other)).flow(60 * S, served, 10);
      script.message({ n: 0, offered: 35 * S, delivered: 50 * S });
      script.message({ n: 1, offered: 44 * S, delivered: 58 * S });
      expect(faults(script).map(({ fault, late }) => [fault, late])).to.deep.equal([['crash', 0], ['other', 1], ['(interaction)', 1]]);
    });
  });
});
