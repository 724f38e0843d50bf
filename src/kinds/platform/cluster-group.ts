/** A cluster group of anything: one instance on the active server, moved when that server or its process fails. */
import { distribution, duration, integer, kind, record, roleFaults, roleLife, roleNeeds, roleOperations, rolePolicy, roleTrips } from '../../model/index.js';
import { twoOwners } from '../../model/rule/index.js';

export const clusterGroup = kind({
  name: 'cluster-group',
  summary: 'One active server among several; what is placed with `cluster:` moves with it.',
  omits: 'preferred owners, failback, network names and addresses, split brain when the network is cut (the larger side has the role)',
  placement: { on: { meaning: 'candidates', required: true, min: 2 }, in: { offers: ['site'], meaning: 'membership' } },
  parameters: {
    detection: duration('Time until the loss of the active server is noticed.', { default: '10s', source: 'cluster thresholds: 10 missed beats of 1 s (2016 and later; 5 before)' }),
    'service-detection': duration('Time until a dead process is noticed.', { default: '5s', source: 'LooksAlive poll, 5 s' }),
    'hang-detection': duration('Time until a process that answers nothing is noticed.', { default: '30s', source: 'health check timeout, 30 s' }),
    restart: distribution('Time of a restart on the same server.', { default: { triangular: ['5s', '15s', '45s'] }, source: 'assumption: process start' }),
    restarts: record('Restarts on the same server before the group moves.', {
      count: integer('Restarts allowed within `per`.', { min: 0, default: 1, source: 'clustered host resource (2008 and later): 1' }),
      per: duration('Window of the count.', { default: '15m', source: 'clustered host resource (2008 and later): 15 min' }),
    }, { default: {}, source: 'clustered host resource, default policy' }),
    ...rolePolicy,
    failover: distribution('Time of the move to another server.', { default: { lognormal: { median: '45s', p95: '150s' } }, source: 'assumption: cluster move, median 45 s' }),
    'pending-timeout': distribution('A restart or a move that takes longer has failed; the next attempt follows.', { default: '3m', source: 'how-to-configure-a-biztalk-host-as-a-cluster-resource1: pending timeout 3:00' }),
    'crash-recovery': distribution('Time from the start on a server to service.', { default: '0s', source: 'assumption: included in restart and failover' }),
  },
  role: { role: 'active server', function: 'run' },
  functions: {
    run: {
      meaning: 'carries what is placed in the group',
      needs: roleNeeds,
    },
  },
  trips: roleTrips,
  operations: roleOperations,
  lifecycle: roleLife({ disk: false, quorum: false, pending: 'pending-timeout' }),
  faults: roleFaults('the group'),
  rules: [twoOwners],
});
