/**
 * SQL Server failover cluster instance: one instance, one copy of the data on a shared disk, several servers that can run it.
 *
 * Committed data survives every failure except the loss of the disk; open transactions are rolled back. Failback is manual. Two
 * clusters on the same servers, each active on another one, compete for the processors of the one that is left.
 * Not modelled: queries other than those of messages. Its jobs are those of an sql-agent beside it.
 */
import { choice, distribution, duration, integer, kind, record, reference, roleFaults, roleLife, roleNeeds, roleOperations, rolePolicy, roleTrips } from '../../model/index.js';
import { loadOf, protection, supportedCopies } from '../../model/rule/index.js';
import type { PlacedComponent, RuleDeclaration } from '../../model/rule/index.js';

const HALF = 0.5;

const roomForBoth: RuleDeclaration = {
  name: 'L16',
  level: 'warning',
  meaning: 'Where every server of a cluster is active for some database instance, each is used to half at most; checked as far as `operation` and the arrivals tell the load.',
  reason: 'after a failover one server carries the load of two: above half each, its backlog grows until the other is back',
  source: 'checklist-providing-high-availability; clustering-the-biztalk-server-databases2',
  remedy: 'add a passive server to both clusters, or processors to each server',
  find: (cluster, topology) => {
    const [active, ...others] = topology.servers(cluster);
    const instances = topology.offering('sql').filter((one) => one.kind.role !== undefined);
    const activeOn = (server: string): PlacedComponent[] => instances.filter((one) => topology.first(one) === server);
    if (!others.every((server) => activeOn(server).length > 0)) return [];
    const load = loadOf(activeOn(active), active, topology);
    return load <= HALF ? [] : [{ message: `${active}, the active server of ${cluster.name}, is used to ${(load * 100).toFixed(0)} % or more, and no server is passive` }];
  },
};

export const sqlCluster = kind({
  name: 'sql-cluster',
  summary: 'SQL Server failover cluster instance: active server, shared disk, detection, restart in place, failover.',
  omits: 'load other than that of messages, mirroring; failback is manual',
  placement: { on: { meaning: 'candidates', required: true, min: 2 }, in: { offers: ['site'], meaning: 'membership' } },
  parameters: {
    operation: distribution('Time of a processor of its server that one published message costs: routing, later its dequeue and delete.', {
      absent: 'queries take no time of the server',
    }),
    disk: reference('The shared disk that holds the databases and serves as witness.', { offers: ['storage'], absent: 'the disk never fails' }),
    detection: duration('Time until the loss of the active server is noticed.', { default: '10s', source: 'cluster thresholds: 10 missed beats of 1 s (2016 and later; 5 before)' }),
    'service-detection': duration('Time until a dead SQL Server process is noticed.', { default: '5s', source: 'LooksAlive poll, 5 s' }),
    'hang-detection': duration('Time until a process that answers nothing is noticed.', { default: '30s', source: 'HealthCheckTimeout, 30 s' }),
    restart: distribution('Time of a restart on the same server.', { default: { triangular: ['5s', '15s', '60s'] }, source: 'assumption: start of the service' }),
    restarts: record('Restarts on the same server before the group moves.', {
      count: integer('Restarts allowed within `per`.', { min: 0, default: 1, source: 'clustered resource (2008 and later): 1' }),
      per: duration('Window of the count.', { default: '15m', source: 'clustered resource (2008 and later): 15 min' }),
    }, { default: {}, source: 'clustered resource, default policy' }),
    ...rolePolicy,
    failover: distribution('Time of the move to another server, after detection.', {
      default: { lognormal: { median: '35s', p95: '170s' } }, source: 'assumption: with 10 s of detection a median of 45 s and 180 s at 95 %',
    }),
    'crash-recovery': distribution('Redo and undo of the databases after every start.', {
      default: '0s', source: 'assumption: included in restart and failover; the documented target is up to 60 s',
    }),
    'in-doubt-resolution': choice('What becomes of its part of a prepared transaction whose coordinator has lost its log.', ['none', 'commit', 'abort'], {
      default: 'none', source: 'in-doubt xact resolution: 0 = no presumption, it waits for a person; 1 commit; 2 abort',
    }),
    protection,
  },
  role: { role: 'active server', function: 'run' },
  functions: {
    run: {
      meaning: 'carries what is placed on the active server of this cluster',
      needs: roleNeeds,
    },
    sql: {
      meaning: 'answers queries and commits transactions',
      needs: [
        { name: 'disk', way: 'requires', from: { at: 'parameter', parameter: 'disk' }, function: 'storage', when: 'always', reaction: 'pause', carriesData: true, meaning: 'the one copy of the data' },
        {
          name: 'quorum', way: 'k-of-n', k: 'majority', from: [{ at: 'candidates' }, { at: 'parameter', parameter: 'disk', function: 'storage' }], function: 'run', when: 'always', reaction: 'pause',
          meaning: 'more than half of the votes of servers and disk; an even number of votes gets one more that never fails',
        },
      ],
    },
  },
  trips: roleTrips,
  operations: roleOperations,
  lifecycle: roleLife({ disk: true, quorum: true }),
  faults: roleFaults('the SQL Server instance'),
  store: { function: 'sql', keeps: () => 'committed', inDoubt: (values) => values['in-doubt-resolution'], operation: (values) => values.operation },
  rules: [supportedCopies, roomForBoth],
});
