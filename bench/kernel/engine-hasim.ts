/** The workloads on the simulator's public interface: handlers bound once, an integer as the argument. */
import { NO_EVENT, Simulator } from '../../src/kernel/index.js';
import type { EventId } from '../../src/kernel/index.js';
import type { Exponentials } from './exponentials.js';
import { ARRIVAL_RATE, FAILURE_RATE, REPAIRERS, RING, TIMEOUT } from './workload.js';

/** Each prepares its model and returns how to run on for some steps and what to check. */
export interface Model {
  run(steps: number): void;
  check(): number;
}

export function hold(n: number, source: Exponentials): Model {
  const simulator = new Simulator();
  let left = 0;
  const handle = (argument: number): void => {
    simulator.schedule(source.next(), handle, argument);
    if (--left === 0) simulator.stop();
  };
  for (let index = 0; index < n; index++) simulator.schedule(source.next(), handle, index);
  return {
    run(steps) {
      left = steps;
      simulator.run(Infinity);
    },
    check: () => simulator.now,
  };
}

export function mm1(source: Exponentials): Model {
  const simulator = new Simulator();
  const arrivals = new Float64Array(RING);
  let head = 0;
  let tail = 0;
  let left = 0;
  let sojourns = 0;
  const arrive = (): void => {
    simulator.schedule(source.next() / ARRIVAL_RATE, arrive);
    arrivals[tail & (RING - 1)] = simulator.now;
    if (tail++ === head) simulator.schedule(source.next(), depart);
    if (--left === 0) simulator.stop();
  };
  const depart = (): void => {
    sojourns += simulator.now - arrivals[head & (RING - 1)];
    if (++head !== tail) simulator.schedule(source.next(), depart);
    if (--left === 0) simulator.stop();
  };
  simulator.schedule(source.next() / ARRIVAL_RATE, arrive);
  return {
    run(steps) {
      left = steps;
      simulator.run(Infinity);
    },
    check: () => sojourns / head,
  };
}

export function repair(n: number, source: Exponentials): Model {
  const simulator = new Simulator();
  let left = 0;
  let up = n;
  let since = 0;
  let area = 0;
  const fail = (): void => {
    area += up * (simulator.now - since);
    since = simulator.now;
    up--;
    if (n - up <= REPAIRERS) simulator.schedule(source.next(), restore);
    if (--left === 0) simulator.stop();
  };
  const restore = (): void => {
    area += up * (simulator.now - since);
    since = simulator.now;
    if (n - up > REPAIRERS) simulator.schedule(source.next(), restore);
    up++;
    simulator.schedule(source.next() / FAILURE_RATE, fail);
    if (--left === 0) simulator.stop();
  };
  for (let index = 0; index < n; index++) simulator.schedule(source.next() / FAILURE_RATE, fail);
  return {
    run(steps) {
      left = steps;
      simulator.run(Infinity);
    },
    check: () => area / since,
  };
}

export function churn(n: number, source: Exponentials): Model {
  const simulator = new Simulator();
  const timeouts: EventId[] = new Array<EventId>(n).fill(NO_EVENT);
  let left = 0;
  let expired = 0;
  const expire = (entity: number): void => {
    expired++;
    timeouts[entity] = NO_EVENT;
  };
  const work = (entity: number): void => {
    simulator.cancel(timeouts[entity]);
    simulator.schedule(source.next(), work, entity);
    timeouts[entity] = simulator.schedule(TIMEOUT * source.next(), expire, entity);
    if (--left === 0) simulator.stop();
  };
  for (let entity = 0; entity < n; entity++) simulator.schedule(source.next(), work, entity);
  return {
    run(steps) {
      left = steps;
      simulator.run(Infinity);
    },
    check: () => expired,
  };
}
