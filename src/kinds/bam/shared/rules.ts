/** Topology rules about the BAM Event Bus. Data and pure functions. */
import type { RuleDeclaration } from '../../../model/rule/index.js';

export const oneMoreThanMessageBoxes: RuleDeclaration = {
  name: 'L17',
  level: 'info',
  meaning: 'The event bus has one instance more than it has MessageBoxes.',
  reason: 'with fewer, an instance that fails leaves its sessions to others that have one already; more than that have nothing to do',
  source: 'configuring-a-dedicated-tracking-host',
  remedy: 'run it on as many servers as there are MessageBoxes, and one more',
  find: (bus, topology) => {
    const boxes = topology.namedFor(bus, 'track').length;
    const instances = topology.servers(bus).length;
    if (instances === boxes + 1) return [];
    const why = instances > boxes ? 'the others have nothing to do' : 'when one fails, another has several sessions';
    return [{ message: `${bus.name} has ${String(instances)} ${instances === 1 ? 'instance' : 'instances'} for ${String(boxes)} ${boxes === 1 ? 'MessageBox' : 'MessageBoxes'}, and ${String(boxes + 1)} are advised: ${why}` }];
  },
};
