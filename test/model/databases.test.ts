/** Databases: what their servers can carry, several MessageBoxes, and databases that messages do not need. */
import { expect } from 'chai';
import { ONE_SERVER, read, scenario, simulate } from './support.js';
import type { Parts } from './support.js';
import { buildEngine } from '../../src/model/index.js';
import { catalogue } from '../../src/kinds/index.js';

const SQL = 'disk: san, detection: 10s, failover: 35s, restart: 20s, crash-recovery: 0s';

/** Two groups, each with an SQL cluster on the same two servers of one processor; each cluster is active on another server. */
function twoClusters(operation: string, parts: Parts = {}): string {
  const group = (name: string): string => `
  group-${name}: { kind: biztalk-group, message-box: sql-${name}, management: sql-${name} }
  receive-${name}: { kind: isolated-host, in: group-${name}, on: [bts1], threads: 20, queue: 1000000, restart: 5s }
  transmit-${name}: { kind: host, in: group-${name}, on: [bts1], threads: 1000, queue-size: 100000, shutdown: 10s, start-up: 20s }
  in-${name}: { kind: receive-location, host: receive-${name} }
  out-${name}: { kind: send-port, host: transmit-${name}, to: erp }`;
  return scenario({
    run: '{ horizon: 12m, drain: 10m }',
    flows: ['a', 'b'].map((name) => `  ${name}: { arrivals: { every: 80ms }, route: [in-${name}, out-${name}], client: { timeout: 1h } }`).join('\n'),
    topology: `
  sql1: { kind: server, cpus: 1, reboot: 5m }
  sql2: { kind: server, cpus: 1, reboot: 5m }
  bts1: { kind: server, cpus: 4, reboot: 5m }
  san: { kind: shared-disk, restore: 3h }
  sql-a: { kind: sql-cluster, on: [sql1, sql2], operation: ${operation}, ${SQL} }
  sql-b: { kind: sql-cluster, on: [sql2, sql1], operation: ${operation}, ${SQL} }
  erp: { kind: application, work: 50ms }${group('a')}${group('b')}`,
    ...parts,
  });
}

describe('17. active/active SQL: each server must be able to carry both (bt:checklist-providing-high-availability)', () => {
  const faults = '  - { id: sql2-dies, kind: crash, target: sql2, at: 2m, for: 3m }';
  const back = '  - { id: back, do: switchover, target: sql-b, at: 8m }';
  const fast = { checkAlways: false };
  const count = (run: ReturnType<typeof simulate>, from: number, to: number): number => run.ledger.effectsIn(from, to).length;
  const backlog = (run: ReturnType<typeof simulate>, at: number): number =>
    run.ledger.offers.filter(({ flow, time }) => flow === 'a' && time <= at).length - run.ledger.effects.filter(({ flow, time }) => flow === 'a' && time <= at).length;

  it('60 % each: 48 ms for each of 12.5 messages a second; after the loss 120 % of one server, so it serves 1 / 48 ms in all and the rest piles up', () => {
    const run = simulate(twoClusters('48ms', { faults, operations: back }), fast);
    expect(run.ledger.failovers.map(({ time, component, to }) => [time, component, to])).to.deep.equal([[165, 'sql-b', 'sql1'], [515, 'sql-b', 'sql2']]);
    // Before: all that is offered, 2 x 12.5 a second for 100 s.
    expect(count(run, 10, 110)).to.be.within(2499, 2501);
    // From 250 s on both groups are up on one server: 200 s / 48 ms = 4166.7 operations, whatever is offered (5000).
    expect(count(run, 250, 450)).to.be.within(4165, 4168);
    // The flow whose database never moved is hit as hard as the other: it had 20.83 a second, now it has half of it.
    const capacity = 1 / 0.048;
    expect(run.ledger.flowStates.filter(({ flow, capacity: now, time }) => flow === 'a' && now > 0 && time < 480).map((each) => [each.time, each.status, each.causes, each.capacity])).to.deep.equal([[165, 1, ['sql2-dies'], capacity / 2]]);
    // So 12.5 - 10.42 messages a second pile up, although the server that died is back at 300 s: failback is manual.
    expect(backlog(run, 115)).to.be.at.most(15);
    expect(backlog(run, 450) - backlog(run, 250)).to.be.within(200 * (12.5 - capacity / 2) - 3, 200 * (12.5 - capacity / 2) + 3);
    // Switched back at 515 s; at most 12.5 x 300 s are behind, and 20.83 - 12.5 more a second are served than offered.
    expect(backlog(run, 700)).to.be.at.most(15);
    expect(run.flow('a')).to.deep.include({ lost: 0, rejected: 0, in_flight: 0 });
    expect(run.flow('b')).to.deep.include({ lost: 0, in_flight: 0 });
  });

  it('45 % each: 36 ms; after the loss 90 %, and nothing piles up', () => {
    const run = simulate(twoClusters('36ms', { faults, operations: back }), fast);
    expect(count(run, 250, 450)).to.be.within(4999, 5001);
    expect(run.flow('a')).to.deep.include({ lost: 0, rejected: 0 });
    // Never more than one operation ahead of one's own, 0.5 s of poll, 20 ms of receipt and 50 ms of the destination.
    expect(Number(run.flow('a').delay_max_s)).to.be.at.most(2 * 0.036 + 0.5 + 0.02 + 0.05);
  });

  it('a put waits for its operation: 30 ms on an idle server; utilisation is rate x operation / processors', () => {
    const text = twoClusters('30ms', { run: '{ horizon: 100s, drain: 1m }', flows: '  a: { arrivals: { every: 100ms }, route: [in-a, out-a] }' });
    const run = simulate(text);
    // The first of 100 ms is offered at 100 ms, works 20 ms, and is stored 30 ms later.
    expect(run.ledger.acceptances[0].time).to.equal(0.15);
    // 10 a second x 30 ms; the last of 999 is at 99.9 s.
    expect(Number(run.component('sql-a').utilisation)).to.be.closeTo(0.2997, 0.0001);
    expect(run.component('sql-a').operations).to.equal(999);
    expect(run.component('sql-b').utilisation).to.equal(0);
    const two = simulate(text, { set: ['topology.sql1.cpus=2'] });
    expect(Number(two.component('sql-a').utilisation)).to.be.closeTo(0.14985, 0.0001);
    // Without the parameter it takes no time and has no utilisation.
    const free = simulate(text.replaceAll('operation: 30ms, ', ''));
    expect(free.ledger.acceptances[0].time).to.equal(0.12);
    expect(free.component('sql-a').utilisation).to.equal(null);
  });

  it('fault-free capacity: processors / (operation x puts of one message), whether databases have instances of their own or not', () => {
    const capacityOf = (text: string): number => buildEngine(read(text).definition, catalogue, { replication: 1 }).map.flows[0].faultFreeCapacity;
    expect(capacityOf(twoClusters('24ms'))).to.equal(1 / 0.024);
    // Both on one server at time 0: half each.
    expect(capacityOf(twoClusters('24ms').replace('on: [sql2, sql1]', 'on: [sql1, sql2]'))).to.equal(1 / 0.048);
    const boxes = (set: string): string => withBoxes({}, set);
    // One box of 4 processors: two puts of 40 ms a message.
    expect(capacityOf(boxes('message-box: box1'))).to.be.closeTo(4 / 0.08, 1e-9);
    // Two of the others take a half each; the master routes all: 40 ms x 50 % x 2.
    expect(capacityOf(boxes('message-box: [box1, box2, box3]'))).to.be.closeTo(4 / 0.04, 1e-9);
    // Two boxes that both take messages: the master has half of them and routes the other half.
    expect(capacityOf(boxes('message-box: [box1, box2]'))).to.be.closeTo(4 / (0.04 * (1 + 0.5)), 1e-9);
  });

  it('two clusters that change places in order keep their capacity', () => {
    const run = simulate(twoClusters('48ms', { run: '{ horizon: 10m, drain: 5m }', operations: '  - { id: a, do: switchover, target: sql-a, at: 2m }\n  - { id: b, do: switchover, target: sql-b, at: 2m }' }), fast);
    expect(run.ledger.failovers.map(({ time, to }) => [time, to])).to.deep.equal([[155, 'sql2'], [155, 'sql1']]);
    // 2 x 12.5 a second again when the hosts are back, 120 + 90 s, and what waited meanwhile is done.
    expect(count(run, 400, 500)).to.be.within(2499, 2501);
    expect(run.ledger.flowStates.filter(({ status }) => status === 1)).to.deep.equal([]);
  });
});

/** One group with three MessageBoxes that fail one by one; the configuration lives elsewhere. */
function withBoxes(parts: Parts = {}, boxes = 'message-box: [box1, box2, box3]'): string {
  return scenario({
    flows: '  orders: { arrivals: { every: 1s }, route: [http-in, fulfil, erp-port] }', ...parts,
    topology: `
  bts1: { kind: server, cpus: 4, reboot: 5m }
  box1: { kind: sql-server, restart: 20s, operation: 40ms }
  box2: { kind: sql-server, restart: 20s, operation: 40ms }
  box3: { kind: sql-server, restart: 20s, operation: 40ms }
  config: { kind: sql-server, restart: 20s }
  group: { kind: biztalk-group, ${boxes}, management: config }${ONE_SERVER}${parts.topology ?? ''}`,
  });
}

describe('several MessageBoxes (bt:scaled-out-databases)', () => {
  const erpDown = '\n  - { id: erp-down, kind: outage, target: erp, at: 9m, for: 4m }';
  const offeredIn = (run: ReturnType<typeof simulate>, from: number, to: number): readonly number[] => run.ledger.offers.filter(({ time }) => time >= from && time < to).map(({ n }) => n);
  const fates = (run: ReturnType<typeof simulate>, numbers: readonly number[]): readonly string[] => [...new Set(numbers.map((n) => run.ledger.fateOf(n).fate))];

  it('three boxes: the master routes and keeps nothing, new messages lie in the others in turn; a lost disk loses what is in that box', () => {
    // From 9 min on the destination is down, so the messages of the last minute before the loss lie in the boxes.
    for (const [box, parity] of [['box2', 0], ['box3', 1]] as const) {
      const run = simulate(withBoxes({ faults: `${erpDown}\n  - { id: disk-gone, kind: disk-loss, target: ${box}, at: 10m, for: 2m }` }));
      const stored = offeredIn(run, 542, 598);
      expect(fates(run, stored.filter((n) => n % 2 === parity))).to.deep.equal(['lost']);
      expect(fates(run, stored.filter((n) => n % 2 !== parity))).to.deep.equal(['delivered']);
      expect(Object.keys(run.causes('lost'))).to.deep.equal([`disk-gone > ${box} > stored, data gone`]);
    }
    const master = simulate(withBoxes({ faults: `${erpDown}\n  - { id: disk-gone, kind: disk-loss, target: box1, at: 10m, for: 2m }` }));
    expect(master.flow('orders').lost).to.equal(0);
  });

  it('master-publishes: the master takes its turn with the others; two boxes do so by themselves', () => {
    for (const boxes of ['message-box: [box1, box2, box3], master-publishes: true', 'message-box: [box1, box2]']) {
      const turns = boxes.includes('box3') ? 3 : 2;
      const run = simulate(withBoxes({ faults: `${erpDown}\n  - { id: disk-gone, kind: disk-loss, target: box1, at: 10m, for: 2m }` }, boxes));
      const stored = offeredIn(run, 542, 598);
      expect(fates(run, stored.filter((n) => n % turns === 0))).to.deep.equal(['lost']);
      expect(fates(run, stored.filter((n) => n % turns !== 0))).to.deep.equal(['delivered']);
    }
  });

  it('the routing share on the master comes first: 20 ms + 40 ms for a put into another box, 40 ms for one into the master', () => {
    expect(simulate(withBoxes()).ledger.acceptances[0].time).to.equal(1.08);
    expect(simulate(withBoxes({}, 'message-box: box1')).ledger.acceptances[0].time).to.equal(1.06);
    expect(simulate(withBoxes({}, 'message-box: [box1, box2, box3], routing: 100%')).ledger.acceptances[0].time).to.equal(1.1);
  });

  for (const loss of ['group', 'box']) {
    it(`the master is lost: nothing is routed, with secondary-loss: ${loss}`, () => {
      const run = simulate(withBoxes({ faults: '  - { id: gone, kind: outage, target: box1, at: 10m, for: 2m }' }, `message-box: [box1, box2, box3], secondary-loss: ${loss}`));
      expect(run.ledger.down('group.messages')).to.deep.equal([{ from: 600, to: 720, causes: ['gone'] }]);
      expect(run.ledger.acceptances.filter(({ time }) => time >= 600 && time < 720)).to.deep.equal([]);
      expect(run.ledger.effectsIn(600.05, 720)).to.deep.equal([]);
      expect(run.flow('orders')).to.deep.include({ lost: 0, rejected: 120, in_flight: 0 });
    });
  }

  it('another box is lost, secondary-loss: group: as any lost database, it stops the group', () => {
    const run = simulate(withBoxes({ faults: '  - { id: gone, kind: outage, target: box3, at: 10m, for: 2m }' }));
    expect(run.ledger.down('group.messages')).to.deep.equal([{ from: 600, to: 720, causes: ['gone'] }]);
    // Tries at 670 s in vain, at 750 s with success.
    expect(run.ledger.downtimes('process@bts1.run')).to.deep.equal([170]);
    expect(run.fault('gone')).to.deep.include({ scope: 'group', flows_stopped: 1 });
    expect(run.flow('orders')).to.deep.include({ lost: 0, rejected: 120, in_flight: 0 });
  });

  it('another box is lost, secondary-loss: box: what lies in it waits, new messages go to the others, nobody stops', () => {
    const run = simulate(withBoxes({ faults: `${erpDown}\n  - { id: gone, kind: outage, target: box3, at: 10m, for: 10m }` }, 'message-box: [box1, box2, box3], secondary-loss: box'));
    expect(run.ledger.down('group.messages')).to.deep.equal([]);
    expect(run.ledger.down('process@bts1.run')).to.deep.equal([]);
    const [stored, later] = [offeredIn(run, 542, 598), offeredIn(run, 602, 1190)];
    const arrival = (n: number): number => run.ledger.effectsOf(n)[0].time;
    // Those of the other box are tried again 5 min after their first attempt in vain; those of this one not before it is back.
    for (const n of stored.filter((each) => each % 2 === 0)) expect(arrival(n)).to.be.below(900);
    for (const n of stored.filter((each) => each % 2 === 1)) expect(arrival(n)).to.be.within(1200, 1202);
    // New ones pass it over, all of them.
    for (const n of later.filter((each) => run.ledger.offers[each].time > 785)) expect(arrival(n) - run.ledger.offers[n].time).to.be.below(2);
    expect(run.flow('orders')).to.deep.include({ lost: 0, rejected: 0, suspended: 0, in_flight: 0 });
    expect(run.ledger.stops('orders').map(({ causes }) => causes)).to.deep.equal([['erp-down']]);
  });

  it('with secondary-loss: box, a message in work when its box goes away is done again when the box is back', () => {
    const text = withBoxes({
      flows: '  orders: { arrivals: { every: 1s, limit: 2 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: gone, kind: outage, target: box3, at: 5s, for: 1m }',
    }, 'message-box: [box1, box2, box3], secondary-loss: box');
    const run = simulate(text, { set: ['topology.fulfil.steps=[{work: 10s}]'] });
    // Message 1 lies in box3. Its 10 s of work end while the box is away; they are done again after 65 s.
    expect(run.ledger.effectsOf(0).map(({ nth }) => nth)).to.deep.equal([1]);
    expect(run.ledger.effectsOf(0)[0].time).to.be.below(14);
    expect(run.ledger.effectsOf(1)).to.have.length(1);
    expect(run.ledger.effectsOf(1)[0].time).to.be.within(75, 77);
    expect(run.component('fulfil')).to.deep.include({ operations: 3, reworked: 1 });
  });

  it('with secondary-loss: box, a lost disk frees the worker that had a message of that box in hand: the next poll takes another', () => {
    const text = withBoxes({
      flows: '  orders: { arrivals: { every: 1s, limit: 3 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: disk-gone, kind: disk-loss, target: box3, at: 15s, for: 20m }',
    }, 'message-box: [box1, box2, box3], secondary-loss: box');
    const run = simulate(text, { set: ['topology.bts1.cpus=1', 'topology.process.threads=1', 'topology.process.queue-size=0', 'topology.process.in-process-per-cpu=1', 'topology.fulfil.steps=[{work: 10s}]'] });
    // Message 0 is done at 11 to 12 s, then 1 of box3 is in work. After 15 s, a poll of 0.5 s and 10 s of work come 2 and its port.
    expect(run.ledger.fateOf(1)).to.deep.include({ fate: 'lost', cause: 'disk-gone > box3 > stored, data gone' });
    expect(run.ledger.effectsOf(2)[0].time).to.be.within(25, 26.2);
  });
});

describe('databases beside the MessageBox (bt:configuring-a-dedicated-tracking-host, bt:database-failover-support)', () => {
  const more = `
  dta: { kind: sql-server, restart: 20s }
  bam: { kind: sql-server, restart: 20s }
  brl: { kind: sql-server, restart: 20s }`;
  const group = 'message-box: box1, tracking: dta, bam: bam, rules: brl';
  const lose = (target: string): string => `  - { id: gone, kind: outage, target: ${target}, at: 10m, for: 2m }`;

  for (const target of ['dta', 'bam']) {
    it(`${target} is away: tracking of the group is down, messages are not held up`, () => {
      const run = simulate(withBoxes({ topology: more, faults: lose(target) }, group));
      expect(run.ledger.down('group.tracking')).to.deep.equal([{ from: 600, to: 720, causes: ['gone'] }]);
      expect(run.fault('gone')).to.deep.include({ flows_stopped: 0, flows_degraded: 0, components_degraded: 1, components_down: 0 });
      expect(run.flow('orders')).to.deep.include({ availability: 1, rejected: 0, lost: 0 });
    });
  }

  it('the rule engine database is away: hosts that use rules end and try each minute, others go on', () => {
    const run = simulate(withBoxes({ topology: more, faults: lose('brl') }, group), { set: ['topology.process.uses-rules=true'] });
    // d 10 s, s 20 s: tries at 670 s (in vain) and 750 s.
    expect(run.ledger.down('process@bts1.run')).to.deep.equal([{ from: 600, to: 770, causes: ['gone'] }]);
    expect(run.ledger.down('transmit@bts1.run')).to.deep.equal([]);
    expect(run.flow('orders')).to.deep.include({ rejected: 0, lost: 0, in_flight: 0 });
    const without = simulate(withBoxes({ topology: more, faults: lose('brl') }, group));
    expect(without.ledger.down('process@bts1.run')).to.deep.equal([]);
  });
});
