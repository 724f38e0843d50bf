/**
 * A BizTalk Server group: the databases that its servers share. It has no process of its own; it is what its databases are.
 * Messages need the MessageBox; a change of configuration needs the management database, the single sign-on database and the master secret.
 *
 * With several MessageBoxes the first is the master: it routes every message, new ones go to the others in turn, and each stays in
 * its box. Not modelled: correlation (a message that an orchestration publishes stays in the box of the orchestration), coordinators
 * and jobs beside the other boxes while these may be lost alone, what tracking data says.
 */
import { choice, duration, flag, integer, kind, number, plainLife, reference, share } from '../../model/index.js';
import { askingFor } from '../../model/rule/index.js';
import type { PlacedComponent, PlacedTopology, RuleDeclaration, RuleFinding } from '../../model/rule/index.js';

const messageBoxOnCluster: RuleDeclaration = {
  name: 'L7',
  level: 'warning',
  meaning: 'Each MessageBox lies on an SQL Server cluster of at least two servers with a shared disk.',
  reason: 'while a MessageBox is away the whole group processes nothing, and nothing takes over for a single SQL Server',
  source: 'Planning for High Availability; scaled-out-databases',
  remedy: 'put it on a cluster of two servers, with the disk that holds its data',
  find: (group, topology) => topology.named(group, 'message-box').flatMap((box): RuleFinding[] => {
    const cluster = topology.cluster(box);
    if (cluster === undefined) return [{ message: `the MessageBox of ${group.name} is on ${box.name}, which no other server takes over` }];
    // Where every server keeps a copy there is no disk to share.
    if (cluster.kind.store?.copies !== undefined) return [];
    const lacksDisk = askingFor(cluster.kind, 'storage').length > 0 && topology.namedFor(cluster, 'storage').length === 0;
    return lacksDisk ? [{ message: `the MessageBox of ${group.name} is on ${cluster.name}, which names no shared disk: the one copy of its data never fails here` }] : [];
  }),
};

const notTwoMessageBoxes: RuleDeclaration = {
  name: 'L8',
  level: 'info',
  meaning: 'A group has one MessageBox, or three and more, the first of which only routes.',
  reason: 'the first of several also routes for the others: with two, what the second takes over is about what the routing costs',
  source: 'scaled-out-databases',
  remedy: 'use one MessageBox, or at least three with publication switched off on the first',
  find: (group, topology) => {
    const boxes = new Set(topology.named(group, 'message-box'));
    return boxes.size === 2 ? [{ message: `${group.name} has two MessageBoxes: ${[...boxes].map((one) => one.name).join(' and ')}` }] : [];
  },
};

const oneMasterSecretServer: RuleDeclaration = {
  name: 'L9',
  level: 'error',
  meaning: 'A single sign-on system has exactly one master secret server.',
  reason: 'the single sign-on database names the one server that keeps the secret; what another one hands out decrypts nothing',
  source: 'master-secret-server',
  remedy: 'let every service name the same one; for availability cluster it',
  find: (group, topology) => {
    const [chief, ...others] = secretsOf(group, topology);
    return others.map((one) => ({ component: one.name, message: `${one.name} is a second master secret server beside ${chief.name}` }));
  },
};

/** Groups that share a single sign-on database are one system. */
function systemOf(group: PlacedComponent, topology: PlacedTopology): PlacedComponent[] {
  const database = group.values['sso-database'];
  return topology.components.filter((one) => one === group || (one.kind === group.kind && database !== undefined && one.values['sso-database'] === database));
}

/** The master secret servers of a group's system; the one that a group names comes first, the others by name. */
function secretsOf(group: PlacedComponent, topology: PlacedTopology): PlacedComponent[] {
  const system = systemOf(group, topology);
  const named = system.flatMap((one) => topology.named(one, 'master-secret'));
  const hosts = topology.components.filter((one) => system.some((each) => each.name === one.definition.in));
  const services = topology.offering('credentials').filter((service) => hosts.some((host) => topology.shared(host, service).length > 0));
  // With one system there is no other that a secret could belong to which nobody names, and which names no other database.
  const alone = topology.components.every((one) => one.kind !== group.kind || system.includes(one));
  const databases = topology.named(group, 'sso-database');
  const unnamed = topology.offering('secret').filter((one) => topology.namedFor(one, 'sql').every((database) => databases.includes(database)));
  const others = [...services.flatMap((service) => topology.namedFor(service, 'secret')), ...(alone ? unnamed : [])];
  const byName = (a: PlacedComponent, b: PlacedComponent): number => (a.name < b.name ? -1 : 1);
  return [...new Set([...named.sort(byName), ...others.sort(byName)])];
}

const secretElsewhere: RuleDeclaration = {
  name: 'L12',
  level: 'info',
  meaning: 'The master secret server is not on the server that is active for the MessageBox.',
  reason: 'the loss of one server then takes both, and both are down until both have moved',
  source: 'clustering-the-master-secret-server',
  remedy: 'give it a cluster group of its own that is active on another server',
  find: (group, topology) => topology.namedFor(group, 'secret').flatMap((secret) => topology.named(group, 'message-box').flatMap((box) => {
    const server = topology.first(secret);
    return server === undefined || server !== topology.first(box) ? [] : [{ component: secret.name, message: `${secret.name} is on ${server}, which is active for the MessageBox ${box.name}` }];
  })),
};

const coordinatorOnClusters: RuleDeclaration = {
  name: 'L13',
  level: 'error',
  meaning: 'A clustered transaction coordinator is on every cluster that carries databases or the master secret of a group; asked only where a topology declares coordinators.',
  reason: 'a coordinator that does not move with the databases leaves the transactions of a lost server without anybody who can decide them',
  source: 'clustering-the-biztalk-server-databases2; how-to-cluster-the-master-secret-server1',
  remedy: 'declare a coordinator with cluster: that moves between the same servers',
  find: (group, topology) => {
    const coordinators = topology.offering('transactions');
    if (coordinators.length === 0) return [];
    const clusters = new Set([...topology.namedFor(group, 'sql'), ...topology.namedFor(group, 'secret')].flatMap((one) => topology.cluster(one) ?? []));
    return [...clusters].filter((cluster) => !coordinators.some((one) => movesWith(one, cluster, topology)))
      .map((cluster) => ({ component: cluster.name, message: `no clustered transaction coordinator moves between the servers of ${cluster.name}` }));
  },
};

function movesWith(coordinator: PlacedComponent, cluster: PlacedComponent, topology: PlacedTopology): boolean {
  const own = topology.cluster(coordinator);
  return own !== undefined && (own === cluster || topology.servers(cluster).every((server) => topology.servers(own).includes(server)));
}

export const biztalkGroup = kind({
  name: 'biztalk-group',
  summary: 'The databases, secrets and servers that work together as one BizTalk Server group.',
  omits: 'correlation between MessageBoxes, what is tracked',
  placement: {},
  parameters: {
    'message-box': reference('Where the MessageBox database lives; a list for several, the master first.', { offers: ['sql'], many: true, required: true }),
    'master-publishes': flag('New messages go to the master MessageBox, too.', { absent: 'only where there are fewer than three (bt:scaled-out-databases)' }),
    'secondary-loss': choice('When a MessageBox other than the master is away: everything waits as for any database, or only what lies in it, and new messages go to the others.', ['group', 'box'], {
      default: 'group', source: 'assumption: any lost database makes host instances recycle (no page says what a group without one of its MessageBoxes does)',
    }),
    routing: share('Part of an operation that a message in another MessageBox costs the master.', { default: '50%', source: 'assumption: matching subscriptions is half of the work, dequeue and delete the other' }),
    management: reference('Where the management database lives.', { offers: ['sql'], required: true }),
    tracking: reference('Where the tracking database (DTA) lives.', { offers: ['sql'], absent: 'the tracking database never fails' }),
    bam: reference('Where the database of business activity monitoring lives.', { offers: ['sql'], absent: 'the BAM database never fails' }),
    rules: reference('Where the rule engine database lives.', { offers: ['sql'], absent: 'the rule engine database never fails' }),
    'sso-database': reference('Where the single sign-on database lives.', { offers: ['sql'], absent: 'the single sign-on database never fails' }),
    'master-secret': reference('The master secret server of the group.', { offers: ['secret'], absent: 'the master secret is always at hand' }),
    'event-bus': reference('The BAM Event Bus whose members move its tracking data: each of its MessageBoxes is a source of it, and what lies there counts by itself for throttling.', { offers: ['coordinate'], absent: 'somebody who never fails moves everything each `tracking-move`' }),
    'tracking-rows': integer('Rows for the tracking database written for each message that comes to lie in the MessageBox. They wait there until they are moved; with `event-bus`, to the last of its destinations.', { min: 0, default: 2, source: 'assumption: one event when it is received, one when it is sent' }),
    'bam-rows': integer('Rows of business activity monitoring written for each message that comes to lie in the MessageBox. They wait there until they are moved; with `event-bus`, to the first of its destinations.', { min: 0, default: 0, source: 'assumption: no activity is watched' }),
    'tracking-move': duration('Period in which tracking data is moved to its databases where no `event-bus` does it.', { min: '1ms', default: '10s', source: 'assumption: in batches, as the message cleanup' }),
    'message-cleanup': duration('Period of the job that deletes finished messages from the spool table. Where no agent is declared that runs it, they leave at once.', { min: '1ms', default: '10s', source: 'monitoring-sql-server-agent-jobs: started every 10 s' }),
    domain: reference('The directory that services log on to.', { offers: ['logon'], absent: 'logon always works' }),
    'name-service': reference('What turns names of servers into addresses.', { offers: ['names'], absent: 'names are always found' }),
    'name-life': duration('How long a service that is running goes on with names that it has looked up.', { default: '20m', source: 'assumption: names are kept for 20 min' }),
    'configuration-cache': duration('Time until a change of configuration is in force on all servers.', { default: '60s', source: 'how-to-adjust-the-configuration-cache-refresh-interval: 60 s' }),
    'ticket-life': duration('How long a service that is running goes on without the directory.', { default: '10h', source: 'Kerberos policy: user and service ticket 10 h' }),
    'ticket-renewal': number('Share of its life after which a ticket is renewed.', { min: 0, max: 1, default: 1, source: 'assumption: renewed when it ends' }),
  },
  functions: {
    messages: {
      meaning: 'the MessageBox takes, keeps and gives messages',
      needs: [
        { name: 'message-box', way: 'requires', from: { at: 'parameter', parameter: 'message-box', part: 'first' }, function: 'sql', when: 'always', reaction: 'pause', carriesData: true, meaning: 'the MessageBox database, the master of several' },
        { name: 'coordinator', way: 'requires', from: { at: 'beside-parameter', parameter: 'message-box', part: 'first' }, function: 'transactions', when: 'always', reaction: 'pause', meaning: 'the transaction coordinator beside the MessageBox' },
        {
          name: 'other-boxes', way: 'requires', from: { at: 'parameter', parameter: 'message-box', part: 'rest' }, function: 'sql', when: 'always', reaction: 'pause', carriesData: true,
          only: { parameter: 'secondary-loss', is: 'group' }, meaning: 'the other MessageBox databases, unless they may be lost alone',
        },
        {
          name: 'other-coordinators', way: 'requires', from: { at: 'beside-parameter', parameter: 'message-box', part: 'rest' }, function: 'transactions', when: 'always', reaction: 'pause',
          only: { parameter: 'secondary-loss', is: 'group' }, meaning: 'the transaction coordinators beside the other MessageBoxes, unless they may be lost alone',
        },
      ],
    },
    jobs: {
      meaning: 'the jobs of the MessageBox run: they free what dead instances had locked, and delete finished messages',
      needs: [
        { name: 'job-database', way: 'requires', from: { at: 'parameter', parameter: 'message-box', part: 'first' }, function: 'sql', when: 'always', reaction: 'pause', meaning: 'the MessageBox database, the master of several' },
        { name: 'agent', way: 'requires', from: { at: 'beside-parameter', parameter: 'message-box', part: 'first' }, function: 'jobs', when: 'always', reaction: 'pause', meaning: 'every declared agent beside it' },
        {
          name: 'other-agents', way: 'requires', from: { at: 'beside-parameter', parameter: 'message-box', part: 'rest' }, function: 'jobs', when: 'always', reaction: 'pause',
          only: { parameter: 'secondary-loss', is: 'group' }, meaning: 'every declared agent beside the other MessageBoxes, unless they may be lost alone',
        },
      ],
    },
    management: {
      meaning: 'configuration can be read',
      needs: [{ name: 'management', way: 'requires', from: { at: 'parameter', parameter: 'management' }, function: 'sql', when: 'always', reaction: 'pause', meaning: 'the management database' }],
    },
    'credential-store': {
      meaning: 'the configuration of ports can be read and written',
      onlyWith: 'sso-database',
      needs: [{ name: 'sso-database', way: 'requires', from: { at: 'parameter', parameter: 'sso-database' }, function: 'sql', when: 'always', reaction: 'pause', meaning: 'the single sign-on database' }],
    },
    'master-secret': {
      meaning: 'the master secret can be had',
      onlyWith: 'master-secret',
      needs: [{ name: 'master-secret', way: 'requires', from: { at: 'parameter', parameter: 'master-secret' }, function: 'secret', when: 'always', reaction: 'pause', meaning: 'the master secret' }],
    },
    configure: {
      meaning: 'configuration can be changed',
      needs: [
        { name: 'management-database', way: 'requires', from: { at: 'parameter', parameter: 'management' }, function: 'sql', when: 'always', reaction: 'pause', meaning: 'the management database' },
        { name: 'sso-database', way: 'requires', from: { at: 'parameter', parameter: 'sso-database' }, function: 'sql', when: 'always', reaction: 'pause', meaning: 'the single sign-on database' },
        { name: 'master-secret', way: 'requires', from: { at: 'parameter', parameter: 'master-secret' }, function: 'secret', when: 'always', reaction: 'pause', meaning: 'the master secret' },
      ],
    },
    names: {
      meaning: 'names of servers can be looked up',
      onlyWith: 'name-service',
      needs: [{ name: 'name-service', way: 'requires', from: { at: 'parameter', parameter: 'name-service' }, function: 'names', when: 'always', reaction: 'pause', meaning: 'the name service' }],
    },
    'known-names': {
      meaning: 'services that run know the names they need',
      onlyWith: 'name-service',
      needs: [{ name: 'looked-up', way: 'leased', lease: 'name-life', from: { at: 'parameter', parameter: 'name-service' }, function: 'names', when: 'always', reaction: 'pause', meaning: 'a name looked up not long ago' }],
    },
    tracking: {
      meaning: 'tracking data can be moved to where it is kept; messages do not wait for it',
      onlyWith: ['tracking', 'bam', 'event-bus'],
      needs: [
        { name: 'tracking', way: 'requires', from: { at: 'parameter', parameter: 'tracking' }, function: 'sql', when: 'always', reaction: 'pause', meaning: 'the tracking database' },
        { name: 'bam', way: 'requires', from: { at: 'parameter', parameter: 'bam' }, function: 'sql', when: 'always', reaction: 'pause', meaning: 'the BAM database' },
        { name: 'event-bus', way: 'requires', from: { at: 'parameter', parameter: 'event-bus' }, function: 'move', when: 'always', reaction: 'pause', meaning: 'a member of the BAM Event Bus' },
      ],
    },
    rules: {
      meaning: 'rules can be fetched',
      onlyWith: 'rules',
      needs: [{ name: 'rules', way: 'requires', from: { at: 'parameter', parameter: 'rules' }, function: 'sql', when: 'always', reaction: 'pause', meaning: 'the rule engine database' }],
    },
    logon: {
      meaning: 'services can log on',
      onlyWith: 'domain',
      needs: [{ name: 'domain', way: 'requires', from: { at: 'parameter', parameter: 'domain' }, function: 'logon', when: 'always', reaction: 'pause', meaning: 'the directory' }],
    },
    tickets: {
      meaning: 'services that run keep their tickets',
      onlyWith: 'domain',
      needs: [
        { name: 'ticket', way: 'leased', lease: 'ticket-life', renewAt: 'ticket-renewal', from: { at: 'parameter', parameter: 'domain' }, function: 'logon', when: 'always', reaction: 'pause', meaning: 'a valid ticket' },
      ],
    },
  },
  lifecycle: plainLife('process'),
  faults: {},
  gauges: {
    spool: { meaning: 'rows in the spool table: one for each message of each subscriber, until it is deleted', unit: 'rows', whole: true },
    'tracking-rows': { meaning: 'rows of tracking data that wait to be moved to their own databases', unit: 'rows', whole: true },
  },
  operations: {
    deploy: {
      meaning: 'a change of configuration: written to the databases, and in force when all servers have refreshed their copy', changes: true, takes: 'configuration-cache',
      needs: [{ name: 'configuration', way: 'requires', from: { at: 'self' }, function: 'configure', when: 'always', reaction: 'pause', meaning: 'what a change of configuration needs' }],
    },
  },
  box: { scope: 'group', holds: ['message-box', 'management', 'tracking', 'bam', 'event-bus', 'rules', 'sso-database', 'master-secret'] },
  rules: [messageBoxOnCluster, notTwoMessageBoxes, oneMasterSecretServer, secretElsewhere, coordinatorOnClusters],
  tracking: {
    stores: 'message-box', movedBy: 'event-bus', job: { function: 'tracking', period: 'tracking-move' },
    rows: [{ parameter: 'bam-rows', to: 'first', into: 'bam' }, { parameter: 'tracking-rows', to: 'last', into: 'tracking' }],
  },
  spread: {
    parameter: 'message-box',
    firstToo: (values, stores) => values['master-publishes'] ?? stores < 3,
    passesOver: (values) => values['secondary-loss'] === 'box',
    routing: (values) => values.routing,
  },
});
