import { expect } from 'chai';
import { measured, runOf, S, Script, World } from '../kit.js';

describe('experiment/measures/causes: cause paths', () => {
  it('adds up occurrences of a fault, by flow, effect and falling count, for the cohort', () => {
    const world = new World();
    world.flow('orders');
    world.flow('acks');
    const [first, second, power] = [world.fault('sql1-dies', 20 * S), world.fault('sql1-dies', 40 * S), world.fault('power', 40 * S)];
    const [a, b] = [world.path([first], 'port@b', 'put, not settled'), world.path([second], 'port@b', 'put, not settled')];
    const both = world.path([second, power], 'port@b', 'put');
    const script = new Script(world, 100 * S);
    const lost = (n: number, cause: number, offered = 15): void => void script.message({ n, offered: offered * S, accepted: offered * S, fate: 'lost', closed: 50 * S, cause });
    lost(0, a, 5); // warm-up
    lost(1, both);
    lost(2, a);
    lost(3, b);
    script.message({ n: 4, offered: 16 * S, delivered: 17 * S }).add('effect', 18 * S, 0, 0, 4, 16 * S, 2, a).add('effect', 19 * S, 0, 0, 4, 16 * S, 3, world.path([], 'port', 'retry'));
    script.message({ flow: 1, n: 0, offered: 15 * S, fate: 'rejected', closed: 16 * S });
    script.message({ flow: 1, n: 1, offered: 15 * S, fate: 'suspended' }).add('suspended', 20 * S, 1, 1, 15 * S, true, both);
    expect(measured(script, runOf(10 * S, 100 * S)).causes).to.deep.equal([
      { flow: 'orders', effect: 'lost', path: 'sql1-dies > port@b > put, not settled', count: 2 },
      { flow: 'orders', effect: 'lost', path: 'sql1-dies + power > port@b > put', count: 1 },
      { flow: 'orders', effect: 'duplicate', path: 'port > retry', count: 1 },
      { flow: 'orders', effect: 'duplicate', path: 'sql1-dies > port@b > put, not settled', count: 1 },
      { flow: 'acks', effect: 'rejected', path: '(no cause)', count: 1 },
      { flow: 'acks', effect: 'suspended', path: 'sql1-dies + power > port@b > put', count: 1 },
    ]);
  });
});
