/** The real catalogue through this room: its defaults can be read, and a scenario of the first family is understood. */
import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { catalogue } from '../../src/kinds/index.js';
import { explain, formatDiagnostics, readScenario } from '../../src/scenario/index.js';

const BIZTALK = `version: 1
name: biztalk
run: { horizon: 2h, warmup: 5m, drain: 10m, replications: 20 }
topology:
  dc1: { kind: datacenter }
  bts: { kind: server, in: dc1, count: 2 }
  sql: { kind: server, in: dc1, count: 2 }
  san: { kind: shared-disk, in: dc1 }
  cluster: { kind: sql-cluster, on: sql*, disk: san, failover: { lognormal: { median: 35s, p95: 170s } } }
  group: { kind: biztalk-group, message-box: cluster, management: cluster, sso-database: cluster, master-secret: mss }
  mss: { kind: master-secret-server, cluster: cluster }
  sso: { kind: enterprise-sso, on: bts*, secret: mss }
  nlb: { kind: load-balancer, on: bts* }
  receive: { kind: isolated-host, in: group, on: bts* }
  transmit: { kind: host, in: group, on: bts* }
  http-in: { kind: receive-location, adapter: http, host: receive, behind: nlb }
  fulfil: { kind: orchestration, host: transmit, steps: [{ work: { exponential: 60ms }, persist: true }] }
  erp-port: { kind: send-port, adapter: http, host: transmit, to: erp, retry: { count: 3, interval: 5m } }
  erp: { kind: application, in: dc1 }
flows:
  orders: { arrivals: { poisson: 20/s }, route: [http-in, fulfil, erp-port], client: { retry: 2, backoff: 2s, timeout: 30s } }
faults:
  - { id: sql1-dies, kind: crash, target: sql1, at: 30m, for: 40m }
expect:
  - orders.lost == 0
  - faults.sql1-dies.scope == group
  - faults.sql1-dies.restore.p95 < 6m
allow: [L12]
`;

describe('scenario: the catalogue', () => {
  it('is understood', () => {
    const { scenario, diagnostics } = readScenario({ text: BIZTALK, file: '<stdin>' }, {}, catalogue);
    expect(formatDiagnostics(diagnostics, { color: false, texts: () => BIZTALK })).to.equal('');
    expect(scenario?.definition.flows[0].route).to.deep.equal({
      component: 'http-in', next: [{ component: 'fulfil', next: [{ component: 'erp-port', next: [{ component: 'erp', next: [] }] }] }],
    });
    expect(scenario?.expectations).to.have.length(3);
    for (const { parameter, source } of scenario?.assumptions ?? []) expect(source, parameter).not.to.contain('not documented');
  });

  for (const name of readdirSync('scenarios').filter((one) => /^[^_].*\.yaml$/.test(one))) {
    it(`understands scenarios/${name}`, () => {
      const { diagnostics } = readScenario({ file: `scenarios/${name}` }, {}, catalogue);
      expect(formatDiagnostics(diagnostics.filter((one) => one.severity === 'error'), { color: false, texts: () => undefined })).to.equal('');
    });
  }

  for (const kind of catalogue) {
    it(`explains ${kind.name} and each of its parameters`, () => {
      expect(explain(kind.name, catalogue)).to.contain(kind.summary);
      for (const [name, spec] of Object.entries(kind.parameters)) expect(explain(`${kind.name}.${name}`, catalogue), name).to.contain(spec.meaning);
    });
  }
});
