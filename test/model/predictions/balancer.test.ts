/** Prediction 35: HTTP on two servers, with and without a balancer in front. */
import { expect } from 'chai';
import { micro, simulate, simulateAll, withSql } from '../support.js';

const text = (faults: string, balanced: boolean, extra = ''): string => withSql({
  topology: balanced ? `\n  nlb: { kind: load-balancer, on: [bts1, bts2]${extra} }` : '',
  run: '{ horizon: 6m, drain: 20m }',
  flows: '  orders: { arrivals: { every: 100ms }, route: [http-in, fulfil, erp-port], client: { timeout: 1s } }',
  faults,
}).replace('host: receive }', balanced ? 'host: receive, behind: nlb }' : 'host: receive }');
const FAST = { checkAlways: false } as const;

/** When the messages that were rejected had been offered. */
function refusals(run: ReturnType<typeof simulate>): readonly number[] {
  const offered = new Map(run.ledger.offers.map(({ n, time }) => [n, time]));
  return run.ledger.fates.filter(({ fate }) => fate === 'rejected').map(({ n }) => offered.get(n)!);
}

describe('prediction 35: a balancer', () => {
  const hostDies = '  - { id: bts1-dies, kind: crash, target: bts1, at: 2m, for: 3m }';

  it('35. one server dies: new connections to it fail for at most 8 s, then none (NLB for High Availability)', () => {
    for (const run of simulateAll(text(hostDies, true), { ...FAST, replications: 3 })) {
      const failed = refusals(run);
      // 5 missed beats of 1 s, then 2.5-3 s of convergence: half of 10 requests a second for 7.5-8 s. One more in hand at 120 s.
      expect(failed[0]).to.be.at.least(119.9);
      expect(failed.at(-1)).to.be.below(128);
      expect(failed.length).to.be.at.least(37).and.at.most(41);
      const [belief] = run.ledger.beliefs;
      expect(belief.time - 120).to.be.at.least(7.5).and.at.most(8);
      expect(run.fault('bts1-dies').detect_s).to.equal(micro(belief.time - 120));
      expect(run.flow('orders')).to.deep.include({ lost: 0, availability: 1 });
    }
  });

  it('35. without a balancer clients bound to that server fail for the whole repair: every second first attempt', () => {
    const failed = refusals(simulate(text(hostDies, false), FAST));
    expect(failed.length).to.be.at.least(900).and.at.most(901);
    expect(Math.max(...failed)).to.be.at.least(299.8).and.below(300);
  });

  it('35. a client that repeats finds the other server, with or without a balancer', () => {
    const run = simulate(text(hostDies, false), { ...FAST, set: ['flows.orders.client.retry=1'] });
    expect(run.flow('orders')).to.deep.include({ rejected: 0, lost: 0 });
    // Of the 1800 offers in the 180 s each second one is sent twice.
    expect(Number(run.flow('orders').sends) - Number(run.flow('orders').offered)).to.be.at.least(900).and.at.most(901);
  });

  it('35. a dead application on a living server is not noticed: half of the requests fail while it is dead', () => {
    const failed = refusals(simulate(text('  - { id: iis-dies, kind: crash, target: receive@bts1, at: 2m, for: 3m }', true), FAST));
    expect(failed.length).to.be.at.least(900).and.at.most(901);
    expect(Math.max(...failed)).to.be.at.least(299.8).and.below(300);
  });

  it('a dead application hits a random half of all calls, or exactly the clients that belong to its server', () => {
    const fault = '  - { id: iis-dies, kind: crash, target: receive@bts1, at: 2m, for: 3m }';
    const random = refusals(simulate(text(fault, true, ', spread: random'), FAST)).length;
    // 1800 calls, each with probability 1/2: five standard deviations are 106.
    expect(random).to.be.within(794, 1006).and.not.equal(900);
    // Three clients take turns; client 0 and 2 belong to the first server, client 1 to the second: two thirds or one third of 1800.
    const run = simulate(text(fault, true, ', spread: client'), { ...FAST, set: ['flows.orders.clients=3'] });
    const clients = new Set(run.ledger.fates.filter(({ fate }) => fate === 'rejected').map(({ n }) => n % 3));
    expect([[0, 2], [1]]).to.deep.include([...clients].sort());
    expect(refusals(run).length).to.be.within(clients.size * 600 - 1, clients.size * 600 + 1);
  });

  it('35. a probe of 60 s notices it: half of 10 a second for 60 s', () => {
    const failed = refusals(simulate(text('  - { id: iis-dies, kind: crash, target: receive@bts1, at: 2m, for: 3m }', true, ', probe: 60s'), FAST));
    expect(failed.length).to.be.at.least(300).and.at.most(301);
    expect(Math.max(...failed)).to.be.below(180);
  });

  it('35. a blink shorter than the detection is not noticed', () => {
    const run = simulate(text('  - { id: blink, kind: crash, target: bts1, at: 2m, for: 4s }', true), FAST);
    expect(run.ledger.beliefs).to.deep.equal([]);
  });

  it('35. the server is back: it gets its half again after the convergence', () => {
    const run = simulate(text(hostDies, true, ', convergence: 3s'), FAST);
    expect(run.ledger.beliefs.map(({ time, member, up }) => [time, member, up])).to.deep.equal([[128, 'receive@bts1', false], [303, 'receive@bts1', true]]);
    const shares = (from: number, to: number): number => {
      const taken = run.ledger.stepsOf(/^http-in/, 'taken').filter(({ time }) => time >= from && time < to);
      return taken.filter(({ member }) => member === 'http-in@bts1').length / taken.length;
    };
    expect(shares(128, 303)).to.equal(0);
    expect(shares(303.1, 360)).to.be.closeTo(0.5, 0.01);
  });

  it('35. both servers down: nobody is served', () => {
    const run = simulate(text('  - { id: both-die, kind: crash, target: [bts1, bts2], at: 2m, for: 3m }', true, ', convergence: 3s'), FAST);
    expect(run.ledger.acceptances.filter(({ time }) => time > 120 && time < 300)).to.deep.equal([]);
    expect(run.flow('orders').lost).to.equal(0);
  });
});
