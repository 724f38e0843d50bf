/** Operations on configuration: what they need, how long they take, and what they say when something is away. */
import { expect } from 'chai';
import { simulate, withSql } from './support.js';
import type { Replication } from './support.js';

const deploy = (faults: string, target = 'group', set: readonly string[] = []): Replication => simulate(withSql({
  run: '{ horizon: 1h }', flows: '  orders: { arrivals: { every: 10s }, route: [http-in, fulfil, erp-port] }', faults,
  topology: `
  ssodb: { kind: sql-server }
  config: { kind: sql-server }
  mss: { kind: master-secret-server, cluster: pair }
  a: { kind: server }
  b: { kind: server }
  pair: { kind: cluster-group, on: [a, b], detection: 10s, failover: 35s }
  sso: { kind: enterprise-sso, on: [bts1, bts2] }`,
  operations: `  - { id: deploy, do: deploy, target: ${target}, at: 15m }\n  - { id: later, do: deploy, target: ${target}, at: 40m }`,
}).replace('sso-database: sql', 'sso-database: ssodb, master-secret: mss').replace('management: sql', 'management: config'), { checkAlways: false, set: [...set] });

const from10to30 = (target: string): string => `  - { id: away, kind: outage, target: ${target}, at: 10m, for: 20m }`;

describe('operations: deploy', () => {
  it('is in force when every server has refreshed its configuration: 60 s', () => {
    const run = deploy('  - { id: nothing, kind: crash, target: erp, at: 50m }');
    expect(run.operation('deploy')).to.deep.include({ target: 'group', start_s: 900, end_s: 960, result: 'done', reason: null });
    expect(deploy('  - { id: nothing, kind: crash, target: erp, at: 50m }', 'group', ['topology.group.configuration-cache=5m']).operation('deploy').end_s).to.equal(1200);
  });

  it('24. MSS down: fails at once although messages flow', () => {
    const run = deploy(from10to30('mss'));
    expect(run.operation('deploy')).to.deep.include({ start_s: 900, end_s: 900, result: 'failed', reason: 'master secret away: mss' });
    expect(run.operation('later')).to.deep.include({ result: 'done', end_s: 2460 });
    expect(run.flow('orders')).to.deep.include({ availability: 1, lost: 0 });
    expect(run.fault('away')).to.deep.include({ components_down: 0, components_degraded: 1, scope: 'component' });
  });

  it('names the database that is away', () => {
    expect(deploy(from10to30('ssodb')).operation('deploy').reason).to.equal('sso database away: ssodb');
    expect(deploy(from10to30('config')).operation('deploy').reason).to.equal('management database away: config');
  });

  it('does not need the MessageBox', () => {
    expect(deploy(from10to30('sql')).operation('deploy').result).to.equal('done');
  });

  for (const target of ['receive', 'process', 'http-in', 'fulfil', 'erp-port']) {
    it(`of ${target} is a matter of its group, and one operation however many members there are`, () => {
      const run = deploy(from10to30('mss'), target);
      expect(run.result.operations.map(({ operation, target: on, result, end_s: end }) => [operation, on, result, end])).to.deep.equal([
        ['deploy', target, 'failed', 900], ['later', target, 'done', 2460],
      ]);
    });
  }

  it('that would end after the run has no result', () => {
    expect(deploy('  - { id: nothing, kind: crash, target: erp, at: 50m }', 'group', ['topology.group.configuration-cache=30m']).operation('later').result).to.equal(null);
  });
});
