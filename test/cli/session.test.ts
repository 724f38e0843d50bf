/** One call of the simulation on several threads, with threads that do what a test wants: break, hang, die. */
import { expect } from 'chai';
import { Board } from '../../src/cli/run/board.js';
import type { Plan, ScenarioFacts } from '../../src/cli/run/messages.js';
import { Session } from '../../src/cli/run/session.js';
import type { Outcome } from '../../src/cli/run/session.js';
import { FLOW_COLUMNS } from '../../src/experiment/columns.js';

const SCRIPT = new URL('./support/scripted-worker.js', import.meta.url);
const plan: Plan = { subject: { name: 'x', seed: 1, flows: [] }, expectations: [], precision: null };
const facts = (replications: number, hash = '0'): ScenarioFacts => ({ replications, hash }) as ScenarioFacts;
const metric = { subject: { type: 'flow', name: 'orders' } as const, column: FLOW_COLUMNS.find(({ name }) => name === 'lost')! };

describe('a session of several threads', () => {
  let session: Session;
  afterEach(() => session.close());

  async function open(jobs: number, ...scripts: readonly string[]): Promise<void> {
    const request = { sources: scripts.map((file) => ({ file })), overrides: { set: [] }, trace: false, colour: false };
    session = new Session(request, { most: jobs, asked: true }, SCRIPT);
    await session.read();
  }
  const run = (index: number, replications: number, of: Plan = plan): Promise<Outcome> =>
    session.run(index, facts(replications, String(index)), of, () => undefined);
  const done = (outcome: Outcome): unknown =>
    (outcome.type === 'result' ? outcome.result.replications.map(({ replication, flows }) => [replication, flows[0].lost]) : outcome);

  const first = (count: number): number[][] => Array.from({ length: count }, (_, i) => [i + 1, i + 1]);

  for (const jobs of [1, 2, 3]) {
    it(`brings all replications in their order, with ${String(jobs)} of them at a time`, async () => {
      await open(jobs, '1:slow 4:slow 9:slow');
      const outcome = await run(0, 12);
      expect(done(outcome)).to.deep.equal(first(12));
      expect(outcome).to.have.nested.property('effort.jobs').that.is.within(Math.min(jobs, 2), jobs);
    });

    it(`fails with the first replication that breaks, whichever breaks first, with ${String(jobs)} at a time`, async () => {
      await open(jobs, '3:slow-fail 4:fail 6:fail');
      const outcome = await run(0, 50);
      expect(outcome).to.deep.include({ type: 'failure' }).and.have.nested.property('failure.message', 'broke at 3');
    });

    it(`stops at a precision, even if a replication after it breaks, with ${String(jobs)} at a time`, async () => {
      await open(jobs, '2:slow 6:fail');
      const precision = { halfWidth: 10, of: [{ text: 'orders.lost', metric }] };
      const outcome = await run(0, 50, { ...plan, precision });
      expect(done(outcome)).to.deep.equal(first(5));
      expect(outcome).to.have.nested.property('result.precision.reached', true);
    });
  }

  it('runs one scenario after the other, though a thread may still be busy with what is no longer wanted', async () => {
    await open(2, '2:fail 3:slow', '');
    expect((await run(0, 9)).type).to.equal('failure');
    expect(done(await run(1, 9))).to.deep.equal(first(9));
  });

  for (const jobs of [1, 2]) {
    it(`runs several scenarios that were asked for at once, each with its own outcome, with ${String(jobs)} threads`, async () => {
      await open(jobs, '1:slow', '2:fail', '', '3:memory', '1:slow 2:slow');
      const [a, b, c, d, e] = await Promise.all([run(0, 1), run(1, 9), run(2, 3), run(3, 9), run(4, 2)]);
      expect([done(a), done(c), done(e)]).to.deep.equal([first(1), first(3), first(2)]);
      expect(b).to.have.nested.property('failure.message', 'broke at 2');
      expect(d).to.deep.equal({ type: 'too-large' });
    });
  }

  it('lets a thread go on with the next scenario while another is still busy with the first', async () => {
    await open(2, '1:hang', '');
    const slow = run(0, 1);
    expect(done(await run(1, 3))).to.deep.equal(first(3));
    session.stop();
    expect(done(await slow)).to.deep.equal([]);
  });

  it('stops all scenarios, also those that nobody has begun', async () => {
    await open(1, '2:hang', '');
    const outcomes = [run(0, 5), run(1, 5), run(1, 5)];
    setTimeout(() => session.stop(), 200);
    expect((await Promise.all(outcomes)).map(done)).to.deep.equal([first(1), [], []]);
  });

  it('keeps the leading replications when it is stopped, even if a thread hangs', async () => {
    await open(2, '4:hang');
    const outcome = run(0, 1_000_000);
    setTimeout(() => session.stop(), 300);
    const ended = await outcome;
    expect(done(ended)).to.deep.equal(first(3));
    expect(ended).to.have.nested.property('result.complete', false);
    expect(done(await run(0, 5))).to.deep.equal([]);
  });

  it('does not fit into memory when one thread does not, and goes on with the next scenario', async () => {
    for (const jobs of [1, 2]) {
      await open(jobs, '3:memory', '');
      expect(await run(0, 9)).to.deep.equal({ type: 'too-large' });
      expect(done(await run(1, 9))).to.deep.equal(first(9));
      await session.close();
    }
  });

  it('is a bug when a thread dies otherwise', async () => {
    await open(2, '3:die');
    const error: unknown = await run(0, 9).catch((thrown: unknown) => thrown);
    expect(error).to.be.an('error').with.property('message', 'no such thing');
  });

  it('does without a thread that read another text, and says so when all did', async () => {
    await open(2, '');
    const error: unknown = await session.run(0, facts(9, 'other'), plan, () => undefined).catch((thrown: unknown) => thrown);
    expect(error).to.be.an('error').with.property('name', 'UserError');
  });

  it('tells how far it is, up to all', async () => {
    await open(2, '5:slow');
    const told: number[] = [];
    await session.run(0, facts(10), plan, ({ done: count, share }) => {
      expect(share).to.be.closeTo(count / 10, 1e-9);
      told.push(count);
    });
    expect(told.length).to.be.above(0);
    expect([...told].sort((a, b) => a - b)).to.deep.equal(told);
  });
});

describe('the board that threads share', () => {
  it('gives each replication to one taker, in order, up to the last one wanted', () => {
    const board = Board.open(4);
    const other = Board.of(board.buffer);
    expect([board.take(), other.take(), other.take()]).to.deep.equal([1, 2, 3]);
    board.endAfter(3);
    expect([other.take(), board.wants(3), other.wants(4)]).to.deep.equal([null, true, false]);
  });

  it('never wants again what it did not want', () => {
    const board = Board.open(9);
    board.endAfter(4);
    board.endAfter(7);
    expect([board.wants(4), board.wants(5)]).to.deep.equal([true, false]);
    for (let i = 0; i < 4; i += 1) board.take();
    expect([board.take(), board.take()]).to.deep.equal([null, null]);
  });
});
