/**
 * Log shipping: what a marked set brings back, what it costs, and what people must do. Domain 3.9; predictions 18, 52, 54, 87.
 *
 * The destination of the messages is away, so that what is accepted stays in the MessageBox: then the recovery point can be read off
 * the messages. Marks at 7, 22, 37, 52 ... min unless a test says otherwise.
 */
import { expect } from 'chai';
import { micro, read, simulate, simulateAll } from './support.js';
import type { Parts, Replication } from './support.js';

const ORDERS = '  orders: { arrivals: { every: 10s, until: 62m }, route: [http-in, erp-port] }';
const ERP_AWAY = '  - { id: erp-away, kind: outage, target: erp, at: 1ms, for: 4h }\n';
const DISASTER = '  - { id: flood, kind: disaster, target: dc1, at: 62m }\n';

/** Databases on a cluster in dc1, a SQL Server in dc2, two BizTalk servers in neither. */
function shipped({ topology = '', flows = ORDERS, faults = ERP_AWAY + DISASTER, operations, more, run = '{ horizon: 6h }' }: Parts, share = 'dc2', terms = ''): string {
  return `version: 1
name: test
run: ${run}
topology:
  dc1: { kind: datacenter }
  dc2: { kind: datacenter }
  sql1: { kind: server, in: dc1, reboot: 5m }
  sql2: { kind: server, in: dc1, reboot: 5m }
  san: { kind: shared-disk, in: dc1, restore: 30m }
  cluster: { kind: sql-cluster, on: [sql1, sql2], disk: san, failover: 35s, restart: 20s }
  dr-sql: { kind: sql-server, in: dc2, restart: 20s }
  files: { kind: shared-disk, in: ${share}, restore: 30m }
  databases: { kind: log-shipping, source: cluster, destination: dr-sql, share: files, first-mark: 7m, stall: 0s, bring-up: 1h${terms} }
  group: { kind: biztalk-group, message-box: databases, management: databases, sso-database: databases }
  bts1: { kind: server, reboot: 5m }
  bts2: { kind: server, reboot: 5m }
  receive: { kind: isolated-host, in: group, on: [bts1, bts2], restart: 5s }
  transmit: { kind: host, in: group, on: [bts1, bts2], shutdown: 10s, start-up: 20s }
  http-in: { kind: receive-location, host: receive }
  erp-port: { kind: send-port, host: transmit, to: erp, retry: { count: 100, interval: 5m } }
  erp: { kind: application, work: 50ms, restart: 10s }${topology}
flows:
${flows}
faults:
${faults.trimEnd()}
${operations === undefined ? '' : `operations:\n${operations}`}
${more ?? 'operator: { reaction: 10m }'}
`;
}

const lostOf = (run: Replication): number[] => run.ledger.fates.filter(({ fate }) => fate === 'lost').map(({ n }) => n).sort((a, b) => a - b);
const acceptedIn = (run: Replication, from: number, to: number): number[] => run.ledger.acceptances.filter(({ time }) => time > from && time < to).map(({ n }) => n);
const outages = (run: Replication, fn = 'databases.sql'): readonly (readonly number[])[] => run.ledger.down(fn).map(({ from, to }) => [from, to]);

describe('log shipping: the recovery point', () => {
  it('52. site lost, share survives: exactly what was accepted since the last mark is lost; the rest is sent after the failover (domain 3.9)', () => {
    const run = simulate(shipped({}));
    // Marks at 420 + k 900 s: the last before 3720 s is at 3120 s. Operator 600 s, bring-up 3600 s.
    expect(acceptedIn(run, 3120, 3720)).to.have.length(60);
    expect(lostOf(run)).to.deep.equal(acceptedIn(run, 3120, 3720));
    expect(outages(run)).to.deep.equal([[3720, 7920]]);
    expect(run.flow('orders')).to.deep.include({ offered: 371, lost: 60, delivered: 311, duplicates: 0, in_flight: 0, rpa_msgs: 60 });
    // The oldest of them was offered at 3120 s, right after the mark.
    expect(run.flow('orders').rpa_s).to.equal(600);
    expect(run.fault('flood')).to.deep.include({ lost: 60, duplicates: 0 });
    expect(run.causes('lost')).to.deep.equal({ 'flood > databases > stored, data gone': 60 });
    expect(run.component('databases').failovers).to.equal(1);
    expect(run.ledger.failovers).to.deep.equal([{ time: 7920, component: 'databases', to: 'dr-sql' }]);
  });

  it('52. share lost with the site: only sets before the newest are there, 15 min more are lost', () => {
    const run = simulate(shipped({}, 'dc1'));
    expect(lostOf(run)).to.deep.equal(acceptedIn(run, 2220, 3720));
    expect(run.flow('orders')).to.deep.include({ lost: 150, rpa_s: 1500, duplicates: 0, in_flight: 0 });
  });

  it('52. a job at the destination that runs long after the mark costs up to one period more', () => {
    // It runs at 7 + 14 + 15 k min: the last time before 62 min at 51 min, when the newest set is that of 37 min.
    const run = simulate(shipped({}, 'dc1', ', restore-after: 14m'));
    expect(run.flow('orders').rpa_s).to.equal((62 - 22) * 60);
    // At 66 min + ... the set of 52 min is the newest: at 81 min.
    const later = simulate(shipped({ flows: ORDERS.replace('62m', '65m'), faults: ERP_AWAY + DISASTER.replace('62m', '65m') }, 'dc1', ', restore-after: 14m'));
    expect(later.flow('orders').rpa_s).to.equal((65 - 22) * 60);
  });

  for (const [share, low] of [['dc2', 0], ['dc1', 900]] as const) {
    it(`52. over random instants the recovery point is uniform from ${low / 60} to ${low / 60 + 15} min when the share is in ${share} (Kolmogorov-Smirnov, 1 %)`, () => {
      const text = shipped({
        flows: '  orders: { arrivals: { every: 5s, until: 50m }, route: [http-in, erp-port] }', run: '{ horizon: 1h, replications: 100 }',
        faults: ERP_AWAY + DISASTER.replace('at: 62m', 'at: { uniform: [35m, 50m] }'),
      }, share).replace(', first-mark: 7m', '').replace('interval: 5m', 'interval: 20h');
      const points = simulateAll(text, { checkAlways: false }).map((run) => Number(run.flow('orders').rpa_s) - low).sort((a, b) => a - b);
      // The oldest lost message was offered up to 5 s after the mark.
      expect(points[0]).to.be.at.least(-5);
      expect(points.at(-1)).to.be.at.most(900);
      const distance = Math.max(...points.map((x, i) => Math.max(Math.abs(x / 900 - i / 100), Math.abs(x / 900 - (i + 1) / 100))));
      expect(distance).to.be.below(1.63 / Math.sqrt(100) + 5 / 900);
    });
  }

  it('what was in the MessageBox at the mark and sent after it is sent again, each once (resolving-data-loss-of-in-progress-orchestrations)', () => {
    // The destination is back at 55 min: what waits is sent by 60 min, after the mark at 52 min.
    const run = simulate(shipped({ faults: ERP_AWAY.replace('for: 4h', 'for: 55m') + DISASTER, flows: ORDERS.replace('62m', '61m') }));
    const stored = acceptedIn(run, 0, 3120);
    expect(stored).to.have.length(311);
    const again = run.ledger.effects.filter(({ nth }) => nth > 1);
    expect(again.map(({ n }) => n).sort((a, b) => a - b)).to.deep.equal(stored);
    expect(new Set(again.map(({ cause }) => cause))).to.deep.equal(new Set(['flood > databases > restore']));
    expect(run.flow('orders')).to.deep.include({ offered: 365, delivered: 365, lost: 0, duplicates: 311, in_flight: 0 });
    expect(run.fault('flood')).to.deep.include({ lost: 0, duplicates: 311 });
  });

  it('what was locked at the mark is ready after the restore, from the persistence point it had at the mark', () => {
    // Step 1 takes 10 min and is saved, step 2 takes 30 min. The mark at 22 min, the disaster at 30 min.
    const text = (offered: string): string => shipped({
      topology: '\n  process: { kind: host, in: group, on: [bts1], shutdown: 10s, start-up: 20s }\n  fulfil: { kind: orchestration, host: process, steps: [{ work: 10m, persist: true }, { work: 30m }] }',
      flows: `  orders: { arrivals: { every: ${offered}, limit: 1 }, route: [http-in, fulfil, erp-port] }`, faults: DISASTER.replace('62m', '30m'),
    });
    const work = (run: Replication): readonly boolean[] => run.ledger.work.filter(({ member }) => member.startsWith('fulfil')).map(({ again }) => again);
    const before = simulate(text('10m'));
    // Saved at 20 min: step 2 alone is done after the restore at 30 + 10 + 60 min.
    expect(work(before)).to.deep.equal([false, false]);
    const after = simulate(text('15m'));
    // Saved at 25 min, after the mark: step 1 is done again.
    expect(work(after)).to.deep.equal([false, true, false]);
    for (const [run, minutes] of [[before, 130], [after, 140]] as const) {
      expect(run.flow('orders')).to.deep.include({ delivered: 1, lost: 0, duplicates: 0 });
      // The host is back within a cycle of 80 s.
      expect(run.ledger.effects[0].time).to.be.within(minutes * 60, minutes * 60 + 82);
    }
  });

  it('a message that waits for a retry at the mark has its attempts after the restore, a suspended one is suspended', () => {
    // One message at 21 min 50 s; its 3 attempts are 5 min apart. The mark at 22 min finds it after the first, that at 37 min suspended.
    const one = '  orders: { arrivals: { every: 10m, from: 11m50s, limit: 1 }, route: [http-in, erp-port] }';
    const text = (at: string): string => shipped({ flows: one, faults: ERP_AWAY.replace('4h', '10h') + DISASTER.replace('62m', at), run: '{ horizon: 9h }' }).replace('count: 100', 'count: 2');
    const alone = (at: string): string => text(at).replace('operator: { reaction: 10m }', '').replace('bring-up: 1h', 'bring-up: 1h, operator: { reaction: 10m }');
    const waiting = simulate(alone('30m'));
    expect(waiting.ledger.lives.some(({ member, to }) => member === 'databases' && to === 'destination')).to.equal(true);
    const calls = (run: Replication): number => run.ledger.stepsOf(/^erp-port/, 'taken').length;
    // Attempts at 21.8 and 26.8 min; restored with one attempt made: two more.
    expect(calls(waiting)).to.equal(4);
    expect(waiting.flow('orders')).to.deep.include({ lost: 0, delivered: 0 });
    expect(waiting.flow('orders').suspended).to.equal(1);
    const suspended = simulate(alone('40m'));
    expect(calls(suspended)).to.equal(3);
    expect(suspended.flow('orders')).to.deep.include({ suspended: 1, lost: 0, in_flight: 0 });
  });
});

describe('log shipping: what is needed for a recovery', () => {
  const disk = '  - { id: disk, kind: disk-loss, target: san, at: 62m }\n';

  it('18. shared disk lost: neither server serves, group-wide; log shipping is the only way back', () => {
    const run = simulate(shipped({ faults: ERP_AWAY + disk }));
    expect(outages(run)).to.deep.equal([[3720, 7920]]);
    // The disk is back, empty, after 30 min; that helps nobody.
    expect(outages(run, 'cluster.sql')[0][1]).to.be.below(3720 + 1900);
    expect(run.ledger.down('receive@bts1.run')[0]).to.deep.include({ from: 3720, to: 7920 });
    expect(run.ledger.down('transmit@bts1.run')[0].to).to.be.within(7920, 7920 + 80);
    expect(run.fault('disk').components_down).to.be.at.least(6);
    expect(lostOf(run)).to.deep.equal(acceptedIn(run, 3120, 3720));

    const alone = simulate(shipped({ faults: ERP_AWAY + disk, more: '' }));
    expect(outages(alone)).to.deep.equal([[3720, Infinity]]);
    expect(alone.flow('orders')).to.deep.include({ lost: 371, delivered: 0 });
  });

  it('what lies in an image is in flight and stranded until somebody restores it', () => {
    const run = simulate(shipped({ run: '{ horizon: 2h }' }));
    expect(run.flow('orders')).to.deep.include({ lost: 60, in_flight: 311, stranded: 311, delivered: 0 });
    const byHand = simulate(shipped({ run: '{ horizon: 2h }', more: '', operations: '  - { id: dr, do: failover, target: databases, at: 100m }' }));
    expect(byHand.flow('orders')).to.deep.include({ lost: 60, in_flight: 311, stranded: 311 });
    // A share that is lost later takes its sets with it: what only they held is lost then.
    const burnt = simulate(shipped({ run: '{ horizon: 3h }', faults: `${ERP_AWAY + DISASTER}  - { id: fire, kind: disaster, target: files, at: 70m }` }));
    expect(lostOf(burnt)).to.deep.equal(acceptedIn(burnt, 2220, 3720));
  });

  it('an outage without loss of data restores nothing', () => {
    const run = simulate(shipped({ faults: `${ERP_AWAY}  - { id: dark, kind: outage, target: dc1, at: 62m, for: 2h }` }));
    expect(run.flow('orders')).to.deep.include({ lost: 0, duplicates: 0, delivered: 371 });
    expect(run.ledger.statesOf('databases')).to.deep.equal([]);
    // Two servers boot and the cluster starts: no failover of the databases.
    expect(run.component('databases').failovers).to.equal(0);
  });

  it('a failover by force gives up what came after the mark although the data is still there', () => {
    const run = simulate(shipped({
      faults: `${ERP_AWAY}  - { id: dark, kind: outage, target: dc1, at: 62m, for: 10h }`, more: '', operations: '  - { id: dr, do: failover, target: databases, after: { fault: dark, by: 5m } }',
    }));
    expect(lostOf(run)).to.deep.equal(acceptedIn(run, 3120, 3720));
    expect(outages(run)).to.deep.equal([[3720, 3720 + 300 + 3600]]);
    expect(run.causes('lost')).to.deep.equal({ 'dark > databases > stored after the mark': 60 });
    expect(run.operation('dr')).to.deep.include({ result: 'done' });
    expect(run.flow('orders')).to.deep.include({ rpa_s: 600, delivered: 311 });
  });

  it('with the share out of reach a failover has only what is restored already', () => {
    const run = simulate(shipped({
      faults: `${ERP_AWAY}  - { id: dark, kind: outage, target: dc1, at: 62m, for: 10h }`, more: '', operations: '  - { id: dr, do: failover, target: databases, after: { fault: dark, by: 5m } }',
    }, 'dc1'));
    expect(run.flow('orders')).to.deep.include({ rpa_s: 1500, lost: 150 });
  });

  it('a failover waits for the destination', () => {
    const run = simulate(shipped({ faults: `${ERP_AWAY + DISASTER}  - { id: dr-dark, kind: outage, target: dr-sql, at: 100m, for: 1h }` }));
    expect(outages(run)).to.deep.equal([[3720, 9600]]);
    expect(run.flow('orders')).to.deep.include({ lost: 60, delivered: 311 });
  });

  it('a move in order loses nothing, there and back; the other site is not needed then', () => {
    const run = simulate(shipped({
      faults: `${ERP_AWAY}  - { id: late, kind: disaster, target: dc2, at: 5h }`, more: '', run: '{ horizon: 8h }',
      operations: '  - { id: go, do: switchover, target: databases, at: 62m }\n  - { id: back, do: switchover, target: databases, at: 3h }',
    }));
    expect(outages(run)).to.deep.equal([[3720, 7320], [10800, 14400]]);
    expect(run.ledger.failovers.map(({ to }) => to)).to.deep.equal(['dr-sql', 'cluster']);
    expect(run.flow('orders')).to.deep.include({ lost: 0, duplicates: 0, delivered: 371 });
  });

  it('after the failover the loss of the first site takes nothing, that of the second everything', () => {
    const first = simulate(shipped({ faults: `${ERP_AWAY}  - { id: disk, kind: disk-loss, target: san, at: 62m }\n  - { id: late, kind: disaster, target: dc1, at: 3h }` }));
    expect(first.flow('orders')).to.deep.include({ lost: 60, delivered: 311 });
    const second = simulate(shipped({ faults: `${ERP_AWAY + DISASTER}  - { id: late, kind: disaster, target: dc2, at: 3h }` }));
    expect(second.flow('orders')).to.deep.include({ lost: 371, delivered: 0 });
    expect(outages(second)).to.deep.equal([[3720, 7920], [10800, Infinity]]);
  });

  it('hosts at both sites: those of the second go on with the databases there', () => {
    const text = shipped({ faults: ERP_AWAY + DISASTER })
      .replace('bts1: { kind: server, reboot', 'bts1: { kind: server, in: dc1, reboot').replace('bts2: { kind: server, reboot', 'bts2: { kind: server, in: dc2, reboot');
    const run = simulate(text);
    expect(outages(run, 'transmit@bts1.run')).to.deep.equal([[3720, Infinity]]);
    expect(run.ledger.down('transmit@bts2.run')[0].to).to.be.within(7920, 7920 + 80);
    expect(run.flow('orders')).to.deep.include({ lost: 60, delivered: 311 });
  });

  it('a database in it is restored with it, and what coordinates beside the instance counts where the databases are', () => {
    const text = shipped({
      topology: '\n  msgbox: { kind: sql-database, in: databases }\n  dtc: { kind: msdtc, in: cluster }\n  dr-dtc: { kind: msdtc, in: dr-sql, restart: 5m }',
      faults: `${ERP_AWAY + DISASTER}  - { id: dtc-dies, kind: crash, target: dr-dtc, at: 3h }\n  - { id: dtc-early, kind: outage, target: dr-dtc, at: 20m, for: 5m }`,
    }).replace('message-box: databases', 'message-box: msgbox');
    const run = simulate(text);
    expect(run.flow('orders')).to.deep.include({ lost: 60, delivered: 311 });
    expect(outages(run, 'group.messages')).to.deep.equal([[3720, 7920], [10800, 11100]]);
  });
});

describe('log shipping: the chain of sets', () => {
  it('54. databases restored to different marks are refused', () => {
    const to = (back: number): string => `, restore-to: [{ database: message-box, marks-back: 1 }, { database: management, marks-back: ${back} }]`;
    expect(() => read(shipped({}, 'dc2', to(0)))).to.throw(/HS040[^]*all must go to the same mark/);
    const run = simulate(shipped({}, 'dc2', to(1)));
    expect(run.flow('orders')).to.deep.include({ rpa_s: 1500, lost: 150 });
  });

  it('54. databases of one group that are shipped apart are refused', () => {
    const text = shipped({ topology: '\n  other: { kind: log-shipping, source: cluster, destination: dr-sql }\n  mgmt: { kind: sql-database, in: other }' }).replace('management: databases', 'management: mgmt');
    expect(() => read(text)).to.throw(/HS042[^]*databases and by other/);
  });

  describe('87. a partial set at 10:00, full backups daily (partial-backup-sets)', () => {
    // Marks at 0, 15, 30, 45 min of every hour; the disaster at 23:59.
    const text = (terms = '', at = '23h59m'): string => shipped({
      flows: `  orders: { arrivals: { every: 1m, until: ${at} }, route: [http-in, erp-port] }`, run: '{ horizon: 40h }',
      faults: `  - { id: erp-away, kind: outage, target: erp, at: 1ms, for: 35h }\n  - { id: partial, kind: error, target: databases, at: 9h50m, count: 1 }\n${DISASTER.replace('62m', at)}`,
    }, 'dc2', terms).replace('first-mark: 7m', 'first-mark: 0s').replace('interval: 5m', 'interval: 1h');
    const point = (source: string): number => Number(simulate(source, { checkAlways: false }).flow('orders').rpa_s) / 60;

    it('flag off: back to the set before it until the next full backup', () => {
      expect(point(text())).to.equal((23 * 60 + 59) - (9 * 60 + 45));
      expect(point(text('', '24h20m'))).to.equal(5);
    });

    it('flag on: the next run makes a full backup', () => {
      expect(point(text(', force-full-after-partial: true'))).to.equal(14);
      expect(point(text(', force-full-after-partial: true', '10h14m'))).to.equal(29);
      expect(point(text(', force-full-after-partial: true', '10h16m'))).to.equal(1);
    });

    it('full backups hourly: the chain is whole again at the next hour', () => {
      expect(point(text(', full: hourly', '10h59m'))).to.equal(74);
      expect(point(text(', full: hourly', '11h1m'))).to.equal(1);
    });

    it('a set that cannot be written is no better', () => {
      const away = text().replace('{ id: partial, kind: error, target: databases, at: 9h50m, count: 1 }', '{ id: away, kind: outage, target: files, at: 9h50m, for: 15m }');
      expect(point(away)).to.equal((23 * 60 + 59) - (9 * 60 + 45));
    });
  });

  it('the recovery point can be asked for', () => {
    const run = simulate(shipped({}));
    expect(run.ledger.gauges.filter(({ gauge }) => gauge === 'recovery-point').slice(1).map(({ time, value }) => [time, value]), 'after the zero of the start').to.deep.equal([
      [0, -480], [420, 420], [1320, 1320], [2220, 2220], [3120, 3120],
    ]);
  });
});

describe('log shipping: side effects', () => {
  it('a mark makes puts wait as long as it blocks new transactions', () => {
    const run = simulate(shipped({ flows: '  orders: { arrivals: { every: 1s, until: 30m }, route: [http-in, erp-port] }', faults: '  - { id: none, kind: crash, target: bts1, at: 5h }' }, 'dc2', '').replace('stall: 0s', 'stall: 1500ms'));
    // 20 ms of work, then the put: what is put from 420 s on waits until 421.5 s.
    const answer = (offered: number): number => micro(run.ledger.acceptances.find(({ n }) => n === offered - 1)!.time - offered);
    expect([418, 419, 420, 421, 422].map(answer)).to.deep.equal([0.02, 0.02, 1.5, 0.5, 0.02]);
    expect(run.ledger.acceptances.filter(({ n, time }) => micro(time - (n + 1)) > 0.02).map(({ n }) => n + 1).sort((a, b) => a - b)).to.deep.equal([420, 421, 1320, 1321]);
  });

  const mixed = (): string => shipped({
    flows: '  orders: { arrivals: { poisson: 1/s, until: 3h }, route: [http-in, [erp-port, log-port]] }\n  others: { arrivals: { every: 7s }, route: [http-in, fulfil, erp-port] }',
    topology: `
  process: { kind: host, in: group, on: [bts1, bts2] }
  fulfil: { kind: orchestration, host: process, steps: [{ work: 30s, persist: true }, { work: 60s }] }
  log-port: { kind: send-port, host: transmit, to: log, retry: { count: 1, interval: 3m } }
  log: { kind: application, work: 20ms, remember: { ids: 2000 } }`,
    faults: `
  - { id: erp-away, kind: outage, target: erp, at: 30m, for: 20m }
  - { id: log-away, kind: outage, target: log, at: 33m, for: 15m }
  - { id: server, kind: crash, target: bts1, at: 50m }
  - { id: disk, kind: disk-loss, target: san, at: 62m }
  - { id: share, kind: disk-loss, target: files, at: 63m }`,
    run: '{ horizon: 4h }', more: 'operator: { reaction: 10m }',
  }, 'dc1', ', stall: { uniform: [200ms, 2s] }').replace(', stall: 0s', '');

  it('89. conservation at every event, with forks, orchestrations, suspended messages and memories', () => {
    const run = simulate(mixed(), { set: ['flows.orders.arrivals={ poisson: 0.2/s, until: 3h }'] });
    for (const name of ['orders', 'others']) {
      const row = run.flow(name);
      const sum = ['delivered', 'lost', 'rejected', 'suspended', 'dead_lettered', 'expired', 'in_flight'].reduce((total, column) => total + Number(row[column]), 0);
      expect(sum).to.equal(row.offered);
      expect(Number(row.duplicates), name).to.be.above(0);
    }
    expect(Number(run.flow('orders').suppressed)).to.be.above(0);
    for (const { cause } of run.ledger.effects.filter(({ nth }) => nth > 1)) expect(cause).not.to.equal('');
    for (const { fate, cause } of run.ledger.fates.filter((each) => each.fate === 'lost')) expect(cause, fate).not.to.equal('');
    const ids = new Set(run.ledger.fates.map(({ flow, n }) => `${flow} ${n}`));
    expect(ids.size).to.equal(run.ledger.fates.length);
    expect(ids.size).to.equal(run.ledger.offers.length);
  });

  it('records kept for ever give the same ledgers as records reused, and so does any order of keys', () => {
    const reused = simulate(mixed(), { checkAlways: false });
    const kept = simulate(mixed(), { checkAlways: false, keepRecords: true });
    expect(kept.result.digest).to.equal(reused.result.digest);
    const lines = mixed().split('\n');
    const from = lines.indexOf('topology:') + 1;
    const to = lines.indexOf('flows:');
    const turned = [...lines.slice(0, from), ...lines.slice(from, to).reverse(), ...lines.slice(to)].join('\n');
    expect(simulate(turned, { checkAlways: false }).result.digest).to.equal(reused.result.digest);
  });

  it('transactions that are in doubt at a mark, or when the data is lost, stay accounted for', () => {
    // The coordinator dies with transactions prepared and is back after the loss of the disk; a mark falls in between.
    const text = (loss: string): string => shipped({
      topology: `
  erp-sql: { kind: sql-server, restart: 20s }
  erp-dtc: { kind: msdtc, in: erp-sql }
  dtc: { kind: msdtc, on: [bts1, bts2], prepare: 2s, commit: 2s }
  rows: { kind: sql-table, in: erp-sql }
  sql-port: { kind: send-port, host: transmit, adapter: sql, to: rows }`,
      flows: '  orders: { arrivals: { every: 500ms, until: 12m }, route: [http-in, sql-port] }',
      faults: `  - { id: dtc-dies, kind: outage, target: dtc, at: 6m59s, for: 3m }\n${loss}`, run: '{ horizon: 3h }', more: 'allow: [L13]',
    });
    const lost = text('  - { id: disk, kind: disk-loss, target: san, at: 8m }\n');
    const run = simulate(lost);
    expect(run.ledger.gauges.some(({ gauge, value }) => gauge === 'in-doubt' && value > 0)).to.equal(true);
    const row = run.flow('orders');
    expect(Number(row.delivered) + Number(row.lost) + Number(row.rejected)).to.equal(row.offered);
    expect(row).to.deep.include({ in_flight: 0, suspended: 0 });
    // What was undecided at the mark was in the MessageBox: it is sent after the restore, and is there twice if it was committed.
    for (const { cause } of run.ledger.effects.filter(({ nth }) => nth > 1)) expect(cause).to.equal('disk > databases > restore');
    expect(simulate(lost, { keepRecords: true, checkAlways: false }).result.digest).to.equal(simulate(lost, { checkAlways: false }).result.digest);
    expect(simulate(text('')).flow('orders')).to.deep.include({ lost: 0, duplicates: 0, in_flight: 0 });
  });

  it('without a loss, log shipping changes no message but those that a mark delays', () => {
    const faults = '  - { id: server, kind: crash, target: bts1, at: 50m }';
    const [with0, without] = [shipped({ faults }), shipped({ faults }).replace(/message-box: databases, management: databases, sso-database: databases/, 'message-box: cluster, management: cluster, sso-database: cluster')]
      .map((text) => simulate(text).ledger.effects.map(({ time, n, nth }) => [time, n, nth]));
    expect(with0).to.deep.equal(without);
  });
});
