/**
 * SQL Server availability group: a copy of the databases on each server, committed on all of them, no shared disk.
 *
 * When the primary is lost, a secondary that holds all data takes over once the lease of the primary has ended. What was committed is
 * lost only when no complete copy is left. A server that was away catches up before it can take over; meanwhile the primary goes on
 * without it, after its session has ended. Not modelled: asynchronous commit (synchronous is simulated whatever `commit` says), forced
 * failover to a copy that is behind, readable secondaries, suspect databases of a single server.
 */
import { choice, distribution, duration, integer, kind, record, reference, roleFaults, roleLife, roleNeeds, roleOperations, rolePolicy, roleTrips } from '../../model/index.js';
import { supportedCopies } from '../../model/rule/index.js';

export const sqlAvailabilityGroup = kind({
  name: 'sql-availability-group',
  summary: 'SQL Server availability group: a synchronous copy of the data on each server, automatic failover without a shared disk.',
  omits: 'asynchronous commit (simulated as synchronous), forced failover with data loss, readable secondaries, load other than that of messages; failback is manual',
  placement: { on: { meaning: 'candidates', required: true, min: 2 }, in: { offers: ['site'], meaning: 'membership' } },
  parameters: {
    commit: choice('Whether a commit waits for the copies on the other servers.', ['synchronous', 'asynchronous'], {
      default: 'synchronous', source: 'bt:sql-server-database-mirroring: BizTalk databases need synchronous commit',
    }),
    witness: reference('What votes besides the servers.', { offers: ['run', 'storage', 'site'], absent: 'an even number of servers gets one more vote that never fails' }),
    lease: duration('Time until the loss of the primary, or of its process, is noticed: its lease must have ended.', { default: '20s', source: 'sql:availability-group-lease-healthcheck-timeout: lease 20 s' }),
    health: duration('Time until a process that answers nothing is noticed.', { default: '30s', source: 'sql:availability-group-lease-healthcheck-timeout: health check 30 s' }),
    session: duration('How long a commit waits for a secondary that fell silent.', { default: '10s', source: 'sql:availability-group-lease-healthcheck-timeout: session 10 s' }),
    failover: distribution('Time from the decision until the secondary serves: redo of the rest of the log, new connections.', {
      default: { triangular: ['5s', '10s', '30s'] }, source: 'assumption: no service has to start',
    }),
    'catch-up': distribution('Time until a server that is back holds all data again.', { default: { triangular: ['10s', '60s', '10m'] }, source: 'assumption: the log of its absence is sent and redone' }),
    restart: distribution('Time of a restart on the same server.', { default: { triangular: ['5s', '15s', '60s'] }, source: 'assumption: start of the service' }),
    restarts: record('Restarts on the same server, when no secondary can take over.', {
      count: integer('Restarts allowed within `per`.', { min: 0, default: 1, source: 'clustered resource (2008 and later): 1' }),
      per: duration('Window of the count.', { default: '15m', source: 'clustered resource (2008 and later): 15 min' }),
    }, { default: {}, source: 'clustered resource, default policy' }),
    ...rolePolicy,
    'crash-recovery': distribution('Redo and undo of the databases after every start and failover.', { default: '0s', source: 'assumption: included in restart and failover' }),
    operation: distribution('Time of a processor of its server that one published message costs: routing, later its dequeue and delete.', {
      absent: 'queries take no time of the server',
    }),
  },
  role: { role: 'primary', function: 'run' },
  functions: {
    run: { meaning: 'carries what is placed on the server of the primary', needs: roleNeeds },
    sql: {
      meaning: 'answers queries and commits transactions',
      needs: [
        {
          name: 'quorum', way: 'k-of-n', k: 'majority', function: 'run', when: 'always', reaction: 'pause',
          from: [
            { at: 'candidates' }, { at: 'parameter', parameter: 'witness' }, { at: 'parameter', parameter: 'witness', function: 'storage' }, { at: 'parameter', parameter: 'witness', function: 'site' },
          ],
          meaning: 'more than half of the votes of servers and witness; an even number of votes gets one more that never fails',
        },
      ],
    },
  },
  trips: roleTrips,
  operations: roleOperations,
  rules: [supportedCopies],
  lifecycle: roleLife({ disk: false, quorum: true, copies: true, detection: { server: 'lease', process: 'lease', hang: 'health' } }),
  faults: roleFaults('the instance of the primary'),
  gauges: { behind: { meaning: 'servers that do not hold all data', unit: 'servers', whole: true } },
  store: { function: 'sql', keeps: () => 'committed', operation: (values) => values.operation, copies: { catchUp: 'catch-up', session: 'session' } },
});
