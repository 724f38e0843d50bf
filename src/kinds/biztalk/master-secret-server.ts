/** The one place that keeps the master secret: up or down. Not modelled: backup of the secret, promotion of another server. */
import { distribution, kind, plainFaults, plainLife } from '../../model/index.js';
import { clusterOwnsIt } from '../../model/rule/index.js';
import type { RuleDeclaration } from '../../model/rule/index.js';

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
  omits: 'secret backup, promotion of another server, secrets not restored on the second server',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members', max: 1 }, cluster: {} },
  parameters: {
    restart: distribution('Time to be back after a crash, when the fault names no duration.', { default: '60s', source: 'assumption: the service manager restarts it after a minute' }),
  },
  functions: {
    secret: {
      meaning: 'hands out the master secret',
      needs: [
        { name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', meaning: 'power of the site' },
        { name: 'platform', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'its server, or the active server of its cluster' },
      ],
    },
  },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: plainFaults('the service', 'restart', 'process'),
  rules: [secretClustered, secretRestored, secretBackedUp, secretNotBalanced, clusterOwnsIt],
});
