/** Priorities of subscriptions: the highest first, without fairness. */
import { expect } from 'chai';
import { simulate, withSql } from './support.js';
import type { Replication } from './support.js';

// One instance that takes one message at each poll: 0.4 s of work, a poll each 0.5 s.
const SET = [
  'topology.bts1.cpus=1', 'topology.process.on=[bts1]', 'topology.process.threads=1', 'topology.process.queue-size=0', 'topology.process.in-process-per-cpu=1',
  'topology.fulfil.steps=[{work: 400ms}]',
];

function run(fulfil: number, urgent: number): Replication {
  return simulate(withSql({
    run: '{ horizon: 10m }',
    topology: `\n  urgent: { kind: orchestration, host: process, steps: [{ work: 400ms }], priority: ${urgent} }`,
    flows: `
  rush: { arrivals: { every: 500ms, until: 5m }, route: [http-in, urgent, erp-port] }
  orders: { arrivals: { every: 10s, limit: 5 }, route: [http-in, fulfil, erp-port] }`,
  }), { set: [...SET, `topology.fulfil.priority=${fulfil}`] });
}

const effects = (one: Replication): readonly number[] => one.ledger.effects.filter(({ flow }) => flow === 'orders').map(({ time }) => time);

describe('subscription priorities (bt:how-to-configure-transport-advanced-options-for-a-send-port)', () => {
  it('whoever has the lower number is taken first, so that the other starves as long as there is work', () => {
    const starved = effects(run(9, 1));
    expect(starved).to.have.length(5);
    for (const time of starved) expect(time).to.be.above(299);
  });

  it('with equal priorities the oldest is taken first', () => {
    const equal = effects(run(7, 7));
    // Each of the five puts what comes after it one poll later: no more than five polls of backlog, a poll of the sender, 50 ms.
    equal.forEach((time, k) => expect(time - 10 * (k + 1)).to.be.at.most(0.02 + 6 * 0.5 + 0.4 + 0.5 + 0.05));
    expect(effects(run(1, 1))).to.deep.equal(equal);
  });

  it('with a higher priority it does not wait for what is older', () => {
    effects(run(1, 9)).forEach((time, k) => expect(time - 10 * (k + 1)).to.be.at.most(0.02 + 0.5 + 0.4 + 0.5 + 0.05));
  });

  it('an orchestration and a send port are alike by default (7)', () => {
    const text = withSql({ run: '{ horizon: 10m }', flows: '  orders: { arrivals: { every: 1s }, route: [http-in, fulfil, erp-port] }' });
    const times = (set: readonly string[]): readonly number[] => simulate(text, { set: ['topology.erp-port.host=process', ...set] }).ledger.effects.map(({ time }) => time);
    expect(times([])).to.deep.equal(times(['topology.fulfil.priority=5', 'topology.erp-port.priority=5']));
  });
});
