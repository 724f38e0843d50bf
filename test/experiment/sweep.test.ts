/** Variants of a sweep, and the search for the first value that is good enough. */
import { expect } from 'chai';
import { answer, answerOf, gridOf, gridSize, mostLooks, nextLook, nextVariant, questionsOf, sampleOf, verdictOfAll } from '../../src/experiment/index.js';
import type { Dimension, Truth } from '../../src/experiment/index.js';

const list = (name: string, ...values: readonly string[]): Dimension => ({ name, levels: { count: values.length, at: (place) => values[place] } });
const continuum = (name: string): Dimension => ({ name, levels: { count: null, at: (share) => String(share) } });

describe('variants of a sweep', () => {
  it('are all combinations, the last dimension changing fastest', () => {
    const dimensions = [list('a', '1', '2'), list('b', 'x', 'y', 'z')];
    expect(gridSize(dimensions)).to.equal(6);
    expect(gridOf(dimensions).map(({ number, values }) => `${String(number)}${values.join('')}`)).to.deep.equal(['11x', '21y', '31z', '42x', '52y', '62z']);
    expect(gridSize([...dimensions, continuum('c')])).to.equal(null);
  });

  it('of a sample use every layer of every dimension once, whatever else is varied', () => {
    const column = (dimensions: readonly Dimension[], seed: number, place: number): string[] => sampleOf(dimensions, 16, seed).map(({ values }) => values[place]);
    const layers = (values: readonly string[]): number[] => values.map((value) => Math.floor(Number(value) * 16)).sort((a, b) => a - b);
    const both = [continuum('a'), continuum('b')];
    for (const place of [0, 1]) expect(layers(column(both, 7, place))).to.deep.equal(Array.from({ length: 16 }, (_, layer) => layer));
    expect(column(both, 7, 0)).to.not.deep.equal(column(both, 7, 1));
    expect(column([continuum('b')], 7, 0)).to.deep.equal(column(both, 7, 1));
    expect(column(both, 8, 0)).to.not.deep.equal(column(both, 7, 0));
    // Four values, sixteen draws: each comes four times.
    expect(column([list('n', '1', '2', '3', '4'), continuum('c')], 7, 0).sort().join('')).to.equal('1111222233334444');
    // Without anything else, equal draws are one variant.
    expect(sampleOf([list('n', '1', '2', '3', '4')], 16, 7).map(({ number }) => number)).to.deep.equal([1, 2, 3, 4]);
  });
});

describe('the first value that is good enough', () => {
  const looks = (text: string): Map<number, Truth> => new Map([...text].flatMap((letter, place) => (letter === '.' ? [] : [[place, ({ m: 'met', x: 'missed', u: 'undecided' } as const)[letter as 'm']]])));

  it('is met only when all conditions are, and missed when one is', () => {
    const verdict = (...verdicts: readonly Truth[]): Truth => verdictOfAll(verdicts.map((one) => ({ verdict: one })));
    expect([verdict('met', 'met'), verdict('met', 'undecided'), verdict('undecided', 'missed'), verdictOfAll([{ verdict: 'met' }, { verdict: 'no-data' }])])
      .to.deep.equal(['met', 'undecided', 'missed', 'undecided']);
  });

  it('is certain only when nothing before it is undecided, and says where it is missed again', () => {
    expect(answerOf(looks('xxmm'))).to.deep.equal({ outcome: 'found', place: 2, undecided: [], contrary: [] });
    expect(answerOf(looks('xmxm'))).to.deep.equal({ outcome: 'found', place: 1, undecided: [], contrary: [2] });
    expect(answerOf(looks('xumu'))).to.deep.equal({ outcome: 'undecided', place: 2, undecided: [1], contrary: [] });
    expect(answerOf(looks('xux.'))).to.deep.equal({ outcome: 'undecided', place: null, undecided: [1], contrary: [] });
    expect(answerOf(looks('xxx'))).to.deep.equal({ outcome: 'none', place: null, undecided: [], contrary: [] });
  });

  it('is found by a search with few looks, wherever it lies', () => {
    for (let count = 1; count <= 70; count += 1) {
      for (let first = 0; first <= count; first += 1) {
        const seen = new Map<number, Truth>();
        for (let place = nextLook(seen, count); place !== null; place = nextLook(seen, count)) {
          expect(seen.has(place), 'looks twice').to.equal(false);
          seen.set(place, place >= first ? 'met' : 'missed');
        }
        expect(answerOf(seen).place).to.equal(first === count ? null : first);
        expect(seen.size).to.be.at.most(mostLooks(count));
      }
    }
    expect(mostLooks(64)).to.equal(13);
  });

  it('is asked for once for every combination of the others, in the order asked for', () => {
    const variants = gridOf([list('n', '8', '2', '4'), list('b', 'x', 'y')]);
    const questions = questionsOf(variants, 0, 'max', Number);
    expect(questions).to.deep.equal([{ others: ['x'], numbers: [1, 5, 3] }, { others: ['y'], numbers: [2, 6, 4] }]);
    expect(questionsOf(variants, 0, 'min', Number)[0].numbers).to.deep.equal([3, 5, 1]);
    const verdicts = new Map<number, Truth>([[1, 'missed'], [2, 'met']]);
    expect([nextVariant(questions[0], verdicts), nextVariant(questions[1], verdicts)]).to.deep.equal([5, null]);
    expect(answer(questions[1], verdicts)).to.include({ outcome: 'found', place: 0 });
  });
});
