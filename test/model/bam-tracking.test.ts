/** Tracking data of a group in its MessageBoxes: who moves it, how much waits, and when that holds back messages (3.13 of the facts; predictions 49 and 51; Q12). */
import { expect } from 'chai';
import { scenario, simulate } from './support.js';
import type { Parts, Replication } from './support.js';

const REFRESH = 60;
const TIMEOUT = 300;

interface Group extends Omit<Parts, 'topology' | 'flows'> {
  readonly boxes?: number; readonly members?: number; readonly bus?: string; readonly group?: string; readonly throttling?: string; readonly every?: string; readonly arrivals?: string; readonly topology?: string;
}

/** One message a second, two rows of it; the instances of the bus on servers of their own, its databases beside the MessageBoxes. */
function group({ boxes = 1, members = 1, bus = '', group: more = '', throttling = '{}', arrivals = '{ every: 1s }', topology = '', ...parts }: Group): string {
  const names = Array.from({ length: boxes }, (_, box) => `box${box + 1}`);
  return scenario({
    run: '{ horizon: 30m, drain: 10m }', ...parts,
    flows: `  orders: { arrivals: ${arrivals}, route: [http-in, port] }`,
    topology: `
  track: { kind: server, count: ${members} }
  bts: { kind: server }
  sql: { kind: sql-server }
  dta: { kind: sql-server }
  bam: { kind: sql-server }
  conf: { kind: sql-server }
${names.map((name) => `  ${name}: { kind: message-box, in: sql }`).join('\n')}
  group: { kind: biztalk-group, message-box: [${names.join(', ')}], management: sql, event-bus: bus, ${more} }
  bus: { kind: bam-event-bus, on: track*, destination: dta, config: conf, ${bus} }
  receive: { kind: isolated-host, in: group, on: [bts], throttling: ${throttling} }
  transmit: { kind: host, in: group, on: [bts] }
  http-in: { kind: receive-location, host: receive }
  port: { kind: send-port, host: transmit, to: erp }
  erp: { kind: application }${topology}`,
  });
}

/** Value of a gauge at a time. */
function at(run: Replication, member: string, gauge: string, time: number): number {
  return run.ledger.gauges.filter((one) => one.gauge === gauge && one.member.replace(/@.*/, '') === member.replace(/@.*/, '') && (one.member === member || !member.includes('@')) && one.time <= time).at(-1)!.value;
}

const rows = (run: Replication, member: string, time: number): number => at(run, member, 'tracking-rows', time);
const moved = (run: Replication, members: number, time: number): number =>
  Array.from({ length: members }, (_, one) => at(run, `bus@track${one + 1}`, 'moved', time)).reduce((sum, one) => sum + one);
/** Changes of the state of publishing. */
const held = (run: Replication): readonly (readonly [number, number])[] =>
  run.ledger.gauges.filter(({ gauge, member, time }) => gauge === 'publishing-throttle' && member === 'receive@bts' && time > 0).map(({ time, value }) => [time, value]);
/** Rows of a message that comes to lie in the box: as many as are moved in the end. */
function allMoved(run: Replication, members: number, each: number): void {
  const offered = Number(run.flow('orders').offered);
  expect(run.flow('orders')).to.deep.include({ delivered: offered, lost: 0, duplicates: 0 });
  expect(moved(run, members, Infinity)).to.equal(each * offered);
  expect(rows(run, 'bus', Infinity)).to.equal(0);
}

describe('tracking data of a group: the BAM Event Bus moves it', () => {
  it('nothing fails: a row waits until the next look of the owner and its turn, and all are moved once', () => {
    const run = simulate(group({ members: 2, bus: 'rate: 100/s' }));
    // Two rows a second; a look each second: those of one message, or of two that come between two looks.
    expect(Math.max(...run.ledger.gauges.filter(({ gauge }) => gauge === 'tracking-rows').map(({ value }) => value))).to.be.within(2, 6);
    expect(held(run)).to.deep.equal([]);
    allMoved(run, 2, 2);
  });

  it('a member is busy while it has a batch, an operation is a batch, and what waits is its queue', () => {
    // 2 rows a second at 5 a second: two of them take 0.4 s of each second. One member owns the only session.
    const run = simulate(group({ bus: 'rate: 5/s', run: '{ horizon: 30m, warmup: 1m }' }), { checkAlways: false });
    const bus = run.result.components.find(({ component }) => component === 'bus@track1' || component === 'bus')!;
    expect(Number(bus.utilisation)).to.be.closeTo(0.4, 0.01);
    expect(Number(bus.operations)).to.be.within(1735, 1742);
    // A row waits for half a second until the look on average or for less, and 0.4 s for its batch: at most 2 x 1.4 of them.
    expect(Number(bus.queue_mean)).to.be.within(0.8, 2.8);
  });

  it('its only instance away: rate x T rows wait, publishing is held back limit / rate later, and goes on when they are moved (51, Q12)', () => {
    // 2 rows a second, 1000 of them allowed: 500 s. 20/s are moved afterwards: 1800 and what came before the takeover, 18/s less each second.
    const run = simulate(group({
      bus: 'rate: 20/s, batch: 10', throttling: '{ message-count: 100, tracking-multiplier: 10, severity: { database-size: 0 } }',
      faults: '  - { id: away, kind: stop, target: bus, at: 5m, for: 15m }',
    }));
    const [[from, six], [until, zero]] = held(run);
    expect([six, zero]).to.deep.equal([6, 0]);
    expect(from - 300).to.be.within(500 - 2, 500 + 2);
    const back = 1200 + Number(run.ledger.gauges.find(({ gauge, value, time }) => gauge === 'sessions' && value === 1 && time > 300)!.time - 1200);
    expect(back - 1200).to.be.within(0, REFRESH);
    const peak = 2 * (back - 300);
    expect(rows(run, 'box1', back)).to.be.closeTo(peak, 5);
    expect(until - back).to.be.closeTo((peak - 1000) / 18, 3);
    const empty = run.ledger.gauges.find(({ gauge, member, value, time }) => gauge === 'tracking-rows' && member === 'box1' && value <= 10 && time > back)!.time;
    expect(empty - back).to.be.closeTo(peak / 18, 4);
    allMoved(run, 1, 2);
  });

  it('Q12: in 50/s, capacity 80/s, away for 120 s: peak 6000, 200 s to drain, an integral of 960 000', () => {
    const run = simulate(group({
      bus: 'rate: 80/s, batch: 8, look: 100ms', arrivals: '{ every: 40ms }', run: '{ horizon: 10m }', faults: '  - { id: away, kind: outage, target: dta, at: 2m, for: 2m }',
    }), { checkAlways: false });
    const told = run.ledger.gauges.filter(({ gauge, member }) => gauge === 'tracking-rows' && member === 'box1');
    expect(Math.max(...told.map(({ value }) => value))).to.be.closeTo(6000, 20);
    const empty = told.find(({ value, time }) => value <= 10 && time > 240)!.time;
    expect(empty - 240).to.be.closeTo(200, 2);
    let integral = 0;
    for (let i = 1; i < told.length; i++) if (told[i].time > 120 && told[i].time <= empty) integral += told[i - 1].value * (told[i].time - Math.max(120, told[i - 1].time));
    expect(integral).to.be.closeTo(960_000, 0.01 * 960_000);
  });

  it('each MessageBox is a session and a count of its own: with the owner of one only that one fills', () => {
    // Three boxes: the first only routes. One row a second of each of the others.
    const run = simulate(group({ boxes: 3, members: 3, faults: '  - { id: dies, kind: crash, target: track2, at: 10m }' }));
    expect([1, 2, 3].map((one) => at(run, `bus@track${one}`, 'sessions', 599))).to.deep.equal([1, 1, 1]);
    const most = (box: string): number => Math.max(...run.ledger.gauges.filter(({ gauge, member, time }) => gauge === 'tracking-rows' && member === box && time > 600).map(({ value }) => value));
    expect(most('box1')).to.equal(-Infinity);
    const [high, low] = [most('box2'), most('box3')].sort((a, b) => b - a);
    const lost = run.ledger.gauges.filter(({ gauge, member, time }) => gauge === 'sessions' && member !== 'bus@track2' && time > 600);
    expect(lost[0].time - 600).to.be.within(TIMEOUT - REFRESH, TIMEOUT + REFRESH);
    expect(low).to.be.at.most(8);
    expect(high).to.be.closeTo(lost[0].time - 600, 8);
    allMoved(run, 3, 2);
  });

  it('several destinations: a MessageBox has a session with each, and without one of them only its rows wait', () => {
    const run = simulate(group({
      members: 2, bus: 'destination: [bam, dta]', group: 'bam-rows: 3', faults: '  - { id: away, kind: outage, target: dta, at: 10m, for: 5m }',
    }).replace('destination: dta, ', ''));
    expect([1, 2].map((one) => at(run, `bus@track${one}`, 'sessions', 899))).to.deep.equal([1, 1]);
    expect(rows(run, 'box1', 899)).to.be.within(2 * 299, 2 * 299 + 12);
    allMoved(run, 2, 5);
  });

  it('a blocked procedure: nothing is moved, owners keep their sessions, and all goes on where it was', () => {
    const run = simulate(group({ members: 2, faults: '  - { id: blocked, kind: outage, target: bus, at: 10m, for: 10m }' }));
    expect(run.ledger.gauges.filter(({ gauge, time }) => gauge === 'sessions' && time > 0)).to.deep.equal([]);
    expect(rows(run, 'box1', 1199)).to.be.within(2 * 599, 2 * 599 + 6);
    expect(run.fault('blocked')).to.deep.include({ flows_stopped: 0 });
    allMoved(run, 2, 2);
  });

  it('a batch is moved whole or not at all: whoever dies over it leaves every row where it is', () => {
    // 2 rows a second, 4 a second moved, in batches that take as long as they have rows.
    for (let seed = 1; seed <= 2; seed++) {
      const run = simulate(group({ members: 2, bus: 'rate: 4/s, batch: 40, restart: 30s', faults: '  - { id: dies, kind: crash, target: bus, at: 10m }\n  - { id: gone, kind: outage, target: dta, at: 17m, for: 3s }' }), { seed, checkAlways: false });
      const puts = run.ledger.stepsOf('http-in@bts', 'put');
      for (const time of [599.9, 600, 600.1, 1019.9, 1020, 1020.1]) {
        const written = 2 * puts.filter(({ time: when }) => when <= time).length;
        expect(moved(run, 2, time) + rows(run, 'box1', time), `${seed}: ${time}`).to.equal(written);
      }
      expect(moved(run, 2, 840)).to.equal(moved(run, 2, 599.9));
      allMoved(run, 2, 2);
    }
  });

  it('the MessageBox itself lost: its rows are lost with it, and only those', () => {
    const run = simulate(group({ faults: '  - { id: away, kind: outage, target: dta, at: 5m, for: 10m }\n  - { id: disk, kind: disk-loss, target: sql, at: 10m, for: 1m }' }));
    expect(rows(run, 'box1', 599)).to.be.above(590);
    expect(rows(run, 'box1', 600)).to.equal(0);
    expect(rows(run, 'box1', 1700)).to.be.below(8);
  });

  it('a database of a group that is no component of its own is a source as well', () => {
    const run = simulate(group({ members: 2 }).replace('message-box: [box1]', 'message-box: sql'));
    expect(at(run, 'bus@track1', 'sessions', 1) + at(run, 'bus@track2', 'sessions', 1)).to.equal(1);
    allMoved(run, 2, 2);
  });
});

describe('events of a route with several destinations', () => {
  it('go to the first: they wait while that is away, and not while the other is', () => {
    const away = (which: string): Replication => simulate(scenario({
      run: '{ horizon: 20m, drain: 10m }', faults: `  - { id: away, kind: outage, target: ${which}, at: 5m, for: 10m }`,
      topology: `
  server: { kind: server, count: 2 }
  sql: { kind: sql-server }
  bam: { kind: sql-server }
  dta: { kind: sql-server }
  conf: { kind: sql-server }
  src: { kind: message-box, in: sql }
  bus: { kind: bam-event-bus, on: server*, sources: [src], destination: [bam, dta], config: conf }`,
      flows: '  events: { arrivals: { every: 1s }, route: [src, bus] }',
    }));
    const first = away('bam');
    expect(first.ledger.stops('events').map(({ from, to, causes }) => [from, to, causes])).to.deep.equal([[300, 900, ['away']]]);
    expect(Number(first.flow('events').delay_max_s)).to.be.within(598, 603);
    expect(first.flow('events')).to.deep.include({ lost: 0, duplicates: 0, in_flight: 0, out_of_order: 0 });
    const other = away('dta');
    expect(other.ledger.stops('events')).to.deep.equal([]);
    expect(Number(other.flow('events').delay_max_s)).to.be.below(0.1);
  });
});
