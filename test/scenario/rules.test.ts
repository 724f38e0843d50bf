/**
 * Topology rules over the real catalogue: for each the same topology without and with what breaks it, and with the rule allowed.
 * The levels, and what breaks a rule, are those of the table of rules; a topology that keeps them all has nothing said about it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { catalogue } from '../../src/kinds/index.js';
import { distribution, flag, reference } from '../../src/model/index.js';
import type { Fields, KindDeclaration } from '../../src/model/index.js';
import { diagnosticsJson, explain, explainSuggestions, formatDiagnostics, formatWarnings, readScenario, rulesOf } from '../../src/scenario/index.js';
import type { Diagnostic } from '../../src/scenario/index.js';

type Parts = Readonly<Record<string, string | null>>;

/** Keeps every rule: two of everything, the secret on a cluster group of its own that is active on the other server. */
const SOUND: Parts = {
  bts: '{ kind: server, count: 2 }',
  sql: '{ kind: server, count: 2 }',
  san: '{ kind: shared-disk }',
  cluster: '{ kind: sql-cluster, on: [sql1, sql2], disk: san }',
  secrets: '{ kind: cluster-group, on: [sql2, sql1] }',
  mss: '{ kind: master-secret-server, cluster: secrets }',
  group: '{ kind: biztalk-group, message-box: cluster, management: cluster, sso-database: cluster, master-secret: mss }',
  sso: '{ kind: enterprise-sso, on: bts*, secret: mss }',
  dtc: '{ kind: msdtc, on: bts* }',
  sqldtc: '{ kind: msdtc, cluster: cluster }',
  nlb: '{ kind: load-balancer, on: bts* }',
  receive: '{ kind: isolated-host, in: group, on: bts* }',
  process: '{ kind: host, in: group, on: bts* }',
  transmit: '{ kind: host, in: group, on: bts* }',
  'http-in': '{ kind: receive-location, host: receive, behind: nlb }',
  fulfil: '{ kind: orchestration, host: process }',
  port: '{ kind: send-port, host: transmit, to: erp }',
  erp: '{ kind: application }',
};
const FLOWS = '  orders: { arrivals: { poisson: 10/s }, route: [http-in, fulfil, port] }';

interface Options { readonly flows?: string; readonly allow?: readonly string[]; readonly kinds?: readonly KindDeclaration[] }

function textOf(parts: Parts, { flows = FLOWS, allow = [] }: Options = {}): string {
  const lines = Object.entries({ ...SOUND, ...parts }).flatMap(([name, value]) => (value === null ? [] : [`  ${name}: ${value}`]));
  return `version: 1\nname: rules\nrun: { horizon: 1h }\ntopology:\n${lines.join('\n')}\n${flows === '' ? '' : `flows:\n${flows}\n`}${allow.length === 0 ? '' : `allow: [${allow.join(', ')}]\n`}`;
}

function found(parts: Parts, options: Options = {}): readonly Diagnostic[] {
  return readScenario({ text: textOf(parts, options), file: '<stdin>' }, {}, options.kinds ?? catalogue).diagnostics;
}

/** `L7 warning group`: rule, level, and the key at which it is told. */
function told(parts: Parts, options: Options = {}): string[] {
  const lines = textOf(parts, options).split('\n');
  return found(parts, options).map(({ rule, code, severity, at }) => `${rule?.name ?? code} ${severity} ${lines[at.line - 1].slice(at.column - 1, at.endColumn - 1)}`);
}

/** The catalogue with more parameters for a kind. */
function grown(name: string, parameters: Fields): readonly KindDeclaration[] {
  return catalogue.map((kind) => (kind.name === name ? { ...kind, parameters: { ...kind.parameters, ...parameters } } : kind));
}

const severalBoxes = grown('biztalk-group', { 'message-box': reference('Boxes.', { offers: ['sql'], many: true, required: true }) });
const timedSql = grown('sql-cluster', { operation: distribution('Time of one published message.', { absent: 'none' }) });
const keptSecret = grown('master-secret-server', {
  'restored-on': reference('Servers.', { offers: ['run'], many: true, absent: 'everywhere' }), backup: flag('Backup.', { default: true, source: 'assumption: test' }), database: reference('Database.', { offers: ['sql'], absent: 'that of the group' }),
});
const second = (sql: string): Parts => ({ box2: '{ kind: sql-cluster, on: [sql2, sql1], disk: san }', group: `{ kind: biztalk-group, message-box: ${sql}, management: cluster, sso-database: cluster, master-secret: mss }` });

/** Two MessageBoxes, and so many instances. */
const eventBus = (instances: number): Parts => ({
  src1: '{ kind: message-box, in: cluster }', src2: '{ kind: message-box, in: cluster }', bam: '{ kind: sql-database, in: cluster }',
  track: `{ kind: server, count: ${instances} }`, bus: '{ kind: bam-event-bus, on: track*, sources: [src1, src2], destination: bam }',
});

interface Case {
  readonly rule: string;
  readonly title: string;
  readonly broken: Parts;
  readonly told: readonly string[];
  /** What is left to say while the rule is allowed: other rules that the same change breaks. */
  readonly left?: readonly string[];
  readonly repaired: Parts;
  readonly options?: Options;
}

const CASES: readonly Case[] = [
  { rule: 'L1', title: 'a host of a flow with one instance', broken: { process: '{ kind: host, in: group, on: [bts1] }' }, told: ['L1 warning process'], repaired: { process: '{ kind: host, in: group, on: [bts2, bts1] }' } },
  { rule: 'L1', title: 'an isolated host with one instance', broken: { receive: '{ kind: isolated-host, in: group, on: [bts2] }' }, told: ['L1 warning receive'], repaired: {} },
  { rule: 'L3', title: 'HTTP on two servers without a balancer', broken: { 'http-in': '{ kind: receive-location, host: receive }' }, told: ['L3 warning http-in'], repaired: {} },
  { rule: 'L3', title: 'WCF with TCP in a host on two servers without a balancer', broken: { 'http-in': '{ kind: receive-location, adapter: wcf-nettcp, host: process }' }, told: ['L3 warning http-in'], repaired: { 'http-in': '{ kind: receive-location, adapter: wcf-nettcp, host: process, behind: nlb }' } },
  {
    rule: 'L14', title: 'a clustered message queuing service, and a host that does not move with it',
    broken: { queues: '{ kind: cluster-group, on: [bts1, bts2] }', mq: '{ kind: msmq, cluster: queues, to: erp }', port: '{ kind: send-port, adapter: msmq, host: transmit, to: mq }' }, told: ['L14 warning mq'],
    repaired: { mq: '{ kind: msmq, on: bts*, to: erp }', port: '{ kind: send-port, adapter: msmq, host: transmit, to: mq }' },
  },
  {
    rule: 'L15', title: 'a clustered host without an instance on a server of its group',
    broken: { movers: '{ kind: cluster-group, on: [bts1, bts2] }', process: '{ kind: host, in: group, cluster: movers, owners: [bts1] }' }, told: ['L15 error process'],
    repaired: { movers: '{ kind: cluster-group, on: [bts1, bts2] }', process: '{ kind: host, in: group, cluster: movers, owners: [bts2, bts1] }' },
  },
  { rule: 'L6', title: 'HTTP in an in-process host', broken: { 'http-in': '{ kind: receive-location, host: process, behind: nlb }' }, told: ['L6 error http-in'], repaired: {} },
  { rule: 'L7', title: 'a MessageBox on a single SQL Server', broken: { single: '{ kind: sql-server }', group: SOUND.group!.replace('message-box: cluster', 'message-box: single') }, told: ['L7 warning group'], repaired: { single: '{ kind: sql-server }' } },
  {
    rule: 'L7', title: 'a MessageBox in a database of a single SQL Server',
    broken: { single: '{ kind: sql-server }', box: '{ kind: sql-database, in: single }', group: SOUND.group!.replace('message-box: cluster', 'message-box: box') }, told: ['L7 warning group'],
    repaired: { box: '{ kind: sql-database, in: cluster }', group: SOUND.group!.replace('message-box: cluster', 'message-box: box') },
  },
  { rule: 'L7', title: 'a cluster without a shared disk', broken: { cluster: '{ kind: sql-cluster, on: [sql1, sql2] }' }, told: ['L7 warning group'], repaired: {} },
  {
    rule: 'L8', title: 'two MessageBoxes', broken: second('[cluster, box2]'), told: ['L8 info group', 'L12 info mss'], left: ['L12 info mss'], options: { kinds: severalBoxes },
    repaired: { ...SOUND, box3: '{ kind: sql-cluster, on: [sql1, sql2], disk: san }', box2: '{ kind: sql-cluster, on: [sql1, sql2], disk: san }', group: SOUND.group!.replace('message-box: cluster', 'message-box: [cluster, box2, box3]') },
  },
  { rule: 'L9', title: 'a second master secret server', broken: { mss2: '{ kind: master-secret-server, cluster: secrets }' }, told: ['L9 error mss2'], repaired: {} },
  { rule: 'L9', title: 'services that ask another master secret server than the group names', broken: { other: '{ kind: master-secret-server, cluster: secrets }', sso: '{ kind: enterprise-sso, on: bts*, secret: other }' }, told: ['L9 error other'], repaired: {} },
  {
    rule: 'L9', title: 'two groups with one single sign-on database and two secrets',
    broken: { mss2: '{ kind: master-secret-server, cluster: secrets }', group2: '{ kind: biztalk-group, message-box: cluster, management: cluster, sso-database: cluster, master-secret: mss2 }' }, told: ['L9 error mss2'],
    repaired: { mss2: '{ kind: master-secret-server, cluster: secrets }', sso2: '{ kind: sql-database, in: cluster }', group2: '{ kind: biztalk-group, message-box: cluster, management: cluster, sso-database: sso2, master-secret: mss2 }' },
  },
  { rule: 'L9', title: 'a master secret server that is not clustered', broken: { vault: '{ kind: server }', mss: '{ kind: master-secret-server, on: [vault] }' }, told: ['L9 warning mss'], repaired: {} },
  { rule: 'L9', title: 'a secret that is not restored on each server', broken: { mss: '{ kind: master-secret-server, cluster: secrets, restored-on: [sql2] }' }, told: ['L9 warning mss'], repaired: { mss: '{ kind: master-secret-server, cluster: secrets, restored-on: [sql1, sql2] }' }, options: { kinds: keptSecret } },
  { rule: 'L9', title: 'a secret without backup', broken: { mss: '{ kind: master-secret-server, cluster: secrets, backup: false }' }, told: ['L9 warning mss'], repaired: { mss: '{ kind: master-secret-server, cluster: secrets, backup: true }' }, options: { kinds: keptSecret } },
  { rule: 'L10', title: 'the master secret server on a balanced server', broken: { nlb: '{ kind: load-balancer, on: [bts1, bts2, sql2] }' }, told: ['L10 error mss'], repaired: {} },
  { rule: 'L11', title: 'an unclustered instance beside a clustered single sign-on service', broken: { transmit: '{ kind: host, in: group, on: [bts1, sql1] }' }, told: ['L11 error transmit'], repaired: {} },
  { rule: 'L11', title: 'an isolated instance there', broken: { receive: '{ kind: isolated-host, in: group, on: [bts1, sql2] }' }, told: ['L11 error receive'], repaired: {} },
  { rule: 'L12', title: 'the secret on the server that is active for the MessageBox', broken: { mss: '{ kind: master-secret-server, cluster: cluster }' }, told: ['L12 info mss'], repaired: {} },
  { rule: 'L12', title: 'the same by the order of servers', broken: { secrets: '{ kind: cluster-group, on: [sql1, sql2] }' }, told: ['L12 info mss'], repaired: {} },
  { rule: 'L13', title: 'coordinators, and none moves with the databases', broken: { sqldtc: null }, told: ['L13 error cluster', 'L13 error secrets'], repaired: { sqldtc: '{ kind: msdtc, in: cluster }' } },
  { rule: 'L13', title: 'a coordinator on each server of the cluster is not clustered', broken: { sqldtc: '{ kind: msdtc, on: [sql1, sql2] }' }, told: ['L13 error cluster', 'L13 error secrets'], repaired: { sqldtc: '{ kind: msdtc, cluster: secrets }' } },
  {
    rule: 'L16', title: 'two instances, each active on a server that is used above half',
    // 10/s through two publications at 220 ms each: 4.4 s per second on 8 processors, 55 %.
    broken: { sql: '{ kind: server, count: 2, cpus: 8 }', cluster: '{ kind: sql-cluster, on: [sql1, sql2], disk: san, operation: 220ms }', other: '{ kind: sql-cluster, on: [sql2, sql1], disk: san }' }, told: ['L16 warning cluster'],
    // The same at 180 ms each: 45 %.
    repaired: { sql: '{ kind: server, count: 2, cpus: 8 }', cluster: '{ kind: sql-cluster, on: [sql1, sql2], disk: san, operation: 180ms }', other: '{ kind: sql-cluster, on: [sql2, sql1], disk: san }' },
    options: { kinds: timedSql },
  },
  { rule: 'L17', title: 'an event bus with as many instances as MessageBoxes', broken: eventBus(2), told: ['L17 info bus'], repaired: eventBus(3) },
  { rule: 'L17', title: 'an event bus with more than one instance to spare', broken: eventBus(4), told: ['L17 info bus'], repaired: eventBus(3) },
  {
    rule: 'L17', title: 'an event bus that has the MessageBox of a group, and three instances for it',
    broken: { ...eventBus(3), bus: '{ kind: bam-event-bus, on: track*, destination: bam }', group: SOUND.group!.replace('sso-database', 'event-bus: bus, sso-database') }, told: ['L17 info bus'],
    repaired: { ...eventBus(2), bus: '{ kind: bam-event-bus, on: track*, destination: bam }', group: SOUND.group!.replace('sso-database', 'event-bus: bus, sso-database') },
  },
  { rule: 'L17', title: 'an event bus without a MessageBox', broken: { ...eventBus(3), bus: '{ kind: bam-event-bus, on: track*, destination: bam }' }, told: ['L17 warning bus'], repaired: eventBus(3) },
  { rule: 'L18', title: 'a mirrored MessageBox', broken: { box: '{ kind: sql-database, in: cluster, protection: mirroring }', group: SOUND.group!.replace('message-box: cluster', 'message-box: box') }, told: ['L18 error box'], repaired: { box: '{ kind: sql-database, in: cluster, protection: none }', group: SOUND.group!.replace('message-box: cluster', 'message-box: box') } },
  { rule: 'L18', title: 'shadow copies of the instance that carries the databases', broken: { cluster: '{ kind: sql-cluster, on: [sql1, sql2], disk: san, protection: vss }' }, told: ['L18 error cluster'], repaired: {} },
  {
    rule: 'L18', title: 'log shipping of the instance around the management database',
    broken: { single: '{ kind: sql-server, protection: log-shipping-native }', config: '{ kind: sql-database, in: single }', group: SOUND.group!.replace('management: cluster', 'management: config') }, told: ['L18 error single'],
    repaired: { single: '{ kind: sql-server, protection: log-shipping-native }' },
  },
];

/** Of other families: `service-bus.test.ts`, and beside what they speak of in `test/model`. */
const CASES_ELSEWHERE = ['L21', 'L22', 'L23', 'L24', 'L25', 'L26', 'L27', 'L4', 'L5', 'L19', 'L20'];

describe('scenario: topology rules', () => {
  it('have nothing to say about a topology that keeps them', () => {
    expect(told({})).to.deep.equal([]);
  });

  for (const { rule, title, broken, told: expected, left = [], repaired, options = {} } of CASES) {
    it(`${rule} finds ${title}`, () => {
      expect(told(broken, options)).to.have.members([...expected]);
      for (const one of found(broken, options).filter((each) => each.rule?.name === rule)) {
        expect(one.code).to.equal('HS100');
        expect(one.rule?.reason).not.to.be.empty;
        expect(one.remedy).to.match(new RegExp(`; or allow: \\[${rule}\\] if it is meant$`));
      }
    });

    it(`${rule} is content without ${title}, and silent where it is allowed`, () => {
      expect(told(repaired, options)).to.deep.equal([]);
      const allowed = { ...options, allow: [rule] };
      expect(told(broken, allowed)).to.have.members([...left]);
      expect(readScenario({ text: textOf(broken, allowed), file: '<stdin>' }, {}, options.kinds ?? catalogue).scenario).not.to.equal(null);
    });
  }

  it('have a case each', () => {
    const checked = rulesOf(catalogue).filter(({ rule }) => rule.find !== undefined).map(({ rule }) => rule.name);
    expect(new Set([...CASES.map((one) => one.rule), ...CASES_ELSEWHERE])).to.deep.equal(new Set(checked));
  });
});

describe('scenario: topology rules that do not apply', () => {
  it('L1 asks only for hosts that a flow uses, or that have handlers while there is no flow', () => {
    expect(told({ spare: '{ kind: host, in: group, on: [bts1] }' })).to.deep.equal([]);
    const unused = { process: '{ kind: host, in: group, on: [bts1] }' };
    expect(told(unused, { flows: '  orders: { arrivals: { poisson: 10/s }, route: [http-in, port] }' })).to.deep.equal([]);
    expect(told(unused, { flows: '' })).to.deep.equal(['L1 warning process']);
  });

  it('L9 leaves secrets of separate systems alone', () => {
    const apart = { mss2: '{ kind: master-secret-server, cluster: secrets }', box: '{ kind: sql-database, in: cluster }', other: '{ kind: biztalk-group, message-box: cluster, management: cluster, sso-database: box }' };
    expect(told(apart)).to.deep.equal([]);
    const elsewhere = (database: string): Parts => ({ other: '{ kind: sql-server }', mss2: `{ kind: master-secret-server, cluster: secrets, database: ${database} }` });
    expect(told(elsewhere('other'), { kinds: keptSecret })).to.deep.equal([]);
    expect(told(elsewhere('cluster'), { kinds: keptSecret })).to.deep.equal(['L9 error mss2']);
  });

  it('L13 asks only where coordinators are declared at all', () => {
    expect(told({ dtc: null, sqldtc: null })).to.deep.equal([]);
  });

  it('L16 asks only without a passive server, and as far as the load is known', () => {
    const busy = { cluster: '{ kind: sql-cluster, on: [sql1, sql2], disk: san, operation: 300ms }' };
    expect(told(busy, { kinds: timedSql }), 'active and passive').to.deep.equal([]);
    const other = { other: '{ kind: sql-cluster, on: [sql2, sql1], disk: san }' };
    expect(told(other), 'no known load').to.deep.equal([]);
    const passive = { ...busy, ...other, sql: '{ kind: server, count: 3 }', cluster: '{ kind: sql-cluster, on: [sql1, sql2, sql3], disk: san, operation: 300ms }' };
    expect(told(passive, { kinds: timedSql }), 'active, active, passive').to.deep.equal([]);
    const limited = { flows: '  orders: { arrivals: { poisson: 10/s, limit: 5 }, route: [http-in, fulfil, port] }', kinds: timedSql };
    expect(told({ ...busy, ...other }, limited), 'five messages').to.deep.equal([]);
    expect(told({ ...busy, ...other }, { kinds: timedSql }), 'both busy').to.deep.equal(['L16 warning cluster']);
  });

  it('L18 asks only for databases of a group', () => {
    expect(told({ shop: '{ kind: sql-server, protection: mirroring }' })).to.deep.equal([]);
  });
});

describe('scenario: rules that reading restates', () => {
  const restated = (parts: Parts): string[] => found(parts).map(({ code, rule, severity }) => `${code} ${rule?.name ?? '-'} ${severity}`);
  const twice = { process: '{ kind: host, in: group, on: [bts1, bts1, bts2] }' };

  it('L2: a host has one instance on a server, whatever is allowed', () => {
    expect(restated(twice)).to.deep.equal(['HS035 L2 error']);
    expect(restated({ dtc: '{ kind: msdtc, on: [bts1, bts1] }' }), 'no host').to.deep.equal(['HS035 - error']);
    expect(told(twice, { allow: ['L2'] })).to.have.members(['L2 error bts1', 'HS091 info L2']);
  });

  it('L6: what takes from the MessageBox does not work in an isolated host, whatever is allowed', () => {
    expect(restated({ port: '{ kind: send-port, host: receive, to: erp }' })).to.deep.equal(['HS041 L6 error']);
    expect(restated({ fulfil: '{ kind: orchestration, host: receive }' })).to.deep.equal(['HS041 L6 error']);
    expect(told({ fulfil: '{ kind: orchestration, host: receive }' }, { allow: ['L6'] })).to.deep.include('L6 error receive');
  });

  it('L15: what is clustered has a group with at least two servers', () => {
    expect(restated({ sqldtc: '{ kind: msdtc, cluster: sql1 }' })).to.deep.equal(['HS031 L15 error']);
    expect(restated({ secrets: '{ kind: cluster-group, on: [sql1] }' })).to.deep.equal(['HS036 L15 error']);
  });
});

describe('scenario: allow', () => {
  it('is told when it is not needed, without making anything invalid', () => {
    expect(told({}, { allow: ['L7', 'L20'] })).to.deep.equal(['HS091 info L7', 'HS091 info L20']);
  });

  it('switches off its own rule only', () => {
    const both = { process: '{ kind: host, in: group, on: [bts1] }', cluster: '{ kind: sql-cluster, on: [sql1, sql2] }' };
    expect(told(both, { allow: ['L7'] })).to.deep.equal(['L1 warning process']);
  });

  it('does not keep rules from being checked when something else is wrong, unless it is the topology', () => {
    const broken = { process: '{ kind: host, in: group, on: [bts1] }' };
    expect(told(broken, { flows: '  orders: { arrivals: { poisson: 10 }, route: [http-in, fulfil, port] }' })).to.include('L1 warning process');
    expect(told({ sqldtc: '{ kind: msdtc, cluster: clutser }' })).to.deep.equal(['HS030 error clutser']);
    expect(told({ sqldtc: '{ kind: msdtcc, cluster: cluster }' })).to.deep.equal(['HS015 error msdtcc']);
  });
});

describe('scenario: rules for programs and people', () => {
  const broken = { process: '{ kind: host, in: group, on: [bts1] }' };

  it('names rule, reason and source in JSON', () => {
    const { valid, diagnostics } = diagnosticsJson(found(broken));
    expect(valid).to.equal(true);
    expect(diagnostics[0]).to.deep.include({ code: 'HS100', severity: 'warning', rule: 'L1', source: 'Planning for High Availability; high-availability-for-biztalk-hosts', file: '<stdin>' });
    expect(Object.keys(diagnostics[0])).to.deep.equal(['code', 'severity', 'message', 'file', 'range', 'suggestions', 'remedy', 'rule', 'reason', 'source']);
  });

  it('tells warnings on one line each before a run, and nothing of infos', () => {
    const text = formatWarnings(found({ ...broken, mss: '{ kind: master-secret-server, cluster: cluster }' }), { color: false });
    expect(text).to.equal('<stdin>:17:3 warning HS100 L1 process has its only instance on bts1, and fulfil works in it\n1 warning; hasim validate says why, and what to do\n');
    expect(formatWarnings(found({}), { color: false })).to.equal('');
  });

  it('explains each rule that is checked, and says of the others that they are not', () => {
    for (const { rule } of rulesOf(catalogue)) expect(explain(rule.name, catalogue)).to.contain(rule.level).and.to.contain(rule.meaning).and.to.contain(`why: ${rule.reason}`).and.to.contain(`source: ${rule.source}`);
    expect(explain('L9', catalogue)).to.match(/^L9 error\n[^]*\nL9 warning\n/);
    const unchecked = Array.from({ length: 27 }, (_, index) => `L${index + 1}`).find((name) => rulesOf(catalogue).every(({ rule }) => rule.name !== name));
    if (unchecked !== undefined) expect(explain(unchecked, catalogue)).to.contain('does not check');
    expect(explain('L28', catalogue)).to.equal(null);
    expect(explainSuggestions('l9', catalogue)).to.deep.equal(['L9']);
  });
});

describe('scenario: wrong topologies', () => {
  const FOLDER = 'test/fixtures/rules';
  for (const name of readdirSync(FOLDER).filter((one) => one.endsWith('.yaml')).map((one) => one.replace('.yaml', ''))) {
    it(name, () => {
      const file = `${FOLDER}/${name}.yaml`;
      const { scenario, diagnostics } = readScenario({ file }, {}, catalogue);
      expect(scenario).to.equal(null);
      const text = formatDiagnostics(diagnostics, { color: false, texts: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined) });
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(`${FOLDER}/${name}.txt`, text);
      expect(text).to.equal(readFileSync(`${FOLDER}/${name}.txt`, 'utf8'));
      const errors = diagnostics.filter((one) => one.severity === 'error');
      if (!errors.every((one) => one.code === 'HS100')) return;
      const meant = readScenario({ file }, { set: [`allow=[${errors.map((one) => one.rule!.name).join(', ')}]`] }, catalogue);
      expect(meant.scenario, 'with all of it allowed').not.to.equal(null);
    });
  }
});
