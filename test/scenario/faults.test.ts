import { expect } from 'chai';
import { BASE, codes, read, sound, wrong } from './kit.js';

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
    expect(codes(withFaults('id: f, kind: crash, target: sql1, mttf: 30d, mttr: 4h'))).to.deep.equal(['HS901']);
    expect(codes(withFaults('id: f, kind: crash, target: sql1, mttf: 30d'))).to.deep.equal(['HS063']);
    expect(codes(withFaults('id: f, kind: crash, target: sql1, mttf: 30, mttr: 4h'))).to.deep.equal(['HS020']);
    expect(codes(withFaults('id: f, kind: network-partition, target: [app, other], at: 5m'))).to.deep.equal(['HS903']);
    expect(codes(withFaults('id: f, kind: crash, target: sql1, replay: failures.csv'))).to.deep.equal(['HS904']);
    expect(codes(withFaults('id: f, kind: crash, target: app/store3, at: 5m'))).to.deep.equal(['HS906']);
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

  it('refuses the rest', () => {
    expect(codes(operations('do: deploy, target: app, at: 10m'))).to.deep.equal(['HS905']);
    expect(codes(operations('do: failover, target: clster, at: 10m'))).to.deep.equal(['HS061']);
    expect(codes(operations('do: failover, target: cluster, at: 10h'))).to.deep.equal(['HS064']);
    expect(codes(operations('do: failover, target: cluster, every: 10m'))).to.deep.equal(['HS012']);
    expect(codes(operations('do: fail-over, target: cluster, at: 10m'))).to.deep.equal(['HS013']);
    expect(codes(operations('do: failover, target: cluster, after: { fault: b }'))).to.deep.equal(['HS066']);
    expect(codes(operations('do: failover, target: cluster'))).to.deep.equal(['HS063']);
  });
});
