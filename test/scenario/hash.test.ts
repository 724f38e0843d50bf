import { expect } from 'chai';
import { parse } from 'yaml';
import { BASE, sound } from './kit.js';

const hash = (text: string, set: string[] = []): string => sound(text, { set }).hash;

describe('scenario: hash and options', () => {
  it('depends on nothing but what can change a result', () => {
    const reference = hash(BASE);
    expect(reference).to.match(/^[0-9a-f]{12,}$/);
    expect(hash(`# a comment\n${BASE}description: why\nseed: 99\n`)).to.equal(reference);
    const sections = BASE.split(/^(?=\w)/m);
    expect(hash(sections.reverse().join(''))).to.equal(reference);
    expect(hash(BASE.replace('count: 3', 'count: ${n}').concat('params: { n: 3 }\n'))).to.equal(reference);
    expect(hash(BASE.replace('count: 3', 'count: 4'), ['topology.bts.count=3'])).to.equal(reference);
    expect(hash(JSON.stringify(parse(BASE)))).to.equal(reference);
  });

  it('changes with everything else', () => {
    const all = new Set([hash(BASE), hash(BASE.replace('20/s', '21/s')), hash(BASE, ['run.drain=11m']), hash(BASE.replace('[sql1, sql2]', '[sql2, sql1]'))]);
    expect(all.size).to.equal(4);
  });

  it('takes seed and replications from the options before the text', () => {
    const text = BASE.replace('horizon: 1h', 'horizon: 1h, replications: 3').concat('seed: 7\n');
    expect(sound(text).definition).to.deep.include({ seed: 7 });
    expect(sound(BASE).definition.seed).to.equal(1);
    const { definition } = sound(text, { seed: 'x', replications: 9 });
    expect(definition.seed).to.equal('x');
    expect(definition.run.replications).to.equal(9);
    expect(hash(text)).to.equal(sound(text, { seed: 'x', replications: 9 }).hash);
  });

  it('reads JSON by the same reader', () => {
    expect(sound(JSON.stringify({ $schema: 'x.json', ...(parse(BASE) as object) })).definition.name).to.equal('base');
  });

  it('gives the same components in whatever order', () => {
    const order = (text: string): string[] => sound(text).definition.components.map((one) => JSON.stringify([one.name, one.on, one.parameters])).sort();
    const lines = BASE.split('\n');
    const first = lines.findIndex((line) => line.startsWith('  dc1'));
    const last = lines.findIndex((line) => line.startsWith('flows'));
    const turned = [...lines.slice(0, first), ...lines.slice(first, last).reverse(), ...lines.slice(last)].join('\n');
    expect(order(turned)).to.deep.equal(order(BASE));
  });
});
