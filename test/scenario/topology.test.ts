import { expect } from 'chai';
import { BASE, codes, sound, wrong } from './kit.js';

const component = (text: string, name: string) => sound(text).definition.components.find((one) => one.name === name)!;

describe('scenario: topology', () => {
  it('makes name1 to nameN of count', () => {
    const names = sound(BASE).definition.components.map((one) => one.name);
    expect(names.slice(0, 4)).to.deep.equal(['dc1', 'bts1', 'bts2', 'bts3']);
    expect(component(BASE, 'bts2')).to.include({ kind: 'server', in: 'dc1' });
  });

  it('expands globs in natural order, whatever the order in the file', () => {
    const text = BASE.replace('bts: { kind: server, in: dc1, count: 3 }', 'bts10: {kind: server}\n  bts2: {kind: server}\n  bts1: {kind: server}\n  btsx: {kind: app}');
    expect(component(text, 'work').on).to.deep.equal(['bts1', 'bts2', 'bts10']);
  });

  it('refuses a component that is named twice in one list', () => {
    expect(wrong(BASE.replace('sources: [q1]', 'sources: [q1, q1]'))).to.deep.equal(['18:53 HS043 q1 is named twice']);
    expect(wrong(BASE.replace('sources: [q1]', 'sources: [q1, "q*"]'))).to.deep.equal([]);
  });

  it('takes the first n of a glob', () => {
    expect(component(BASE.replace('on: bts*', 'on: {first: 2, of: bts*}'), 'work').on).to.deep.equal(['bts1', 'bts2']);
    expect(wrong(BASE.replace('on: bts*', 'on: {first: 4, of: bts*}'))).to.deep.equal(['11:35 HS036 the first 4 of 3 servers (bts1, bts2 and bts3)']);
  });

  it('reads starts for all members and for some', () => {
    expect(component(BASE.replace('on: bts*', 'on: bts*, starts: 10m'), 'work').starts).to.deep.equal({ '*': 600e6 });
    expect(component(BASE.replace('on: bts*', 'on: bts*, starts: {bts2: 10m}'), 'work').starts).to.deep.equal({ bts2: 600e6 });
    expect(codes(BASE.replace('on: bts*', 'on: bts*, starts: {sql1: 10m}'))).to.deep.equal(['HS039']);
    expect(codes(BASE.replace('disk: san', 'disk: san, starts: 5m'))).to.deep.equal(['HS039']);
  });

  it('fills defaults in, also inside records and lists, and notes each', () => {
    const { assumptions, definition } = sound(BASE);
    const cluster = definition.components.find((one) => one.name === 'cluster')!;
    expect(cluster.parameters).to.deep.include({ disk: 'san', detection: 10e6, restarts: { count: 1, per: 900e6 } });
    const noted = new Map(assumptions.map((one) => [one.parameter, one.value]));
    expect(noted.get('topology.cluster.restarts.per')).to.equal('15m');
    expect(noted.get('topology.process.steps')).to.equal('[{work: 10ms}]');
    expect(noted.get('topology')).to.contain('never fails');
    expect(noted.has('topology.cluster.disk')).to.equal(false);
    expect([...noted.keys()].filter((key) => key.startsWith('topology.bts.'))).to.have.length(2);
  });

  it('notes a reference left out', () => {
    const { assumptions } = sound(BASE.replace(', disk: san', ''));
    expect(assumptions.find((one) => one.parameter === 'topology.cluster.disk')).to.include({ value: 'none', source: 'not declared: the disk never fails' });
  });

  it('reads every type of parameter', () => {
    const text = BASE.replace('on: bts*', 'on: bts*, needs: cluster, mode: ordered, tracked: true, label: "7", limit: 30/min, memory: 4KiB, coverage: 0.5, load: 0.25').replace('mode: ordered, ', '');
    expect(component(text, 'work').parameters).to.deep.include({ needs: ['cluster'], tracked: true, label: '7', limit: 0.5, memory: 4096, coverage: 0.5, load: 0.25 });
  });

  it('asks the check of the kind', () => {
    expect(wrong(BASE.replace('on: bts*', 'on: bts*, mode: ordered'))).to.deep.equal(['11:3 HS040 work: ordered work allows one member']);
  });

  it('checks what a reference offers', () => {
    expect(wrong(BASE.replace('disk: san', 'disk: sql1'))).to.deep.equal([
      '10:53 HS031 "disk" of cluster needs a component that offers storage, and "sql1" (server) offers run',
    ]);
  });

  it('allows a glob where many are allowed', () => {
    const text = BASE.replace('sources: [q1]', 'sources: q*').replace('  q1:', '  q2: { kind: queue, in: cluster }\n  q1:');
    expect(component(text, 'bus').parameters.sources).to.deep.equal(['q1', 'q2']);
  });

  it('tells what is wrong with a placement', () => {
    expect(codes(BASE.replace('host, on: bts*', 'host'))).to.deep.equal(['HS033']);
    expect(codes(BASE.replace('host, on: bts*', 'host, on: bts*, cluster: cluster'))).to.deep.equal(['HS032']);
    expect(codes(BASE.replace('host, on: bts*', 'host, cluster: app'))).to.deep.equal(['HS031']);
    expect(codes(BASE.replace('host, on: bts*', 'host, on: [bts1, bts1]'))).to.deep.equal(['HS035']);
    expect(codes(BASE.replace('host, on: bts*', 'host, on: [bts1, app]'))).to.deep.equal(['HS034']);
    expect(codes(BASE.replace('host, on: bts*', 'host, on: x*'))).to.deep.equal(['HS034']);
    expect(codes(BASE.replace('{ kind: queue, in: cluster }', '{ kind: queue }'))).to.deep.equal(['HS010']);
    expect(codes(BASE.replace('[sql1, sql2]', '[sql1]'))).to.deep.equal(['HS036']);
  });

  it('says nothing about what follows from a mistake already told', () => {
    const text = `${BASE.replace('on: bts*', 'on: bts*, durationn: 5s')}faults: [{ id: f, kind: crash, target: work@bts1, at: 5m }]\nexpect: [components.work@bts2.outages == 0, orders.lost == 0]\n`;
    expect(codes(text)).to.deep.equal(['HS012']);
    expect(codes(BASE.replace('count: 3', 'count: x'))).to.deep.equal(['HS011']);
  });

  it('reads who acts', () => {
    const { definition } = sound(`${BASE.replace('disk: san', 'disk: san, operator: {reaction: 10m}')}operator: { reaction: { exponential: 5m }, hours: mon-fri 08:00-17:00 }\n`);
    expect(definition.operator?.hours).to.deep.equal({ from: 8 * 3600e6, until: 17 * 3600e6, days: [0, 1, 2, 3, 4] });
    expect(definition.operator?.reaction.mean).to.equal(300e6);
    expect(definition.components.find((one) => one.name === 'cluster')?.operator?.reaction.mean).to.equal(600e6);
  });
});
