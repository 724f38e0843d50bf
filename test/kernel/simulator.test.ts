import { expect } from 'chai';
import { KernelError, Priority, Simulator, ZeroDelayLoopError } from '../../src/kernel/index.js';

const nothing = (): void => undefined;

describe('simulator', () => {
  it('executes events up to and at the end, then stands at the end', () => {
    const simulator = new Simulator();
    const seen: [number, number][] = [];
    const see = (argument: number): void => {
      seen.push([simulator.now, argument]);
    };
    simulator.scheduleAt(20, see, 2);
    simulator.schedule(10, see, -1);
    simulator.schedule(20.5, see, 3);
    simulator.run(20);
    expect(seen).to.deep.equal([
      [10, -1],
      [20, 2],
    ]);
    expect([simulator.now, simulator.executed, simulator.pending, simulator.nextTime()]).to.deep.equal([20, 2, 1, 20.5]);
    simulator.run(20);
    simulator.run(30);
    expect([simulator.now, simulator.executed, simulator.pending, simulator.nextTime()]).to.deep.equal([30, 3, 0, Infinity]);
  });

  it('runs until nothing waits and stays at the last event when there is no end', () => {
    const simulator = new Simulator();
    simulator.schedule(7, nothing);
    simulator.run(Infinity);
    expect(simulator.now).to.equal(7);
  });

  it('steps through single events', () => {
    const simulator = new Simulator();
    simulator.schedule(3, () => simulator.schedule(0, nothing));
    expect([simulator.step(), simulator.now, simulator.pending]).to.deep.equal([true, 3, 1]);
    expect([simulator.step(), simulator.step(), simulator.executed]).to.deep.equal([true, false, 2]);
  });

  it('stops after the handler that says so, and goes on', () => {
    const simulator = new Simulator();
    const seen: number[] = [];
    simulator.schedule(1, () => {
      simulator.stop();
      seen.push(1);
    });
    simulator.schedule(2, () => seen.push(2));
    simulator.run(10);
    expect([seen, simulator.now, simulator.pending]).to.deep.equal([[1], 1, 1]);
    simulator.run(10);
    expect([seen, simulator.now]).to.deep.equal([[1, 2], 10]);
  });

  it('does not count the running event as pending, whether or not the root is filled again', () => {
    const simulator = new Simulator();
    const seen: unknown[] = [];
    const late = simulator.schedule(9, nothing);
    const id = simulator.schedule(1, () => {
      seen.push(simulator.pending, simulator.nextTime(), simulator.isPending(id), simulator.cancel(id));
      seen.push(simulator.cancel(late), simulator.pending, simulator.nextTime());
      simulator.schedule(4, nothing);
      seen.push(simulator.pending, simulator.nextTime());
    });
    simulator.run(1);
    expect(seen).to.deep.equal([1, 9, false, false, true, 0, Infinity, 1, 5]);
  });

  describe('refuses', () => {
    const simulator = new Simulator();
    simulator.run(100);

    for (const delay of [NaN, -1, -Number.MIN_VALUE, Infinity, -Infinity]) {
      it(`a delay of ${delay}`, () => {
        expect(() => simulator.schedule(delay, nothing)).to.throw(KernelError, `${delay}`);
      });
    }
    for (const time of [NaN, 99.999, Infinity, -Infinity]) {
      it(`a time of ${time}`, () => {
        expect(() => simulator.scheduleAt(time, nothing)).to.throw(KernelError, `${time}`);
      });
    }
    it('a delay that leads beyond all numbers', () => {
      const far = new Simulator();
      far.run(1.7e308);
      expect(() => far.schedule(1.7e308, nothing)).to.throw(KernelError, '1.7e+308');
    });
    for (const until of [NaN, 99]) {
      it(`a run until ${until}`, () => {
        expect(() => {
          simulator.run(until);
        }).to.throw(KernelError, `${until}`);
      });
    }
    for (const argument of [0.5, 2 ** 31, -(2 ** 31) - 1, NaN]) {
      it(`an argument of ${argument}`, () => {
        expect(() => simulator.schedule(1, nothing, argument)).to.throw(KernelError, `${argument}`);
        expect(() => simulator.scheduleAt(101, nothing, argument)).to.throw(KernelError, `${argument}`);
      });
    }
    for (const rank of [-1, 0.5, 2 ** 28, NaN]) {
      it(`a rank of ${rank}`, () => {
        expect(() => simulator.schedule(1, nothing, 0, Priority.work, rank)).to.throw(KernelError, `${rank}`);
      });
    }
    it('a priority that is none', () => {
      expect(() => simulator.schedule(1, nothing, 0, 8 as Priority)).to.throw(KernelError, '8');
    });
    it('run and step from inside a handler', () => {
      const nested = new Simulator();
      const errors: unknown[] = [];
      nested.schedule(1, () => {
        for (const call of [() => nested.step(), () => nested.run(5)]) {
          try {
            call();
          } catch (error) {
            errors.push(error);
          }
        }
      });
      nested.run(2);
      expect(errors.map((error) => error instanceof KernelError)).to.deep.equal([true, true]);
      expect(nested.now).to.equal(2);
    });
    it('nothing of it leaves a trace', () => {
      expect([simulator.pending, simulator.now, simulator.executed]).to.deep.equal([0, 100, 0]);
    });
  });

  it('accepts the extremes it allows', () => {
    const simulator = new Simulator();
    const seen: number[] = [];
    for (const argument of [2 ** 31 - 1, -(2 ** 31)])
      simulator.schedule(0, (value) => seen.push(value), argument, Priority.observer, 2 ** 28 - 1);
    simulator.run(0);
    expect(seen).to.deep.equal([2 ** 31 - 1, -(2 ** 31)]);
  });

  for (const schedulesFirst of [false, true]) {
    it(`survives a handler that throws ${schedulesFirst ? 'after scheduling' : 'with the root open'}`, () => {
      const simulator = new Simulator();
      const seen: number[] = [];
      for (const time of [3, 1, 2, 4, 5, 6]) simulator.schedule(time, (value) => seen.push(value), time);
      simulator.schedule(2.5, () => {
        if (schedulesFirst) simulator.schedule(1, (value) => seen.push(value), 35);
        throw new Error('broken');
      });
      expect(() => {
        simulator.run(10);
      }).to.throw('broken');
      expect([simulator.now, simulator.executed, simulator.pending]).to.deep.equal([2.5, 3, schedulesFirst ? 5 : 4]);
      expect(simulator.nextTime()).to.equal(3);
      simulator.run(10);
      expect(seen).to.deep.equal(schedulesFirst ? [1, 2, 3, 35, 4, 5, 6] : [1, 2, 3, 4, 5, 6]);
    });
  }

  it('survives a step whose handler throws', () => {
    const simulator = new Simulator();
    simulator.schedule(1, () => {
      throw new Error('broken');
    });
    expect(() => simulator.step()).to.throw('broken');
    expect([simulator.step(), simulator.executed]).to.deep.equal([false, 1]);
  });

  it('ends a zero-delay loop with its time and count', () => {
    const simulator = new Simulator({ maxEventsPerInstant: 1000 });
    const again = (): void => {
      simulator.schedule(0, again);
    };
    simulator.schedule(42, again);
    let error: unknown;
    try {
      simulator.run(100);
    } catch (caught) {
      error = caught;
    }
    expect(error).to.be.instanceOf(ZeroDelayLoopError).and.include({ time: 42, count: 1000, name: 'ZeroDelayLoopError' });
    expect((error as Error).message).to.match(/1000 events ran at time 42/);
    expect([simulator.executed, simulator.pending, simulator.now]).to.deep.equal([1000, 1, 42]);
  });

  it('takes many events at each of many instants for no loop', () => {
    const simulator = new Simulator({ maxEventsPerInstant: 10 });
    for (let time = 0; time < 100; time++) for (let count = 0; count < 10; count++) simulator.schedule(time, nothing);
    simulator.run(1000);
    expect(simulator.executed).to.equal(1000);
  });
});
