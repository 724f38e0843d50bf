import { expect } from 'chai';
import { KernelError, Priority, Simulator, startScript } from '../../src/kernel/index.js';
import type { RunningScript, Script } from '../../src/kernel/index.js';

describe('script', () => {
  it('starts at the present instant and waits as it yields', () => {
    const simulator = new Simulator();
    const seen: number[] = [];
    function* tell(): Script {
      seen.push(simulator.now);
      yield 5;
      seen.push(simulator.now);
      yield 0;
      seen.push(simulator.now);
      yield 2.5;
      seen.push(simulator.now);
    }
    simulator.run(10);
    const script = startScript(simulator, tell());
    expect([seen, script.done]).to.deep.equal([[], false]);
    simulator.run(16);
    expect([seen, script.done]).to.deep.equal([[10, 15, 15], false]);
    simulator.run(20);
    expect([seen, script.done, simulator.pending]).to.deep.equal([[10, 15, 15, 17.5], true, 0]);
  });

  it('keeps its priority and rank at every wait', () => {
    const simulator = new Simulator();
    const seen: string[] = [];
    function* tell(name: string): Script {
      seen.push(name);
      yield 1;
      seen.push(name);
    }
    startScript(simulator, tell('poll'), Priority.poll);
    startScript(simulator, tell('second'), Priority.work, 2);
    startScript(simulator, tell('first'), Priority.work, 1);
    simulator.run(1);
    expect(seen).to.deep.equal(['first', 'second', 'poll', 'first', 'second', 'poll']);
  });

  it('can be cancelled while it waits, which runs its finally', () => {
    const simulator = new Simulator();
    const seen: string[] = [];
    function* tell(): Script {
      try {
        yield 5;
        seen.push('never');
      } finally {
        seen.push('closed');
      }
    }
    const script = startScript(simulator, tell());
    simulator.run(1);
    script.cancel();
    script.cancel();
    expect([seen, script.done, simulator.pending]).to.deep.equal([['closed'], true, 0]);
    simulator.run(10);
    expect(seen).to.deep.equal(['closed']);
  });

  it('can be cancelled before it starts and by itself', () => {
    const simulator = new Simulator();
    const seen: string[] = [];
    let own: RunningScript | undefined = undefined;
    function* tell(): Script {
      try {
        seen.push('before');
        (own as RunningScript | undefined)?.cancel();
        yield 5;
        seen.push('never');
      } finally {
        seen.push('closed');
      }
    }
    startScript(simulator, tell()).cancel();
    own = startScript(simulator, tell());
    simulator.run(10);
    expect([seen, own.done, simulator.pending]).to.deep.equal([['before', 'closed'], true, 0]);
  });

  it('passes an error on and is done', () => {
    const simulator = new Simulator();
    function* tell(): Script {
      yield 1;
      throw new Error('broken');
    }
    const script = startScript(simulator, tell());
    expect(() => {
      simulator.run(10);
    }).to.throw('broken');
    expect([script.done, simulator.now, simulator.pending]).to.deep.equal([true, 1, 0]);
  });

  it('ends when it yields what is no delay', () => {
    const simulator = new Simulator();
    let closed = false;
    function* tell(): Script {
      try {
        yield -1;
      } finally {
        closed = true;
      }
    }
    const script = startScript(simulator, tell());
    expect(() => {
      simulator.run(10);
    }).to.throw(KernelError, '-1');
    expect([script.done, closed]).to.deep.equal([true, true]);
  });
});
