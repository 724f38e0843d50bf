import { expect } from 'chai';
import { Gathering } from '../../src/experiment/gathering.js';
import type { StoppingRule } from '../../src/experiment/precision.js';
import type { ReplicationResult } from '../../src/experiment/result.js';
import { replicationsOf } from './judged.js';

const all = replicationsOf(...Array.from({ length: 8 }, () => ({})));
const of = (number: number): ReplicationResult => all[number - 1];
const numbers = ({ done }: Gathering<string>): number[] => done.map(({ replication }) => replication);
/** Enough at `n`, and counts how often it was asked. */
const enoughAt = (n: number, asked: number[] = []): StoppingRule =>
  ({ enough: (done: readonly unknown[]) => asked.push(done.length) > 0 && done.length >= n }) as unknown as StoppingRule;

describe('experiment/gathering: replications in their order', () => {
  it('takes the leading ones, whatever the order in which they come', () => {
    const gathering = new Gathering<string>(4, null);
    const seen = [3, 1, 4, 2].map((number) => {
      gathering.put(of(number));
      return numbers(gathering);
    });
    expect(seen).to.deep.equal([[], [1], [1], [1, 2, 3, 4]]);
    expect([gathering.over, gathering.complete, gathering.arrived]).to.deep.equal([true, true, 4]);
  });

  it('leaves what came too early out when it ends before its turn', () => {
    const gathering = new Gathering<string>(8, null);
    for (const number of [1, 2, 4, 5]) gathering.put(of(number));
    expect(numbers(gathering)).to.deep.equal([1, 2]);
    expect([gathering.over, gathering.complete, gathering.arrived]).to.deep.equal([false, false, 4]);
  });

  it('asks the rule after each in order, and throws away what was run beyond', () => {
    for (const order of [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [2, 1, 5, 4, 3]]) {
      const asked: number[] = [];
      const gathering = new Gathering<string>(8, enoughAt(3, asked));
      for (const number of order) gathering.put(of(number));
      expect(numbers(gathering), String(order)).to.deep.equal([1, 2, 3]);
      expect(asked).to.deep.equal([1, 2, 3]);
      expect([gathering.over, gathering.complete, gathering.arrived]).to.deep.equal([true, true, 3]);
    }
  });

  it('fails with the first replication that broke, after those before it', () => {
    const gathering = new Gathering<string>(8, null);
    gathering.fail(6, 'six');
    gathering.put(of(1));
    gathering.fail(3, 'three');
    expect([gathering.failure, gathering.over]).to.deep.equal([null, false]);
    gathering.put(of(2));
    expect([gathering.failure, gathering.over, gathering.complete]).to.deep.equal(['three', true, false]);
    gathering.put(of(4));
    expect(numbers(gathering)).to.deep.equal([1, 2]);
  });

  it('does not fail with one that the rule did not want', () => {
    const gathering = new Gathering<string>(8, enoughAt(3));
    gathering.fail(4, 'four');
    for (const number of [3, 2, 1]) gathering.put(of(number));
    expect([gathering.failure, gathering.complete]).to.deep.equal([null, true]);
  });
});
