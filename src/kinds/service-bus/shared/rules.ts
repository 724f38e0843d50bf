/** Topology rules about Service Bus: namespaces of a replication, lists of ids, tokens, timeouts, locks, backlog queues. Data and pure functions. */
import { durationText } from '../../../kernel/index.js';
import type { Distribution } from '../../../kernel/index.js';
import { enumerate } from '../../../model/rule/words.js';
import type { PlacedComponent, PlacedTopology, RuleDeclaration } from '../../../model/rule/index.js';

const SECOND = 1_000_000;
const REROUTE = 15 * SECOND;

/** Targets of a sender that sends to more than one. */
const replicas = (sender: PlacedComponent, topology: PlacedTopology): PlacedComponent[] => (sender.values.replication === 'none' ? [] : topology.named(sender, 'to'));

/** Queues and topics that are to survive each other; of backlog queues one in each namespace stands for all. */
function counterparts(one: PlacedComponent, topology: PlacedTopology): PlacedComponent[] {
  const { paired } = one.values as { paired?: { readonly backlog: readonly string[] } };
  const backlog = (paired?.backlog ?? []).flatMap((name) => topology.get(name) ?? []);
  const aside = backlog.filter((queue, index) => backlog.findIndex((other) => other.definition.in === queue.definition.in) === index);
  return [...(paired === undefined ? replicas(one, topology) : topology.named(one, 'to')), ...aside, ...topology.named(one, 'active'), ...topology.named(one, 'passive')];
}

const siteOf = (entity: PlacedComponent, topology: PlacedTopology): string | undefined => topology.get(entity.definition.in)?.definition.in;

export const twoDatacenters: RuleDeclaration = {
  name: 'L21',
  level: 'error',
  meaning: 'The namespaces of a replication, of a pair, or behind an alias stand in different datacenters.',
  reason: 'what takes the datacenter takes both, and nothing is gained by the second',
  source: 'insulating applications against Service Bus outages and disasters',
  remedy: 'put the second namespace into another datacenter',
  find: (sender, topology) => {
    const places = counterparts(sender, topology).map((entity) => ({ entity, namespace: entity.definition.in, site: siteOf(entity, topology) }));
    return places.flatMap(({ entity, namespace, site }, index) => {
      const other = places.slice(0, index).find((one) => one.namespace === namespace || (site !== undefined && one.site === site));
      if (other === undefined) return [];
      const where = other.namespace === namespace ? `namespace ${String(namespace)}` : `datacenter ${String(site)}`;
      return [{ message: `${sender.name} relies on ${other.entity.name} and ${entity.name}, and both are in ${where}` }];
    });
  },
};

export const listOfIds: RuleDeclaration = {
  name: 'L23',
  level: 'warning',
  meaning: 'Who receives from both queues of a replication remembers ids.',
  reason: 'active replication sends every message twice, passive replication some; duplicate detection of a queue does not see the other queue',
  source: 'insulating applications against Service Bus outages and disasters',
  remedy: 'give the receiver "remember", with a list longer than the rate times the timeout of the sender, and "durable: true" if it has several members',
  find: (sender, topology) => {
    const names = replicas(sender, topology).map(({ name }) => name);
    if (names.length < 2) return [];
    return topology.components.flatMap((receiver) => {
      const taken = topology.namedFor(receiver, 'deliver').filter(({ name }) => names.includes(name));
      const list = receiver.values.remember as { readonly durable: boolean } | undefined;
      const apart = list !== undefined && !list.durable && (receiver.definition.on?.length ?? 1) > 1;
      if (taken.length < 2 || receiver.kind.hop?.remembers === undefined || (list !== undefined && !apart)) return [];
      return [{ component: receiver.name, message: `${receiver.name} takes from ${enumerate(taken.map(({ name }) => name))}, to which ${sender.name} sends with ${String(sender.values.replication)} replication, and ${apart ? 'each of its members remembers only what it did itself' : 'remembers no ids'}` }];
    });
  },
};

export const tokensHaveAnIssuer: RuleDeclaration = {
  name: 'L24',
  level: 'warning',
  meaning: 'Clients sign with a key (SAS) instead of asking a token service (ACS).',
  reason: 'without the token service no client gets in when its token has ended: it is a single point of failure',
  source: 'insulating applications against Service Bus outages and disasters',
  remedy: 'use auth: sas',
  find: (namespace, topology) => (namespace.values.auth === 'acs' ? [{ message: `${namespace.name} lets in who has a token of ${enumerate(topology.named(namespace, 'token-service').map(({ name }) => name))}: a single point of failure` }] : []),
};

export const timeForAnotherFragment: RuleDeclaration = {
  name: 'L25',
  level: 'warning',
  meaning: 'A client of a partitioned entity waits longer than 15 s.',
  reason: 'within this time the service finds another fragment for a message; a client that gave up before sends it again',
  source: 'service-bus-partitioning',
  remedy: 'raise "timeout" above 15s; 60s is the default',
  find: (sender, topology) => topology.named(sender, 'to').filter((entity) => entity.values.partitioned === true && Number(sender.values.timeout) <= REROUTE).map((entity) => ({
    message: `${sender.name} waits ${durationText(Number(sender.values.timeout))} for ${entity.name}, which is partitioned`,
  })),
};

export const lockLongerThanWork: RuleDeclaration = {
  name: 'L27',
  level: 'warning',
  meaning: 'A lock lasts longer than the work, or is prolonged.',
  reason: 'when the lock ends the message is delivered again while it is still worked on, in the end to the dead-letter queue',
  source: 'message-transfers-locks-settlement',
  remedy: 'raise "lock-duration" of the queue, or let the receiver prolong locks with "renew"',
  find: (receiver, topology) => {
    if (receiver.values.mode !== 'peek-lock' || receiver.values.renew !== undefined) return [];
    // Longer than 99 of 100 works.
    const work = (receiver.values.work as Distribution).sample(0.99);
    return topology.named(receiver, 'from').filter((entity) => Number(entity.values['lock-duration']) < work).map((entity) => ({
      message: `${receiver.name} may need ${durationText(Math.round(work))} for a message, and ${entity.name} locks it for ${durationText(Number(entity.values['lock-duration']))}`,
    }));
  },
};

/** Those that take from a queue and send on. */
function moversOf(queue: PlacedComponent, topology: PlacedTopology): PlacedComponent[] {
  return topology.components.filter(({ kind, ...one }) => {
    const from = kind.pool?.leases?.from;
    return from !== undefined && kind.hop?.output === 'call' && topology.named({ kind, ...one }, from).includes(queue);
  });
}

export const syphonRuns: RuleDeclaration = {
  name: 'L26',
  level: 'error',
  meaning: 'Every backlog queue of paired namespaces is emptied by one syphon, into the queue that the sender sends to.',
  reason: 'nothing else takes messages out of a backlog queue: without a syphon they wait there for ever, also when the primary namespace has long been back',
  source: 'service-bus-paired-namespaces',
  remedy: 'declare a component of kind syphon from: the backlog queues to: the queue, on the servers that run it',
  find: (sender, topology) => {
    const { paired } = sender.values as { paired?: { readonly backlog: readonly string[] } };
    const targets = topology.named(sender, 'to');
    const queues = (paired?.backlog ?? []).flatMap((name) => topology.get(name) ?? []);
    const alone = queues.filter((queue) => moversOf(queue, topology).length === 0);
    const findings = alone.length === 0 ? [] : [{ message: `${enumerate(alone.map((one) => one.name))}: what ${sender.name} puts there while ${enumerate(targets.map((one) => one.name))} is away is moved by no syphon` }];
    return [...findings, ...queues.flatMap((queue) => {
      const [first, ...others] = moversOf(queue, topology);
      if (first === undefined) return [];
      if (others.length > 0) return [{ message: `${queue.name} is emptied by ${enumerate([first, ...others].map((one) => one.name))}; one syphon with several members does that` }];
      const wrong = topology.named(first, 'to').find((one) => !targets.includes(one));
      return wrong === undefined ? [] : [{ message: `${first.name} moves what ${sender.name} puts into ${queue.name} to ${wrong.name}, where it was not meant to go` }];
    })];
  },
};
