/**
 * Programs written on the bare kernel against results of theory, each judged by its own 95 % confidence
 * interval over replications. Times are hours or service times; the kernel has no unit.
 */
import { expect } from 'chai';
import { Simulator, Streams, exponential } from '../../src/kernel/index.js';
import type { SequenceStream } from '../../src/kernel/index.js';
import { estimate } from './helpers/statistics.js';

const Z95 = 1.96;

/** Replicates and checks that the truth is in the interval, and that the interval says something. */
function expectWithin(truth: number, replications: number, precision: number, measure: (replication: number) => number): void {
  const { mean, error } = estimate(Array.from({ length: replications }, (_, replication) => measure(replication)));
  expect(Z95 * error, 'half width of the interval').to.be.below(precision);
  expect(truth).to.be.within(mean - Z95 * error, mean + Z95 * error);
}

/** One component that fails and is repaired for ever; runs until the horizon. */
function repairable(stream: SequenceStream, horizon: number): { up: boolean; downTime: number; failures: number } {
  const simulator = new Simulator();
  const [life, repairTime] = [exponential(1000), exponential(4)];
  const state = { up: true, downTime: 0, failures: 0 };
  let since = 0;
  const fail = (): void => {
    state.up = false;
    state.failures++;
    since = simulator.now;
    simulator.schedule(repairTime.sample(stream.uniform()), restore);
  };
  const restore = (): void => {
    state.up = true;
    state.downTime += simulator.now - since;
    simulator.schedule(life.sample(stream.uniform()), fail);
  };
  simulator.schedule(life.sample(stream.uniform()), fail);
  simulator.run(horizon);
  if (!state.up) state.downTime += simulator.now - since;
  return state;
}

/** Machines with exponential lives and repairs, few repair crews; time-average of machines down. */
function meanDown(stream: SequenceStream, machines: number, crews: number, horizon: number, warmup: number): number {
  const simulator = new Simulator();
  const [life, repairTime] = [exponential(10), exponential(1)];
  let down = 0;
  let since = 0;
  let area = 0;
  const account = (): void => {
    area += down * (simulator.now - since);
    since = simulator.now;
  };
  const fail = (): void => {
    account();
    if (++down <= crews) simulator.schedule(repairTime.sample(stream.uniform()), restore);
  };
  const restore = (): void => {
    account();
    if (down-- > crews) simulator.schedule(repairTime.sample(stream.uniform()), restore);
    simulator.schedule(life.sample(stream.uniform()), fail);
  };
  for (let machine = 0; machine < machines; machine++) simulator.schedule(life.sample(stream.uniform()), fail);
  simulator.run(warmup);
  account();
  area = 0;
  simulator.run(warmup + horizon);
  account();
  return area / horizon;
}

/** M/M/1 with rate 1 of service; mean sojourn of customers after the warm-up. */
function meanSojourn(streams: Streams, load: number, warmup: number, customers: number): number {
  const simulator = new Simulator();
  const [arrivals, services] = [streams.keyed('source', 'arrival'), streams.keyed('server', 'service')];
  const [gap, work] = [exponential(1 / load), exponential(1)];
  const waiting: number[] = [];
  let arrived = 0;
  let left = 0;
  let sum = 0;
  const arrive = (): void => {
    waiting.push(simulator.now);
    if (waiting.length - left === 1) simulator.schedule(work.sample(services.uniform(left)), depart);
    if (++arrived < warmup + customers) simulator.schedule(gap.sample(arrivals.uniform(arrived)), arrive);
  };
  const depart = (): void => {
    if (left >= warmup) sum += simulator.now - waiting[left];
    if (++left < waiting.length) simulator.schedule(work.sample(services.uniform(left)), depart);
  };
  simulator.schedule(gap.sample(arrivals.uniform(0)), arrive);
  simulator.run(Infinity);
  return sum / customers;
}

describe('theory', () => {
  const horizon = 100_000;
  const life = (replication: number): ReturnType<typeof repairable> =>
    repairable(new Streams('theory', replication).sequence('server', 'life'), horizon);

  it('availability of a repairable component = MTTF/(MTTF+MTTR) (alternating renewal process)', () => {
    expectWithin(0.9960159362549801, 400, 1e-4, (replication) => 1 - life(replication).downTime / horizon);
  });

  it('failures per year of a repairable component = 8760/(MTTF+MTTR) (alternating renewal process)', () => {
    expectWithin(8.725099601593625, 400, 0.1, (replication) => (life(replication).failures / horizon) * 8760);
  });

  it('availability after 8 h = μ/(λ+μ) + λ/(λ+μ)·e^{−(λ+μ)t} (two-state Markov chain)', () => {
    const stream = new Streams('theory', 0).sequence('server', 'instant');
    expectWithin(0.9965508243831642, 200_000, 5e-4, () => +repairable(stream, 8).up);
  });

  it('mean number down of 10 machines with 2 crews, λ 0.1, μ 1 = 1.0386378186260432 (birth-death chain)', () => {
    expectWithin(1.0386378186260432, 100, 0.02, (replication) =>
      meanDown(new Streams('theory', replication).sequence('machines', 'life'), 10, 2, 2000, 100),
    );
  });

  it('mean sojourn of M/M/1 at load 0.9 = 10 service times (Little, Erlang)', () => {
    expectWithin(10, 40, 0.5, (replication) => meanSojourn(new Streams('theory', replication), 0.9, 5_000, 50_000));
  });
});
