/** Faults at random and recorded histories: whose clock runs when, what a common cause hits, who waits for a crew. */
import { expect } from 'chai';
import { fileURLToPath } from 'node:url';
import { scenario, simulate, simulateAll } from '../support.js';

const servers = (faults: string, run = '{ horizon: 590s }', more = ''): string => scenario({ topology: `  s: { kind: server, count: 3 }${more}`, faults, run });
const spans = (run: ReturnType<typeof simulate>, fn: string): readonly (readonly number[])[] => run.ledger.down(fn).map(({ from, to }) => [from, to]);
const HISTORY = fileURLToPath(new URL('../../../../test/model/fault/history.csv', import.meta.url));

describe('faults: at random', () => {
  it('time to failure counts from the end of the repair', () => {
    const run = simulate(servers('  - { id: f, kind: crash, target: s1, mttf: 100s, mttr: 20s }'));
    expect(spans(run, 's1.run')).to.deep.equal([[100, 120], [220, 240], [340, 360], [460, 480], [580, Infinity]]);
    expect(run.result.faults.map(({ occurrence, start_s, end_s, target }) => [occurrence, start_s, end_s, target])).to.deep.equal([
      [1, 100, 120, 's1'], [2, 220, 240, 's1'], [3, 340, 360, 's1'], [4, 460, 480, 's1'], [5, 580, null, 's1'],
    ]);
  });

  it('every member of the target fails on its own, and draws the same whoever else is hit', () => {
    const fault = (target: string): string => `  - { id: f, kind: crash, target: ${target}, mttf: { exponential: 60s }, mttr: { exponential: 5s } }`;
    const all = simulate(servers(fault('"s*"')));
    const [one, two] = [simulate(servers(fault('s1'))), simulate(servers(fault('[s3, s2]')))];
    expect(spans(all, 's1.run')).to.have.length.above(2);
    expect(spans(all, 's1.run')).to.deep.equal(spans(one, 's1.run'));
    expect(spans(all, 's2.run')).to.deep.equal(spans(two, 's2.run'));
    expect(spans(all, 's3.run')).to.deep.equal(spans(two, 's3.run'));
    expect(spans(all, 's1.run')).not.to.deep.equal(spans(all, 's2.run'));
    for (const row of all.result.faults) expect(row.target).to.match(/^s[123]$/);
  });

  it('members of one component are processes of their own', () => {
    const run = simulate(servers('  - { id: f, kind: crash, target: app, mttf: { exponential: 60s }, mttr: 5s }', '{ horizon: 600s }', '\n  app: { kind: application, on: [s1, s2] }'));
    expect(spans(run, 'app@s1.serve').map(([from]) => from)).not.to.deep.equal(spans(run, 'app@s2.serve').map(([from]) => from));
    expect(run.result.faults[0].target).to.match(/^app@s[12]$/);
  });

  it('the clock is that of the calendar: what another fault holds fails all the same, and is marked as masked', () => {
    const run = simulate(servers('  - { id: f, kind: crash, target: s1, mttf: 100s, mttr: 20s }\n  - { id: power, kind: outage, target: s1, at: 90s, for: 135s }'));
    // 100-120 and 220-240 by itself, 90-225 for want of power.
    expect(spans(run, 's1.run')).to.deep.equal([[90, 240], [340, 360], [460, 480], [580, Infinity]]);
    expect(run.result.faults.filter(({ fault }) => fault === 'f').map(({ start_s, effective }) => [start_s, effective])).to.deep.equal([[100, 0], [220, 0], [340, 1], [460, 1], [580, 1]]);
  });

  it('a kind that recovers by itself does so after the repair; the next failure does not wait for it', () => {
    const run = simulate(scenario({ topology: '  s1: { kind: server }\n  sql: { kind: sql-server, on: [s1], crash-recovery: 30s }', faults: '  - { id: f, kind: crash, target: s1, mttf: 100s, mttr: 20s }', run: '{ horizon: 300s }' }));
    expect(spans(run, 's1.run')).to.deep.equal([[100, 120], [220, 240]]);
    expect(spans(run, 'sql@s1.sql')).to.deep.equal([[100, 150], [220, 270]]);
  });

  it('together: one cause hits all, each repair takes its own time, and the next cause counts from the last repair', () => {
    const run = simulate(servers('  - { id: f, kind: crash, target: "s*", mttf: 100s, mttr: { uniform: [10s, 30s] }, together: true }', '{ horizon: 1000s }'));
    const of = ['s1', 's2', 's3'].map((name) => spans(run, `${name}.run`));
    expect(of[0]).to.have.length.above(5);
    let due = 100;
    for (const [index] of of[0].entries()) {
      for (const each of of) expect(each[index][0]).to.equal(due);
      if (of.every((each) => each[index][1] < Infinity)) expect(new Set(of.map((each) => each[index][1])).size).to.equal(3);
      due = Math.round((Math.max(...of.map((each) => each[index][1])) + 100) * 1e6) / 1e6;
    }
    expect(run.result.faults).to.have.length(of[0].length);
    expect(run.result.faults[0].target).to.equal('s*');
  });

  it('beta: so many failures of each member are common to all, and their number is that of mttf', () => {
    const run = simulate(servers('  - { id: f, kind: crash, target: "s*", mttf: { exponential: 100s }, mttr: 1us, beta: 20% }', '{ horizon: 2000000s }'), { checkAlways: false });
    const rows = run.result.faults;
    const common = rows.filter(({ target }) => target === 's*').length;
    const own = rows.filter(({ target }) => target === 's2').length;
    // 4000 common and 16000 of its own are expected; Poisson, three deviations.
    expect(common).to.be.within(4000 - 190, 4000 + 190);
    expect(own).to.be.within(16000 - 380, 16000 + 380);
    expect(rows.length - common - own).to.be.within(32000 - 540, 32000 + 540);
  });

  it('beta: what is down already by the same fault is not hit again', () => {
    const run = simulate(servers('  - { id: f, kind: crash, target: [s1, s2], mttf: { exponential: 100s }, mttr: 200s, beta: 50% }', '{ horizon: 5000s }'));
    for (const name of ['s1.run', 's2.run']) for (const [from, to] of spans(run, name)) if (to !== Infinity) expect(to - from).to.be.closeTo(200, 1e-6);
    expect(run.result.faults.every(({ effective }) => effective === 1)).to.equal(true);
    const common = run.result.faults.filter(({ target }) => target === 's1, s2');
    expect(common).not.to.have.length(0);
  });

  it('a role is one process: whoever holds it is hit', () => {
    const run = simulate(servers('  - { id: f, kind: crash, target: active(group), mttf: 100s, mttr: 500s }', '{ horizon: 1500s }', '\n  group: { kind: cluster-group, on: [s1, s2], detection: 5s, failover: 10s, failovers: { count: 9 } }'));
    // s2 has the role while s1 is away, and keeps it.
    expect(run.result.faults.map(({ target, start_s }) => [target, start_s])).to.deep.equal([['s1', 100], ['s2', 700], ['s1', 1300]]);
  });

  it('stationary: at every instant as many are up as after years, whatever the shape', () => {
    const run = simulate(scenario({
      topology: '  s: { kind: server, count: 400 }', run: '{ horizon: 600s }',
      faults: '  - { id: f, kind: crash, target: "s*", mttf: 300s, mttr: { uniform: [0s, 200s] }, start: stationary }',
    }), { checkAlways: false });
    for (const instant of [0, 50, 150, 250, 350, 450, 599]) {
      let down = 0;
      for (let index = 1; index <= 400; index++) if (run.ledger.down(`s${String(index)}.run`).some(({ from, to }) => from <= instant && instant < to)) down++;
      // A quarter of 400, three deviations.
      expect(down, String(instant)).to.be.within(100 - 26, 100 + 26);
    }
  });
});

describe('faults: repair crews', () => {
  const crew = (parameters = ''): string => `\n  crew: { kind: repair-crew${parameters} }`;

  it('a repair begins when a crew is free; the next failure counts from its end', () => {
    const run = simulate(servers('  - { id: f, kind: crash, target: "s*", mttf: 100s, mttr: 20s, crew: crew }', '{ horizon: 230s }', crew()));
    expect([1, 2, 3].map((index) => spans(run, `s${String(index)}.run`))).to.deep.equal([[[100, 120], [220, Infinity]], [[100, 140]], [[100, 160]]]);
    expect(run.result.faults.map(({ end_s }) => end_s)).to.deep.equal([120, 140, 160, null]);
    // Busy 100-160 and 220-230; two wait for 20 s, then one.
    expect(run.component('crew')).to.deep.include({ utilisation: 70 / 230, queue_mean: 60 / 230, queue_max: 2, operations: 3, reworked: 0 });
  });

  it('as many repairs at a time as there are crews', () => {
    const run = simulate(servers('  - { id: f, kind: crash, target: "s*", at: 10s, for: 20s, crew: crew }', '{ horizon: 100s }', crew(', capacity: 2')));
    expect([1, 2, 3].map((index) => spans(run, `s${String(index)}.run`))).to.deep.equal([[[10, 30]], [[10, 30]], [[10, 50]]]);
    expect(run.fault('f').end_s).to.equal(50);
  });

  const three = (order: string): string => servers(`
  - { id: a, kind: crash, target: s1, at: 10s, for: 20s, crew: crew }
  - { id: b, kind: crash, target: s2, at: 12s, for: 20s, crew: crew, priority: 5 }
  - { id: c, kind: crash, target: s3, at: 14s, for: 20s, crew: crew, priority: 1 }`, '{ horizon: 100s }', crew(order));

  it('first come, first served, or by priority, without interruption', () => {
    const ends = (run: ReturnType<typeof simulate>): unknown[] => ['a', 'b', 'c'].map((id) => run.fault(id).end_s);
    expect(ends(simulate(three('')))).to.deep.equal([30, 50, 70]);
    expect(ends(simulate(three(', order: priority')))).to.deep.equal([30, 70, 50]);
  });

  it('off duty: what is under way is finished, nothing new is begun', () => {
    const run = simulate(servers('  - { id: f, kind: crash, target: [s1, s2], at: 10s, for: 20s, crew: crew }\n  - { id: night, kind: stop, target: crew, at: 15s, for: 60s }', '{ horizon: 200s }', crew()));
    expect([spans(run, 's1.run'), spans(run, 's2.run')]).to.deep.equal([[[10, 30]], [[10, 95]]]);
  });

  it('an impairment that is over by itself leaves the queue of the crew', () => {
    const run = simulate(scenario({
      topology: '  s1: { kind: server }\n  erp: { kind: application, work: 1s }\n  crew: { kind: repair-crew }', flows: '  orders: { arrivals: { every: 10s }, route: [erp] }', run: '{ horizon: 200s }',
      faults: '  - { id: a, kind: crash, target: s1, at: 5s, for: 90s, crew: crew }\n  - { id: b, kind: error, target: erp, at: 6s, count: 1, for: 60s, crew: crew }\n  - { id: c, kind: crash, target: s1, at: 96s, for: 10s, crew: crew }',
    }));
    expect(run.fault('b').end_s).to.equal(11);
    expect(run.fault('c').end_s).to.equal(106);
    expect(run.component('crew')).to.deep.include({ operations: 2, queue_max: 1 });
  });
});

describe('faults: recorded histories', () => {
  it('come when, on what and for as long as the file says', () => {
    const run = simulate(servers(`  - { id: f, replay: "${HISTORY}" }`, '{ horizon: 600s }', '\n  group: { kind: cluster-group, on: [s1, s2], detection: 5s, failover: 10s, failovers: { count: 9 } }\n  erp: { kind: application }'));
    expect(run.result.faults.map(({ occurrence, kind, target, start_s, end_s }) => [occurrence, kind, target, start_s, end_s])).to.deep.equal([
      [1, 'outage', 's1', 60, 70], [2, 'crash', 'erp', 120, 150], [3, 'stop', 's2', 300, run.result.faults[2].end_s],
    ]);
  });
});

describe('faults and operations: again and again', () => {
  it('first: the first time, then at intervals', () => {
    const run = simulate(servers('  - { id: f, kind: stop, target: s1, every: 200s, first: 50s, for: 10s }'));
    expect(spans(run, 's1.run')).to.deep.equal([[50, 60], [250, 260], [450, 460]]);
  });

  it('operations come again, too', () => {
    const run = simulate(scenario({
      topology: '  s: { kind: server, count: 2 }\n  group: { kind: cluster-group, on: [s1, s2], failover: 10s }', run: '{ horizon: 600s }',
      operations: '  - { id: patch, do: switchover, target: group, every: 200s, first: 100s }',
    }));
    expect(run.result.operations.map(({ operation, start_s, result }) => [operation, start_s, result])).to.deep.equal([['patch', 100, 'done'], ['patch', 300, 'done'], ['patch', 500, 'done']]);
    expect(run.ledger.failovers.map(({ time, to }) => [time, to])).to.deep.equal([[110, 's2'], [310, 's1'], [510, 's2']]);
  });

  it('replications draw their own failures', () => {
    const runs = simulateAll(servers('  - { id: f, kind: crash, target: s1, mttf: { exponential: 60s }, mttr: 5s }'), { replications: 2 });
    expect(spans(runs[0], 's1.run')).not.to.deep.equal(spans(runs[1], 's1.run'));
  });
});
