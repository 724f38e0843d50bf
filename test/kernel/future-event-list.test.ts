import { expect } from 'chai';
import fc from 'fast-check';
import { FutureEventList, MAX_PENDING, NO_EVENT, Priority, Simulator } from '../../src/kernel/index.js';
import { BruteForceKernel } from './helpers/brute-force.js';
import type { KernelUnderTest } from './helpers/brute-force.js';

/** How a random program behaves; all its choices follow from the seed and the order of execution. */
interface Program {
  readonly seed: number;
  /** Delays are drawn from 0 … spread−1, so a small spread makes many ties. */
  readonly spread: number;
  readonly start: number;
  /** In 64ths: how eager handlers are to schedule, and to cancel. */
  readonly growth: number;
  readonly cancels: number;
  readonly limit: number;
}

/** Runs a program and returns everything that could be observed, step by step. */
function observe(kernel: KernelUnderTest, program: Program): number[] {
  let state = program.seed | 0;
  const choose = (count: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return Math.floor(((state >>> 0) / 2 ** 32) * count);
  };
  const priorities = Object.values(Priority);
  const ids: number[] = [];
  const log: number[] = [];
  let executed = 0;
  const act = (): void => {
    const action = choose(64);
    if (action < program.growth) {
      const [priority, rank, handler] = [priorities[choose(5)], choose(3), choose(2) === 0 ? first : second];
      ids.push(kernel.schedule(choose(program.spread), handler, ids.length, priority, rank));
    } else if (action < program.growth + program.cancels && ids.length > 0) {
      const index = choose(2) === 0 ? choose(ids.length) : Math.max(0, ids.length - 1 - choose(8));
      log.push(-1, index, kernel.timeOf(ids[index]), +kernel.isPending(ids[index]), +kernel.cancel(ids[index]));
      log.push(+kernel.isPending(ids[index]), +kernel.cancel(ids[index]));
    }
  };
  const handle = (argument: number): void => {
    log.push(kernel.now, argument, kernel.pending, kernel.nextTime());
    // its own id is stale already
    log.push(+kernel.isPending(ids[argument]), +kernel.cancel(ids[argument]));
    if (++executed > program.limit) return;
    for (let count = choose(5); count > 0; count--) act();
    log.push(kernel.pending, kernel.nextTime());
  };
  const first = (argument: number): void => {
    handle(argument);
  };
  const second = (argument: number): void => {
    log.push(-2);
    handle(argument);
  };
  for (let count = 0; count < program.start; count++) {
    const [priority, rank] = [priorities[choose(5)], choose(3)];
    ids.push(kernel.schedule(choose(program.spread), first, ids.length, priority, rank));
  }
  for (let count = 0; count < program.start / 4; count++) act();
  for (let until = 0; until < 8 * program.spread; until += program.spread / 2) {
    kernel.run(until);
    log.push(kernel.now, kernel.pending, kernel.nextTime());
    act();
  }
  return log;
}

function expectSame(program: Program): void {
  expect(observe(new Simulator() as KernelUnderTest, program)).to.deep.equal(observe(new BruteForceKernel(), program));
}

describe('future event list', () => {
  it('does what a brute-force list does, for random programs', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer(),
          spread: fc.constantFrom(1, 2, 7, 100, 1_000_000),
          start: fc.integer({ min: 0, max: 120 }),
          growth: fc.integer({ min: 10, max: 40 }),
          cancels: fc.integer({ min: 0, max: 24 }),
          limit: fc.constant(300),
        }),
        expectSame,
      ),
      { seed: 20, numRuns: 300 },
    );
  });

  it('does so with thousands of events, few ties', () => {
    expectSame({ seed: 3, spread: 1e9, start: 1500, growth: 33, cancels: 16, limit: 1500 });
  });

  it('does so with thousands of events, heavy ties', () => {
    expectSame({ seed: 4, spread: 3, start: 1500, growth: 33, cancels: 16, limit: 1500 });
  });

  it('orders one instant by priority, rank and order of scheduling', () => {
    const seen: string[] = [];
    const simulator = new Simulator();
    for (const [name, priority] of Object.entries(Priority).reverse()) {
      for (const rank of [2, 0, 1, 0]) simulator.schedule(5, () => seen.push(`${name} ${rank}`), 0, priority, rank);
    }
    simulator.run(5);
    expect(seen).to.deep.equal(Object.keys(Priority).flatMap((name) => [0, 0, 1, 2].map((rank) => `${name} ${rank}`)));
    expect(Object.keys(Priority)).to.deep.equal(['fault', 'state', 'work', 'poll', 'observer']);
  });

  it('never lets an old id name a new event, over many generations of one slot', () => {
    const list = new FutureEventList(1);
    const ids = new Set<number>([NO_EVENT]);
    const handler = (): void => undefined;
    for (let count = 0; count < 10_000; count++) {
      list.due[0] = count;
      const slot = list.insert(handler, 0, 2, 0);
      const id = list.idOf(slot);
      expect(ids.has(id)).to.equal(false);
      expect(id % MAX_PENDING).to.equal(slot);
      ids.add(id);
      if (count % 3 === 0) expect(list.remove(slot, Math.floor(id / MAX_PENDING))).to.equal(true);
      else if (count % 3 === 1) list.takeFirst();
      else {
        list.takeFirst();
        list.closeHole();
      }
    }
    list.closeHole();
    expect(list.pending).to.equal(0);
    for (const id of ids) expect(list.remove(id % MAX_PENDING, Math.floor(id / MAX_PENDING))).to.equal(false);
  });

  it('keeps no handler of an event that has gone', () => {
    const list = new FutureEventList();
    const handler = (): void => undefined;
    const slot = list.insert(handler, 0, 2, 0);
    expect(list.handlerOf(slot)).to.equal(handler);
    list.takeFirst();
    list.closeHole();
    expect(list.handlerOf(slot)).to.not.equal(handler);
  });

  it('takes no number for an id that is none', () => {
    const simulator = new Simulator();
    simulator.schedule(1, () => undefined);
    for (const id of [NO_EVENT, -1, NaN, Infinity, -Infinity, 0.5, 1, 2 ** 22 + 0.5, 2 ** 22 + 1, 2 ** 60, -(2 ** 22)]) {
      expect(simulator.cancel(id), `cancel ${id}`).to.equal(false);
      expect(simulator.isPending(id), `isPending ${id}`).to.equal(false);
      expect(simulator.timeOf(id), `timeOf ${id}`).to.be.NaN;
    }
    expect(simulator.pending).to.equal(1);
  });

  it('does not take the id that the running event\'s slot would get next', () => {
    const simulator = new Simulator();
    const answers: boolean[] = [];
    const id = simulator.schedule(1, () => {
      answers.push(simulator.isPending(id + MAX_PENDING), simulator.cancel(id + MAX_PENDING));
    });
    simulator.schedule(2, () => undefined);
    simulator.run(3);
    expect([answers, simulator.executed]).to.deep.equal([[false, false], 2]);
  });

  it('refuses more events than ids can address, and still works', function () {
    const simulator = new Simulator({ capacity: MAX_PENDING });
    const handler = (): void => undefined;
    for (let count = 0; count < MAX_PENDING; count++) simulator.schedule(count & 1023, handler);
    expect(() => simulator.schedule(1, handler)).to.throw(/more than 4194304 events/);
    expect(simulator.pending).to.equal(MAX_PENDING);
    simulator.step();
    simulator.schedule(1, handler);
    expect(simulator.pending).to.equal(MAX_PENDING);
  });
});
