/** The web server around isolated hosts: rapid-fail protection, draining; and receive adapters that are called. */
import { expect } from 'chai';
import { SMALL_GROUP, scenario, simulate, withSql } from './support.js';
import type { Parts, Replication } from './support.js';


function run(parts: Parts, set: readonly string[] = []): Replication {
  return simulate(withSql({ run: '{ horizon: 30m, drain: 5m }', flows: '  orders: { arrivals: { every: 1s }, route: [http-in, erp-port], client: { timeout: 5s } }', ...parts }), { set });
}

describe('rapid-fail protection (5 worker crashes in 5 min stop the pool)', () => {
  const crashes = (times: readonly string[], target = 'receive@bts1'): string => times.map((at, k) => `  - { id: crash-${k}, kind: crash, target: ${target}, at: ${at} }`).join('\n');

  it('four crashes are restarted each, the fifth within 5 min stops the pool for good where nobody acts', () => {
    const one = run({ faults: crashes(['2m', '3m', '4m', '5m', '6m']) });
    // restart: 5s
    expect(one.ledger.down('receive@bts1.run').map(({ from, to }) => [from, to])).to.deep.equal([[120, 125], [180, 185], [240, 245], [300, 305], [360, Infinity]]);
    expect(one.ledger.statesOf('receive@bts1').at(-1)).to.equal('shut-off');
    expect(one.ledger.down('receive@bts2.run')).to.deep.equal([]);
    // Every second request of a second meets the dead pool: no balancer here.
    expect(one.flow('orders').rejected).to.be.within((1800 - 360) / 2 + 4 * 2, (1800 - 360) / 2 + 4 * 3 + 1);
  });

  it('an operator starts it, and the count begins anew', () => {
    const one = run({ faults: crashes(['2m', '3m', '4m', '5m', '6m', '20m']), more: 'operator: { reaction: 10m }' });
    expect(one.ledger.down('receive@bts1.run').map(({ from, to }) => [from, to]).slice(4)).to.deep.equal([[360, 960], [1200, 1205]]);
    expect(one.ledger.down('receive@bts1.run')[4].causes).to.include('crash-4');
  });

  it('five crashes in more than 5 min are five restarts', () => {
    const one = run({ faults: crashes(['2m', '4m', '5m', '6m', '8m']) });
    expect(one.ledger.downtimes('receive@bts1.run')).to.deep.equal([5, 5, 5, 5, 5]);
  });

  it('each server counts for itself', () => {
    const one = run({ faults: `${crashes(['2m', '3m', '4m'])}\n  - { id: other-1, kind: crash, target: receive@bts2, at: 3m30s }\n  - { id: other-2, kind: crash, target: receive@bts2, at: 4m30s }` });
    expect(one.ledger.statesOf('receive@bts1')).to.not.include('shut-off');
    expect(one.ledger.statesOf('receive@bts2')).to.not.include('shut-off');
  });

  it('a reboot starts the pool; and it can be off, or stricter', () => {
    const rebooted = run({ faults: `${crashes(['2m', '3m', '4m', '5m', '6m'])}\n  - { id: reboot, kind: restart, target: bts1, at: 10m }` });
    expect(rebooted.ledger.down('receive@bts1.run').at(-1)!.to).to.equal(900);
    expect(run({ faults: crashes(['2m', '3m', '4m', '5m', '6m']) }, ['topology.receive.rapid-fail.enabled=false']).ledger.downtimes('receive@bts1.run')).to.deep.equal([5, 5, 5, 5, 5]);
    expect(run({ faults: crashes(['2m', '3m']) }, ['topology.receive.rapid-fail.crashes=2']).ledger.down('receive@bts1.run')).to.have.length(2);
  });
});

describe('a clean stop behind a balancer', () => {
  const balanced = (nlb: string, faults: string): Replication => simulate(scenario({
    run: '{ horizon: 10m, drain: 1m }',
    topology: `${SMALL_GROUP}
  nlb: { kind: load-balancer, on: [bts1, bts2], detection: 5s, convergence: 3s${nlb} }
  receive: { kind: isolated-host, in: group, on: [bts1, bts2], threads: 100 }
  transmit: { kind: host, in: group, on: [bts1, bts2] }
  http-in: { kind: receive-location, host: receive, behind: nlb, work: 4s }
  port: { kind: send-port, host: transmit, to: erp }
  erp: { kind: application }`,
    flows: '  orders: { arrivals: { every: 1s }, route: [http-in, port], client: { timeout: 30s } }', faults,
  }));

  it('drained: what comes goes elsewhere at once, requests under way end, nobody is refused', () => {
    const one = balanced(', drain: true', '  - { id: stop, kind: stop, target: receive@bts1, at: 2m, for: 3m }');
    expect(one.flow('orders')).to.deep.include({ rejected: 0, lost: 0 });
    expect(one.ledger.statesOf('receive@bts1').slice(0, 2)).to.deep.equal(['draining', 'stopped']);
    expect(one.ledger.stepsOf('http-in@bts1', 'worked').filter(({ time }) => time > 120 && time < 300)).to.have.length(2);
    expect(one.ledger.stepsOf('http-in@bts1', 'taken').filter(({ time }) => time >= 120 && time < 300)).to.have.length(0);
  });

  it('not drained: a host that hears only heartbeats sends every second request to the stopped pool', () => {
    const one = balanced('', '  - { id: stop, kind: stop, target: receive@bts1, at: 2m, for: 3m }');
    expect(one.flow('orders').rejected).to.be.within(89, 91);
  });

  it('a crash of the server breaks open connections, and new ones go there until it is noticed: 5 s + 3 s', () => {
    const one = balanced(', drain: true', '  - { id: dies, kind: crash, target: bts1, at: 119s, for: 3m }');
    const rejected = one.ledger.fates.filter(({ fate }) => fate === 'rejected').map(({ n }) => one.ledger.offers.find((each) => each.n === n)!.time);
    // Offered each second; 4 s of work: those of the last 4 s at bts1 break, those of the next 8 s that go there wait in vain.
    expect(Math.min(...rejected)).to.be.within(115, 117);
    expect(Math.max(...rejected)).to.be.within(125, 127);
    expect(rejected.length).to.be.within(5, 7);
  });
});

describe('receive adapters that are called', () => {
  it('SOAP and WCF with HTTP live in isolated hosts, WCF with TCP in the process of a host', () => {
    for (const adapter of ['soap', 'wcf-http']) {
      expect(run({}, [`topology.http-in.adapter=${adapter}`]).flow('orders')).to.deep.include({ delivered: 1799, rejected: 0 });
      expect(() => run({}, [`topology.http-in.adapter=${adapter}`, 'topology.http-in.host=process'])).to.throw(/L6 http-in receives over/u);
    }
    const tcp = run({ faults: '  - { id: dies, kind: crash, target: process@bts1, at: 10m }' }, ['topology.http-in.adapter=wcf-nettcp', 'topology.http-in.host=process']);
    // Out for 60 s + 20 s: every second request in that time is refused.
    expect(tcp.flow('orders').rejected).to.be.within(40, 41);
  });
});

