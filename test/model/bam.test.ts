/** BAM Event Bus: who owns which session and when it passes on, and what that means for what waits (S-BAM; predictions 49 and 51; Q12). */
import { expect } from 'chai';
import { scenario, simulate } from './support.js';
import type { Parts, Replication } from './support.js';

const REFRESH = 60;
const TIMEOUT = 300;

interface Bus extends Omit<Parts, 'topology'> { readonly servers?: number; readonly boxes?: number; readonly bus?: string; readonly more?: string; readonly topology?: string; readonly every?: string }

/** Boxes src1… on one SQL Server of their own, the destination on another; one event a second into each. */
function bus({ servers = 2, boxes = 2, bus: parameters = '', topology = '', every = '1s', ...parts }: Bus): string {
  const names = Array.from({ length: boxes }, (_, box) => `src${box + 1}`);
  return scenario({
    run: '{ horizon: 30m, drain: 20m }',
    flows: names.map((name) => `  to-${name}: { arrivals: { every: ${every} }, route: [${name}, bus] }`).join('\n'),
    ...parts,
    topology: `
  server: { kind: server, count: ${servers}, reboot: 5m }
  sql: { kind: sql-server, restart: 20s }
  bam: { kind: sql-server, restart: 20s }
${names.map((name) => `  ${name}: { kind: message-box, in: sql }`).join('\n')}
  bus: { kind: bam-event-bus, on: server*, sources: [${names.join(', ')}], destination: bam, ${parameters} }${topology}`,
  });
}

/** Sessions of a member at a time. */
function sessions(run: Replication, server: number, time: number): number {
  const told = run.ledger.gauges.filter(({ member, gauge, time: at }) => gauge === 'sessions' && at <= time && (member === `bus@server${server}` || member === 'bus'));
  return told.at(-1)!.value;
}

const owned = (run: Replication, servers: number, time: number): number[] => Array.from({ length: servers }, (_, index) => sessions(run, index + 1, time));
const allOnce = (run: Replication): void => { for (const row of run.result.flows) expect(row).to.deep.include({ delivered: row.offered, lost: 0, duplicates: 0, in_flight: 0 }); };
const safe = (run: Replication): void => {
  allOnce(run);
  for (const row of run.result.flows) expect(row.out_of_order).to.equal(0);
};

/** Passages of sessions: time, source, from whom, to whom; nobody: null. */
type Passage = readonly [number, string, string | null, string | null];

function passages(text: string, seed: number): readonly Passage[] {
  const told: Passage[] = [];
  simulate(text, { seed, readers: (map) => [{
    sessionMoved: (time, _component, source, from, to) => { told.push([time / 1e6, map.components[source].name, from < 0 ? null : map.members[from].name, to < 0 ? null : map.members[to].name]); },
  }] });
  return told;
}

describe('BAM Event Bus', () => {
  it('A to D as passages of sessions, each within its window: nothing else passes', () => {
    for (let seed = 21; seed <= 24; seed++) {
      const [a1, a2, left, b, dead, d, ...more] = passages(bus({ bus: 'starts: { server2: 5m }', every: '1m', faults: '  - { id: dies, kind: crash, target: server1, at: 20m }' }), seed);
      expect([a1, a2]).to.deep.equal([[0, 'src1', null, 'bus@server1'], [0, 'src2', null, 'bus@server1']]);
      const [given, kept] = [left[1], left[1] === 'src1' ? 'src2' : 'src1'];
      expect(left.slice(1)).to.deep.equal([given, 'bus@server1', null]);
      expect(b.slice(1)).to.deep.equal([given, 'bus@server1', 'bus@server2']);
      // The newcomer signs within a beat, the owner gives one up within the next one, and the newcomer takes it at his own.
      expect(left[0]).to.be.within(300, 300 + 2 * REFRESH);
      expect(b[0] - left[0]).to.be.within(0, REFRESH);
      expect(b[0]).to.be.at.most(300 + 2 * REFRESH);
      expect(dead).to.deep.equal([1200, kept, 'bus@server1', null]);
      expect(d.slice(1)).to.deep.equal([kept, 'bus@server1', 'bus@server2']);
      expect(d[0]).to.be.within(1200 + TIMEOUT - REFRESH, 1200 + TIMEOUT + REFRESH);
      expect(more).to.deep.equal([]);
    }
  });

  it('two buses at one MessageBox: each has a session of its own, and only the flow of the one that dies waits', () => {
    const run = simulate(scenario({
      run: '{ horizon: 20m, drain: 10m }', faults: '  - { id: dies, kind: crash, target: server1, at: 10m }',
      topology: `
  server: { kind: server, count: 3 }
  sql: { kind: sql-server }
  bam: { kind: sql-server }
  dta: { kind: sql-server }
  src: { kind: message-box, in: sql }
  first: { kind: bam-event-bus, on: [server1, server3], sources: [src], destination: bam }
  other: { kind: bam-event-bus, on: [server2], sources: [src], destination: dta }`,
      flows: '  activities: { arrivals: { every: 1s }, route: [src, first] }\n  tracks: { arrivals: { every: 1s }, route: [src, other] }',
    }));
    safe(run);
    expect(run.ledger.stops('tracks')).to.deep.equal([]);
    const [stop] = run.ledger.stops('activities');
    expect(stop.from).to.equal(600);
    expect(stop.to - 600).to.be.within(TIMEOUT - REFRESH, TIMEOUT + REFRESH);
  });

  it('A to D: alone it owns both; a second takes one within two beats; when the first dies, the second has both after 240 to 360 s (49)', () => {
    const times: number[] = [];
    for (let seed = 1; seed <= 12; seed++) {
      const run = simulate(bus({ bus: 'starts: { server2: 5m }', every: '10s', faults: '  - { id: dies, kind: crash, target: server1, at: 20m }' }), { seed });
      expect(owned(run, 2, 299), 'A').to.deep.equal([2, 0]);
      expect(owned(run, 2, 300 + 2 * REFRESH), 'B').to.deep.equal([1, 1]);
      expect(owned(run, 2, 1199)).to.deep.equal([1, 1]);
      expect(owned(run, 2, 1200 + TIMEOUT - REFRESH - 1), 'C').to.deep.equal([0, 1]);
      expect(owned(run, 2, 1200 + TIMEOUT + REFRESH), 'D').to.deep.equal([0, 2]);
      safe(run);
      const { detect_s: detect, restore_s: restore, scope } = run.fault('dies');
      expect(detect).to.equal(restore);
      expect(scope).to.equal('server');
      times.push(Number(restore));
    }
    // timeout − U(0, refresh) + U(0, refresh): never outside, and spread over the window, not at one place of it.
    for (const time of times) expect(time).to.be.within(TIMEOUT - REFRESH, TIMEOUT + REFRESH);
    expect(Math.max(...times) - Math.min(...times)).to.be.above(30);
  });

  it('while it is served, an event takes one turn of its session; a session is no faster than its rate, two of them are (Q12)', () => {
    // 5/s into each, 8/s out of each. The owner of src1 dies: backlog 5·T, drained within 5·T/(8 − 5).
    const run = simulate(bus({
      bus: 'rate: 8/s', every: '200ms', faults: '  - { id: dies, kind: crash, target: server1, at: 3m }', run: '{ horizon: 18m, drain: 2m }',
    }), { checkAlways: false });
    const T = Number(run.fault('dies').restore_s);
    const hit = run.ledger.stops('to-src1').length > 0 ? 'src1' : 'src2';
    const flow = run.flow(`to-${hit}`);
    expect(Number(flow.backlog_max)).to.be.closeTo(5 * T, 2);
    expect(Number(flow.delay_max_s)).to.be.closeTo(T, 0.5);
    const late = run.ledger.effects.filter(({ flow: name, n, time }) => name === `to-${hit}` && time - (n + 1) * 0.2 > 0.2);
    expect(late.at(-1)!.time - 180).to.be.closeTo(T + (5 * T) / 3, 2);
    const other = run.flow(`to-${hit === 'src1' ? 'src2' : 'src1'}`);
    expect(other).to.deep.include({ delay_max_s: 0.125, availability: 1 });
    safe(run);
  });

  it('Q12 at a tenth, by a blocked procedure: in 5/s, capacity 8/s, 120 s: peak 600, 200 s to drain, longest delay 120 s, an integral of 96 000', () => {
    const run = simulate(bus({ boxes: 1, servers: 2, bus: 'rate: 8/s', every: '200ms', faults: '  - { id: blocked, kind: outage, target: bus, at: 3m, for: 2m }', run: '{ horizon: 12m, drain: 2m }' }), { checkAlways: false });
    const flow = run.flow('to-src1');
    expect(Number(flow.backlog_max)).to.be.closeTo(600, 2);
    expect(Number(flow.delay_max_s)).to.be.closeTo(120, 0.5);
    const delays = run.ledger.effects.map(({ n, time }) => ({ time, delay: time - (n + 1) * 0.2 - 0.125 }));
    const late = delays.filter(({ delay }) => delay > 0.1);
    expect(late.at(-1)!.time - 300).to.be.closeTo(200, 1);
    expect(late.reduce((sum, { delay }) => sum + delay, 0)).to.be.closeTo(96_000, 960);
    expect(run.fault('blocked')).to.deep.include({ restore_s: 120, flows_stopped: 1 });
    expect(run.ledger.gauges.filter(({ gauge, time }) => gauge === 'sessions' && time > 0)).to.deep.equal([]);
    safe(run);
  });

  it('without any instance events wait: rate × T of them, none is lost (51)', () => {
    const run = simulate(bus({ servers: 1, run: '{ horizon: 30m }', faults: '  - { id: away, kind: stop, target: bus, at: 10m, for: 15m }' }), { checkAlways: false });
    const took = Number(run.fault('away').restore_s);
    expect(took).to.be.within(900, 900 + REFRESH);
    expect(Number(run.flow('to-src1').backlog_max)).to.be.closeTo(took, 1.5);
    expect(Number(run.ledger.gauges.filter(({ member, gauge }) => member === 'src1' && gauge === 'messages').reduce((most, { value }) => Math.max(most, value), 0))).to.be.closeTo(took, 1.5);
    expect(run.flow('to-src1')).to.deep.include({ lost: 0, duplicates: 0, accept_availability: 1 });
  });

  it('who is stopped in order gives its sessions back: the other has them at its next beat', () => {
    const run = simulate(bus({ faults: '  - { id: planned, kind: stop, target: bus@server1, at: 10m, for: 10m }' }));
    expect(owned(run, 2, 600)).to.deep.equal([0, 1]);
    expect(owned(run, 2, 600 + REFRESH)).to.deep.equal([0, 2]);
    expect(owned(run, 2, 1200 + 2 * REFRESH)).to.deep.equal([1, 1]);
    expect(Number(run.fault('planned').restore_s)).to.be.within(0, REFRESH);
    safe(run);
  });

  it('a process that begins anew is another one: what the dead one owned waits for its time', () => {
    const run = simulate(bus({ servers: 1, bus: 'restart: 10s', faults: '  - { id: dies, kind: crash, target: bus, at: 10m }' }));
    expect(Number(run.fault('dies').restore_s)).to.be.within(TIMEOUT - REFRESH, TIMEOUT + REFRESH);
    safe(run);
  });

  it('after the crash of its server a person starts it again, unless it is told to start by itself', () => {
    const crash = '  - { id: dies, kind: crash, target: server1, at: 10m, for: 5m }';
    expect(simulate(bus({ faults: crash })).ledger.statesOf('bus@server1')).to.deep.equal(['lost', 'waiting']);
    expect(simulate(bus({ faults: crash, more: 'operator: { reaction: 2m }' })).ledger.lives.filter(({ member }) => member === 'bus@server1').map(({ time, to }) => [time, to]))
      .to.deep.equal([[600, 'lost'], [900, 'waiting'], [1020, 'up']]);
    const automatic = simulate(bus({ faults: crash, bus: 'after-server-loss: automatic' }));
    expect(automatic.ledger.statesOf('bus@server1')).to.deep.equal(['down', 'up']);
    expect(owned(automatic, 2, 1799)).to.deep.equal([1, 1]);
  });

  it('sessions are shared out: floor or ceil of M/N, whoever is beyond M has none', () => {
    for (const [servers, shares] of [[1, [4]], [3, [1, 1, 2]], [5, [0, 1, 1, 1, 1]], [6, [0, 0, 1, 1, 1, 1]]] as const) {
      const run = simulate(bus({ servers, boxes: 4, every: '1m', run: '{ horizon: 10m, drain: 1m }' }));
      expect(owned(run, servers, 599).sort(), `${servers}`).to.deep.equal(shares);
    }
    const joined = simulate(bus({ servers: 3, boxes: 4, every: '1m', bus: 'starts: { server2: 5m, server3: 5m }' }));
    expect(owned(joined, 3, 299)).to.deep.equal([4, 0, 0]);
    expect(owned(joined, 3, 300 + 3 * REFRESH).sort()).to.deep.equal([1, 1, 2]);
  });
});

describe('BAM Event Bus: the database in which its members find each other', () => {
  const config = (lasts: string, more = ''): Replication => simulate(bus({
    bus: 'config: conf', topology: '\n  conf: { kind: sql-server }', faults: `  - { id: away, kind: outage, target: conf, at: 10m, for: ${lasts} }${more}`,
  }));

  it('away for less than the timeout minus a beat: everybody goes on', () => {
    const run = config('235s');
    expect([run.flow('to-src1').availability, run.flow('to-src2').availability]).to.deep.equal([1, 1]);
    safe(run);
  });

  it('away for longer: each stops at the end of its own time, and goes on at its first beat', () => {
    const run = config('10m');
    for (const flow of ['to-src1', 'to-src2']) {
      const stops = run.ledger.stops(flow);
      const [{ from, to, causes }] = stops;
      // Whoever is the first finds nobody else alive and has both for a moment.
      expect(stops.at(-1)!.to).to.be.at.most(1200 + 2 * REFRESH);
      expect(from).to.be.within(600 + TIMEOUT - REFRESH, 600 + TIMEOUT);
      expect(to).to.be.within(1200, 1200 + REFRESH);
      expect(causes).to.deep.equal(['away']);
    }
    safe(run);
  });

  it('while it is away nobody takes over', () => {
    const run = config('10m', '\n  - { id: dies, kind: crash, target: server1, at: 11m }');
    expect(owned(run, 2, 900).reduce((sum, one) => sum + one)).to.equal(0);
    expect(owned(run, 2, 1200 + REFRESH)).to.deep.equal([0, 2]);
    safe(run);
  });
});

describe('BAM Event Bus: two that could be owners', () => {
  // The work on one event takes 10 s, so that somebody has one in hand at any instant.
  const slow = (faults: string, more: Bus = {}): Replication => simulate(bus({ bus: 'rate: 6/min', every: '20s', faults, ...more }));

  it('a hung owner loses its session, and what it had in hand is not committed when it wakes up', () => {
    const run = slow('  - { id: hangs, kind: hang, target: bus@server1, at: 10m, for: 10m }');
    expect(owned(run, 2, 600 + TIMEOUT + REFRESH)).to.deep.equal([0, 2]);
    expect(owned(run, 2, 1200 + 2 * REFRESH)).to.deep.equal([1, 1]);
    safe(run);
  });

  it('an owner cut off from the others stops before another begins', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const run = simulate(bus({ bus: 'rate: 6/min', every: '20s', faults: '  - { id: cut, kind: network-partition, target: [server1, bam], at: 10m, for: 10m }' }), { seed });
      const passed = run.ledger.gauges.filter(({ gauge, time }) => gauge === 'sessions' && time > 600 && time < 1200).map(({ member, value }) => [member, value]);
      expect(passed).to.deep.equal([['bus@server1', 0], ['bus@server2', 2]]);
      safe(run);
    }
  });

  it('an owner that reaches the others but not its source keeps the session, and nothing is moved', () => {
    const run = slow('  - { id: cut, kind: network-partition, target: [server1, sql], at: 10m, for: 10m }');
    expect(owned(run, 2, 1100)).to.deep.equal([1, 1]);
    expect(run.ledger.stops('to-src1').concat(run.ledger.stops('to-src2')).map(({ from, to, causes }) => [from, to, causes])).to.deep.equal([[600, 1200, ['cut']]]);
    safe(run);
  });

  it('what leaves the source is there in the destination, or neither: a crash at any step', () => {
    for (const step of ['taken', 'worked', 'put', 'settled']) {
      safe(slow(`  - { id: dies, kind: crash, target: bus@server1, when: { component: bus@server1, step: ${step}, nth: 5 }, for: 1m }`));
      safe(slow(`  - { id: dies, kind: crash, target: bam, when: { component: bus@server1, step: ${step}, nth: 5 }, for: 1m }`));
      // Who writes while the source is away tries again, and so may come later than others.
      allOnce(slow(`  - { id: dies, kind: crash, target: sql, when: { component: bus@server1, step: ${step}, nth: 5 }, for: 1m }`, { flows: ['src1', 'src2'].map((name) => `  to-${name}: { arrivals: { every: 20s, limit: 60 }, route: [${name}, bus], client: { retry: 20, backoff: 10s } }`).join('\n') }));
    }
  });
});
