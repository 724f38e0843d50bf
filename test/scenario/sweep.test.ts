/** What is varied and asked for, as text; and how a variant is read. */
import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { amountsOf, FindingsGatherer, parseFind, parseVary, readScenario } from '../../src/scenario/index.js';
import type { ReadOptions } from '../../src/scenario/index.js';
import { BASE, line, read, sound, wrong } from './kit.js';
import { catalogue } from './kinds.js';

/** The values, or what is wrong with them. */
function values(text: string): string[] | string {
  const result = parseVary(`a.b=${text}`, 1000);
  if (!result.ok) return result.problems.map(({ message }) => message.replace('--vary a.b: ', '')).join('\n');
  const { count, at } = result.value.levels;
  return count === null ? [at(0), at(0.5), at(0.999_999_9)] : Array.from({ length: count }, (_, place) => at(place));
}

describe('values that are varied', () => {
  it('are separated by commas outside of brackets and quotes', () => {
    expect(values('2, 3,4')).to.deep.equal(['2', '3', '4']);
    expect(values('{exponential: 30s},{uniform: [0s, 1m]},[a, b]')).to.deep.equal(['{exponential: 30s}', '{uniform: [0s, 1m]}', '[a, b]']);
    expect(values('"a,b",\'c,d\',it\'s,null')).to.deep.equal(['"a,b"', "'c,d'", "it's", 'null']);
    expect(values('"a\\",b",c')).to.deep.equal(['"a\\",b"', 'c']);
    // A path is no range.
    expect(values('../a.csv,"1..3"')).to.deep.equal(['../a.csv', '"1..3"']);
  });

  it('may be ranges, with a step or a number of points in equal ratios', () => {
    expect(values('1..4')).to.deep.equal(['1', '2', '3', '4']);
    expect(values('1..8..3,16')).to.deep.equal(['1', '4', '7', '16']);
    expect(values('0.1..0.5..0.1')).to.deep.equal(['0.1', '0.2', '0.3', '0.4', '0.5']);
    expect(values('0s..1m30s..45s')).to.deep.equal(['0s', '45s', '1m30s']);
    expect(values('10%..30%..10%')).to.deep.equal(['10%', '20%', '30%']);
    expect(values('log:1s..100s:3')).to.deep.equal(['1s', '10s', '1m40s']);
    expect(values('log:1..1000:4')).to.deep.equal(['1', '10', '100', '1000']);
    // In between: 10^(1/2) to three digits.
    expect(values('log:1/s..10/s:3')).to.deep.equal(['1/s', '3.16/s', '10/s']);
    expect(values('1..1')).to.deep.equal(['1']);
  });

  it('are a continuum without a step', () => {
    expect(values('10s..20s')).to.deep.equal(['10s', '15s', '20s']);
    expect(values('log:1s..100s')).to.deep.equal(['1s', '10s', '1m40s']);
    expect(values('0.5..2.5')).to.deep.equal(['0.5', '1.5', '2.5']);
  });

  it('are refused with a reason', () => {
    expect(values('8..1')).to.equal('the range "8..1" is empty: it goes down');
    expect(values('1..8..0')).to.equal('"1..8..0": the step must be more than 0');
    expect(values('1s..8/s..1s')).to.equal('"1s..8/s..1s" mixes units');
    expect(values('1..x')).to.equal('"1..x": "x" is not a number, with or without a unit');
    expect(values('1..2..3..4')).to.equal('"1..2..3..4" is not a range');
    expect(values('log:0..10:3')).to.equal('"log:0..10:3": a logarithmic range begins above 0');
    expect(values('log:1..4:9')).to.match(/9 points are too many/);
    expect(values('log:1s..2s:1')).to.match(/"1" is not a number of points/);
    expect(values('1,,2')).to.equal('"1,,2": a value is empty');
    expect(values('2,1..3')).to.equal('the value 2 is given twice');
    expect(values('1s..2s,5s')).to.match(/a range without a step cannot stand in a list/);
    expect(values('1..2000,0')).to.match(/2000 values or more, and at most 1000/);
    expect(values('')).to.equal('there are no values');
  });

  it('have an order when they are quantities of one sort', () => {
    expect(amountsOf(['1h', '30s', '0'])).to.deep.equal([3600e6, 30e6, 0]);
    expect(amountsOf(['60/min', '2/s'])).to.deep.equal([1, 2]);
    expect(amountsOf(['1', '2s'])).to.equal(null);
    expect(amountsOf(['a', 'b'])).to.equal(null);
  });
});

describe('a question', () => {
  const parts = (text: string): unknown => {
    const result = parseFind(text, 1000);
    return result.ok ? [result.value.direction, result.value.path, result.value.among?.count, ...result.value.conditions.map(({ text: one, start }) => `${String(start)} ${one}`)] : result.problems[0].message;
  };

  it('has a direction, a path, perhaps values, and conditions with their places', () => {
    expect(parts('min a.b where x.lost == 0 and  x.delay.p95 < 3s')).to.deep.equal(['min', 'a.b', undefined, '14 x.lost == 0', '31 x.delay.p95 < 3s']);
    expect(parts('max a.b in 1..16 where x.lost == 0')).to.deep.equal(['max', 'a.b', 16, '23 x.lost == 0']);
    expect(parts('min a.b in 1,2,4')).to.deep.equal(['min', 'a.b', 3]);
    expect(parts('min a')).to.deep.equal(['min', 'a', undefined]);
  });

  it('keeps the and of a between', () => {
    expect(parts('min a where x.delay.p50 between 1s and 2s and x.lost == 0')).to.deep.equal(['min', 'a', undefined, '12 x.delay.p50 between 1s and 2s', '46 x.lost == 0']);
  });

  it('is refused when a part is missing', () => {
    expect(parts('mni a')).to.equal('--find: "mni" is neither min nor max');
    expect(parts('min')).to.match(/cannot be read/);
    expect(parts('min a where')).to.match(/a condition is missing/);
    expect(parts('min a where x.lost == 0 and')).to.match(/a condition is missing/);
    expect(parts('min a in 5..1')).to.equal('--find … in: the range "5..1" is empty: it goes down');
  });
});

describe('a variant', () => {
  it('is read as with --set, and has the same hash', () => {
    const varied = sound(BASE, { set: ['run.horizon=2h'], vary: ['topology.bts.count=4'] });
    const set = sound(BASE, { set: ['run.horizon=2h', 'topology.bts.count=4'] });
    expect(varied.hash).to.equal(set.hash);
    expect(JSON.stringify(varied.definition)).to.equal(JSON.stringify(set.definition)).and.include('bts4');
    expect(wrong(BASE, { vary: ['topology.bst.count=4'] })).to.deep.equal(['1:10 HS009 there is no "topology.bst" in the scenario']);
    expect(read(BASE, { vary: ['topology.bst.count=4'] }).diagnostics[0].at.file).to.equal('--vary');
  });

  it('takes conditions that change neither its hash nor what decides on its replications', () => {
    const text = `${BASE}expect: [orders.lost == 0]\n`.replace('horizon: 1h', 'horizon: 1h, precision: 5%');
    const plain = sound(text);
    const asked = sound(text, { conditions: [{ text: 'orders.delay.p95 < 3s', start: 12 }] });
    expect(asked.hash).to.equal(plain.hash);
    expect(asked.expectations.map((one) => one.text)).to.deep.equal(['orders.lost == 0', 'orders.delay.p95 < 3s']);
    expect(asked.precision).to.deep.equal(plain.precision);
    // Without expectations of its own, the mean delay is what must be precise, whatever is asked.
    const bare = BASE.replace('horizon: 1h', 'horizon: 1h, precision: 5%');
    expect(sound(bare, { conditions: [{ text: 'orders.lost == 0', start: 0 }] }).precision).to.deep.equal(sound(bare).precision).and.have.nested.property('of[0].text', 'orders.delay.mean');
    expect(sound(BASE, { conditions: [{ text: 'orders.lost == 0', start: 0 }] }).expectations).to.have.length(1);
    expect(wrong(BASE, { conditions: [{ text: 'orders.lsot == 0', start: 12 }] })).to.deep.equal(['1:20 HS082 a flow has no metric "lsot"']);
  });

  it('knows the metrics to show, as far as the summary has them', () => {
    const show = (text: string): ReadOptions => ({ show: [{ text, start: 3 }] });
    expect(sound(BASE, show('orders.delay.p99')).shown).to.have.length(1).and.have.nested.property('[0].column.name', 'delay_p99_s');
    expect(sound(BASE, show('orders.lost.p95')).shown).to.have.nested.property('[0].statistic.quantile', 0.95);
    expect(wrong(BASE, show('orders.lost.p90'))).to.deep.equal(['1:11 HS087 summary.csv has no p90']);
    expect(wrong(BASE, show('order.lost'))).to.deep.equal(['1:4 HS081 unknown flow "order"']);
    expect(wrong(BASE, show('orders.stopped_by_cause'))).to.deep.equal(['1:11 HS087 "stopped_by_cause" is a text: it has no mean']);
  });

  it('may be laid over by a file, in which null deletes and lists replace', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hasim-over-'));
    try {
      const over = join(folder, 'over.yaml');
      const base = join(folder, 'base.yaml');
      writeFileSync(base, BASE);
      writeFileSync(over, 'topology: { other: null, bts: { count: 4 } }\nflows: { orders: { arrivals: { every: 1s } } }\n');
      const { scenario, diagnostics } = readScenario({ file: base }, { over }, catalogue);
      expect(diagnostics.map(line)).to.deep.equal([]);
      const names = scenario!.definition.components.map(({ name }) => name);
      expect(names).to.include('bts4').and.not.include('other');
      // As the other way round: a file that extends the scenario.
      writeFileSync(over, 'extends: base.yaml\ntopology: { other: null, bts: { count: 4 } }\nflows: { orders: { arrivals: { every: 1s } } }\n');
      expect(scenario!.hash).to.equal(readScenario({ file: over }, {}, catalogue).scenario!.hash);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('findings about many variants', () => {
  it('are told once each, with those that have them', () => {
    const gatherer = new FindingsGatherer();
    const at = (count: string): void => gatherer.add(read(BASE, { vary: [`topology.bts.count=${count}`, 'run.drain=5'] }).diagnostics);
    for (const count of ['x', '3', '-1', 'x']) at(count);
    expect(gatherer.groups().map(({ variants, diagnostics }) => [variants, diagnostics.map(({ code }) => code)])).to.deep.equal([
      [null, ['HS020']], [[0, 3], [read(BASE, { vary: ['topology.bts.count=x'] }).diagnostics[0].code]], [[2], ['HS014']],
    ]);
  });
});
