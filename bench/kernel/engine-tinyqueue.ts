/**
 * The workloads as plain loops on the npm heap `tinyqueue`: one object an event, a comparison function.
 * It cannot cancel: the churn workload leaves tombstones, found by a version per entity.
 */
import TinyQueue from 'tinyqueue';
import type { Model } from './engine-hasim.js';
import type { Exponentials } from './exponentials.js';
import { ARRIVAL_RATE, FAILURE_RATE, REPAIRERS, RING, TIMEOUT } from './workload.js';

interface Event {
  time: number;
  kind: number;
  version: number;
}

const empty = (): TinyQueue<Event> => new TinyQueue<Event>([], (a, b) => a.time - b.time);

function take(list: TinyQueue<Event>): Event {
  const event = list.pop();
  if (event === undefined) throw new Error('the workload ran dry');
  return event;
}

export function hold(n: number, source: Exponentials): Model {
  const list = empty();
  let now = 0;
  for (let index = 0; index < n; index++) list.push({ time: source.next(), kind: index, version: 0 });
  return {
    run(steps) {
      for (; steps > 0; steps--) {
        const event = take(list);
        now = event.time;
        list.push({ time: now + source.next(), kind: event.kind, version: 0 });
      }
    },
    check: () => now,
  };
}

export function mm1(source: Exponentials): Model {
  const list = empty();
  const arrivals = new Float64Array(RING);
  let head = 0;
  let tail = 0;
  let sojourns = 0;
  list.push({ time: source.next() / ARRIVAL_RATE, kind: 0, version: 0 });
  return {
    run(steps) {
      for (; steps > 0; steps--) {
        const { time, kind } = take(list);
        if (kind === 0) {
          list.push({ time: time + source.next() / ARRIVAL_RATE, kind: 0, version: 0 });
          arrivals[tail & (RING - 1)] = time;
          if (tail++ === head) list.push({ time: time + source.next(), kind: 1, version: 0 });
        } else {
          sojourns += time - arrivals[head & (RING - 1)];
          if (++head !== tail) list.push({ time: time + source.next(), kind: 1, version: 0 });
        }
      }
    },
    check: () => sojourns / head,
  };
}

export function repair(n: number, source: Exponentials): Model {
  const list = empty();
  let up = n;
  let since = 0;
  let area = 0;
  for (let index = 0; index < n; index++) list.push({ time: source.next() / FAILURE_RATE, kind: 0, version: 0 });
  return {
    run(steps) {
      for (; steps > 0; steps--) {
        const { time, kind } = take(list);
        area += up * (time - since);
        since = time;
        if (kind === 0) {
          up--;
          if (n - up <= REPAIRERS) list.push({ time: time + source.next(), kind: 1, version: 0 });
        } else {
          if (n - up > REPAIRERS) list.push({ time: time + source.next(), kind: 1, version: 0 });
          up++;
          list.push({ time: time + source.next() / FAILURE_RATE, kind: 0, version: 0 });
        }
      }
    },
    check: () => area / since,
  };
}

export function churn(n: number, source: Exponentials): Model {
  const list = empty();
  const versions = new Int32Array(n);
  let expired = 0;
  for (let entity = 0; entity < n; entity++) list.push({ time: source.next(), kind: entity, version: -1 });
  return {
    run(steps) {
      while (steps > 0) {
        const { time, kind, version } = take(list);
        if (version >= 0) {
          if (versions[kind] === version) expired++;
          continue;
        }
        const current = ++versions[kind];
        list.push({ time: time + source.next(), kind, version: -1 });
        list.push({ time: time + TIMEOUT * source.next(), kind, version: current });
        steps--;
      }
    },
    check: () => expired,
  };
}
