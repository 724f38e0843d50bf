import { expect } from 'chai';
import { measured, pick, runOf, S, Script, World } from '../kit.js';

const BLAST = ['scope', 'components_down', 'components_degraded', 'blast_radius'] as const;
const DATACENTER = 0;
const GROUP = 1;
const NAMESPACE = 2;
const SERVER = 3;

/**
 * dc1 holds group (bts1, bts2, host on both), ns with stores s1 and s2, and lone; far stands in another datacenter.
 * Functions carry the index of their member, in the order below.
 */
function topology(): World {
  const world = new World();
  const dc = { scope: 'datacenter', box: DATACENTER } as const;
  const group = { scope: 'group', box: GROUP } as const;
  const server = (box: number) => ({ scope: 'server', box }) as const;
  world.component({ name: 'dc1', members: [{ boxes: [dc] }] });
  world.component({ name: 'group', members: [{ boxes: [group, dc] }], boxes: [dc] });
  world.component({ name: 'ns', members: [{ boxes: [{ scope: 'namespace', box: NAMESPACE }, dc] }], boxes: [dc] });
  world.component({ name: 'bts1', members: [{ boxes: [server(SERVER), group, dc] }], boxes: [group, dc] });
  world.component({ name: 'bts2', members: [{ boxes: [server(SERVER + 1), group, dc] }], boxes: [group, dc] });
  world.component({
    name: 'host', boxes: [group, dc],
    members: [{ name: 'host@bts1', boxes: [server(SERVER), group, dc] }, { name: 'host@bts2', boxes: [server(SERVER + 1), group, dc] }],
  });
  world.component({ name: 'lone', boxes: [dc], members: [{ boxes: [dc] }] });
  world.component({ name: 'store', members: ['s1', 's2'].map((name) => ({ name, boxes: [{ scope: 'namespace', box: NAMESPACE }, dc] as const })), boxes: [{ scope: 'namespace', box: NAMESPACE }, dc] });
  world.component({ name: 'far', members: [{ boxes: [{ scope: 'datacenter', box: 9 }] }], boxes: [{ scope: 'datacenter', box: 9 }] });
  return world;
}

/** What is reported when the fault on `target` takes these members down at one instant. */
function blast(target: string, ...down: string[]): Record<string, unknown> {
  const world = topology();
  const member = (name: string): number => world.members.findIndex((each) => each.name === name);
  const crash = world.fault('crash', 10 * S, [member(target)]);
  const causes = world.causes(crash);
  const script = new Script(world, 100 * S).add('faultStarted', 10 * S, crash, true);
  for (const name of down) script.add('functionChanged', 10 * S, world.members[member(name)].functions[0], false, causes);
  return pick(measured(script, runOf(0, 100 * S)).faults[0], ...BLAST);
}

describe('experiment/measures/blast: scope and blast radius', () => {
  it('is a component when all that was down belongs to one', () => {
    expect(blast('lone', 'lone')).to.deep.equal({ scope: 'component', components_down: 0, components_degraded: 0, blast_radius: null });
    expect(blast('host@bts1', 'host@bts1').scope).to.equal('component');
    expect(blast('host@bts1', 'host@bts1', 'host@bts2').scope).to.equal('component');
  });

  it('is a server that holds itself and the member on it; the other member keeps the component up', () => {
    expect(blast('bts1', 'bts1', 'host@bts1')).to.deep.equal({ scope: 'server', components_down: 0, components_degraded: 1, blast_radius: 'host' });
  });

  it('is a group over servers, and the group itself', () => {
    expect(blast('bts1', 'bts1', 'host@bts1', 'host@bts2')).to.deep.equal({ scope: 'group', components_down: 1, components_degraded: 0, blast_radius: 'host' });
    expect(blast('group', 'group', 'bts2').scope).to.equal('group');
  });

  it('is a namespace over its parts', () => {
    expect(blast('ns', 'ns', 's1', 's2')).to.deep.equal({ scope: 'namespace', components_down: 1, components_degraded: 0, blast_radius: 'store' });
  });

  it('is a datacenter over group and namespace', () => {
    expect(blast('dc1', 'bts1', 's1').scope).to.equal('datacenter');
    expect(blast('dc1', 'dc1', 'lone').scope).to.equal('datacenter');
  });

  it('is the system over datacenters', () => {
    expect(blast('bts1', 'bts1', 'far')).to.deep.equal({ scope: 'system', components_down: 1, components_degraded: 0, blast_radius: 'far' });
  });

  it('is empty when nothing was down', () => {
    expect(blast('bts1')).to.deep.equal({ scope: null, components_down: 0, components_degraded: 0, blast_radius: null });
  });

  it('lists down before degraded, each by name', () => {
    expect(blast('far', 'far', 'lone', 's1', 'host@bts2', 'dc1').blast_radius).to.equal('dc1 lone host store');
  });

  it('is not widened by what is degraded', () => {
    const world = new World();
    world.component({ name: 'a', members: [{ functions: ['run'] }] });
    world.component({ name: 'b', members: [{ functions: ['send', 'receive'] }] });
    const crash = world.fault('crash', 10 * S, [0]);
    const causes = world.causes(crash);
    const script = new Script(world, 100 * S).add('functionChanged', 10 * S, 0, false, causes).add('functionChanged', 10 * S, 1, false, causes);
    script.add('faultStarted', 10 * S, crash, true);
    expect(pick(measured(script, runOf(0, 100 * S)).faults[0], ...BLAST)).to.deep.equal({ scope: 'component', components_down: 0, components_degraded: 1, blast_radius: 'b' });
  });

  it('tells overlapping faults apart by the causes of what does not work', () => {
    const world = new World();
    world.component({ name: 'x', members: [{ functions: ['send', 'receive'] }] });
    world.component({ name: 'y' });
    const [first, second] = [world.fault('first', 10 * S, []), world.fault('second', 20 * S, [])];
    const script = new Script(world, 100 * S).add('faultStarted', 10 * S, first, true).add('faultStarted', 20 * S, second, true);
    // `first` takes `send` only; when `second` takes `receive`, x is down and both are behind it.
    script.add('functionChanged', 10 * S, 0, false, world.causes(first)).add('functionChanged', 20 * S, 1, false, world.causes(second));
    script.add('functionChanged', 30 * S, 0, true, 0).add('functionChanged', 40 * S, 1, true, 0).add('functionChanged', 50 * S, 2, false, world.causes(second));
    const rows = measured(script, runOf(0, 100 * S)).faults;
    expect(rows.map((row) => pick(row, ...BLAST))).to.deep.equal([
      { scope: 'component', components_down: 1, components_degraded: 0, blast_radius: 'x' },
      { scope: 'system', components_down: 2, components_degraded: 0, blast_radius: 'x y' },
    ]);
  });

  it('does not see what lasts no time', () => {
    const world = new World();
    world.component({ name: 'x', members: [{ functions: ['send', 'receive'] }] });
    const crash = world.fault('crash', 10 * S);
    const causes = world.causes(crash);
    const script = new Script(world, 100 * S).add('faultStarted', 10 * S, crash, true);
    script.add('functionChanged', 10 * S, 0, false, causes).add('functionChanged', 20 * S, 1, false, causes).add('functionChanged', 20 * S, 0, true, 0);
    expect(pick(measured(script, runOf(0, 100 * S)).faults[0], ...BLAST)).to.deep.equal({ scope: null, components_down: 0, components_degraded: 1, blast_radius: 'x' });
  });
});
