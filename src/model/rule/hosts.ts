/**
 * Rules that kinds share whose instances work for others: enough of them, not two on one server, not beside a sign-on service
 * that moves away, and of the sort that a handler needs.
 */
import { enumerate } from './words.js';
import type { RuleDeclaration } from './declaration.js';
import type { PlacedComponent, PlacedTopology } from './topology.js';

/** Handlers that work in the instances of a host: those on a route, or all of them while nothing says what flows. */
function handlersIn(host: PlacedComponent, topology: PlacedTopology): PlacedComponent[] {
  return topology.components.filter((one) => {
    const pool = one.kind.hop?.pool;
    return pool !== undefined && pool !== 'own' && topology.named(one, pool.parameter).includes(host) && (topology.flows.length === 0 || topology.routed.has(one.name));
  });
}

export const twoInstances: RuleDeclaration = {
  name: 'L1',
  level: 'warning',
  meaning: 'Every host that a flow uses has instances on at least two servers, or is clustered.',
  reason: 'a host works as long as one of its instances runs; with one instance, one server takes the whole host with it',
  source: 'Planning for High Availability; high-availability-for-biztalk-hosts',
  remedy: 'name a second server under on:',
  find: (host, topology) => {
    const handlers = handlersIn(host, topology);
    if (handlers.length === 0 || topology.cluster(host) !== undefined || topology.servers(host).length >= 2) return [];
    const servers = topology.servers(host);
    return [{ message: `${host.name} has ${servers.length === 0 ? 'no instance' : `its only instance on ${servers[0]}`}, and ${enumerate(handlers.map((one) => one.name))} ${handlers.length === 1 ? 'works' : 'work'} in it` }];
  },
};

export const oneInstancePerServer: RuleDeclaration = {
  name: 'L2',
  level: 'error',
  meaning: 'A host has at most one instance on each server.',
  reason: 'the instance of a host on a server is one service; a second one cannot be made',
  source: 'high-availability-for-biztalk-hosts',
  remedy: 'name each server once; more work at once is more threads, or one more host',
  refuses: 'server-twice',
};

export const notBesideClusteredSignOn: RuleDeclaration = {
  name: 'L11',
  level: 'error',
  meaning: 'No unclustered host instance stands on a server whose single sign-on service is clustered.',
  reason: 'an instance needs the single sign-on service of its own server: it cannot run where the clustered service is not active now, and stops when it moves away',
  source: 'how-to-cluster-sso-and-a-biztalk-host; sample-biztalk-server-high-availability-scenarios',
  remedy: 'move the instances or the clustered service to other servers',
  find: (host, topology) => {
    if (host.definition.cluster !== undefined) return [];
    const services = new Set([...topology.offering('credentials'), ...topology.offering('secret')]);
    return [...services].flatMap((service) => {
      const cluster = topology.cluster(service);
      const servers = cluster === undefined ? [] : topology.shared(host, cluster);
      return servers.length === 0 ? [] : [{ message: `${host.name} is not clustered and stands on ${enumerate(servers)}, where ${service.name} moves with ${cluster!.name}` }];
    });
  },
};

export const worksInProcess: RuleDeclaration = {
  name: 'L6',
  level: 'error',
  meaning: 'Orchestrations and send handlers work in in-process hosts only.',
  reason: 'only an in-process host takes messages from the MessageBox; the web server that carries an isolated host does not',
  source: 'providing-high-availability-for-biztalk-hosts',
  remedy: 'name an in-process host',
  refuses: 'workers',
};
