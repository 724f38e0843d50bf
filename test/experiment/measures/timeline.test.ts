import { expect } from 'chai';
import { TIMELINE_COLUMNS } from '../../../src/experiment/columns.js';
import { FlowStatus } from '../../../src/model/index.js';
import { measured, pick, runOf, S, Script, World } from '../kit.js';

const { served, stopped } = FlowStatus;

describe('experiment/measures/timeline: timeline.csv', () => {
  it('has a row per bin and flow from time 0, warm-up and drain included, computed by hand', () => {
    const world = new World();
    world.flow('a', { faultFreeCapacity: 8 });
    world.flow('b', { faultFreeCapacity: Infinity });
    const script = new Script(world, 25 * S);
    script.message({ n: 0, offered: 0, accepted: S, delivered: 10 * S }); // 10 s belongs to the second bin
    script.message({ n: 1, offered: 5 * S, accepted: 5 * S, fate: 'lost', closed: 12 * S });
    script.message({ n: 2, offered: 9 * S }); // in flight at the end
    script.message({ n: 3, offered: 11 * S, fate: 'suspended' }).add('suspended', 13 * S, 0, 3, 11 * S, true, 0);
    script.message({ n: 4, offered: 24 * S, delivered: 25 * S }); // at the very end: last bin
    script.add('effect', 21 * S, 0, 0, 0, 0, 2, 0);
    script.flow(15 * S, stopped, 0).flow(22 * S, served, 8);
    script.flow(12 * S, stopped, 0, 0, 1).flow(22 * S, served, Infinity, 0, 1);
    const { timeline } = measured(script, runOf(10 * S, 20 * S, 5 * S), { timeline: true });
    expect(Object.keys(timeline[0])).to.deep.equal(TIMELINE_COLUMNS.map(({ name }) => name));
    const of = (flow: string): unknown[][] => timeline.filter((row) => row.flow === flow).map((row) => Object.values(row));
    expect(of('a')).to.deep.equal([
      [0, 'a', 3, 2, 0, 0, 0, 3, 8],
      [10, 'a', 1, 0, 1, 0, 1, 1, 4],
      [20, 'a', 1, 0, 1, 1, 0, 1, 8 * 3 / 5],
    ]);
    expect(of('b').map((row) => row.at(-1))).to.deep.equal([null, null, null]);
    expect(timeline.map(({ flow }) => flow)).to.deep.equal(['a', 'b', 'a', 'b', 'a', 'b']);
  });

  it('has capacity 0 where an unlimited flow is stopped for a whole bin', () => {
    const world = new World();
    world.flow('b', { faultFreeCapacity: Infinity });
    const script = new Script(world, 30 * S).flow(10 * S, stopped, 0).flow(20 * S, served, Infinity);
    expect(measured(script, runOf(0, 30 * S), { timeline: true }).timeline.map((row) => pick(row, 'capacity').capacity)).to.deep.equal([null, 0, null]);
  });

  it('is kept only when asked for', () => {
    const world = new World();
    world.flow('a');
    expect(measured(new Script(world, 30 * S), runOf(0, 30 * S)).timeline).to.deep.equal([]);
  });
});
