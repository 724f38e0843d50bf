import { expect } from 'chai';
import { measured, runOf, S, Script, World } from '../kit.js';

describe('experiment/measures/gauges: a gauge at an instant', () => {
  const world = new World();
  world.component({ name: 'bus', members: [{ name: 'bus@a' }, { name: 'bus@b' }] });
  const script = new Script(world, 100 * S);
  script.add('gauge', 10 * S, 0, 'sessions', 2).add('gauge', 20 * S, 1, 'sessions', 1).add('gauge', 20 * S, 0, 'sessions', 1).add('gauge', 20 * S, 0, 'other', 9);
  const at = (component: string, time: number, gauge = 'sessions'): unknown =>
    measured(script, runOf(0, 100 * S), { gaugeRequests: [{ component, gauge, at: time * S }] }).gaugeValues[0];

  it('is the last value up to and including it', () => {
    expect([at('bus@a', 9), at('bus@a', 10), at('bus@a', 19), at('bus@a', 20), at('bus@a', 99)]).to.deep.equal([null, 2, 2, 1, 1]);
    expect([at('bus@b', 19), at('bus@b', 20)]).to.deep.equal([null, 1]);
  });

  it('of a component is the sum over its members that have a value', () => {
    expect([at('bus', 9), at('bus', 15), at('bus', 30)]).to.deep.equal([null, 2, 2]);
  });

  it('of the whole component is one value, whichever member is asked', () => {
    const whole = new World();
    whole.component({ name: 'port', members: [{ name: 'port@a' }, { name: 'port@b' }], wholeGauges: ['suspended'] });
    const said = new Script(whole, 100 * S).add('gauge', 10 * S, 0, 'suspended', 5);
    const asked = ['port', 'port@a', 'port@b'].map((component) => measured(said, runOf(0, 100 * S), { gaugeRequests: [{ component, gauge: 'suspended', at: 20 * S }] }).gaugeValues[0]);
    expect(asked).to.deep.equal([5, 5, 5]);
  });

  it('of something unknown has no value', () => {
    expect([at('bus', 30, 'nothing'), at('nobody', 30)]).to.deep.equal([null, null]);
  });

  it('answers requests in their order', () => {
    const gaugeRequests = [20, 5, 10].map((time) => ({ component: 'bus@a', gauge: 'sessions', at: time * S }));
    expect(measured(script, runOf(0, 100 * S), { gaugeRequests }).gaugeValues).to.deep.equal([1, null, 2]);
  });
});
