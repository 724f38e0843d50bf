/** Topology rules about the BAM Event Bus. Data and pure functions. */
import type { PlacedComponent, PlacedTopology, RuleDeclaration } from '../../../model/rule/index.js';

/** MessageBoxes that it names, and those of the groups that name it. */
function boxesOf(bus: PlacedComponent, topology: PlacedTopology): ReadonlySet<PlacedComponent> {
  const left = topology.components.flatMap((one) => {
    const { tracking } = one.kind;
    return tracking !== undefined && topology.named(one, tracking.movedBy).includes(bus) ? topology.named(one, tracking.stores) : [];
  });
  return new Set([...topology.namedFor(bus, 'track'), ...left]);
}

export const oneMoreThanMessageBoxes: RuleDeclaration = {
  name: 'L17',
  level: 'info',
  meaning: 'The event bus has one instance more than it has MessageBoxes.',
  reason: 'with fewer, an instance that fails leaves its sessions to others that have one already; more than that have nothing to do',
  source: 'configuring-a-dedicated-tracking-host',
  remedy: 'run it on as many servers as there are MessageBoxes, and one more',
  find: (bus, topology) => {
    const boxes = boxesOf(bus, topology).size;
    const instances = topology.servers(bus).length;
    if (boxes === 0 || instances === boxes + 1) return [];
    const why = instances > boxes ? 'the others have nothing to do' : 'when one fails, another has several sessions';
    return [{ message: `${bus.name} has ${String(instances)} ${instances === 1 ? 'instance' : 'instances'} for ${String(boxes)} ${boxes === 1 ? 'MessageBox' : 'MessageBoxes'}, and ${String(boxes + 1)} are advised: ${why}` }];
  },
};

export const somethingToMove: RuleDeclaration = {
  name: 'L17',
  level: 'warning',
  meaning: 'The event bus has a MessageBox to move data from.',
  reason: 'without sources, and without a group that names it, it has no session and does nothing',
  source: 'managing-the-bam-event-bus-service',
  remedy: 'name the MessageBoxes as its `sources`, or name it as `event-bus` of a group',
  find: (bus, topology) => (boxesOf(bus, topology).size > 0 ? [] : [{ message: `${bus.name} moves data of no MessageBox` }]),
};
