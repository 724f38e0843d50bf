/** Predictions about single sign-on, transaction coordinators and the directory: who needs them, when, and how far it reaches. */
import { expect } from 'chai';
import { micro, simulate, simulateAll, withCluster, withSql } from '../support.js';

const HOSTS = ['process@bts1', 'process@bts2', 'transmit@bts1', 'transmit@bts2'];
const HOUR = 3600;

const sso = '\n  mss: { kind: master-secret-server, restart: 60s }\n  sso: { kind: enterprise-sso, on: [bts1, bts2], secret: mss, restart: 60s }';
const withSso = (faults: string, run = '{ horizon: 1h, drain: 10m }'): string =>
  withSql({ topology: sso, faults, run, flows: '  orders: { arrivals: { every: 1s }, route: [http-in, fulfil, erp-port], client: { retry: 1, timeout: 5s } }' }).replace('sso-database: sql', 'sso-database: sql, master-secret: mss');

describe('predictions 21-27: master secret and single sign-on', () => {
  it('21. MSS down, no restarts: processing is unaffected for any length (S-PLAN)', () => {
    const run = simulate(withSso('  - { id: mss-down, kind: outage, target: mss, at: 1m, for: 5h }'), { checkAlways: false });
    for (const host of HOSTS) expect(run.ledger.down(`${host}.run`)).to.deep.equal([]);
    expect(run.flow('orders')).to.deep.include({ offered: 3599, delivered: 3599, rejected: 0, availability: 1 });
    expect(run.fault('mss-down')).to.deep.include({ flows_stopped: 0, flows_degraded: 0, components_down: 0, scope: 'component' });
  });

  it('23. MSS down + SSO restarted on one server: the hosts of that server stop until MSS is back, the others go on (S-PLAN)', () => {
    const run = simulate(withSso(`
  - { id: mss-down, kind: outage, target: mss, at: 10m, for: 20m }
  - { id: sso-restarts, kind: restart, target: sso@bts1, at: 15m }`));
    // SSO would be back at 900 + 60 s, but has no secret before 1800 s; then the hosts start in 20 s.
    expect(run.ledger.down('sso@bts1.credentials')).to.have.length(1);
    expect(run.ledger.down('sso@bts1.credentials')[0]).to.deep.include({ from: 900, to: 1800 });
    for (const host of ['process@bts1', 'transmit@bts1']) expect(run.ledger.down(`${host}.run`).map(({ from, to }) => [from, to]), host).to.deep.equal([[900, 1820]]);
    expect(run.ledger.down('receive@bts1.run').map(({ from, to }) => [from, to])).to.deep.equal([[900, 1800]]);
    for (const host of ['process@bts2', 'transmit@bts2', 'receive@bts2']) expect(run.ledger.down(`${host}.run`), host).to.deep.equal([]);
    expect(run.fault('sso-restarts').scope).to.equal('server');
    expect(run.flow('orders')).to.deep.include({ lost: 0, availability: 1 });
  });

  it('23. MSS down + SSO restarted on all: group-wide stop until MSS is back; then recovery within SSO + host start time', () => {
    const run = simulate(withSso(`
  - { id: mss-down, kind: outage, target: mss, at: 10m, for: 20m }
  - { id: sso-restarts, kind: restart, target: sso, at: 15m }`));
    for (const host of HOSTS) expect(run.ledger.down(`${host}.run`).map(({ from, to }) => [from, to]), host).to.deep.equal([[900, 1820]]);
    expect(run.ledger.effectsIn(900.05, 1820)).to.deep.equal([]);
    expect(run.fault('sso-restarts')).to.deep.include({ scope: 'group', flows_stopped: 1, restore_s: 920 });
    expect(run.flow('orders').lost).to.equal(0);
  });

  it('21. SSO restarted while MSS is there: out for the restart, then the hosts start', () => {
    const run = simulate(withSso('  - { id: sso-restarts, kind: restart, target: sso@bts1, at: 15m }'));
    // 60 s of SSO and 20 s of start.
    expect(run.ledger.down('process@bts1.run')).to.deep.equal([{ from: 900, to: 980, causes: ['sso-restarts'] }]);
  });

  it('23. MSS goes away while SSO is stopped: a service that is not there keeps no copy, so it waits for MSS', () => {
    const run = simulate(withSso(`
  - { id: sso-stops, kind: stop, target: sso@bts1, at: 10m, for: 5m }
  - { id: mss-down, kind: outage, target: mss, at: 12m, for: 20m }`));
    // Stopped 600-900 s; MSS away 720-1920 s: the secret that SSO needs at 900 s is not there before 1920 s.
    expect(run.ledger.down('sso@bts1.credentials').map(({ from, to }) => [from, to])).to.deep.equal([[600, 1920]]);
    expect(run.ledger.down('process@bts1.run').map(({ from, to }) => [from, to])).to.deep.equal([[600, 1940]]);
  });

  it('23. MSS goes away while the server of SSO is down', () => {
    const run = simulate(withSso(`
  - { id: bts1-dies, kind: crash, target: bts1, at: 10m, for: 5m }
  - { id: mss-down, kind: outage, target: mss, at: 12m, for: 20m }`));
    expect(run.ledger.down('sso@bts1.credentials').map(({ from, to }) => [from, to])).to.deep.equal([[600, 1920]]);
    expect(run.ledger.down('process@bts1.run').map(({ from, to }) => [from, to])).to.deep.equal([[600, 1940]]);
  });

  it('23. a reboot of the server with MSS down drops the copy, too', () => {
    const run = simulate(withSso(`
  - { id: mss-down, kind: outage, target: mss, at: 10m, for: 20m }
  - { id: reboot, kind: restart, target: bts1, at: 12m, for: 3m }`));
    expect(run.ledger.down('process@bts1.run').map(({ from, to }) => [from, to])).to.deep.equal([[720, 1820]]);
    expect(run.ledger.down('process@bts2.run')).to.deep.equal([]);
  });

  it('25. MSS clustered, its server lost: a restart of SSO during the move is late, afterwards it succeeds', () => {
    const run = simulate(withCluster({
      topology: '\n  mss: { kind: master-secret-server, cluster: cluster }\n  sso: { kind: enterprise-sso, on: [bts1, bts2], secret: mss, restart: 10s }',
      flows: '  orders: { arrivals: { every: 1h }, route: [http-in, fulfil, erp-port] }',
      faults: `
  - { id: sql1-dies, kind: crash, target: sql1, at: 10m, for: 20m }
  - { id: sso-restarts, kind: restart, target: sso@bts1, at: 605s }`,
    }));
    // The group moves in 45 s: MSS is back at 645 s, and SSO, ready at 615 s, gets its secret then.
    expect(run.ledger.down('mss.secret').map(({ from, to }) => [from, to])).to.deep.equal([[600, 645]]);
    expect(run.ledger.down('sso@bts1.credentials').map(({ from, to }) => [from, to])).to.deep.equal([[605, 645]]);
  });
});

describe('prediction 29: transaction coordinators', () => {
  const dtc = '\n  dtc: { kind: msdtc, on: [bts1, bts2], restart: 30s }\n  sqldtc: { kind: msdtc, on: [dbs], restart: 30s }';
  const text = (faults: string): string => withSql({ topology: dtc, faults, flows: '  orders: { arrivals: { every: 1s }, route: [http-in, fulfil, erp-port], client: { retry: 1 } }' });

  it('29. MSDTC down on one BizTalk server: only that server (S-PLAN)', () => {
    const run = simulate(text('  - { id: dtc-down, kind: crash, target: dtc@bts1, at: 10m, for: 5m }'));
    expect(run.fault('dtc-down').scope).to.equal('server');
    for (const member of ['process@bts1', 'transmit@bts1', 'receive@bts1']) expect(run.ledger.down(`${member}.run`).map(({ from, to }) => [from, to]), member).to.deep.equal([[600, 900]]);
    for (const member of ['process@bts2', 'transmit@bts2', 'receive@bts2']) expect(run.ledger.down(`${member}.run`), member).to.deep.equal([]);
    expect(run.flow('orders')).to.deep.include({ lost: 0, rejected: 0, availability: 1 });
  });

  it('29. MSDTC down on the SQL Server: group-wide (S-PLAN)', () => {
    const run = simulate(text('  - { id: dtc-down, kind: crash, target: sqldtc, at: 10m, for: 5m }'));
    expect(run.fault('dtc-down')).to.deep.include({ scope: 'group', flows_stopped: 1 });
    expect(run.ledger.effectsIn(600.05, 900)).to.deep.equal([]);
    expect(run.flow('orders')).to.deep.include({ lost: 0, in_flight: 0 });
  });

  it('29. MSDTC in the SQL Server instance, or in its cluster: group-wide (S-PLAN)', () => {
    const faults = '  - { id: dtc-down, kind: crash, target: sqldtc, at: 10m, for: 5m }';
    const flows = '  orders: { arrivals: { every: 1s }, route: [http-in, fulfil, erp-port], client: { retry: 1 } }';
    for (const text of [withSql({ topology: '\n  sqldtc: { kind: msdtc, in: sql }', faults, flows }), withCluster({ topology: '\n  sqldtc: { kind: msdtc, cluster: cluster }', faults, flows })]) {
      const run = simulate(text);
      expect(run.fault('dtc-down')).to.deep.include({ scope: 'group', flows_stopped: 1 });
      expect(run.ledger.effectsIn(600.05, 900)).to.deep.equal([]);
      expect(run.flow('orders')).to.deep.include({ lost: 0, in_flight: 0 });
    }
  });

  it('29. without a duration it is back after its own restart: 30 s', () => {
    const run = simulate(text('  - { id: dtc-down, kind: crash, target: dtc@bts1, at: 10m }'));
    expect(run.ledger.downtimes('process@bts1.run')).to.deep.equal([30]);
    expect(run.fault('dtc-down').end_s).to.equal(630);
  });

  it('29. work under way when the coordinator goes cannot commit before it is back; nothing is lost or doubled', () => {
    // Committed at 10.02 s, taken within 0.5 s, 30 s of work: would commit at 40.02-40.52 s, inside the outage 20-320 s.
    const run = simulate(withSql({
      topology: '\n  dtc: { kind: msdtc, on: [bts1, bts2], restart: 30s }',
      flows: '  orders: { arrivals: { every: 10s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: dtc-down, kind: outage, target: dtc, at: 20s, for: 5m }',
    }), { set: ['topology.fulfil.steps=[{work: 30s}]'] });
    expect(run.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
    expect(run.ledger.stepsOf(/^fulfil/, 'committed').map(({ time }) => time >= 320), 'committed after the outage').to.deep.equal([true]);
  });

  it('29. a request under way when the coordinator of the MessageBox goes is not published before it is back', () => {
    const run = simulate(withSql({
      topology: '\n  sqldtc: { kind: msdtc, on: [dbs] }',
      flows: '  orders: { arrivals: { every: 10s, limit: 1 }, route: [http-in, fulfil, erp-port] }',
      faults: '  - { id: dtc-down, kind: outage, target: sqldtc, at: 20s, for: 5m }',
    }), { set: ['topology.http-in.work=30s'] });
    // The work of the request ends at 40 s, in the middle of the outage: it cannot be accepted then.
    expect(run.ledger.acceptances.filter(({ time }) => time < 320)).to.deep.equal([]);
  });
});

describe('directory: tickets', () => {
  const text = (faults: string, more = ''): string => withSql({
    run: '{ horizon: 20h }', faults, flows: '  orders: { arrivals: { every: 1m }, route: [http-in, fulfil, erp-port] }',
    topology: `\n  dc: { kind: domain-controller }${more}`,
  }).replace('sso-database: sql', 'sso-database: sql, domain: dc');

  it('all controllers down: what runs goes on with its tickets for at most 10 h (Kerberos policy)', () => {
    const lasted = simulateAll(text('  - { id: dc-down, kind: outage, target: dc, at: 1h, for: 12h }'), { replications: 20, checkAlways: false, set: ['flows.orders.arrivals.limit=1'] })
      .map(({ ledger }) => {
        const [span] = ledger.down('process@bts1.run');
        // New tickets at 13 h. The instances cycle: the next try within 60 s + 20 s, and 20 s for the start itself.
        expect(span.to).to.be.at.least(13 * HOUR).and.at.most(13 * HOUR + 100);
        return span.from - HOUR;
      });
    for (const time of lasted) expect(time).to.be.above(0).and.at.most(10 * HOUR);
    expect(new Set(lasted).size).to.be.above(10);
  });

  it('tickets renewed all the time last the whole 10 h; an outage of 9 h is not felt', () => {
    const set = ['flows.orders.arrivals.limit=1', 'topology.group.ticket-renewal=0'];
    const long = simulate(text('  - { id: dc-down, kind: outage, target: dc, at: 1h, for: 12h }'), { set });
    expect(long.ledger.down('process@bts1.run')[0].from).to.be.closeTo(11 * HOUR, 0.001);
    const short = simulate(text('  - { id: dc-down, kind: outage, target: dc, at: 1h, for: 9h }'), { set });
    expect(short.ledger.down('process@bts1.run')).to.deep.equal([]);
    expect(short.ledger.down('receive@bts1.run')).to.deep.equal([]);
  });

  it('new starts fail while the controllers are down: a restarted instance cycles until they are back', () => {
    const run = simulate(text(`
  - { id: dc-down, kind: outage, target: dc, at: 1h, for: 10m }
  - { id: restart, kind: restart, target: process@bts1, at: 65m }`), { set: ['flows.orders.arrivals.limit=1', 'topology.group.ticket-renewal=0'] });
    // Stopped at 3900 s and started at once, in vain, for 20 s; then every 60 s + 20 s: tries at 3900, 3980, 4060, 4140, 4220 s.
    // The directory is back at 4200 s, so the try at 4220 s succeeds: up at 4240 s.
    expect(run.ledger.down('process@bts1.run').map(({ from, to }) => [from, to])).to.deep.equal([[3900, 4240]]);
    expect(run.ledger.down('process@bts2.run')).to.deep.equal([]);
    expect(micro(run.ledger.end)).to.equal(20 * HOUR);
  });
});
