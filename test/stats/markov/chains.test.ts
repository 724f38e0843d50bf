/** Markov chains: steady state, transient and mean times, against formulas that can be worked out by hand. */
import { expect } from 'chai';
import { lumped, meanTimeFrom, meanTimeTo, steadyState, transient } from '../../../src/stats/index.js';
import type { Chain } from '../../../src/stats/index.js';

const relative = (value: number, truth: number): number => Math.abs(value / truth - 1);

/** n machines, so many crews; state = machines that are down. */
function repair(n: number, crews: number, failure: number, mend: number): Chain {
  const transitions = [];
  for (let down = 0; down < n; down++) transitions.push({ from: down, to: down + 1, rate: (n - down) * failure }, { from: down + 1, to: down, rate: Math.min(down + 1, crews) * mend });
  return { states: n + 1, transitions };
}

describe('steady state of a Markov chain (state reduction of Grassmann, Taksar and Heyman)', () => {
  it('A1: one repairable unit, A = MTTF / (MTTF + MTTR)', () => {
    const [up, down] = steadyState(repair(1, 1, 1 / 1000, 1 / 4));
    expect(relative(up, 1000 / 1004)).to.be.below(1e-14);
    expect(relative(down, 4 / 1004)).to.be.below(1e-14);
  });

  it('Q8: machine repair, 10 machines and 2 crews: mean down 1.0386378186260432 (product form of the birth-death chain)', () => {
    const share = steadyState(repair(10, 2, 0.1, 1));
    expect(relative(share.reduce((sum, p, down) => sum + p * down, 0), 1.0386378186260432)).to.be.below(1e-12);
    expect(relative(share[0], 0.3679545939542013)).to.be.below(1e-12);
  });

  it('A2: two units and one crew, both down 2 λ² / (2 λ² + 2 λ μ + μ²)', () => {
    const [lambda, mu] = [1 / 1000, 1 / 8];
    const truth = (2 * lambda ** 2) / (2 * lambda ** 2 + 2 * lambda * mu + mu ** 2);
    expect(relative(steadyState(repair(2, 1, lambda, mu))[2], truth)).to.be.below(1e-13);
    expect(relative(truth, 0.00012596838193613404)).to.be.below(1e-12);
  });

  it('keeps all digits of what almost never is: 20 units, all down at once, (λ / (λ + μ))²⁰', () => {
    const share = steadyState(repair(20, 20, 1e-4, 1));
    expect(relative(share[20], (1e-4 / 1.0001) ** 20)).to.be.below(1e-11);
  });

  it('leaves out what is left for ever, and refuses two closed classes', () => {
    const chain: Chain = { states: 4, transitions: [{ from: 0, to: 1, rate: 2 }, { from: 1, to: 2, rate: 1 }, { from: 2, to: 1, rate: 3 }] };
    expect(() => steadyState(chain)).to.throw('2 closed classes');
    expect([...steadyState({ states: 3, transitions: chain.transitions })]).to.deep.equal([0, 0.75, 0.25]);
  });

  it('the order of states changes nothing', () => {
    const { states, transitions } = repair(6, 2, 0.3, 1);
    const flipped = { states, transitions: transitions.map(({ from, to, rate }) => ({ from: states - 1 - from, to: states - 1 - to, rate })) };
    const share = [...steadyState({ states, transitions })];
    [...steadyState(flipped)].reverse().forEach((p, index) => expect(relative(p, share[index])).to.be.below(1e-13));
  });
});

describe('mean time to a state', () => {
  it('A2: two hot units and one crew fail for the first time after (3 λ + μ) / 2 λ² = 64000 h', () => {
    expect(relative(meanTimeTo(repair(2, 1, 1 / 1000, 1 / 8), 0, new Set([2])), 64000)).to.be.below(1e-13);
  });

  it('A3: 3 of 5 and one crew, 24558.333 h', () => {
    expect(relative(meanTimeTo(repair(5, 1, 1 / 500, 1 / 10), 0, new Set([3, 4, 5])), 24558.333333333332)).to.be.below(1e-12);
  });

  it('is 0 at the target, and refused where it is never reached', () => {
    expect(meanTimeTo(repair(2, 1, 1, 1), 1, new Set([1]))).to.equal(0);
    expect(() => meanTimeTo({ states: 3, transitions: [{ from: 0, to: 1, rate: 1 }] }, 0, new Set([2]))).to.throw('rest');
    expect(() => meanTimeTo({ states: 3, transitions: [{ from: 0, to: 1, rate: 1 }, { from: 1, to: 0, rate: 1 }] }, 0, new Set([2]))).to.throw('never');
  });
});

describe('transient of a Markov chain (uniformization)', () => {
  const start = (n: number): Float64Array => Float64Array.from({ length: n }, (_, state) => (state === 0 ? 1 : 0));
  const [lambda, mu] = [1 / 1000, 1 / 4];

  it('A1: A(t) = μ/(λ+μ) + λ/(λ+μ) exp(-(λ+μ) t) at 8 h', () => {
    const { at } = transient(repair(1, 1, lambda, mu), start(2), 8);
    expect(relative(at[0], mu / (lambda + mu) + (lambda / (lambda + mu)) * Math.exp(-(lambda + mu) * 8))).to.be.below(1e-13);
  });

  it('A1: mean availability over 720 h, 0.9960379817604306', () => {
    const { spent } = transient(repair(1, 1, lambda, mu), start(2), 720);
    expect(relative(spent[0] / 720, 0.9960379817604306)).to.be.below(1e-12);
    expect(relative(spent[0] + spent[1], 720)).to.be.below(1e-13);
  });

  it('a chain without return: exp(-t), also after times at which most steps are far behind', () => {
    const chain: Chain = { states: 2, transitions: [{ from: 0, to: 1, rate: 1 }] };
    for (const time of [0, 0.1, 1, 20]) expect(Math.abs(transient(chain, start(2), time).at[0] - Math.exp(-time))).to.be.below(1e-13);
    expect(relative(transient(chain, start(2), 20).spent[0], 1 - Math.exp(-20))).to.be.below(1e-12);
  });

  it('over ten years with switches of seconds it ends in the steady state', () => {
    const chain: Chain = { states: 3, transitions: [{ from: 0, to: 1, rate: 1 / 2000 }, { from: 1, to: 2, rate: 80 }, { from: 2, to: 0, rate: 1 / 4 }] };
    const { at } = transient(chain, start(3), 87_600);
    steadyState(chain).forEach((p, state) => expect(relative(at[state], p)).to.be.below(1e-9));
  });
});

describe('large chains and their lumps', () => {
  /** n machines told apart, each up or down: bit i of the state. */
  function bits(n: number, failure: number, mend: number): Chain {
    const transitions = [];
    for (let state = 0; state < 2 ** n; state++) for (let i = 0; i < n; i++) transitions.push({ from: state, to: state ^ (1 << i), rate: (state & (1 << i)) === 0 ? failure : mend });
    return { states: 2 ** n, transitions };
  }
  const down = (state: number): number => state.toString(2).replaceAll('0', '').length;

  it('2048 states, round by round: 11 machines, all down at once, (λ / (λ + μ))¹¹', () => {
    const share = steadyState(bits(11, 0.01, 1));
    expect(relative(share[2047], (0.01 / 1.01) ** 11)).to.be.below(1e-10);
    expect(relative(share[0], (1 / 1.01) ** 11)).to.be.below(1e-12);
  });

  it('machines that are alike lump to their number: 256 states to 9, or to 4 where only three and more matter', () => {
    const chain = bits(8, 0.3, 1);
    const start = new Float64Array(256);
    start[1] = start[128] = 0.5;
    const all = lumped(chain, start, down);
    expect(all.chain.states).to.equal(9);
    expect([...all.start].sort()).to.deep.equal([0, 0, 0, 0, 0, 0, 0, 0, 1]);
    const share = steadyState(all.chain);
    all.members.forEach((state, block) => {
      const n = down(state);
      const choose = [1, 8, 28, 56, 70, 56, 28, 8, 1][n];
      expect(relative(share[block], (choose * 0.3 ** n) / 1.3 ** 8)).to.be.below(1e-12);
    });
    // What is beyond looks different from within: nothing is lost by looking at it as a whole only if it is never left.
    const broken: Chain = { states: 256, transitions: chain.transitions.filter(({ from }) => down(from) < 3) };
    expect(lumped(broken, start, (state) => Number(down(state) >= 3)).chain.states).to.equal(4);
  });

  it('mean times from a distribution are those from its states, weighted; on a target they are none', () => {
    const chain = repair(3, 1, 0.2, 1);
    const from = [0, 1].map((state) => meanTimeTo(chain, state, new Set([3])));
    expect(relative(meanTimeFrom(chain, Float64Array.of(0.25, 0.75, 0, 0), (state) => state === 3), 0.25 * from[0] + 0.75 * from[1])).to.be.below(1e-12);
    expect(relative(meanTimeFrom(chain, Float64Array.of(0.5, 0, 0, 0.5), (state) => state === 3), 0.5 * from[0])).to.be.below(1e-12);
    expect(meanTimeFrom(chain, Float64Array.of(1, 0, 0, 0), () => false)).to.equal(Infinity);
    expect(meanTimeFrom(chain, Float64Array.of(0, 0, 0, 1), (state) => state === 3)).to.equal(0);
    // It may come to rest elsewhere.
    expect(meanTimeFrom({ states: 3, transitions: [{ from: 0, to: 1, rate: 1 }, { from: 0, to: 2, rate: 1 }] }, Float64Array.of(1, 0, 0), (state) => state === 2)).to.equal(Infinity);
  });
});
