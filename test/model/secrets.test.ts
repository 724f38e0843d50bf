/**
 * Single sign-on, the master secret and what they need: states by the minute, and how far their loss reaches.
 *
 * Every time is computed by hand from the documented numbers: 12 tries of 5 s, a look each 30 s, offline after 5 min, a retry each minute.
 */
import { expect } from 'chai';
import { simulate, withCluster, withSql } from './support.js';
import type { Replication } from './support.js';

const ALL = ['process@bts1', 'process@bts2', 'transmit@bts1', 'transmit@bts2', 'receive@bts1', 'receive@bts2'];
const IN_PROCESS = ALL.slice(0, 4);
const SLOWLY = '  orders: { arrivals: { every: 10s }, route: [http-in, fulfil, erp-port], client: { retry: 1, timeout: 5s } }';

interface Given { readonly faults?: string; readonly mss?: string; readonly sso?: string; readonly topology?: string; readonly run?: string; readonly operations?: string; readonly more?: string; readonly set?: readonly string[] }

/** A group whose single sign-on database lies on an SQL Server of its own; the services name neither database nor secret. */
function given({ faults, mss = '', sso = '', topology = '', run = '{ horizon: 2h, drain: 10m }', operations, more, set }: Given): Replication {
  const text = withSql({
    run, flows: SLOWLY, ...(faults === undefined ? {} : { faults }), ...(operations === undefined ? {} : { operations }), ...(more === undefined ? {} : { more }),
    topology: `
  mss-box: { kind: server, reboot: 5m }
  spare: { kind: server, reboot: 5m }
  ssodb: { kind: sql-server, restart: 20s }
  mss: { kind: master-secret-server, on: [mss-box]${mss} }
  sso: { kind: enterprise-sso, on: [bts1, bts2], restart: 60s${sso} }${topology}`,
  }).replace('sso-database: sql', 'sso-database: ssodb, master-secret: mss');
  return simulate(text, { checkAlways: false, ...(set === undefined ? {} : { set }) });
}

const spans = (run: Replication, fn: string): (readonly [number, number])[] => run.ledger.down(fn).map(({ from, to }) => [from, to] as const);
const away = (member: string, at: string, length: string): string => `  - { id: away, kind: outage, target: ${member}, at: ${at}, for: ${length} }`;
/** Instants at which a member entered a state. */
const entered = (run: Replication, member: string, state: string): number[] => run.ledger.lives.filter((one) => one.member === member && one.to === state).map(({ time }) => time);

describe('enterprise-sso: its database', () => {
  it('5. a failover of 6 min takes every service offline 4.5 to 5 min after the loss; it is back within 30 s, on its own grid', () => {
    const run = given({ faults: away('ssodb', '10m', '6m') });
    const offline = ['sso@bts1', 'sso@bts2'].map((member) => {
      expect(run.ledger.statesOf(member), member).to.deep.equal(['offline', 'online']);
      const [[from, to]] = spans(run, `${member}.credentials`);
      expect(from, member).to.be.above(600 + 270).and.at.most(600 + 300);
      expect(to, member).to.be.at.least(960).and.below(990);
      // Both on the grid of its looks.
      expect(Math.round((to - from) * 1e6) % 30e6).to.equal(0);
      return from;
    });
    expect(offline[0]).not.to.equal(offline[1]);
  });

  it('5. one of 4 min does not, and nobody feels it', () => {
    const run = given({ faults: away('ssodb', '10m', '4m') });
    for (const member of ['sso@bts1', 'sso@bts2']) expect(run.ledger.statesOf(member), member).to.deep.equal([]);
    for (const member of ALL) expect(spans(run, `${member}.run`), member).to.deep.equal([]);
    expect(run.flow('orders').availability).to.equal(1);
  });

  it('5. the same when the database lies on the failover cluster, and only the group names it', () => {
    const at = (length: string): Replication => simulate(withCluster({
      run: '{ horizon: 1h }', flows: SLOWLY, topology: '\n  sso: { kind: enterprise-sso, on: [bts1, bts2] }', faults: away('cluster', '10m', length),
    }), { checkAlways: false });
    expect(at('4m').ledger.lives.filter(({ to }) => to === 'offline')).to.deep.equal([]);
    expect(at('6m').ledger.lives.filter(({ to }) => to === 'offline').map(({ member }) => member).sort()).to.deep.equal(['sso@bts1', 'sso@bts2']);
  });

  it('hosts stop while it is offline, isolated ones pause, and the group is stopped', () => {
    const run = given({ faults: away('ssodb', '10m', '30m') });
    for (const member of ['process@bts1', 'transmit@bts1']) {
      const [from, to] = spans(run, 'sso@bts1.credentials')[0];
      // 20 s of start.
      expect(spans(run, `${member}.run`), member).to.deep.equal([[from, to + 20]]);
    }
    expect(spans(run, 'receive@bts1.run')).to.deep.equal(spans(run, 'sso@bts1.credentials'));
    expect(run.fault('away')).to.deep.include({ scope: 'group', flows_stopped: 1 });
    expect(run.flow('orders').lost).to.equal(0);
  });

  it('a short return between two looks is not seen: the last good look counts', () => {
    // Looks every 30 s: a return of 1 s at most touches one of them, and with both servers asked at different times never both.
    const run = given({ faults: `${away('ssodb', '10m', '150s')}\n  - { id: again, kind: outage, target: ssodb, at: 751s, for: 20m }` });
    const first = ['sso@bts1', 'sso@bts2'].map((member) => spans(run, `${member}.credentials`)[0][0]);
    // Missed: offline within 5 min of the first loss; seen: 5 min after the look in the second between.
    for (const from of first) expect((from > 870 && from <= 900) || (from >= 1050 && from <= 1051), String(from)).to.equal(true);
    expect(Math.min(...first)).to.be.at.most(900);
  });

  it('a start without the database tries 12 x 5 s, fails, and is made again each minute', () => {
    const run = given({ faults: `${away('ssodb', '10m', '4m2s')}\n  - { id: restart, kind: restart, target: sso@bts1, at: 11m }` });
    // Stopped 660-720 s; tries 720-780 s; fails; tries from 840 s on: at 840 s the database is away, back at 842 s, tried at 845 s.
    expect(run.ledger.lives.filter(({ member }) => member === 'sso@bts1').map(({ time, to }) => [time, to])).to.deep.equal([
      [660, 'stopped'], [720, 'connecting'], [780, 'start-failed'], [840, 'connecting'], [845, 'starting'], [845, 'online'],
    ]);
    expect(spans(run, 'process@bts1.run')).to.deep.equal([[660, 865]]);
    expect(run.fault('restart').scope).to.equal('server');
  });

  it('its own parameter wins over what the group names', () => {
    const run = given({ topology: '\n  other: { kind: sql-server }', sso: ', database: other', faults: away('ssodb', '10m', '30m') });
    expect(run.ledger.statesOf('sso@bts1')).to.deep.equal([]);
  });

  it('a start waits for its coordinator, its directory and its names as well', () => {
    for (const [kind, name] of [['msdtc, on: [bts1]', 'needed'], ['domain-controller', 'needed'], ['name-service', 'needed']]) {
      const link = kind === 'domain-controller' ? ', domain: needed' : kind === 'name-service' ? ', name-service: needed' : '';
      const text = withSql({
        run: '{ horizon: 1h }', flows: SLOWLY, topology: `\n  ${name}: { kind: ${kind} }\n  sso: { kind: enterprise-sso, on: [bts1, bts2] }`,
        faults: `${away('needed', '10m', '5m')}\n  - { id: restart, kind: restart, target: sso@bts1, at: 10m }`,
      }).replace('sso-database: sql', `sso-database: sql${link}`);
      const run = simulate(text, { checkAlways: false, set: ['topology.group.ticket-renewal=0'] });
      // Back from its restart at 660 s, in vain; then each minute; the fifth retry is at 960 s, the needed thing back at 900 s.
      expect(spans(run, 'sso@bts1.credentials'), kind).to.deep.equal([[600, 900]]);
      expect(entered(run, 'sso@bts1', 'start-failed'), kind).to.deep.equal([660]);
    }
  });
});

describe('enterprise-sso: its copy of the master secret', () => {
  const down = (more = ''): string => `  - { id: mss-down, kind: outage, target: mss, at: 10m, for: 60m }${more}`;

  it('21. without restarts nobody feels the loss of the master secret server: component, no flow', () => {
    const run = given({ faults: down() });
    for (const member of ALL) expect(spans(run, `${member}.run`), member).to.deep.equal([]);
    expect(run.fault('mss-down')).to.deep.include({ components_down: 0, flows_stopped: 0, flows_degraded: 0, scope: 'component' });
    expect(run.flow('orders').availability).to.equal(1);
    // Configuration cannot be changed: the group is degraded, not down.
    expect(run.fault('mss-down')).to.deep.include({ components_degraded: 1, blast_radius: 'group' });
  });

  it('23. restarted on one server: that server; restarted on all: the group, until it is back and the hosts have started', () => {
    const one = given({ faults: down('\n  - { id: restart, kind: restart, target: sso@bts1, at: 20m }') });
    expect(one.fault('restart')).to.deep.include({ scope: 'server', flows_stopped: 0 });
    for (const member of ['process@bts2', 'transmit@bts2', 'receive@bts2']) expect(spans(one, `${member}.run`), member).to.deep.equal([]);
    const all = given({ faults: down('\n  - { id: restart, kind: restart, target: sso, at: 20m }') });
    expect(all.fault('restart')).to.deep.include({ scope: 'group', flows_stopped: 1 });
    // Started again at 1260 s, in vain, and each 60 s: at 4200 s the master secret server is back and it is the 49th retry. 20 s of hosts.
    for (const member of IN_PROCESS) expect(spans(all, `${member}.run`), member).to.deep.equal([[1200, 4220]]);
    expect(all.flow('orders').lost).to.equal(0);
  });

  it('a retry that comes between: back at the next full minute after the failed start', () => {
    const run = given({ faults: `  - { id: mss-down, kind: outage, target: mss, at: 10m, for: 1000s }\n  - { id: restart, kind: restart, target: sso@bts1, at: 20m }` });
    // Failed at 1260 s; the secret is there at 1600 s; retries at 1560 and 1620 s.
    expect(spans(run, 'sso@bts1.credentials')).to.deep.equal([[1200, 1620]]);
    const seldom = given({ sso: ', retry: 10m', faults: `  - { id: mss-down, kind: outage, target: mss, at: 10m, for: 1000s }\n  - { id: restart, kind: restart, target: sso@bts1, at: 20m }` });
    expect(spans(seldom, 'sso@bts1.credentials')).to.deep.equal([[1200, 1860]]);
  });

  it('C2: a restart of a host instance leaves the copy alone, unless the rule is strict', () => {
    const faults = down('\n  - { id: crash, kind: crash, target: process@bts1, at: 20m }');
    const loose = given({ faults });
    // 60 s of delay and 20 s of start.
    expect(spans(loose, 'process@bts1.run')).to.deep.equal([[1200, 1280]]);
    expect(spans(loose, 'sso@bts1.credentials')).to.deep.equal([]);
    const strict = given({ faults, sso: ', cache-rule: host-restart' });
    // Its start at 1260 s costs the copy: everything on that server stops. Looked for each 60 s from there: 1260 + 49 x 60 = 4200 s.
    expect(spans(strict, 'sso@bts1.credentials')).to.deep.equal([[1260, 4200]]);
    expect(spans(strict, 'transmit@bts1.run')).to.deep.equal([[1260, 4220]]);
    expect(spans(strict, 'transmit@bts2.run')).to.deep.equal([]);
    expect(strict.fault('crash').scope).to.equal('server');
    expect(strict.fault('mss-down')).to.deep.include({ scope: 'group', flows_stopped: 0 });
  });

  it('C2: with the master secret server there, the strict rule costs nothing', () => {
    const run = given({ faults: '  - { id: crash, kind: crash, target: process@bts1, at: 20m }', sso: ', cache-rule: host-restart' });
    expect(spans(run, 'sso@bts1.credentials')).to.deep.equal([]);
    expect(spans(run, 'transmit@bts1.run')).to.deep.equal([]);
    expect(spans(run, 'process@bts1.run')).to.deep.equal([[1200, 1280]]);
  });

  it('a changed secret is taken at the next refresh; without the server then the copy is gone', () => {
    const change = '  - { id: change, do: change-secret, target: mss, at: 20m }';
    const kept = given({ operations: change });
    expect(kept.operation('change')).to.deep.include({ result: 'done', start_s: 1200, end_s: 1200 });
    for (const member of ['sso@bts1', 'sso@bts2']) expect(spans(kept, `${member}.credentials`), member).to.deep.equal([]);
    const lost = given({ operations: change, faults: '  - { id: mss-down, kind: outage, target: mss, at: 1200001ms, for: 30m }' });
    for (const member of ['sso@bts1', 'sso@bts2']) {
      const first = spans(lost, `${member}.credentials`).map(([from, to]) => [Math.round(from * 1e6), Math.round(to * 1e6)])[0];
      expect(first[0]).to.be.above(1200e6).and.at.most(1260e6);
      expect(first[1]).to.be.at.least(3000001e3).and.below(3060001e3);
      expect((first[1] - first[0]) % 60e6, 'on the grid of its refreshes').to.equal(0);
    }
    expect(lost.ledger.lives.filter(({ to }) => to === 'no-secret').length).to.be.at.least(1);
    const unable = given({ operations: change, faults: '  - { id: mss-down, kind: outage, target: mss, at: 15m, for: 30m }' });
    expect(unable.operation('change')).to.deep.include({ result: 'failed', reason: 'master secret away: mss' });
    expect(spans(unable, 'sso@bts1.credentials')).to.deep.equal([]);
  });

  it('a service that comes later and finds no master secret waits for it', () => {
    const run = given({ sso: ', starts: 20m', faults: down() });
    expect(run.ledger.statesOf('sso@bts1').slice(0, 3)).to.deep.equal(['down', 'starting', 'start-failed']);
    expect(spans(run, 'sso@bts1.credentials')[0][1]).to.equal(4200);
  });
});

describe('enterprise-sso in a cluster', () => {
  const text = (faults: string, operations?: string): Replication => simulate(withSql({
    run: '{ horizon: 1h }', flows: SLOWLY, faults, ...(operations === undefined ? {} : { operations }),
    topology: `
  pair: { kind: cluster-group, on: [bts1, bts2], detection: 10s, failover: 35s, restart: 20s, crash-recovery: 0s }
  sso: { kind: enterprise-sso, cluster: pair }`,
    more: 'allow: [L11]',
  }), { checkAlways: false });

  it('the host instances of the passive server never run', () => {
    const run = text('  - { id: nothing, kind: crash, target: erp, at: 10m }');
    expect(spans(run, 'process@bts2.run')).to.deep.equal([[0, Infinity]]);
    expect(spans(run, 'process@bts1.run')).to.deep.equal([]);
  });

  it('27. an unclustered host instance stops when the service moves away, and does not come back with its server', () => {
    const run = text('  - { id: bts1-dies, kind: crash, target: bts1, at: 10m, for: 10m }');
    // 10 s of detection, 35 s of move; then the hosts of the other server start in 20 s.
    expect(spans(run, 'process@bts1.run')).to.deep.equal([[600, Infinity]]);
    expect(spans(run, 'process@bts2.run')).to.deep.equal([[0, 665]]);
    expect(spans(run, 'receive@bts2.run')).to.deep.equal([[0, 645]]);
  });

  it('27. also when it is moved by hand', () => {
    const run = text('  - { id: nothing, kind: crash, target: erp, at: 50m }', '  - { id: move, do: switchover, target: pair, at: 10m }');
    expect(spans(run, 'transmit@bts1.run')).to.deep.equal([[600, Infinity]]);
    expect(spans(run, 'transmit@bts2.run')).to.deep.equal([[0, 655]]);
  });
});

describe('master-secret-server', () => {
  const OPERATOR = 'operator: { reaction: 10m }';

  it('runs on for minutes without its database, then refuses; its start needs the database, too', () => {
    const run = given({ faults: `${away('ssodb', '10m', '20m')}` });
    const [[from, to]] = spans(run, 'mss.secret'.replace('mss', 'mss@mss-box'));
    expect(from).to.be.above(870).and.at.most(900);
    expect(to).to.be.at.least(1800).and.below(1830);
  });

  it('29. its coordinator away: it hands out no secret, and is back with it; who runs goes on', () => {
    const run = given({ topology: '\n  dtc: { kind: msdtc, on: [mss-box] }', faults: `${away('dtc', '10m', '20m')}\n  - { id: restart, kind: restart, target: sso@bts1, at: 15m }` });
    expect(spans(run, 'mss@mss-box.secret')).to.deep.equal([[600, 1800]]);
    expect(spans(run, 'process@bts2.run')).to.deep.equal([]);
    // Started in vain at 960 s, then each minute: 960 + 14 x 60 = 1800 s.
    expect(spans(run, 'sso@bts1.credentials')).to.deep.equal([[900, 1800]]);
  });

  it('25. clustered, and the secret never restored on the other server: the same as being down', () => {
    const cluster = (mss: string): Replication => simulate(withCluster({
      run: '{ horizon: 2h }', flows: SLOWLY,
      topology: `\n  mss: { kind: master-secret-server, cluster: cluster${mss} }\n  sso: { kind: enterprise-sso, on: [bts1, bts2], restart: 10s }`,
      faults: `  - { id: sql1-dies, kind: crash, target: sql1, at: 10m, for: 20m }\n  - { id: restart, kind: restart, target: sso@bts1, at: 20m }`,
      operations: '  - { id: back, do: switchover, target: cluster, at: 60m }',
    }).replace('sso-database: cluster', 'sso-database: cluster, master-secret: mss'), { checkAlways: false });
    const both = cluster(', restored-on: [sql1, sql2]');
    expect(spans(both, 'mss.secret')).to.deep.equal([[600, 645], [3600, 3635]]);
    expect(spans(both, 'sso@bts1.credentials')).to.deep.equal([[1200, 1210]]);
    const first = cluster(', restored-on: [sql1]');
    // Without an operator: until the cluster is moved back, 35 s from 3600 s on.
    expect(first.ledger.statesOf('mss')).to.include('no-secret');
    expect(spans(first, 'mss.secret')).to.deep.equal([[600, 3635]]);
    // Failed at 1210 s, then each minute. At 3610 s the database is away as well, so it tries each 5 s: both are back at 3635 s.
    expect(spans(first, 'sso@bts1.credentials')).to.deep.equal([[1200, 3635]]);
    expect(spans(first, 'sso@bts2.credentials')).to.deep.equal([]);
  });

  it('25. an operator restores the secret from the backup on the other server, once for all', () => {
    const run = simulate(withCluster({
      run: '{ horizon: 3h }', flows: SLOWLY, more: OPERATOR,
      topology: '\n  mss: { kind: master-secret-server, cluster: cluster, restored-on: [sql1], restore: 5m }',
      faults: '  - { id: sql1-dies, kind: crash, target: sql1, at: 10m, for: 20m }',
      operations: '  - { id: back, do: switchover, target: cluster, at: 60m }\n  - { id: forth, do: switchover, target: cluster, at: 90m }',
    }).replace('sso-database: cluster', 'sso-database: cluster, master-secret: mss'), { checkAlways: false });
    // He is called when it fails at 600 s, comes at 1200 s, and takes 5 min.
    expect(spans(run, 'mss.secret')).to.deep.equal([[600, 1500], [3600, 3635], [5400, 5435]]);
  });

  it('an operator promotes another server: 10 min of reaction and 45 min of work; the secret is served from there', () => {
    const run = given({ mss: ', promote-to: spare, promotion: 45m', more: OPERATOR, faults: '  - { id: dies, kind: crash, target: mss-box, at: 10m, for: 90m }\n  - { id: spare-dies, kind: crash, target: spare, at: 100m, for: 5m }' });
    expect(spans(run, 'mss@mss-box.secret')).to.deep.equal([[600, 600 + 600 + 2700], [6000, 6300]]);
  });

  it('nobody promotes without an operator, without a backup, or without a server to promote', () => {
    const faults = '  - { id: dies, kind: crash, target: mss-box, at: 10m, for: 90m }';
    for (const [mss, more] of [[', promote-to: spare', ''], [', promote-to: spare, backup: false', OPERATOR], ['', OPERATOR]]) {
      expect(spans(given({ mss, faults, more }), 'mss@mss-box.secret'), `${mss} ${more}`).to.deep.equal([[600, 6000]]);
    }
  });

  it('a server that is back first ends the promotion; an operator who was called for an earlier failure does not act on a later one', () => {
    const run = given({
      mss: ', promote-to: spare, promotion: 45m', more: OPERATOR,
      faults: '  - { id: long, kind: crash, target: mss-box, at: 10m, for: 20m }\n  - { id: short, kind: crash, target: mss-box, at: 80m, for: 5m }\n  - { id: next, kind: crash, target: mss-box, at: 86m, for: 9m }',
    });
    expect(spans(run, 'mss@mss-box.secret')).to.deep.equal([[600, 1800], [4800, 5100], [5160, 5700]]);
    expect(entered(run, 'mss@mss-box', 'promoting')).to.deep.equal([1200]);
  });

  it('a promotion under way does not care what else happens to the old place', () => {
    const run = given({
      mss: ', promote-to: spare, promotion: 45m', more: OPERATOR,
      faults: '  - { id: dies, kind: crash, target: mss-box, at: 10m, for: 100m }\n  - { id: again, kind: crash, target: mss, at: 30m, for: 60m }\n  - { id: crash, kind: crash, target: mss, at: 100m }',
    });
    // Promoted at 600 + 600 + 2700 s; a crash of the service there costs its restart of 60 s.
    expect(spans(run, 'mss@mss-box.secret')).to.deep.equal([[600, 3900], [6000, 6060]]);
  });

  it('an operation does the same without waiting for anybody', () => {
    const run = given({
      mss: ', promote-to: spare, promotion: 45m', faults: '  - { id: dies, kind: crash, target: mss-box, at: 10m, for: 100m }',
      operations: '  - { id: early, do: failover, target: mss, at: 5m }\n  - { id: promote, do: failover, target: mss, at: 15m }',
    });
    expect(run.operation('early')).to.deep.include({ result: 'failed', reason: 'not possible while online' });
    expect(run.operation('promote').result).to.equal('done');
    expect(spans(run, 'mss@mss-box.secret')).to.deep.equal([[600, 900 + 2700]]);
  });

  it('28. its disk lost and no backup: who runs goes on, who starts later never starts', () => {
    const faults = '  - { id: disk, kind: disk-loss, target: mss, at: 10m, for: 5m }\n  - { id: restart, kind: restart, target: sso@bts1, at: 30m }';
    const never = given({ mss: ', backup: false', more: OPERATOR, faults });
    expect(spans(never, 'mss@mss-box.secret')).to.deep.equal([[600, Infinity]]);
    expect(spans(never, 'sso@bts1.credentials')).to.deep.equal([[1800, Infinity]]);
    expect(spans(never, 'process@bts1.run')).to.deep.equal([[1800, Infinity]]);
    expect(spans(never, 'process@bts2.run')).to.deep.equal([]);
    // With the backup: called at 600 s, there at 1200 s, restored in 5 min.
    const restored = given({ mss: ', restore: 5m', more: OPERATOR, faults });
    expect(spans(restored, 'mss@mss-box.secret')).to.deep.equal([[600, 1500]]);
    expect(spans(restored, 'sso@bts1.credentials')).to.deep.equal([[1800, 1860]]);
  });

  it('28. a disaster: only the promotion of another server brings the secret back', () => {
    const faults = '  - { id: gone, kind: disaster, target: mss, at: 10m }\n  - { id: restart, kind: restart, target: sso, at: 30m }';
    const never = given({ mss: ', promote-to: spare, backup: false', more: OPERATOR, faults });
    expect(spans(never, 'sso@bts1.credentials')).to.deep.equal([[1800, Infinity]]);
    expect(never.fault('gone').open).to.contain('restore_s');
    const promoted = given({ mss: ', promote-to: spare, promotion: 45m', more: OPERATOR, faults });
    // The fault holds only the old place: it is over when the secret is served from the new one.
    expect(promoted.fault('gone').end_s).to.equal(3900);
    // 600 s of reaction and 2700 s of promotion: 3900 s. The services failed at 1860 s and try each minute: 3900 = 1860 + 34 x 60.
    expect(spans(promoted, 'mss@mss-box.secret')).to.deep.equal([[600, 3900]]);
    for (const member of IN_PROCESS) expect(spans(promoted, `${member}.run`), member).to.deep.equal([[1800, 3920]]);
  });
});

describe('C1: what a host does when its single sign-on service is away', () => {
  const text = (rule: string, faults: string, more = ''): Replication => given({ faults, more, set: [`topology.process.restart-rule=${rule}`, 'topology.transmit.restart-rule=cycle'] });
  const long = '  - { id: sso-down, kind: outage, target: sso@bts1, at: 10m, for: 5m }';

  it('cycle: it is back with the service', () => {
    expect(spans(text('cycle', long), 'process@bts1.run')).to.deep.equal([[600, 920]]);
  });

  it('once and reconciled: one start after a minute; it fails, and only an operator starts it again', () => {
    for (const rule of ['once', 'reconciled']) {
      const run = text(rule, long);
      // Tried at 660 s for 20 s, in vain.
      expect(entered(run, 'process@bts1', 'failed'), rule).to.deep.equal([680]);
      expect(spans(run, 'process@bts1.run'), rule).to.deep.equal([[600, Infinity]]);
      expect(spans(run, 'transmit@bts1.run'), rule).to.deep.equal([[600, 920]]);
      // Called at 680 s, comes at 1280 s: 20 s of start.
      expect(spans(text(rule, long, 'operator: { reaction: 10m }'), 'process@bts1.run'), rule).to.deep.equal([[600, 1300]]);
      // A service that is back within the minute: the start finds it.
      expect(spans(text(rule, '  - { id: sso-down, kind: crash, target: sso@bts1, at: 10m }'), 'process@bts1.run'), rule).to.deep.equal([[600, 680]]);
    }
  });

  it('reconciled: for a database that is away it cycles, while once gives up', () => {
    const faults = '  - { id: away, kind: outage, target: sql, at: 10m, for: 3m }';
    const reconciled = text('reconciled', faults);
    // Ends itself in 10 s, waits 60 s, fails for 20 s (690 s), waits (750 s), fails (770 s), waits: 830 s, 20 s of start.
    expect(spans(reconciled, 'process@bts1.run')).to.deep.equal([[600, 850]]);
    expect(spans(text('once', faults), 'process@bts1.run')).to.deep.equal([[600, Infinity]]);
  });
});
