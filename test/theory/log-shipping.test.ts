/**
 * What log shipping loses when the site is gone, counted: all that was committed since the newest backup that had got through. With 20 messages a
 * second, a backup every 15 minutes and 2 minutes to copy and restore it, that is 2 to 17 minutes' worth, on average 9.5.
 *
 * `log-shipping` has no transfer times. A set that is still on its way when the fire comes is one that cannot be had, so a fire within
 * 2 minutes of a mark is run with `marks-back: 1`.
 */
import { expect } from 'chai';
import { scenario, simulate } from '../model/support.js';

const RATE = 20;
const EVERY = 15;
const COPY = 2;

/** Messages lost by a fire so many minutes after the second mark. */
function lost(minutes: number): number {
  const back = minutes < COPY ? 1 : 0;
  const at = EVERY + minutes;
  const run = simulate(scenario({
    run: `{ horizon: ${String(at)}m, drain: 5h }`,
    // Nothing is sent before the evening, so that what is lost is what was committed.
    topology: `
  east: { kind: datacenter }
  west: { kind: datacenter }
  sql: { kind: sql-server, in: east }
  spare: { kind: sql-server, in: west }
  files: { kind: shared-disk, in: west }
  databases: { kind: log-shipping, source: sql, destination: spare, share: files, first-mark: 0s, stall: 0s, bring-up: 1h, restore-to: [{ database: message-box, marks-back: ${String(back)} }] }
  group: { kind: biztalk-group, message-box: databases, management: databases, sso-database: databases }
  bts1: { kind: server, in: west }
  receive: { kind: isolated-host, in: group, on: [bts1] }
  transmit: { kind: host, in: group, on: [bts1] }
  in: { kind: receive-location, host: receive, work: 0s }
  out: { kind: send-port, host: transmit, to: erp, window: { from: 20h, until: 21h } }
  erp: { kind: application }`,
    // From a minute before the mark that is restored: what came before is no matter.
    flows: `  orders: { arrivals: { every: 50ms, from: ${String(back === 1 ? 0 : EVERY - 1)}m, until: ${String(at)}m }, route: [in, out] }`,
    faults: `  - { id: fire, kind: disaster, target: east, at: ${String(at)}m }`,
    more: 'operator: { reaction: 1m }\nallow: [L1, L7]',
  }), { checkAlways: false });
  return Number(run.flow('orders').lost);
}

describe('theory: log shipping', function () {
  this.timeout(60_000);
  const messages = (age: number): number => age * 60 * RATE;

  it('loses what is younger than the newest backup that got through: at least 2400, at most 20 400', () => {
    expect(lost(COPY), 'just when a backup is there').to.be.closeTo(2400, 2);
    expect(lost(COPY - 0.001), 'just before').to.be.closeTo(20_400, 2 + messages(0.001));
  });

  it('loses 11 400 on average over the moments at which the fire may come', () => {
    // The age grows with the moment, so that the middle of a stretch is its mean.
    const [early, late] = [COPY / 2, (COPY + EVERY) / 2].map(lost);
    expect(early).to.be.closeTo(messages(EVERY + COPY / 2), 2);
    expect(late).to.be.closeTo(messages((COPY + EVERY) / 2), 2);
    expect((early * COPY + late * (EVERY - COPY)) / EVERY).to.be.closeTo(11_400, 2);
  });
});
