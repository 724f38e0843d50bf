/** Rules that kinds share which are clustered, or keep data: an owner for every clustered instance, and copies that are supported. */
import { choice } from '../declare.js';
import type { RuleDeclaration } from './declaration.js';
import type { PlacedComponent, PlacedTopology } from './topology.js';

const OWNERS = {
  name: 'L15',
  level: 'error',
  meaning: 'What is clustered belongs to a group of at least two servers, each of which can own it.',
  reason: 'a clustered instance runs on the active server of its group; without a group nothing runs it, with one server nothing takes over',
  source: 'how-to-configure-a-biztalk-host-as-a-cluster-resource1',
} as const;

export const clusterOwnsIt: RuleDeclaration = { ...OWNERS, remedy: 'name a cluster or a cluster group', refuses: 'cluster' };
export const twoOwners: RuleDeclaration = { ...OWNERS, remedy: 'name at least two servers under on:', refuses: 'server-count' };

/** Of what names its `owners` in a cluster. */
export const instanceOnEveryOwner: RuleDeclaration = {
  ...OWNERS,
  remedy: 'an instance that may start on every server of the group: drop owners:, or the server from the group',
  find: (instance, topology) => {
    if (topology.cluster(instance) === undefined || instance.values.owners === undefined) return [];
    const owners = topology.named(instance, 'owners').map(({ name }) => name);
    return topology.servers(instance).filter((server) => !owners.includes(server)).map((server) => ({ message: `${instance.name} cannot start on ${server}, to which its group can move it` }));
  },
};

/** How a database is protected besides what the topology shows. It changes nothing in a run: a rule reads it. */
export const protection = choice('A copy that its own server makes of a database. It has no effect in a simulation; a rule refuses it for databases of a BizTalk group.', ['none', 'mirroring', 'vss', 'log-shipping-native'], {
  absent: 'none',
});

export const supportedCopies: RuleDeclaration = {
  name: 'L18',
  level: 'error',
  meaning: 'Databases of a group are not mirrored, and neither volume shadow copies nor the log shipping of SQL Server protect them.',
  reason: 'each copies one database at a time, so that after a switch the databases of the group stand at different transactions; it is not supported',
  source: 'sql-server-database-mirroring',
  remedy: 'a failover cluster, or a synchronous availability group from SQL Server 2016 on; for disaster recovery the log shipping of BizTalk Server',
  find: (database, topology) => {
    const copy = COPIES[String(database.values.protection ?? database.values.commit)];
    const groups = copy === undefined ? [] : groupsOn(database, topology);
    return groups.length === 0 ? [] : [{ message: `${database.name} is protected by ${copy}, and keeps data of ${groups.map((one) => one.name).join(' and ')}` }];
  },
};

const COPIES: Readonly<Record<string, string | undefined>> = {
  asynchronous: 'copies that are committed later', mirroring: 'database mirroring', vss: 'volume shadow copies', 'log-shipping-native': 'the log shipping of SQL Server',
};

/** Groups whose databases are this one, lie in it, or share its instance. */
function groupsOn(database: PlacedComponent, topology: PlacedTopology): PlacedComponent[] {
  const groups = topology.components.filter((one) => one.kind.box?.scope === 'group');
  return groups.filter((group) => topology.namedFor(group, 'sql').some((one) => one === database || topology.within(one, database)));
}
