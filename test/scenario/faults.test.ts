import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readScenario } from '../../src/scenario/index.js';
import type { ReadResult } from '../../src/scenario/index.js';
import { BASE, codes, read, sound, wrong } from './kit.js';
import { catalogue } from './kinds.js';

const withFaults = (...faults: string[]): string => `${BASE}faults:\n${faults.map((fault) => `  - { ${fault} }\n`).join('')}`;
const fault = (text: string) => sound(withFaults(`id: f, ${text}`)).definition.faults[0];
const target = (text: string, kind = 'crash') => fault(`kind: ${kind}, target: ${text}, at: 5m`).targets;
const told = (text: string): string[] => read(withFaults(`id: f, ${text}`)).diagnostics.map(({ code, message, remedy }) => `${code} ${message} [${remedy ?? ''}]`);

describe('scenario: faults', () => {
  it('reads every form of a target', () => {
    expect(target('sql1')).to.deep.equal([{ type: 'name', name: 'sql1' }]);
    expect(target('work@bts2')).to.deep.equal([{ type: 'name', name: 'work@bts2' }]);
    expect(target('entry@bts2')).to.deep.equal([{ type: 'name', name: 'entry@bts2' }]);
    expect(target('active(cluster)')).to.deep.equal([{ type: 'active', cluster: 'cluster' }]);
    expect(target('passive(cluster)')).to.deep.equal([{ type: 'passive', cluster: 'cluster' }]);
    expect(target('"bts*"')).to.deep.equal(['bts1', 'bts2', 'bts3'].map((name) => ({ type: 'name', name })));
    expect(target('[sql1, "sql*", work@bts1]')).to.deep.equal(['sql1', 'sql2', 'work@bts1'].map((name) => ({ type: 'name', name })));
    expect(target('"e*@bts3"')).to.deep.equal([{ type: 'name', name: 'entry@bts3' }]);
  });

  it('keeps the target as written', () => {
    expect(fault('kind: crash, target: [sql1, "bts*"], at: 5m').targetText).to.equal('sql1, bts*');
  });

  it('refuses targets that match nothing', () => {
    for (const text of ['sql3', '"web*"', 'work@sql1', 'cluster@sql1', 'passive(sql1)', 'activ(cluster)', 'active(clusterr)', '"x@*"', 'nobody/store1', 'bts']) {
      expect(codes(withFaults(`id: f, kind: crash, target: ${text}, at: 5m`)), text).to.deep.equal(['HS061']);
    }
    expect(told('kind: crash, target: bts, at: 5m')).to.deep.equal(['HS061 the target "bts" matches nothing ["bts" is declared with count: its components are bts1 to bts3]']);
    expect(told('kind: crash, target: work@sql1, at: 5m')).to.deep.equal(['HS061 the target "work@sql1" matches nothing [members of work: work@bts1, work@bts2 and work@bts3]']);
  });

  it('asks every target whether it can suffer it', () => {
    expect(told('kind: disk-loss, target: [san, sql1], at: 5m')).to.deep.equal(['HS062 sql1 is a server, which cannot suffer "disk-loss" [it can suffer crash, stop, restart, hang and outage]']);
    expect(codes(withFaults('id: f, kind: slow, factor: 2, target: active(cluster), at: 5m'))).to.deep.equal(['HS062']);
  });

  it('reads every form of a moment', () => {
    expect(fault('kind: crash, target: sql1, at: {uniform: [5m, 10m]}').moment).to.have.nested.property('at.mean', 450e6);
    expect(fault('kind: crash, target: sql1, every: {exponential: 30m}, for: {erlang: {k: 2, mean: 4m}}')).to.have.nested.property('for.mean', 240e6);
    expect(fault('kind: crash, target: sql1, when: { component: port, step: put }').moment).to.deep.equal({ type: 'when', component: 'port', step: 'put', nth: 1 });
    expect(fault('kind: crash, target: sql1, when: { component: port@bts1, step: settled, nth: 7 }').moment).to.deep.equal({ type: 'when', component: 'port@bts1', step: 'settled', nth: 7 });
    const [, second] = sound(withFaults('id: a, kind: crash, target: sql1, at: 5m', 'id: b, kind: crash, target: sql2, after: { fault: a, by: 30s }')).definition.faults;
    expect(second.moment).to.include({ type: 'after', fault: 'a' });
    expect(second.moment).to.have.nested.property('by.mean', 30e6);
  });

  it('wants exactly one moment, within the run', () => {
    const of = (moment: string): string[] => codes(withFaults(`id: f, kind: crash, target: sql1${moment}`));
    expect(of('')).to.deep.equal(['HS063']);
    expect(of(', at: 5m, every: 5m')).to.deep.equal(['HS063']);
    expect(of(', at: 69m')).to.deep.equal([]);
    expect(of(', at: 70m')).to.deep.equal(['HS064']);
    expect(of(', every: 2h')).to.deep.equal(['HS064']);
    expect(of(', every: 0s')).to.deep.equal(['HS020']);
    expect(of(', when: { component: app, step: settled }')).to.deep.equal([]);
    expect(of(', when: { component: other, step: settled }')).to.deep.equal(['HS068']);
    expect(of(', when: { component: port, step: sent }')).to.deep.equal(['HS013']);
    expect(of(', when: { component: prt, step: put }')).to.deep.equal(['HS030']);
    expect(of(', after: { fault: g }')).to.deep.equal(['HS066']);
    expect(codes(withFaults('id: a, kind: crash, target: sql1, at: 40m', 'id: b, kind: crash, target: sql2, after: { fault: a, by: 30m }'))).to.deep.equal(['HS064']);
  });

  it('refuses faults that wait for each other', () => {
    expect(wrong(withFaults('id: a, kind: crash, target: sql1, after: { fault: b, by: 1s }', 'id: b, kind: crash, target: sql2, after: { fault: a, by: 1s }'))).to.deep.equal([
      '22:48 HS067 faults wait for each other in a circle: a > b > a',
    ]);
    expect(codes(withFaults('id: a, kind: crash, target: sql1, after: { fault: a }'))).to.deep.equal(['HS067']);
  });

  it('takes each key only where it means something', () => {
    const of = (text: string): string[] => codes(withFaults(`id: f, at: 5m, ${text}`));
    expect(of('kind: slow, target: app, factor: 10')).to.deep.equal([]);
    expect(of('kind: slow, target: app')).to.deep.equal(['HS065']);
    expect(of('kind: slow, target: app, factor: 0')).to.deep.equal(['HS014']);
    expect(read(withFaults('id: f, at: 5m, kind: slow, target: app, factor: 0.5')).diagnostics.map((one) => one.severity)).to.deep.equal(['warning']);
    expect(of('kind: crash, target: sql1, factor: 10')).to.deep.equal(['HS065']);
    expect(of('kind: disaster, target: dc1, for: 5m')).to.deep.equal(['HS065']);
    expect(of('kind: ack-loss, target: app')).to.deep.equal(['HS065']);
    expect(of('kind: ack-loss, target: app, probability: 1%')).to.deep.equal([]);
    expect(of('kind: ack-loss, target: app, probability: 1%, step: put')).to.deep.equal(['HS068']);
    expect(of('kind: error, target: port, probability: 1%, count: 3')).to.deep.equal(['HS065']);
    expect(of('kind: error, target: port')).to.deep.equal(['HS065']);
    expect(of('kind: error, target: port, probability: 120%')).to.deep.equal(['HS023']);
  });

  it('takes the first step that the kind declares', () => {
    expect(fault('kind: error, target: port, count: 3, at: 5m')).to.include({ step: 'put', count: 3 });
    expect(fault('kind: error, target: port, count: 3, step: worked, at: 5m')).to.include({ step: 'worked' });
  });

  it('understands, but refuses with a code of its own, what is not simulated yet', () => {
    expect(codes(withFaults('id: f, kind: crash, target: app/store3, at: 5m'))).to.deep.equal(['HS061']);
  });

  it('reads the two sides of a cut, whatever their kinds declare', () => {
    expect(fault('kind: network-partition, target: [app, "bts*"], at: 5m')).to.have.nested.property('sides[1].length', 3);
    for (const target of ['app', '[app]', '[app, sql1, sql2]', '["bts*", bts1]']) expect(codes(withFaults(`id: f, kind: network-partition, target: ${target}, at: 5m`)), target).to.deep.equal(['HS065']);
    expect(codes(withFaults('id: f, kind: network-partition, target: [app, nobody], at: 5m'))).to.deep.equal(['HS061']);
  });

  it('reads failures at random', () => {
    const random = (text: string) => fault(`kind: crash, target: "bts*", mttf: {exponential: 30d}, mttr: {exponential: 4h}${text}`);
    const plain = random('');
    expect(plain.moment).to.deep.include({ type: 'renewal', start: 'up', together: false, beta: 0 });
    expect(plain).to.have.nested.property('moment.mttf.mean', 30 * 86_400e6);
    expect(plain).to.have.nested.property('for.mean', 4 * 3600e6);
    expect(random(', start: stationary').moment).to.include({ start: 'stationary' });
    expect(random(', together: true').moment).to.include({ together: true });
    expect(random(', beta: 5%').moment).to.include({ beta: 0.05 });
    const { assumptions } = sound(withFaults('id: f, kind: crash, target: sql1, mttf: 10m, mttr: 4m'));
    expect(assumptions.filter(({ parameter }) => parameter.startsWith('faults.')).map(({ parameter, value }) => [parameter, value])).to.deep.equal([['faults.f.start', 'up'], ['faults.f.together', 'false']]);
  });

  it('refuses failures at random that make no sense', () => {
    const of = (text: string, target = '"bts*"'): string[] => told(`kind: crash, target: ${target}, ${text}`).map((line) => line.replace(/ \[.*/, ''));
    expect(of('mttf: 30d')).to.deep.equal(['HS063 mttf and mttr belong together']);
    expect(of('mttr: 4h')).to.deep.equal(['HS063 mttf and mttr belong together']);
    expect(of('mttf: 30, mttr: 4h')).to.deep.equal(['HS020 30 has no unit']);
    expect(of('mttf: 0s, mttr: 4h')).to.deep.equal(['HS020 the mean time to failure must be longer than 0']);
    expect(of('mttf: 2h, mttr: 4h')).to.deep.equal(['HS064 "f" would come at 2h, and the run ends at 1h10m']);
    expect(of('mttf: 10m, mttr: 4m, for: 4m')).to.deep.equal(['HS065 "for" does not go with mttf: mttr says how long it lasts']);
    expect(of('mttf: 10m, mttr: 4m, at: 4m')).to.deep.equal(['HS063 more than one moment is given: at, mttf, mttr']);
    expect(of('mttf: 10m, mttr: 4m, beta: 0%')).to.deep.equal(['HS014 beta lies between 0 and 1']);
    expect(of('mttf: 10m, mttr: 4m, beta: 100%')).to.deep.equal(['HS014 beta lies between 0 and 1']);
    expect(of('mttf: 10m, mttr: 4m, beta: 5%, together: true')).to.deep.equal(['HS065 with "together" every failure hits all: there is no share of them']);
    expect(of('mttf: 10m, mttr: 4m, beta: 5%', 'sql1')).to.deep.equal(['HS065 "beta" needs several members, and the target is one']);
    expect(of('mttf: 10m, mttr: 4m, together: true', 'work')).to.deep.equal([]);
    expect(of('mttf: 10m, mttr: 4m, together: true, start: stationary')).to.deep.equal(['HS065 the stationary start is known for independent repairs only, not with "together"']);
    expect(of('at: 10m, beta: 5%')).to.deep.equal(['HS065 "beta" belongs to "mttf"']);
    expect(of('at: 10m, first: 5m')).to.deep.equal(['HS065 "first" belongs to "every"']);
    expect(told('kind: disaster, target: dc1, mttf: 10m, mttr: 5m')).to.deep.equal(['HS065 disaster is permanent and does not take "mttr" [an outage ends]']);
  });

  it('reads the crew of a repair, and tells what is wrong with it', () => {
    const text = (...faults: string[]): string => withFaults(...faults).replace('  q1:', '  team: { kind: crew }\n  q1:');
    const of = (...faults: string[]): string[] => read(text(...faults)).diagnostics.map(({ severity, code, message }) => `${severity} ${code} ${message}`);
    const [first] = sound(text('id: f, kind: crash, target: "bts*", mttf: 10m, mttr: 4m, crew: team, priority: 3')).definition.faults;
    expect(first).to.include({ crew: 'team', priority: 3 });
    expect(of('id: f, kind: crash, target: sql1, at: 5m, for: 4m, crew: team')).to.deep.equal([]);
    expect(of('id: f, kind: crash, target: sql1, at: 5m, for: 4m, crew: teem')).to.deep.equal(['warning HS069 no fault names team: it repairs nothing', 'error HS030 unknown component "teem"']);
    expect(of('id: f, kind: crash, target: sql1, at: 5m, for: 4m, crew: sql2')).to.deep.equal(['warning HS069 no fault names team: it repairs nothing', 'error HS031 sql2 is a server and does no repairs']);
    expect(of('id: f, kind: crash, target: sql1, at: 5m, crew: team')).to.deep.equal(['error HS065 a crew needs to know how long the repair takes']);
    expect(of('id: f, kind: crash, target: sql1, at: 5m, for: 4m, priority: 1')).to.deep.equal(['warning HS069 no fault names team: it repairs nothing', 'error HS065 "priority" is that of a repair by a crew']);
    expect(of('id: f, kind: crash, target: sql1, mttf: 10m, mttr: 4m, crew: team, start: stationary')).to.deep.equal(['error HS065 the stationary start is known for independent repairs only, not with "crew"']);
  });

  describe('recorded histories', () => {
    let folder: string;
    before(() => { folder = mkdtempSync(join(tmpdir(), 'hasim-history-')); });
    after(() => { rmSync(folder, { recursive: true, force: true }); });
    const history = (table: string, more = ''): ReadResult => {
      writeFileSync(join(folder, 'faults.csv'), table);
      return readScenario({ text: withFaults(`id: f, replay: faults.csv${more}`), file: join(folder, 'scenario.yaml') }, {}, catalogue);
    };
    const found = (table: string, more = ''): string[] => history(table, more).diagnostics.map(({ at, code, message }) => `${at.file.replace(/.*\//, '')}:${String(at.line)} ${code} ${message}`);

    it('are read in the order of time; kind and target of the fault hold where a row has none', () => {
      const { scenario } = history('for,at,target,kind\r\n,20m,"active(cluster)",crash\r\n5m,10m,san,disk-loss\r\n3s,15m,,\r\n', ', kind: hang, target: work@bts1');
      const [only] = scenario!.definition.faults;
      expect(only).to.include({ id: 'f', targetText: 'faults.csv' });
      expect(only.moment).to.deep.equal({ type: 'replay', rows: [
        { at: 600e6, kind: 'disk-loss', targetText: 'san', targets: [{ type: 'name', name: 'san' }], for: 300e6 },
        { at: 900e6, kind: 'hang', targetText: 'work@bts1', targets: [{ type: 'name', name: 'work@bts1' }], for: 3e6 },
        { at: 1200e6, kind: 'crash', targetText: 'active(cluster)', targets: [{ type: 'active', cluster: 'cluster' }] },
      ] });
      expect(scenario!.files.some((file) => file.endsWith('faults.csv'))).to.equal(true);
    });

    it('are refused with file and line', () => {
      expect(found('at,target,kind\n5m,sql1,crash\n6m,sql3,crash\n')).to.deep.equal(['faults.csv:3 HS061 the target "sql3" matches nothing']);
      expect(found('at,target,kind\n\n5,sql1,crash\n')).to.deep.equal(['faults.csv:3 HS020 5 has no unit']);
      expect(found('at,target,kind,for\n5m,sql1,crash,abc\n')[0]).to.match(/^faults.csv:2 HS020 /);
      expect(found('at,target,kind\n5m,sql1,crahs\n')).to.deep.equal(['faults.csv:2 HS013 "crahs" is not a kind of fault']);
      expect(found('at,target,kind\n5m,sql1,disk-loss\n')).to.deep.equal(['faults.csv:2 HS062 sql1 is a server, which cannot suffer "disk-loss"']);
      expect(found('at,target,kind\n5m,app,slow\n')).to.deep.equal(['faults.csv:2 HS065 a recorded history cannot hold "slow"']);
      expect(found('at,target,kind,for\n5m,dc1,disaster,5m\n')).to.deep.equal(['faults.csv:2 HS065 disaster is permanent and does not take "for"']);
      expect(found('at,kind\n5m,crash\n')).to.deep.equal(['faults.csv:2 HS026 there is no "target"']);
      expect(found('at,what,kind\n5m,sql1,crash\n')).to.deep.equal(['faults.csv:1 HS026 unknown column "what"']);
      expect(found('at,at\n5m,6m\n')).to.deep.equal(['faults.csv:1 HS026 the column "at" is there twice']);
      expect(found('at,target,kind\n5m,sql1,crash,9m\n')).to.deep.equal(['faults.csv:2 HS026 4 cells, and 3 columns']);
      expect(found('at,target,kind\n5m,"sql1,crash\n')).to.deep.equal(['faults.csv:2 HS026 a quote is not closed']);
      expect(found('at,target,kind\n')).to.deep.equal(['scenario.yaml:22 HS026 the file holds no rows']);
      expect(found('at,target,kind\n71m,sql1,crash\n')).to.deep.equal(['scenario.yaml:22 HS064 1 of 1 faults of the file would come after the end of the run at 1h10m']);
      expect(found('at,target,kind\n5m,sql1,crash\n', ', for: 5m')).to.deep.equal(['scenario.yaml:22 HS065 "for" does not go with replay']);
      expect(found('at,target,kind\n5m,sql1,crash\n', ', at: 5m')).to.deep.equal(['scenario.yaml:22 HS063 more than one moment is given: at, replay']);
    });

    it('warn of faults that come too late', () => {
      const { diagnostics, scenario } = history('at,target,kind\n5m,sql1,crash\n71m,sql1,crash\n');
      expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).to.deep.equal(['warning HS064']);
      expect(scenario).not.to.equal(null);
    });

    it('need their file', () => expect(codes(withFaults('id: f, replay: nowhere.csv'))).to.deep.equal(['HS026']));
  });

  it('wants a kind and a target', () => {
    expect(told('at: 5m')).to.deep.equal([
      'HS010 missing key "kind" in faults.0 [What happens to the target; each kind of component declares which faults it can suffer.]',
      'HS010 missing key "target" in faults.0 [What is hit: a component, a member sso@bts1, active(cluster), passive(cluster), a glob, or a list of them.]',
    ]);
  });

  it('every: the first time may be another', () => {
    expect(fault('kind: crash, target: sql1, every: 20m, first: 5m').moment).to.have.nested.property('first.mean', 300e6);
    expect(told('kind: crash, target: sql1, every: 20m, first: 2h')).to.deep.equal(['HS064 "f" would come at 2h, and the run ends at 1h10m [the run ends at horizon + drain]']);
  });

  it('refuses two of one id', () => {
    expect(wrong(withFaults('id: a, kind: crash, target: sql1, at: 5m', 'id: a, kind: stop, target: sql1, at: 9m'))).to.deep.equal(['23:11 HS060 two faults have the id "a"']);
  });
});

describe('scenario: operations', () => {
  const operations = (text: string): string => `${BASE}faults: [{ id: a, kind: crash, target: sql1, at: 5m }]\noperations:\n  - { id: o, ${text} }\n`;

  it('reads what kinds declare', () => {
    expect(sound(operations('do: failover, target: cluster, at: 10m')).definition.operations[0]).to.deep.include({ id: 'o', do: 'failover', targetText: 'cluster', targets: [{ type: 'name', name: 'cluster' }] });
    expect(sound(operations('do: failover, target: cluster, after: { fault: a, by: 30s }')).definition.operations[0].moment).to.include({ type: 'after', fault: 'a' });
  });

  it('again and again', () => {
    expect(sound(operations('do: failover, target: cluster, every: 10m, first: 2m')).definition.operations[0].moment).to.have.nested.property('first.mean', 120e6);
  });

  it('refuses the rest', () => {
    expect(codes(operations('do: deploy, target: app, at: 10m'))).to.deep.equal(['HS905']);
    expect(codes(operations('do: failover, target: clster, at: 10m'))).to.deep.equal(['HS061']);
    expect(codes(operations('do: failover, target: cluster, at: 10h'))).to.deep.equal(['HS064']);
    expect(codes(operations('do: failover, target: cluster, when: { component: port, step: put }'))).to.deep.equal(['HS012']);
    expect(codes(operations('do: fail-over, target: cluster, at: 10m'))).to.deep.equal(['HS013']);
    expect(codes(operations('do: failover, target: cluster, after: { fault: b }'))).to.deep.equal(['HS066']);
    expect(codes(operations('do: failover, target: cluster'))).to.deep.equal(['HS063']);
  });
});
