/** Variants on several threads, with threads that do what a test wants: break, hang, be slow. */
import { expect } from 'chai';
import { ListAgenda, SearchAgenda } from '../../src/cli/sweep/agenda.js';
import { Lanes } from '../../src/cli/sweep/lanes.js';
import type { LanesOutcome } from '../../src/cli/sweep/lanes.js';
import type { ReadVariant } from '../../src/cli/sweep/variants.js';

const SCRIPT = new URL('./support/scripted-worker.js', import.meta.url);

function lanesOf(scripts: readonly string[], replications: number, jobs: number): { lanes: Lanes; brought: string[]; run: () => Promise<LanesOutcome> } {
  const variants = scripts.map((_, index): ReadVariant => ({
    number: index + 1, values: [], hash: String(index), seed: 1, replications, plan: { subject: { name: 'x', seed: 1, flows: [] }, expectations: [], precision: null },
  }));
  const request = { sources: scripts.map((file) => ({ file })), overrides: { set: [] }, trace: false, colour: false };
  const lanes = new Lanes(request, variants, { most: jobs, asked: true }, scripts.length, SCRIPT);
  const brought: string[] = [];
  const agenda = new ListAgenda(variants.map(({ number }) => number));
  const run = (): Promise<LanesOutcome> => lanes.run(agenda, {
    onResult: ({ number }, result) => {
      brought.push(`${String(number)}: ${result.replications.map(({ replication }) => replication).join('')}`);
      agenda.put(number);
    },
    onProgress: () => undefined,
  });
  return { lanes, brought, run };
}

describe('variants on several threads', () => {
  it('are all run, each with all its replications, several at a time when these are few', async () => {
    const { lanes, brought, run } = lanesOf(['1:slow', '', '', ''], 1, 2);
    expect(await run()).to.deep.equal({ type: 'done' });
    // The slow one holds up its own thread only.
    expect([...brought].sort()).to.deep.equal(['1: 1', '2: 1', '3: 1', '4: 1']);
    expect(brought[0]).to.not.equal('1: 1');
    await lanes.close();
  });

  it('end with the one that breaks; what is complete is kept, and a variant that is not does not count', async () => {
    const { lanes, brought, run } = lanesOf(['', '2:fail', ''], 3, 1);
    const outcome = await run();
    expect(outcome).to.have.nested.property('failed.variant.number', 2);
    expect(outcome).to.have.nested.property('failed.failure.message', 'broke at 2');
    expect(brought).to.deep.equal(['1: 123']);
    await lanes.close();
  });

  it('are given up when stopped, except those that are complete', async () => {
    const { lanes, brought, run } = lanesOf(['', '3:hang', ''], 3, 1);
    const outcome = run();
    setTimeout(() => lanes.stop(), 600);
    expect(await outcome).to.deep.equal({ type: 'stopped' });
    expect(brought).to.deep.equal(['1: 123']);
    await lanes.close();
  });
});

describe('what is run next', () => {
  it('is each variant once, without those that are there', () => {
    const agenda = new ListAgenda([1, 2, 3, 4]);
    agenda.put(2);
    expect(agenda.left).to.equal(3);
    expect([agenda.take(), agenda.take(), agenda.take(), agenda.take()]).to.deep.equal([1, 3, 4, null]);
  });

  it('follows the answers in a search, question by question, and waits where they are not there', async () => {
    const agenda = new SearchAgenda([{ others: ['x'], numbers: [1, 3, 5, 7] }, { others: ['y'], numbers: [2, 4, 6, 8] }]);
    expect([agenda.take(), agenda.take(), agenda.take()]).to.deep.equal([1, 2, 'later']);
    const changed = agenda.change();
    agenda.put(2, 'met');
    await changed;
    // The second question is answered with its first value.
    expect(agenda.take()).to.equal('later');
    agenda.put(1, 'missed');
    expect(agenda.take()).to.equal(3);
    agenda.put(3, 'missed');
    expect(agenda.take()).to.equal(7);
    agenda.put(7, 'met');
    expect(agenda.take()).to.equal(5);
    agenda.put(5, 'undecided');
    expect([agenda.take(), agenda.left]).to.deep.equal([null, 0]);
  });
});
