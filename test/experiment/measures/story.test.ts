import { expect } from 'chai';
import { StoryMeasure } from '../../../src/experiment/measures/story.js';
import { FlowStatus } from '../../../src/model/index.js';
import { S, Script, World } from '../kit.js';

const { served, degraded, stopped } = FlowStatus;

function told(script: Script, limit?: number): [number, string][] {
  const measure = new StoryMeasure(script.world, limit);
  script.play(measure);
  return measure.story().map(({ timeSeconds, text }) => [timeSeconds, text]);
}

describe('experiment/measures/story', () => {
  it('tells what came, what stopped, who noticed, what moved and what came back, cause before effect', () => {
    const world = new World();
    world.flow('orders');
    world.component({ name: 'sql1' });
    world.component({ name: 'db', members: [{ functions: ['read', 'write'] }] });
    world.component({ name: 'sql2' });
    world.operations.push({ id: 'resume-1', targetText: 'orders' });
    const crash = world.fault('sql1-dies', 30 * S);
    const causes = world.causes(crash);
    const script = new Script(world, 200 * S);
    script.add('functionChanged', 0, 2, false, 0).add('functionChanged', 5 * S, 2, true, 0); // before the first fault: not told
    script.flow(30 * S, stopped, 0, causes).add('functionChanged', 30 * S, 1, false, causes).add('functionChanged', 30 * S, 0, false, causes).add('functionChanged', 30 * S, 2, false, causes);
    script.add('faultStarted', 30 * S, crash, true).add('noticed', 40 * S, crash).add('failover', 75.25 * S, 1, 2);
    script.add('functionChanged', 75.25 * S, 1, true, 0).flow(75.25 * S, degraded, 5, causes);
    script.add('functionChanged', 90 * S, 2, true, 0).flow(90 * S, served, 10).add('faultEnded', 100 * S, crash).add('functionChanged', 100 * S, 0, true, 0);
    script.add('operation', 110 * S, 0, 'orders', 110 * S, 'failed', 'nothing to resume');
    script.add('faultStarted', 120 * S, world.fault('sql1-dies', 120 * S), false);
    expect(told(script)).to.deep.equal([
      [30, 'sql1-dies: crash of target of sql1-dies'], [30, 'down: db, sql1'], [30, 'flow orders stops'],
      [40, 'sql1-dies is noticed after 10 s'],
      [75.25, 'db moves to sql2'], [75.25, 'degraded: db'], [75.25, 'flow orders is served in part at 50 % of its capacity after 45.25 s'],
      [90, 'up: db'], [90, 'flow orders is served in full again'],
      [100, 'sql1-dies ends'], [100, 'up: sql1'],
      [110, 'resume-1 on orders: failed, nothing to resume'],
      [120, 'sql1-dies (2): crash of target of sql1-dies, masked: it was down already'],
    ]);
  });

  it('tells who has a session now and who had it, not that it has nobody or the same one again', () => {
    const world = new World();
    world.component({ name: 'bus', members: [{ name: 'bus@server1' }, { name: 'bus@server2' }] });
    world.component({ name: 'src1' });
    const script = new Script(world, 200 * S);
    script.add('sessionMoved', 0, 0, 1, -1, 0, -1).add('faultStarted', 10 * S, world.fault('dies', 10 * S), true).add('sessionMoved', 10 * S, 0, 1, 0, -1, -1);
    script.add('sessionMoved', 20 * S, 0, 1, 0, 0, -1).add('sessionMoved', 30 * S, 0, 1, 0, 1, -1);
    expect(told(script)).to.deep.equal([[0, 'bus@server1 has session src1'], [10, 'dies: crash of target of dies'], [30, 'session src1 passes from bus@server1 to bus@server2']]);
  });

  it('tells who joins those that share out sessions, of several destinations which one, and of many owners only how many', () => {
    const world = new World();
    world.component({ name: 'bus', members: ['a', 'b', 'c', 'd'].map((server) => ({ name: `bus@${server}`, functions: ['move'] })) });
    world.component({ name: 'src1' });
    world.component({ name: 'dta' });
    const script = new Script(world, 200 * S);
    script.add('functionChanged', 0, 3, false, 0).add('sessionMoved', 0, 0, 1, -1, 0, 2).add('sessionMoved', 0, 0, 1, -1, 1, -1);
    script.add('functionChanged', 20 * S, 3, true, 0).add('functionChanged', 30 * S, 3, false, 0).add('functionChanged', 40 * S, 3, true, 0);
    for (const owner of [0, 1, 2, 3]) script.add('sessionMoved', 50 * S, 0, 1, -1, owner, -1);
    script.add('sessionMoved', 60 * S, 0, 1, 0, 3, 2);
    expect(told(script)).to.deep.equal([
      [0, 'bus@a has session src1 into dta'], [0, 'bus@b has session src1'], [20, 'bus@d joins'], [50, 'bus has 4 sessions at 4 members'], [60, 'session src1 into dta passes from bus@a to bus@d'],
    ]);
  });

  it('begins with an operation that is earlier than the first fault, or without one', () => {
    const world = new World();
    world.component({ name: 'port' });
    world.operations.push({ id: 'resume-1', targetText: 'port' });
    const script = new Script(world, 200 * S);
    script.add('functionChanged', 5 * S, 0, false, 0).add('functionChanged', 6 * S, 0, true, 0);
    script.add('operation', 10 * S, 0, 'port', 10 * S, 'done', '').add('functionChanged', 20 * S, 0, false, 0);
    expect(told(script)).to.deep.equal([[10, 'resume-1 on port: done'], [20, 'down: port']]);
  });

  it('is cut at its limit, names at eight, and states of no duration are not told', () => {
    const world = new World();
    world.flow('orders');
    const script = new Script(world, 100 * S);
    const crash = world.fault('crash', 0);
    script.add('faultStarted', 0, crash, true).flow(0, stopped, 0).flow(0, served, 10);
    for (let i = 0; i < 10; i += 1) {
      world.component({ name: `c${i}` });
      script.add('functionChanged', 0, i, false, 0);
    }
    for (let i = 1; i < 60; i += 1) script.flow(i * S, i % 2 === 1 ? stopped : served, 0);
    const story = told(script);
    expect(story).to.have.length(40);
    expect(story[1]).to.deep.equal([0, 'down: c0, c1, c2, c3, c4, c5, c6, c7 and 2 more']);
    expect(story[2]).to.deep.equal([1, 'flow orders stops']);
    expect(story[39]).to.deep.equal([38, 'and so on']);
    expect(told(script, 3)).to.have.length(3);
  });
});
