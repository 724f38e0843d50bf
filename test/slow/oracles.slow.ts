/**
 * The oracles of the scenarios under mutation: whoever takes a redundancy out of a scenario of the folder must be told so by at least
 * one of its expectations. An expectation that holds with and without the second server says nothing about it.
 *
 * Slow, and so no part of the tests: npm run test:oracles. Each scenario runs twice with few replications, as it is and with its
 * mutation; what the mutation misses must hold without it.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect } from 'chai';

interface Mutation {
  /** What is no longer there. */
  readonly without: string;
  readonly set: readonly string[];
  /** Enough for a verdict; 2 unless more are needed. */
  readonly replications?: number;
}

/** A server that is declared but not up before the end: so it can be removed although others name it. */
const NEVER = 'kind: server, in: dc1, starts: 700d';
const withoutServer = (name: string): Mutation => ({ without: `server ${name}`, set: [`topology.${name}.starts=700d`] });
/** The last one of `count`, or those after the first `left`. */
function withoutLast(servers: string, count = 2, left = count - 1): Mutation {
  const gone = Array.from({ length: count - left }, (_, i) => `${servers}${String(left + i + 1)}`);
  return { without: gone.join(' and '), set: [`topology.${servers}.count=${String(left)}`, ...gone.map((name) => `topology.${name}={ ${NEVER} }`)] };
}

const ONE_RECEIVES: Mutation = {
  without: 'all servers that receive but bts1',
  set: [`topology.spare={ ${NEVER} }`, 'topology.receive.on=[bts1, spare]', 'topology.nlb.on=[bts1, spare]'],
};

const MUTATIONS: Readonly<Record<string, readonly Mutation[]>> = {
  'active-active-45': [secondNodeOf('stock-sql', 'sql2', 3)],
  'active-active-60': [secondNodeOf('stock-sql', 'sql2', 3)],
  'biztalk-server-dies': [withoutLast('bts')],
  'biztalk-sql-failover': [withoutServer('sql2')],
  'clean-stop': [withoutLast('bts')],
  'destination-down': [{ without: 'backup transport', set: ['topology.backed-port.backup=null'] }],
  'exactly-once': [{ without: 'shared transaction', set: ['topology.book-port.adapter=http', 'topology.book-port.to=erp'] }],
  'in-doubt-transaction': [withoutLast('sql')],
  'load-balanced-http': [withoutLast('web', 3, 1)],
  'lost-answers': [{ without: 'list of the receiver', set: ['topology.wary.remember=null'] }],
  'master-secret-down': [withoutLast('bts')],
  'master-secret-down-restarts': [withoutLast('bts')],
  'msdtc-down': [withoutLast('bts')],
  'orchestration-persistence': [{ without: 'persistence point', set: ['topology.once.steps=[{ work: 1s }, { work: 1s }, { work: 1s }, { work: 1s }]'], replications: 8 }],
  'random-failures': [{ ...withoutLast('web'), replications: 10 }],
  'secret-not-restored': [withoutLast('bts'), withoutLast('sec')],
  'shared-disk-log-shipping': [withoutServer('spare')],
  'shared-disk-lost': [{ without: 'backup of the disk', set: ['topology.san.restore=null'] }],
  'site-lost': [{ without: 'backups at the second site', set: ['topology.backups.in=east'] }],
  'sizing-large': [secondNodeOf('cluster', 'sql1', 7), secondNodeOf('box2', 'sql3', 7), ONE_RECEIVES],
  'sizing-medium': [ONE_RECEIVES, withoutLast('sql')],
  'sizing-small': [withoutLast('bts'), withoutLast('sql')],
  'sql-agent-stopped': [withoutLast('bts')],
  'throttling-suspended': [withoutLast('bts')],
  'alias-failover': [{ without: 'the other region', set: ['topology.orders-alias.passive=orders-north2', 'topology.orders-north2={ kind: queue, in: contosoNorth }', 'allow=[L21]'] }],
  'paired-namespaces-5m': [{ without: 'the patience of the senders', set: ['topology.shop.paired.failover-interval=0s'] }],
  'paired-namespaces-30m': [{ without: 'the second namespace', set: ['topology.shop.paired=null'] }],
  'relay-failover': [{ without: 'the second endpoint', set: ['topology.desks.to=[quotes-north]'] }],
  'service-bus-active-replication': [{ without: 'the list of the receiver', set: ['topology.ledger.remember=null'] }, { without: 'the second namespace', set: ['topology.shop.to=[sales-primary]', 'topology.shop.replication=none'] }],
  'service-bus-client-queue': [{ without: 'the queue of the client', set: ['topology.stored-shop.client-queue=null'] }],
  'service-bus-geo-replication': [{ without: 'copies in step', set: ['topology.in-step.copies=async'] }],
  'service-bus-passive-disaster': [{ without: 'the second namespace', set: ['topology.shop.to=[sales-primary]', 'topology.shop.replication=none'] }],
  'service-bus-passive-replication': [{ without: 'the second namespace', set: ['topology.shop.to=[sales-primary]', 'topology.shop.replication=none'] }],
  'service-bus-poison': [{ without: 'the dead-letter queue', set: ['topology.orders-queue.max-delivery-count=2000', 'run.horizon=10m', 'run.drain=0s'] }],
  'service-bus-remembered-ids': [{ without: 'most of the list', set: ['topology.many-ledger.remember.ids=256'] }],
  'service-bus-replication-cost': [{ without: 'the list of the receiver', set: ['topology.active-ledger.remember=null'] }],
  'service-bus-short-lock': [{ without: 'prolonging locks', set: ['topology.renewed-ledger.renew=null'] }],
  'service-bus-store-down': [{ without: 'the other fifteen stores', set: ['topology.partitioned.partitioned=false', 'topology.partitioned.store=3'] }],
  'service-bus-transaction': [{ without: 'the transaction', set: ['topology.whole-shop.transaction=null'] }, { without: 'the detection of duplicates', set: ['topology.detected.duplicate-detection=null'] }],
  'service-bus-tokens': [{ without: 'tokens renewed early', set: ['topology.early-shop.renew-at=100%'] }],
  'bam-config-away': [{ without: 'server3', set: ['topology.server.count=2', 'topology.server3={ kind: server, starts: 700d }'] }],
  'bam-event-bus-failover': [withoutServer('server2')],
  'bam-sessions-balance': [{ without: 'the fifth server and the sixth', set: ['topology.server.count=4', 'topology.server5={ kind: server, starts: 700d }', 'topology.server6={ kind: server, starts: 700d }'] }],
  'file-share-outage': [{ without: 'most of the tries', set: ['topology.file-in.retry.count=2'] }],
  'ftp-server-away': [{ without: 'half of the patience', set: ['topology.ftp-in.error-threshold=5'] }],
  'ftp-two-hosts': [{ without: 'the cluster of the host', set: ['topology.receive-once={ kind: host, in: group, on: bts* }'] }],
  'iis-rapid-fail': [{ without: 'the probe', set: ['topology.probing-nlb.probe=null'] }],
  'clustered-msmq': [{ without: 'the common group', set: ['topology.receive-together={ kind: host, in: group, cluster: hosts }'] }],
  'file-write-cache': [{ without: 'files that are written at once', set: ['topology.direct-share.write-cache=30s'] }],
  'msmq-receive': [{ without: 'the transaction of the read', set: ['topology.safe-in.transactional=false'] }],
  'request-response': [{ without: 'the answer to who only posts', set: ['topology.post.answers=when-processed'] }],
  'msmq-express': [{ without: 'messages on disk', set: ['topology.recoverable.delivery=express'] }],
  'ordered-delivery': [{ without: 'order', set: ['topology.gap-port.ordered=no'] }],
  'pop3-mailbox': [{ without: 'one session at a time', set: ['topology.one-at-a-time.concurrent-sessions=true'] }],
  'sap-two-hosts': [{ without: 'the cluster of the listener', set: ['topology.receive-single={ kind: host, in: group, on: bts* }'] }],
  'service-window': [{ without: 'most of the retries', set: ['topology.patient-port.retry.count=3'] }],
  'sql-polling': [{ without: 'the transaction of the read', set: ['topology.sql-deletes.statement=plain'] }],
  'two-sites': [{ without: 'the reserve', set: ['topology.web2.starts=700d'] }],
  'zone-lost': [{ without: 'tries after the first', set: ['topology.patient.retries=0'] }],
  'bam-no-instance-until-throttling': [withoutLast('tracker')],
  'bam-two-would-be-owners': [withoutServer('server2')],
  'bam-interceptors': [
    { without: 'tries again of the batch service', set: ['topology.wf-retrying.retry-writes=null'] },
    { without: 'most attempts of the port', set: ['topology.to-wcf-ambient.retry.count=1'] },
  ],
};

/** The first node of a cluster of two stays; in place of the second one there is a server that never comes. */
function secondNodeOf(cluster: string, first: string, free: number): Mutation {
  const gone = `sql${String(free)}`;
  return { without: `the second node of ${cluster}`, set: [`topology.${gone}={ ${NEVER} }`, `topology.${cluster}.on=[${first}, ${gone}]`] };
}

interface Document { readonly scenarios: readonly { readonly status: string; readonly findings: readonly { readonly message: string }[]; readonly expectations: readonly { readonly expectation: string; readonly verdict: string }[] }[] }

/** What is missed. */
function missed(name: string, replications: number, set: readonly string[]): string[] {
  const args = ['test', `scenarios/${name}.yaml`, '--json', '--quiet', '--replications', String(replications), ...set.flatMap((one) => ['--set', one])];
  const { stdout, stderr } = spawnSync(process.execPath, ['bin/hasim.js', ...args], { encoding: 'utf8' });
  const [scenario] = (JSON.parse(stdout) as Document).scenarios;
  expect(['passed', 'failed', 'undecided'], stderr + scenario.findings.map(({ message }) => message).join('\n')).to.include(scenario.status);
  return scenario.expectations.filter(({ verdict }) => verdict === 'missed').map(({ expectation }) => expectation);
}

const only = process.env.ORACLES?.split(',');
const names = readdirSync('scenarios').filter((name) => name.endsWith('.yaml') && !name.startsWith('_')).map((name) => name.replace(/\.yaml$/, ''));

describe('oracles of the scenarios', () => {
  it('has a mutation of every scenario', () => {
    expect(Object.keys(MUTATIONS).sort()).to.deep.equal([...names].sort());
  });

  for (const [name, mutations] of Object.entries(MUTATIONS)) {
    if (only !== undefined && !only.includes(name)) continue;
    for (const { without, set, replications = 2 } of mutations) {
      it(`${name} without ${without}`, () => {
        const mutant = missed(name, replications, set);
        expect(mutant, 'nothing is missed').not.to.deep.equal([]);
        const whole = missed(name, replications, []);
        const caught = mutant.filter((one) => !whole.includes(one));
        expect(caught, `misses it also as it is: ${whole.join('; ')}`).not.to.deep.equal([]);
      });
    }
  }
});
