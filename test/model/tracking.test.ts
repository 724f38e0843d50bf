/** Tracking data: it waits in the MessageBox while its databases are away, and becomes a message failure at its limit (bt:configuring-a-dedicated-tracking-host). */
import { expect } from 'chai';
import { scenario, simulate } from './support.js';
import type { Replication } from './support.js';

/** One message a second, one queue: two rows a second. The limit is 10 × 10 rows: 50 s of them. */
function away(limits: string, faults = '  - { id: gone, kind: outage, target: dta, at: 10m, for: 5m }'): Replication {
  return simulate(scenario({
    run: '{ horizon: 20m, drain: 10m }', faults, more: 'allow: [L7]',
    topology: `
  sql: { kind: sql-server }
  dta: { kind: sql-server }
  bts: { kind: server }
  group: { kind: biztalk-group, message-box: sql, management: sql, tracking: dta, tracking-move: 10s }
  receive: { kind: isolated-host, in: group, on: [bts], throttling: ${limits} }
  transmit: { kind: host, in: group, on: [bts] }
  http-in: { kind: receive-location, host: receive }
  port: { kind: send-port, host: transmit, to: erp }
  erp: { kind: application }`,
    flows: '  orders: { arrivals: { every: 1s, until: 20m }, route: [http-in, port] }',
  }));
}

const LOW = '{ message-count: 10, tracking-multiplier: 10, severity: { database-size: 0 } }';

describe('tracking data in the MessageBox', () => {
  const states = (run: Replication): readonly (readonly [number, number])[] =>
    run.ledger.gauges.filter(({ gauge, member, time }) => gauge === 'publishing-throttle' && member === 'receive@bts' && time > 0).map(({ time, value }) => [time, value]);

  it('its database away: rows pile up at the rate of the messages, until publishing is held back (state 6)', () => {
    const run = away(LOW);
    const [first, last] = states(run);
    // Up to 10 s of rows wait for the next move when it goes: 101 rows are there between 41 and 51 s later.
    expect(first[1]).to.equal(6);
    expect(first[0] - 600).to.be.within(40, 52);
    // Back at 900 s; the next move takes all of them.
    expect(last[1]).to.equal(0);
    expect(last[0] - 900).to.be.within(0, 10);
    expect(run.flow('orders')).to.deep.include({ lost: 0, duplicates: 0, suspended: 0 });
  });

  it('a tracking failure becomes a failure of messages: at twice the limit each publish waits for the whole delay times its severity', () => {
    // 300 s × 1 % = 3 s from 200 rows on; with one message at a time they come every 3 s and more.
    const run = away('{ message-count: 10, tracking-multiplier: 10, severity: { database-size: 1 } }');
    expect(Number(run.flow('orders').delay_max_s)).to.be.at.least(3);
    expect(Number(away(LOW).flow('orders').delay_max_s)).to.be.below(1.5);
  });

  it('with its database there nothing waits for longer than to the next move', () => {
    const run = away(LOW, '  - { id: other, kind: outage, target: erp, at: 19m, for: 1s }');
    const rows = run.ledger.gauges.filter(({ gauge }) => gauge === 'tracking-rows').map(({ value }) => value);
    expect(Math.max(...rows)).to.be.within(2, 22);
    expect(states(run)).to.deep.equal([]);
  });

  it('the MessageBox lost: its tracking data is lost with it', () => {
    const run = away(LOW, '  - { id: gone, kind: outage, target: dta, at: 10m, for: 15m }\n  - { id: disk, kind: disk-loss, target: sql, at: 13m, for: 1m }');
    const rows = run.ledger.gauges.filter(({ gauge, time }) => gauge === 'tracking-rows' && time >= 780 && time < 840).map(({ value }) => value);
    expect(rows[0]).to.equal(0);
  });
});
