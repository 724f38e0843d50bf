/** Rules of topology for receive locations that poll: which of them several instances must not run. Data and pure functions over a finished topology. */
import type { PlacedComponent, PlacedTopology, RuleDeclaration } from '../../../model/index.js';

/** The host of a location, where several of its instances would poll at once. */
function severalOf(location: PlacedComponent, topology: PlacedTopology): PlacedComponent | undefined {
  const host = topology.named(location, 'host').at(0);
  return host !== undefined && topology.cluster(host) === undefined && topology.servers(host).length > 1 ? host : undefined;
}

const spread = (location: PlacedComponent, host: PlacedComponent, topology: PlacedTopology): string => `${location.name} is run by ${host.name} on ${topology.servers(host).join(' and ')} at once`;

/** @param risky whether several readers of this source are a risk for the location */
export const clusteredReader = (risky: (source: PlacedComponent, location: PlacedComponent, topology: PlacedTopology) => boolean = () => true): RuleDeclaration => ({
  name: 'L4',
  level: 'warning',
  meaning: 'A host that receives over FTP, POP3 or SQL, or from MSMQ on its own servers, is clustered, so that one instance polls at a time.',
  reason: 'instances that poll the same source at once can each take the same message, or take messages out of their order',
  source: 'Planning for High Availability; considerations-for-running-adapter-handlers-within-a-clustered-host',
  remedy: 'place the host with cluster: instead of on:',
  find: (location, topology) => {
    const host = severalOf(location, topology);
    return host === undefined || !topology.named(location, 'from').some((source) => risky(source, location, topology)) ? [] : [{ message: spread(location, host, topology) }];
  },
});

export const singleListener: RuleDeclaration = {
  name: 'L5',
  level: 'error',
  meaning: 'A host that receives from SAP is clustered, always.',
  reason: 'a unit is committed in two phases; an instance that gets its repetition does not know what another has begun',
  source: 'Planning for High Availability',
  remedy: 'place the host with cluster: instead of on:',
  find: (location, topology) => {
    const host = severalOf(location, topology);
    return host === undefined ? [] : [{ message: spread(location, host, topology) }];
  },
};

export const receivedInProcess: RuleDeclaration = {
  name: 'L6',
  level: 'error',
  meaning: 'FTP, FILE, POP3, MSMQ, MQSeries, SQL and SAP are received in in-process hosts only.',
  reason: 'these adapters work in the process of a host instance; the web server that carries an isolated host has none of them',
  source: 'providing-high-availability-for-biztalk-hosts',
  remedy: 'name an in-process host',
  find: (location, topology) => topology.named(location, 'host').filter((host) => host.kind.pool?.takes === undefined)
    .map((host) => ({ message: `${location.name} works in the process of a host instance, and ${host.name} (${host.kind.name}) is no in-process host` })),
};

export const oneReaderOfAnAddress: RuleDeclaration = {
  name: 'L20',
  level: 'error',
  meaning: 'Two FTP receive locations do not poll the same folder.',
  reason: 'files cannot be locked: each location would take every file',
  source: 'configuring-the-ftp-adapter',
  remedy: 'one location for each folder',
  find: (location, topology) => {
    const earlier = topology.components.filter((one) => one.kind === location.kind && one.name < location.name && one.values.from === location.values.from);
    return earlier.map((one) => ({ message: `${location.name} and ${one.name} both poll ${String(location.values.from)}` }));
  },
};

export const redundantShare: RuleDeclaration = {
  name: 'L19',
  level: 'warning',
  meaning: 'A file share that several instances read is itself redundant.',
  reason: 'the share is one point for all instances: while it is away none of them receives',
  source: 'scaled-out-receiving-hosts',
  remedy: 'place the share with cluster:',
  find: (location, topology) => {
    const host = severalOf(location, topology);
    if (host === undefined) return [];
    return topology.named(location, 'from').filter((share) => topology.cluster(share) === undefined).map((share) => ({ message: `${spread(location, host, topology)}, and ${share.name} stands alone` }));
  },
};
