/**
 * Retries of a sender with lost requests and lost answers (M1), and redelivery when the work outlasts the lock, against their closed
 * forms. Each figure is judged by its own 95 % interval over replications (Student's t); seeds are fixed.
 */
import { expect } from 'chai';
import { scenario, simulateAll } from '../model/support.js';
import type { Replication } from '../model/support.js';
import { mustContain } from './support/station.js';

const MESSAGES = 3000;

/** A request is lost before its effect with probability `lost`, its answer with `answer`; four attempts. */
function retries(lost: number, answer: number): readonly Replication[] {
  return simulateAll(scenario({
    run: '{ horizon: 1h, drain: 10m, replications: 20 }', more: 'seed: 71',
    flows: `  orders: { arrivals: { every: 1s, limit: ${MESSAGES} }, route: [shop, ledger] }`,
    // An answer can only be lost of what was done.
    faults: `  - { id: requests, kind: error, target: q, step: taken, probability: ${lost * 100}%, at: 0s }\n  - { id: answers, kind: ack-loss, target: q, probability: ${(answer / (1 - lost)) * 100}%, at: 0s }`,
    topology: `
  ns: { kind: service-bus-namespace }
  q: { kind: queue, in: ns, work: 1ms }
  shop: { kind: service-bus-sender, to: q, client: modern, timeout: 1s, retries: 3 }
  ledger: { kind: service-bus-receiver, from: q, concurrency: 4, work: 1ms }`,
  }), { checkAlways: false });
}

const perMessage = (runs: readonly Replication[], column: string): number[] => runs.map((run) => Number(run.flow('orders')[column]) / MESSAGES);

describe('theory: Service Bus', function () {
  this.timeout(120_000);
  // Often enough that what is rare shows.
  let wild: readonly Replication[];
  before(() => { wild = retries(0.2, 0.1); });

  it('M1: E[attempts] = (1 − f⁴)/(1 − f) with f = q1 + q2; duplicates = (1 − q1) E[attempts] − (1 − q1⁴); q1 = 0.02, q2 = 0.01', () => {
    const runs = retries(0.02, 0.01);
    mustContain(1.0309270000000001, perMessage(runs, 'sends'));
    mustContain(0.010308620000000102, perMessage(runs, 'duplicates'), 0.1);
    for (const run of runs) expect(run.flow('orders').lost).to.equal(0);
  });

  it('M1 with q1 = 0.2, q2 = 0.1: never delivered q1⁴, delivered though the sender gave up f⁴ − q1⁴', () => {
    const runs = wild;
    mustContain(1.417, perMessage(runs, 'sends'));
    mustContain(0.8 * 1.417 - (1 - 0.0016), perMessage(runs, 'duplicates'), 0.05);
    mustContain(0.0016, perMessage(runs, 'rejected'), 0.25);
    mustContain(0.0065, runs.map((run) => (MESSAGES - Number(run.flow('orders').accepted) - Number(run.flow('orders').rejected)) / MESSAGES), 0.15);
  });

  it('M1: P(at least one duplicate), by the tree of attempts; in the run q1 = 0.2, q2 = 0.1', () => {
    /** Two effects or more, of so many attempts that are left and so many effects so far. */
    const twice = (q1: number, q2: number, left: number, effects: number): number => {
      const enough = (count: number): number => (count > 1 ? 1 : 0);
      if (left === 0) return enough(effects);
      return (1 - q1 - q2) * enough(effects + 1) + q2 * twice(q1, q2, left - 1, effects + 1) + q1 * twice(q1, q2, left - 1, effects);
    };
    expect(twice(0.02, 0.01, 4, 0)).to.be.closeTo(0.01020376, 1e-15);
    const again = (run: Replication): number => run.ledger.effects.filter(({ nth }) => nth === 2).length / MESSAGES;
    mustContain(twice(0.2, 0.1, 4, 0), wild.map(again), 0.05);
  });

  it('redelivery: P(work > lock) = e^(−lock/mean)', () => {
    const runs = simulateAll(scenario({
      run: '{ horizon: 2h, drain: 4h, replications: 20 }', more: 'seed: 72', flows: '  orders: { arrivals: { every: 4s, limit: 1500 }, route: [shop, ledger] }',
      topology: `
  ns: { kind: service-bus-namespace }
  q: { kind: queue, in: ns, work: 1ms, lock-duration: 30s }
  shop: { kind: service-bus-sender, to: q }
  ledger: { kind: service-bus-receiver, from: q, concurrency: 1000, work: { exponential: 20s } }
allow: [L27]`,
    }), { checkAlways: false });
    const share = runs.map(({ ledger }) => {
      const taken = new Map<number, number>();
      for (const { n } of ledger.takes) taken.set(n, (taken.get(n) ?? 0) + 1);
      return [...taken.values()].filter((times) => times > 1).length / 1500;
    });
    mustContain(Math.exp(-30 / 20), share, 0.03);
    // And again, as often as a work outlasts its lock: a geometric number of deliveries, at most ten.
    const p = Math.exp(-30 / 20);
    mustContain((1 - p ** 10) / (1 - p), runs.map((run) => Number(run.flow('orders').receives) / 1500));
  });
});
