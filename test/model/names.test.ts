/** Names of servers: what runs goes on for twenty minutes with the names it knows, what starts needs the name service. */
import { expect } from 'chai';
import { simulate, simulateAll, withSql } from './support.js';
import type { Options, Replication } from './support.js';

const text = (faults: string, names = '  dns: { kind: name-service }', link = 'name-service: dns', dtc = ''): string => withSql({
  run: '{ horizon: 2h }', flows: '  orders: { arrivals: { every: 10s }, route: [http-in, fulfil, erp-port], client: { retry: 1, timeout: 5s } }', faults,
  topology: `\n${names}${dtc}`,
}).replace('sso-database: sql', `sso-database: sql, ${link}`);
const run = (faults: string, options: Options = {}, ...more: [string?, string?, string?]): Replication => simulate(text(faults, ...more), { checkAlways: false, ...options });
const LONG = '  - { id: dns-down, kind: outage, target: dns, at: 10m, for: 40m }';

describe('names of servers', () => {
  it('all name servers down: what runs goes on for at most 20 min, then it is cut off like from a lost database', () => {
    const spans = simulateAll(text(LONG), { replications: 20, checkAlways: false }).map(({ ledger }) => ledger.down('process@bts1.run')[0]);
    for (const { from, to } of spans) {
      expect(from).to.be.above(600).and.at.most(1800);
      // Back at 3000 s: the next try within 60 s + 20 s, and 20 s of start.
      expect(to).to.be.at.least(3000).and.at.most(3100);
    }
    expect(new Set(spans.map(({ from }) => from)).size).to.be.above(10);
  });

  it('isolated hosts pause, and are there again with the names', () => {
    const { ledger } = run(LONG);
    expect(ledger.down('receive@bts1.run')[0].to).to.equal(3000);
  });

  it('an outage that no known name outlives is not felt, but new starts fail', () => {
    const short = run(`  - { id: dns-down, kind: outage, target: dns, at: 10m, for: 5m }\n  - { id: restart, kind: restart, target: process@bts1, at: 11m }`, { set: ['topology.group.name-life=10d'] });
    // Stopped and started at 660 s, in vain for 20 s; then each 80 s: 740, 820, 900 s: the names are back at 900 s; 20 s of start.
    expect(short.ledger.down('process@bts1.run').map(({ from, to }) => [from, to])).to.deep.equal([[660, 920]]);
    expect(short.ledger.down('process@bts2.run')).to.deep.equal([]);
  });

  it('looks like a fault of the transaction coordinator: each server loses its coordinator when its own names end', () => {
    const coordinated = run(LONG, { set: ['topology.group.name-life=10d'] }, undefined, undefined, '\n  dtc: { kind: msdtc, on: [bts1, bts2] }\n  sqldtc: { kind: msdtc, on: [dbs] }');
    const { ledger } = coordinated;
    const ends = ['dtc@bts1', 'dtc@bts2', 'sqldtc@dbs'].map((member) => {
      const [{ from, to }] = ledger.down(`${member}.transactions`);
      expect(from, member).to.be.above(600).and.at.most(1800);
      expect(to, member).to.equal(3000);
      return from;
    });
    expect(new Set(ends).size).to.equal(3);
    // The server's own, or the one beside the MessageBox: what goes first stops its hosts.
    expect(ledger.down('process@bts1.run')[0].from).to.equal(Math.min(ends[0], ends[2]));
    // The name service belongs to no group.
    expect(coordinated.fault('dns-down')).to.deep.include({ scope: 'system', flows_stopped: 1 });
  });

  it('the directory can be the name service, too', () => {
    const both = run('  - { id: dc-down, kind: outage, target: dc, at: 10m, for: 40m }', { set: ['topology.group.ticket-renewal=0'] }, '  dc: { kind: domain-controller }', 'domain: dc, name-service: dc');
    // Tickets last ten hours, names twenty minutes.
    expect(both.ledger.down('process@bts1.run')[0].from).to.be.above(600).and.at.most(1800);
    const logonOnly = run('  - { id: dc-down, kind: outage, target: dc, at: 10m, for: 40m }', { set: ['topology.group.ticket-renewal=0'] }, '  dc: { kind: domain-controller }', 'domain: dc');
    expect(logonOnly.ledger.down('process@bts1.run')).to.deep.equal([]);
  });
});
