import { expect } from 'chai';
import { BASE, read, sound, wrong } from '../kit.js';

const TEXT = `${BASE}params: { n: 2 }\nfaults: [{ id: f, kind: crash, target: sql1, at: 5m }]\nexpect: [orders.lost == 0]\n`.replace('count: 3', 'count: ${n}');
const withSet = (...set: string[]) => sound(TEXT, { set }).definition;
const message = (...set: string[]): string[] => read(TEXT, { set }).diagnostics.map(({ at, code, message: text, suggestions }) => `${at.file}:${String(at.line)}:${String(at.column)} ${code} ${text}${suggestions.length > 0 ? ` (${suggestions.join(', ')})` : ''}`);

describe('scenario: --set and params', () => {
  it('changes any path, also in lists by index and by id', () => {
    expect(withSet('run.horizon=2h').run.horizon).to.equal(7200e6);
    expect(withSet('topology.cluster.failover={exponential: 10s}').components.find((one) => one.name === 'cluster')!.parameters.failover).to.include({ mean: 10e6 });
    expect(withSet('topology.cluster.on.1=bts1').components.find((one) => one.name === 'cluster')!.on).to.deep.equal(['sql1', 'bts1']);
    expect(withSet('faults.f.at=7m').faults[0].moment).to.have.nested.property('at.mean', 420e6);
    expect(withSet('faults.0.for=1m').faults[0].for?.mean).to.equal(60e6);
    expect(withSet('objectives.orders.rto=3m').flows[0].objectives).to.deep.equal({ rto: 180e6 });
    expect(withSet('params.n=5').components.filter((one) => one.name.startsWith('bts'))).to.have.length(5);
    expect(withSet('topology.cluster.restarts.count=0').components.find((one) => one.name === 'cluster')!.parameters.restarts).to.deep.equal({ count: 0, per: 900e6 });
  });

  it('applies in order, deletes with null, adds what is whole', () => {
    expect(withSet('run.drain=1m', 'run.drain=2m').run.drain).to.equal(120e6);
    expect(withSet('run.drain=null').run.drain).to.equal(0);
    expect(withSet('topology.other=null').components.some((one) => one.name === 'other')).to.equal(false);
    expect(withSet('topology.third={kind: app}').components.some((one) => one.name === 'third')).to.equal(true);
    expect(withSet('faults.f=null').faults).to.deep.equal([]);
    expect(withSet('topology.cluster.failover.exponential=3s').components.find((one) => one.name === 'cluster')!.parameters.failover).to.include({ mean: 3e6 });
  });

  it('replaces a distribution by another through its tag', () => {
    const definition = withSet('topology.cluster.failover={uniform: [1s, 3s]}', 'topology.cluster.failover.exponential=3s');
    expect(definition.components.find((one) => one.name === 'cluster')!.parameters.failover).to.include({ family: 'exponential' });
  });

  it('points into the option', () => {
    expect(message('run.horizon')).to.deep.equal(['--set:1:1 HS009 "run.horizon" is not path=value']);
    expect(message('run.horizon=')).to.deep.equal(['--set:1:12 HS009 there is no value after =']);
    expect(message('run..horizon=2h')).to.deep.equal(['--set:1:5 HS009 the path has an empty part']);
    expect(message('topology.clutser.disk=san')).to.deep.equal(['--set:1:10 HS009 there is no "topology.clutser" in the scenario (cluster)']);
    expect(message('faults.g.at=5m')).to.deep.equal(['--set:1:8 HS009 there is no "faults.g" in the scenario']);
    expect(message('run.horizon.x=5m')).to.deep.equal(['--set:1:13 HS009 "run.horizon" is a single value: nothing lies inside it']);
    expect(message('run.warmup=null')).to.deep.equal(['--set:1:5 HS009 there is no "run.warmup" to delete']);
    expect(message('run.drain=5m', 'run.horzon=5m')).to.deep.equal(['--set:2:5 HS012 unknown key "horzon" (horizon)']);
    expect(message('run.horizon=30')).to.deep.equal(['--set:1:13 HS020 30 has no unit']);
    expect(message('run.horizon=[5m')[0]).to.match(/^--set:1:16 HS001/);
    expect(message('expect.1=orders.lost == 0')).to.deep.equal(['--set:1:8 HS009 there is no "expect.1" in the scenario']);
  });

  it('puts parameters in the place of whole values', () => {
    expect(withSet().components.filter((one) => one.name.startsWith('bts'))).to.have.length(2);
    const block = `${BASE}params: { wait: { exponential: 5s }, far: 55m }\nfaults:\n  - id: f\n    kind: crash\n    target: sql1\n    at: \${far}\n    for: "\${wait}"\n`;
    const { faults } = sound(block).definition;
    expect(faults[0].moment).to.have.nested.property('at.mean', 3300e6);
    expect(faults[0].for).to.include({ family: 'exponential' });
  });

  it('refuses unknown parameters, pieces of text, and parameters of parameters', () => {
    expect(wrong(TEXT.replace('${n}', '${m}'))).to.deep.equal(['6:40 HS018 params does not declare "m"', '21:11 HS019 the parameter "n" is not used']);
    expect(wrong(TEXT.replace('name: base', 'name: base-${n}'))).to.deep.equal(['2:7 HS018 a parameter can only be the whole of a value']);
    expect(wrong(TEXT.replace('n: 2 }', 'n: 2, k: "${n}" }'))).to.deep.equal(['21:20 HS018 a parameter cannot be made of other parameters']);
    expect(wrong(TEXT.replace('n: 2 }', 'n: x }'))).to.deep.equal(['6:40 HS011 expected a number, found the text "x"']);
  });

  it('cannot change extends, which has been done', () => {
    const { diagnostics } = read(BASE, { set: ['extends=other.yaml'] });
    expect(diagnostics.map((one) => one.code)).to.deep.equal(['HS009']);
  });

  it('leaves references in free text alone', () => {
    expect(sound(`${BASE}description: costs \${n} each\n`).description).to.equal('costs ${n} each');
  });
});
