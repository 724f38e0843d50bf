/** Where tracking data is kept: purged by a job of the SQL Agent, it piles up without, and at its limit takes nothing more. */
import { expect } from 'chai';
import { scenario, simulate } from './support.js';
import type { Parts, Replication } from './support.js';

interface Kept extends Omit<Parts, 'topology' | 'flows'> { readonly dta?: string; readonly group?: string; readonly bus?: string; readonly throttling?: string; readonly arrivals?: string; readonly topology?: string }

/** One message a second through a group, two rows of it. Its tracking database is beside an agent of its own. */
function group({ dta = '', group: more = '', bus = '', throttling = '{}', arrivals = '{ every: 1s }', topology = '', ...parts }: Kept): string {
  return scenario({
    run: '{ horizon: 60m, drain: 5m }', ...parts,
    flows: `  orders: { arrivals: ${arrivals}, route: [http-in, port] }`,
    topology: `
  track: { kind: server }
  bts: { kind: server }
  sql: { kind: sql-server }
  store: { kind: sql-server }
  agent: { kind: sql-agent, in: store }
  dta: { kind: tracking-database, in: store, ${dta} }
  box: { kind: message-box, in: sql }
  group: { kind: biztalk-group, message-box: box, management: sql, ${more === '' ? 'event-bus: bus' : more} }
  receive: { kind: isolated-host, in: group, on: [bts], throttling: ${throttling} }
  transmit: { kind: host, in: group, on: [bts] }
  http-in: { kind: receive-location, host: receive }
  port: { kind: send-port, host: transmit, to: erp }
  erp: { kind: application }${more === '' ? `\n  bus: { kind: bam-event-bus, on: [track], destination: dta, config: sql, ${bus} }` : ''}${topology}`,
  });
}

const gauge = (run: Replication, member: string, name: string, time: number): number => run.ledger.gauges.filter((one) => one.member === member && one.gauge === name && one.time <= time).at(-1)!.value;
const kept = (run: Replication, time: number): number => gauge(run, 'dta', 'rows', time);
const most = (run: Replication, from: number, to: number): number => Math.max(...run.ledger.gauges.filter(({ member, gauge: name, time }) => member === 'dta' && name === 'rows' && time >= from && time <= to).map(({ value }) => value));
/** Rows written until then. */
const written = (run: Replication, time: number): number => 2 * run.ledger.stepsOf('http-in@bts', 'put').filter((one) => one.time <= time).length;
const STOPPED = '  - { id: agent-stops, kind: stop, target: agent, at: 30m, for: 10m }';

describe('purge of tracking data', () => {
  it('rows lie for their window, and until the next run of the job', () => {
    const run = simulate(group({ dta: 'keep: 10m, purge: 1m' }), { checkAlways: false });
    // All of it until the first are ten minutes old.
    expect(kept(run, 600)).to.equal(gauge(run, 'bus@track', 'moved', 600));
    // 2/s x 600 s right after a run, and 2/s x 60 s more right before one.
    expect(most(run, 1000, 3600)).to.be.within(1310, 1326);
    const lows = run.ledger.gauges.filter(({ member, gauge: name, time }, i, all) => member === 'dta' && name === 'rows' && time > 1000 && time < 3600 && all.slice(0, i).findLast((one) => one.member === 'dta')!.value - 100 > all[i].value);
    expect(lows.length).to.be.within(42, 44);
    for (const { value } of lows) expect(value).to.be.within(1190, 1206);
  });

  it('with the agent stopped they pile up, and the first run after it removes all that has become old', () => {
    const run = simulate(group({ dta: 'keep: 10m, purge: 1m', faults: STOPPED }), { checkAlways: false });
    expect(kept(run, 2399) - kept(run, 1801)).to.be.within(2 * 598 - 4, 2 * 598 + 4);
    expect(kept(run, 2462)).to.be.within(1190, 1326);
    expect(run.fault('agent-stops')).to.deep.include({ flows_stopped: 0, lost: 0 });
  });

  it('an agent elsewhere does not matter, and with none declared the job runs', () => {
    for (const agent of ['in: sql', 'on: [bts]']) {
      const run = simulate(group({ dta: 'keep: 10m, purge: 1m', faults: STOPPED }).replace('kind: sql-agent, in: store', `kind: sql-agent, ${agent}, instance: sql`), { checkAlways: false });
      expect(most(run, 1000, 3600), agent).to.be.within(1310, 1326);
    }
  });

  it('the database away: neither is anything purged nor does anything come', () => {
    const run = simulate(group({ dta: 'keep: 10m, purge: 1m', faults: '  - { id: away, kind: outage, target: dta, at: 30m, for: 5m }' }), { checkAlways: false });
    expect(run.ledger.gauges.filter(({ member, gauge: name, time }) => member === 'dta' && name === 'rows' && time >= 1800 && time < 2100)).to.deep.equal([]);
    expect(gauge(run, 'box', 'tracking-rows', 2099)).to.be.within(596, 604);
  });

  it('its disk lost: empty, also for the job; a row is purged once', () => {
    const run = simulate(group({ dta: 'keep: 10m, purge: 1m', faults: '  - { id: disk, kind: disk-loss, target: store, at: 30m, for: 1s }' }), { checkAlways: false });
    expect(kept(run, 1800)).to.equal(0);
    // What came since: about two a second, none of it old.
    expect(kept(run, 2399)).to.be.within(2 * 599 - 6, 2 * 599 + 2);
    expect(Math.min(...run.ledger.gauges.filter(({ member, gauge: name }) => member === 'dta' && name === 'rows').map(({ value }) => value))).to.equal(0);
    expect(most(run, 2500, 3600)).to.be.within(1310, 1326);
  });
});

describe('a tracking database at its limit', () => {
  const full = (run: Replication): number => run.ledger.gauges.find(({ member, gauge: name, value }) => member === 'dta' && name === 'rows' && value >= 1200)!.time;

  it('rows pile up in the MessageBox, publishing is held back at its limit, and the purge ends it', () => {
    // 2 rows a second, none of them purged: 1200 after 600 s; then 1000 more in the MessageBox after 500 s.
    const run = simulate(group({
      faults: '  - { id: agent-stops, kind: stop, target: agent, at: 1m, for: 19m }',
      dta: 'limit: 1200, keep: 5m, purge: 1m', throttling: '{ message-count: 100, tracking-multiplier: 10, max-delay: 1s }', run: '{ horizon: 40m, drain: 10m }',
    }), { checkAlways: false });
    expect(full(run)).to.be.within(598, 603);
    const states = run.ledger.gauges.filter(({ gauge: name, member, time }) => name === 'publishing-throttle' && member === 'receive@bts' && time > 0);
    expect(states.map(({ value }) => value)).to.deep.equal([6, 0]);
    expect(states[0].time - full(run)).to.be.within(498, 503);
    // The agent is back at 1200 s, the job runs within a minute, and the bus moves 500 rows a second.
    expect(states[1].time).to.be.within(1200, 1263);
    for (const time of [599.9, 900, 1100, 1199]) expect(gauge(run, 'box', 'tracking-rows', time) + kept(run, time), String(time)).to.equal(written(run, time));
    expect(run.flow('orders')).to.deep.include({ lost: 0, rejected: 0 });
    expect(run.ledger.stops('orders')).to.deep.equal([]);
  });

  it('a batch that has begun is taken whole: never more than one above the limit', () => {
    const run = simulate(group({ dta: 'limit: 1201, keep: 1d', bus: 'batch: 40, look: 30s' }), { checkAlways: false });
    expect(kept(run, 3600)).to.be.within(1201, 1240);
    expect(gauge(run, 'box', 'tracking-rows', 3600)).to.equal(written(run, 3600) - kept(run, 3600));
  });

  it('only the rows for it wait: those for the other destination go on', () => {
    const run = simulate(group({ dta: 'limit: 1200, keep: 1d', bus: 'batch: 10', topology: '\n  other: { kind: tracking-database, in: sql, keep: 1d }' }).replace('destination: dta', 'destination: [other, dta]').replace('event-bus: bus', 'event-bus: bus, bam-rows: 3'), { checkAlways: false });
    expect(kept(run, 3600)).to.be.within(1200, 1209);
    const messages = written(run, 3599) / 2;
    expect(gauge(run, 'other', 'rows', 3601)).to.be.within(3 * messages - 6, 3 * messages + 3);
  });

  it('where a job of the group moves rows, it moves all or nothing', () => {
    const run = simulate(group({ dta: 'limit: 1200, keep: 30m, purge: 1m', group: 'tracking: dta, bam: other, bam-rows: 3, tracking-move: 10s', topology: '\n  other: { kind: tracking-database, in: sql, keep: 1d }', run: '{ horizon: 40m, drain: 5m }' }), { checkAlways: false });
    // Twenty rows at each run.
    expect(kept(run, 1500)).to.be.within(1200, 1220);
    expect(gauge(run, 'other', 'rows', 1500)).to.equal((kept(run, 1500) / 2) * 3);
    expect(gauge(run, 'group', 'tracking-rows', 1500)).to.equal((written(run, 1500) / 2) * 5 - kept(run, 1500) - gauge(run, 'other', 'rows', 1500));
    // The purge at 1800 to 1860 s makes room, and the next run moves all that has waited.
    expect(gauge(run, 'group', 'tracking-rows', 1871)).to.be.below(51);
  });

  it('room that the purge has made is used at once, also when nothing else comes', () => {
    const last = { dta: 'limit: 1200, keep: 20m, purge: 1m', arrivals: '{ every: 1s, limit: 700 }' };
    const moved = simulate(group({ ...last, bus: 'batch: 10' }), { checkAlways: false });
    expect(gauge(moved, 'box', 'tracking-rows', 1199)).to.be.within(190, 200);
    expect(gauge(moved, 'box', 'tracking-rows', 1400)).to.equal(0);
    const byJob = simulate(group({ ...last, group: 'tracking: dta' }), { checkAlways: false });
    expect(gauge(byJob, 'group', 'tracking-rows', 1199)).to.be.within(180, 200);
    expect(gauge(byJob, 'group', 'tracking-rows', 1400)).to.equal(0);
  });

  it('where there is no limit nothing waits', () => {
    const run = simulate(group({ dta: 'keep: 1d' }), { checkAlways: false });
    expect(kept(run, 4000)).to.equal(written(run, 4000));
    expect(most(run, 0, 4000)).to.equal(2 * Number(run.flow('orders').offered));
  });
});
