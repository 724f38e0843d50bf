/**
 * The one place that keeps the master secret, and hands it out to the single sign-on services that ask for it.
 *
 * It is such a service itself, with the same database. The secret lies on the servers where it was restored: moved to another one, or
 * with its disk lost, the service runs without it until it moves back or an operator restores it from the backup. When its place is
 * down an operator can promote another server, if there is a backup. Without backup a lost secret is lost for good.
 * Not modelled: the restart of the single sign-on service on the promoted server, the way back, copies that a changed secret makes old.
 */
import { connectedLife, connectedParameters, distribution, flag, kind, plainFaults, reference } from '../../model/index.js';
import type { Guard, Provider } from '../../model/index.js';
import { clusterOwnsIt } from '../../model/rule/index.js';
import type { RuleDeclaration } from '../../model/rule/index.js';

const database: readonly Provider[] = [{ at: 'parameter', parameter: 'database' }, { at: 'group', function: 'credential-store', unless: 'database' }];
const restored: Guard = { kept: 'restored-on' };
const backedUp: Guard = { parameter: 'backup', is: true };
const promotable: Guard = { all: [backedUp, { relocatable: true }] };

const secretClustered: RuleDeclaration = {
  name: 'L9',
  level: 'warning',
  meaning: 'The master secret server is clustered.',
  reason: 'while it is away no service that starts gets the secret, and no configuration can be changed',
  source: 'how-to-cluster-the-master-secret-server1',
  remedy: 'place it with cluster: on a cluster or a cluster group',
  find: (secret, topology) => (topology.cluster(secret) === undefined ? [{ message: `${secret.name} is not clustered` }] : []),
};

const secretRestored: RuleDeclaration = {
  name: 'L9',
  level: 'warning',
  meaning: 'The master secret is restored on every server that its cluster can move it to.',
  reason: 'the cluster moves the service and not the secret: on a server that never got it the move ends as if the service were down',
  source: 'how-to-cluster-the-master-secret-server1',
  remedy: 'restore the secret on each server of the cluster',
  find: (secret, topology) => {
    const places = secret.values['restored-on'];
    const without = Array.isArray(places) ? topology.servers(secret).filter((server) => !places.includes(server)) : [];
    return without.length === 0 ? [] : [{ message: `the secret of ${secret.name} is not restored on ${without.join(' and ')}, to which it may move` }];
  },
};

const secretBackedUp: RuleDeclaration = {
  name: 'L9',
  level: 'warning',
  meaning: 'There is a backup of the master secret.',
  reason: 'without the backup no other server can take over, and a lost secret is lost for good with all that it encrypted',
  source: 'master-secret-server; how-to-move-the-master-secret-server',
  remedy: 'back the secret up',
  find: (secret) => (secret.values.backup === false ? [{ message: `there is no backup of the secret of ${secret.name}` }] : []),
};

const secretNotBalanced: RuleDeclaration = {
  name: 'L10',
  level: 'error',
  meaning: 'The master secret server is not on load-balanced servers.',
  reason: 'a balancer sends some of the requests to servers that do not have the secret; it is one service that at most moves',
  source: 'how-to-cluster-the-master-secret-server1',
  remedy: 'move it to servers without a balancer',
  find: (secret, topology) => topology.offering('balance').flatMap((balancer) => {
    const servers = topology.shared(secret, balancer);
    return servers.length === 0 ? [] : [{ message: `${secret.name} is on ${servers.join(' and ')}, where ${balancer.name} balances` }];
  }),
};

export const masterSecretServer = kind({
  name: 'master-secret-server',
  summary: 'Keeps the master secret; services that start need it, services that run have a copy.',
  omits: 'the restart of the service on a promoted server, the way back to the old one, backups made before the secret was changed',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members', max: 1 }, cluster: {} },
  parameters: {
    'restored-on': reference('Servers of its cluster on which the secret was restored.', { offers: ['run'], many: true, absent: 'every server that can run it has the secret' }),
    backup: flag('There is a backup file of the secret.', { default: true, source: 'how-to-move-the-master-secret-server: needed for every recovery' }),
    restore: distribution('Time in which an operator restores the secret from the backup on the present server.', {
      default: { lognormal: { median: '15m', p95: '60m' } }, source: 'assumption: finding the file and its password, one command',
    }),
    'promote-to': reference('The server that an operator makes the master secret server when this one is down.', { offers: ['run'], absent: 'nobody promotes another server' }),
    promotion: distribution('Time of the promotion, after the reaction of the operator.', {
      default: { lognormal: { median: '45m', p95: '2h' } }, source: 'assumption: how-to-move-the-master-secret-server gives the steps; median 45 min',
    }),
    database: reference('The single sign-on database.', { offers: ['sql'], absent: 'that of its group; if the group names none, the database never fails' }),
    ...connectedParameters,
    restart: distribution('Time to be back after a crash, when the fault names no duration.', { default: '60s', source: 'assumption: the service manager restarts it after a minute' }),
  },
  functions: {
    secret: {
      meaning: 'hands out the master secret',
      needs: [
        { name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', meaning: 'power of the site' },
        { name: 'platform', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'its server, or the active server of its cluster' },
        { name: 'database', way: 'leased', lease: 'offline-after', renewEvery: 'check', from: database, function: 'sql', when: 'always', reaction: 'pause', meaning: 'a good look at its database not long ago' },
        { name: 'connection', way: 'requires', from: database, function: 'sql', when: 'start', reaction: 'pause', meaning: 'its database' },
        { name: 'coordinator', way: 'requires', from: { at: 'beside' }, function: 'transactions', when: 'always', reaction: 'pause', meaning: 'the transaction coordinator beside it' },
        { name: 'logon', way: 'requires', from: { at: 'group' }, function: 'logon', when: 'start', reaction: 'pause', meaning: 'logon of its service account' },
        { name: 'names', way: 'requires', from: { at: 'group' }, function: 'names', when: 'start', reaction: 'pause', meaning: 'names of servers' },
      ],
    },
  },
  relocation: 'promote-to',
  lifecycle: connectedLife({
    hosts: ['site', 'platform'],
    operator: true,
    ready: [{ when: restored, to: 'online' }, { to: 'no-secret' }],
    states: {
      'no-secret': { meaning: 'runs on a server that does not have the secret', offers: 'none', work: 'dropped', operator: true },
      restoring: { meaning: 'an operator restores the secret from the backup', offers: 'none', work: 'dropped' },
    },
    asleep: {
      promoting: { meaning: 'an operator makes another server the master secret server', offers: 'none', work: 'dropped' },
    },
    transitions: [
      { from: 'promoting', when: { all: [{ held: false }, { hosted: true }] }, to: 'down' },
      { from: 'promoting', after: 'promotion', do: [{ do: 'relocate' }, { do: 'keep', place: 'restored-on' }], to: 'down' },
      { from: 'down', on: 'operator', when: promotable, to: 'promoting' },
      { from: 'down', on: 'promote', when: promotable, to: 'promoting' },
      { from: 'no-secret', on: 'operator', when: backedUp, to: 'restoring' },
      { from: 'restoring', after: 'restore', do: [{ do: 'keep', place: 'restored-on' }], to: 'online' },
      {
        from: ['online', 'connecting', 'starting', 'start-failed', 'offline', 'hung', 'no-secret', 'restoring', 'promoting', 'stopped', 'down'], on: 'disk-loss',
        do: [{ do: 'lose', place: 'restored-on' }], to: 'down',
      },
    ],
  }),
  faults: {
    ...plainFaults('the service', 'restart', 'process'),
    'disk-loss': { meaning: 'the secret on its present server is gone; the service is back without it', depth: 'process', event: 'disk-loss', repair: 'restart', wipes: true },
    disaster: { meaning: 'its present server and the secret on it are gone for good', depth: 'process', event: 'disk-loss', wipes: true },
  },
  operations: {
    failover: { meaning: 'promotes the server of `promote-to`', event: 'promote' },
    'change-secret': {
      meaning: 'a new master secret: each service takes it at its next refresh, or is without one if it cannot get it then',
      announces: { function: 'secret', event: 'secret-changed' },
      needs: [
        { name: 'master-secret', way: 'requires', from: { at: 'self' }, function: 'secret', when: 'always', reaction: 'pause', meaning: 'the service itself' },
        { name: 'sso-database', way: 'requires', from: database, function: 'sql', when: 'always', reaction: 'pause', meaning: 'its database' },
      ],
    },
  },
  rules: [secretClustered, secretRestored, secretBackedUp, secretNotBalanced, clusterOwnsIt],
});
