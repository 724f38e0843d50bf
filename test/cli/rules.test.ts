/** Topology rules on the command line: what an error, a warning and an info do to exit codes, and what a run says of them. */
import { expect } from 'chai';
import { Sandbox } from './hasim.js';

function topology({ name = 'rules', location = 'receive', servers = '[bts1, bts2]', sql = 'cluster', allow = '' }: { name?: string; location?: string; servers?: string; sql?: string; allow?: string } = {}): string {
  return `version: 1
name: ${name}
run: { horizon: 1m }
topology:
  bts1: { kind: server }
  bts2: { kind: server }
  sql1: { kind: server }
  sql2: { kind: server }
  san: { kind: shared-disk }
  cluster: { kind: sql-cluster, on: [sql1, sql2], disk: san }
  single: { kind: sql-server }
  mss: { kind: master-secret-server, cluster: cluster }
  group: { kind: biztalk-group, message-box: ${sql}, management: ${sql}, master-secret: mss }
  receive: { kind: isolated-host, in: group, on: [bts1, bts2] }
  work: { kind: host, in: group, on: ${servers} }
  http-in: { kind: receive-location, host: ${location}, behind: nlb }
  port: { kind: send-port, host: work, to: erp }
  erp: { kind: application }
  nlb: { kind: load-balancer, on: [bts1, bts2] }
flows:
  orders: { arrivals: { every: 1s }, route: [http-in, port] }
${allow}`;
}

interface Document { readonly valid: boolean; readonly diagnostics: readonly { readonly rule?: string; readonly severity: string }[] }

describe('topology rules on the command line', () => {
  const box = new Sandbox();
  before(() => {
    box.write('info.yaml', topology());
    box.write('warning.yaml', topology({ name: 'warning', servers: '[bts1]', sql: 'single' }));
    box.write('error.yaml', topology({ name: 'error', location: 'work' }));
    box.write('meant.yaml', topology({ name: 'meant', location: 'work', sql: 'single', allow: 'allow: [L6, L7]\n' }));
  });
  after(() => box.remove());

  const rules = (...args: readonly string[]): [boolean, string[], number | null] => {
    const { out, code } = box.run(['validate', '--json', ...args]);
    const { valid, diagnostics } = JSON.parse(out) as Document;
    return [valid, diagnostics.map(({ rule, severity }) => `${rule ?? '-'} ${severity}`), code];
  };

  it('leave a scenario valid unless they are errors, and make warnings errors with --strict, but never infos', () => {
    expect(rules('info.yaml')).to.deep.equal([true, ['L12 info'], 0]);
    expect(rules('info.yaml', '--strict')).to.deep.equal([true, ['L12 info'], 0]);
    expect(rules('warning.yaml')).to.deep.equal([true, ['L7 warning', 'L1 warning'], 0]);
    expect(rules('warning.yaml', '--strict')).to.deep.equal([false, ['L7 error', 'L1 error'], 2]);
    expect(rules('error.yaml')).to.deep.equal([false, ['L12 info', 'L6 error'], 2]);
    expect(rules('meant.yaml', '--strict')).to.deep.equal([true, [], 0]);
  });

  it('refuse a run when they are errors', () => {
    const { code, out, err } = box.run(['run', 'error.yaml']);
    expect({ code, out }).to.deep.equal({ code: 2, out: '' });
    expect(err).to.match(/error\.yaml:16:3 error HS100 L6 [^]*why: [^]*help: .*allow: \[L6\]/);
  });

  it('are a line each on stderr of a run when they are warnings, and nothing when they are infos or it is to be quiet', () => {
    const told = box.run(['run', 'warning.yaml']);
    expect(told.code).to.equal(0);
    expect(told.err).to.match(/^warning\.yaml:13:3 warning HS100 L7 .*\nwarning\.yaml:15:3 warning HS100 L1 .*\n2 warnings; hasim validate says why, and what to do\n$/);
    expect(box.run(['run', 'warning.yaml', '--quiet']).err).to.equal('');
    expect(box.run(['run', 'info.yaml']).err).to.equal('');
    expect(box.run(['run', 'meant.yaml']).err).to.equal('');
  });

  it('are explained, and listed with the kinds that they speak of', () => {
    expect(box.run(['explain', 'L7']).out).to.match(/^L7 warning\n.*\n {2}why: .*\n {2}source: .*scaled-out-databases\n/);
    expect(box.run(['kinds', 'biztalk-group']).out).to.match(/Topology rules\n[^]*L7 +warning/);
    const { rules: declared } = JSON.parse(box.run(['kinds', 'host', '--json']).out) as { rules: readonly object[] };
    expect(declared[0]).to.include({ rule: 'L1', level: 'warning', allowed: true });
  });
});
