/** A sweep as text and as a table: what stands where, and that nothing is wider than the terminal. */
import { expect } from 'chai';
import type { Answer, FigureValue, Question, ShownFigure } from '../../src/experiment/index.js';
import { PLAIN, sweepText } from '../../src/report/index.js';
import type { SweepReport, VariantLine } from '../../src/report/index.js';
import { sweepCsv } from '../../src/report/sweep/files.js';
import { shortNames } from '../../src/report/sweep/names.js';

const figure = (subject: string, metric: string, unit: ShownFigure['unit'] = 'count'): ShownFigure => ({ text: `${subject}.${metric}`, subject, metric, unit, statistic: 'mean' });
const value = (number: number | null, open = false): FigureValue => ({ value: number, low: null, high: null, open });

interface Told { readonly dimensions: readonly (readonly [name: string, ...values: string[]])[]; readonly figures: readonly ShownFigure[]; readonly lines: readonly (readonly [values: string, ...figures: FigureValue[]])[]; readonly find?: readonly [Question, Answer] }

function report({ dimensions, figures, lines, find }: Told): SweepReport {
  return {
    about: {
      version: '1.0.0', rng: 1, file: 'a.yaml', files: [], name: 'a', seed: 7, hash: '0123456789abcdef', total: lines.length, replications: 5, horizonSeconds: 3600,
      set: [], sample: null, alternatives: {}, assumptions: [], reproduce: '',
      dimensions: dimensions.map(([name, ...values]) => ({ name, values, amounts: values.every((one) => /^\d+$/.test(one)) ? values.map(Number) : null })),
    },
    figures, digest: 'fedcba9876543210', effort: { seconds: 1, jobs: 1 },
    lines: lines.map(([values, ...cells], index): VariantLine => ({
      number: index + 1, values: values.split(' '), hash: '', seed: 7, replications: 5, digest: '', figures: cells, expectations: [], judged: [], precise: null, verdict: find === undefined ? null : 'met',
    })),
    find: find === undefined ? null : { text: 'min t.n where x', direction: 'min', path: dimensions[0][0], search: false, answers: [{ question: find[0], answer: find[1] }] },
  };
}

const text = (told: Told, asked = false, width = 80): string[] => sweepText(report(told), { asked, width, written: null, notes: [] }, PLAIN).split('\n');
const delays = figure('orders', 'delay.p95', 's');

describe('a sweep on the terminal', () => {
  it('has a line per variant, and tells once what is the same in all', () => {
    const lines = text({ dimensions: [['topology.n', '1', '2']], figures: [delays, figure('orders', 'lost'), figure('faults.x', 'restore', 's')], lines: [['1', value(90), value(0), value(5, true)], ['2', value(30), value(0), value(5)]] });
    expect(lines[0]).to.equal('hasim 1.0.0 · a · seed 7 · sweep 0123456789ab · 2 variants of 5 replications of 1h');
    expect(lines).to.include.members([
      '     orders     faults.x', '  n  delay.p95   restore', '  1      1m30s       ≥5s', '  2        30s        5s', '  the same in every variant: orders.lost 0',
    ]);
    expect(lines.at(-2)).to.equal('seed 7 · sweep 0123456789ab · hasim 1.0.0 · digest fedcba987654');
  });

  it('shows all that was asked for, even if it is the same', () => {
    expect(text({ dimensions: [['topology.n', '1', '2']], figures: [figure('orders', 'lost')], lines: [['1', value(3)], ['2', value(3)]] }, true)).to.include.members(['  n    lost', '  2       3']);
  });

  it('goes on in another table where the terminal ends', () => {
    const figures = Array.from({ length: 30 }, (_, place) => figure(`flow-number-${String(place >> 1)}`, `metric${String(place)}`));
    const told: Told = { dimensions: [['a.first', 'one', 'two'], ['b.first', '1', '2']], figures, lines: ['one 1', 'one 2', 'two 1', 'two 2'].map((at, row) => [at, ...figures.map(() => value(row))]) };
    for (const width of [40, 80, 120]) {
      const lines = text(told, false, width).slice(2);
      expect(lines.filter((line) => line.startsWith(' ') && line.length > width)).to.deep.equal([]);
      for (const { metric } of figures) expect(lines.filter((line) => line.split(/ +/).includes(metric)), metric).to.have.length(1);
    }
  });

  it('draws bars for one number: the largest fills the line, half of it half', () => {
    const lines = text({ dimensions: [['topology.n', '10', '2', '3']], figures: [delays], lines: [['10', value(0)], ['2', value(8)], ['3', value(4)]] });
    const from = lines.indexOf('orders.delay.p95 over n');
    const [two, three, ten] = lines.slice(from + 1, from + 4).map((line) => line.split('█').length - 1);
    expect(lines.slice(from + 1, from + 4).map((line) => line.trim().split(/ +/)[0])).to.deep.equal(['2', '3', '10']);
    expect([two, three, ten]).to.deep.equal([80 - 2 - 2 - 2 - 2 - 2, (80 - 10) / 2, 0]);
    expect(lines.filter((line) => line.startsWith(' ') && line.length > 80)).to.deep.equal([]);
  });

  it('draws a map for two numbers: light for the least, dark for the most', () => {
    const lines = text({ dimensions: [['t.n', '1', '2'], ['t.m', '20', '10']], figures: [figure('orders', 'late')], lines: [['1 20', value(0)], ['1 10', value(100)], ['2 20', value(50)], ['2 10', value(null)]] });
    const from = lines.indexOf('orders.late over n (down) and m (across), 0 light to 100 dark');
    expect(lines.slice(from + 1, from + 4)).to.deep.equal(['  n      10     20', '  1  100 ██   0', '  2    –     50 ▒▒']);
  });

  it('draws nothing where values have no order', () => {
    expect(text({ dimensions: [['t.n', 'a', 'b']], figures: [delays], lines: [['a', value(1)], ['b', value(2)]] }).join('\n')).to.not.include('█');
  });

  it('answers the question, and says what makes the answer less than certain', () => {
    const question: Question = { others: [], numbers: [1, 2, 3] };
    const answered = (answer: Answer): string => text({ dimensions: [['t.n', '1', '2', '3']], figures: [delays], lines: [['1', value(1)], ['2', value(2)], ['3', value(3)]], find: [question, answer] }).join(' ');
    expect(answered({ outcome: 'found', place: 1, undecided: [], contrary: [2] })).to.match(/ {2}n = 2 is the smallest value that meets the conditions.*not monotone: after 2, the conditions are missed again at 3/);
    expect(answered({ outcome: 'none', place: null, undecided: [], contrary: [] })).to.include('none: no value of n meets the conditions');
    expect(answered({ outcome: 'undecided', place: 2, undecided: [0, 1], contrary: [] })).to.match(/undecided: n = 3 meets the conditions, and for the smaller 1, 2 +the samples +do +not +decide.*more replications may decide it/);
  });
});

describe('the table of a sweep', () => {
  it('has a column for each path before those of summary.csv', () => {
    const summary = [{ subject: 'orders', metric: 'lost', unit: 'count', mean: 0.5, ci95_low: null, ci95_high: null, min: 0, p50: 0.5, p95: 1, p99: 1, max: 1, replications: 2 }];
    expect([...sweepCsv(['t.n', 't.work'], [{ values: ['1', '{uniform: [0s, 1s]}'], summary }, { values: ['2', '5s'], summary: [] }])].join('')).to.equal(
      't.n,t.work,subject,metric,unit,mean,ci95_low,ci95_high,min,p50,p95,p99,max,replications\r\n1,"{uniform: [0s, 1s]}",orders,lost,count,0.5,,,0,0.5,1,1,1,2\r\n',
    );
  });

  it('calls paths by as many last parts as tell them apart', () => {
    expect(shortNames(['topology.a.on.first', 'topology.b.on.first', 'run.horizon', 'seed'])).to.deep.equal(['a.on.first', 'b.on.first', 'horizon', 'seed']);
    expect(shortNames(['topology.a.work', 'params.rework'])).to.deep.equal(['work', 'rework']);
  });
});
