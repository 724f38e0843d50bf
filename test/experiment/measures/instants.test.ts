import { expect } from 'chai';
import { FlowStatus } from '../../../src/model/index.js';
import { measured, runOf, S, Script, World } from '../kit.js';

describe('experiment/measures/instants: up at an instant, never down until then', () => {
  const world = new World();
  world.component({ name: 'work', members: [{ name: 'work@a' }, { name: 'work@b' }] });
  world.flow('orders');
  const script = new Script(world, 100 * S);
  script.add('functionChanged', 10 * S, 0, false, 0).add('functionChanged', 20 * S, 1, false, 0).add('functionChanged', 30 * S, 0, true, 0);
  // Down and up again at one instant is not down.
  script.add('functionChanged', 50 * S, 0, false, 0).add('functionChanged', 50 * S, 0, true, 0);
  script.add('flowChanged', 5 * S, 0, FlowStatus.stopped, 0, 0).add('flowChanged', 5 * S, 0, FlowStatus.served, 1, 0).add('flowChanged', 40 * S, 0, FlowStatus.stopped, 0, 0);
  const at = (of: 'component' | 'flow', name: string, gauge: string, ...times: number[]): unknown =>
    measured(script, runOf(0, 100 * S), { gaugeRequests: times.map((time) => ({ of, component: name, gauge, at: time * S })) }).gaugeValues;

  it('of a member: from the instant at which it goes down, until it is back', () => {
    expect(at('component', 'work@a', 'availability', 9, 10, 29, 30, 50, 99)).to.deep.equal([1, 0, 0, 1, 1, 1]);
    expect(at('component', 'work@a', 'reliability', 9, 10, 99)).to.deep.equal([1, 0, 0]);
  });

  it('of a component: down while all of it is', () => {
    expect(at('component', 'work', 'availability', 15, 20, 30)).to.deep.equal([1, 0, 1]);
    expect(at('component', 'work', 'reliability', 19, 20, 30)).to.deep.equal([1, 0, 0]);
  });

  it('of a flow: stopped, and to the end if it stays so', () => {
    expect(at('flow', 'orders', 'availability', 5, 39, 40, 100)).to.deep.equal([1, 1, 0, 0]);
    expect(at('flow', 'orders', 'reliability', 39, 40)).to.deep.equal([1, 0]);
  });

  it('of nobody: no value', () => expect(at('component', 'nobody', 'availability', 5)).to.deep.equal([null]));
});
