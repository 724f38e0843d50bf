/**
 * The databases of a group at two sites: they live at the source; backups marked together are shipped to the destination.
 *
 * Whoever names it needs the instance that holds the databases now. When their data is lost, or by order, people restore the newest
 * marked set that can be had at the destination; what was accepted after that mark is gone, and what was stored at the mark and sent
 * after it is sent again. Not modelled: a backup of the log tail, the way of the files and their size, log shipping back from the
 * destination, the update of each server (part of `bring-up`), databases of one group on several instances.
 */
import { choice, distribution, duration, flag, integer, kind, list, record, reference, text } from '../../model/index.js';

const HOUR = 3_600_000_000;

export const logShipping = kind({
  name: 'log-shipping',
  summary: 'Databases that are backed up at marks and restored at a second SQL Server, which takes over by hand.',
  omits: 'a backup of the log tail, transfer times, log shipping back from the destination, databases on several instances',
  placement: {},
  parameters: {
    source: reference('The SQL Server that holds the databases first.', { offers: ['sql'], required: true }),
    destination: reference('The SQL Server of the second site, which can take over.', { offers: ['sql'], required: true }),
    share: reference('Where the backup files lie until they are restored.', { offers: ['storage'], absent: 'the files survive everything' }),
    every: duration('Time between two marks; all databases get the same mark, and a set of backups follows.', { min: '1s', default: '15m', source: 'what-is-biztalk-server-log-shipping: log backup and mark every 15 min' }),
    'first-mark': duration('The first mark.', { absent: 'anywhere within the period, drawn' }),
    stall: distribution('How long a mark blocks new transactions: what is published meanwhile waits.', { default: { uniform: ['200ms', '2s'] }, source: 'assumption: 0.2 to 2 s' }),
    full: choice('How often a full backup is made instead of a log backup.', ['daily', 'hourly'], {
      default: 'daily', source: 'how-to-configure-the-backup-biztalk-server-job: daily; what-is-biztalk-server-log-shipping: hourly',
    }),
    'full-at': duration('Time after midnight, or after the hour, from which the next mark makes it.', { default: '0s', source: 'assumption: at midnight, or on the hour' }),
    'force-full-after-partial': flag('A set that is not complete makes the next one full.', { default: false, source: 'how-to-schedule-the-backup-biztalk-server-job: ForceFullBackupAfterPartialSetFailure, off' }),
    'restore-every': duration('Period of the job at the destination that restores all sets but the newest.', { min: '1s', default: '15m', source: 'what-is-biztalk-server-log-shipping: every 15 min' }),
    'restore-after': duration('Time from a mark to the next run of that job.', { default: '0s', source: 'assumption: as soon as the set is there' }),
    'restore-to': list('Marks to restore to, where not the newest that can be had. All databases must go to the same one.', record('One database.', {
      database: text('Its name.', { required: true }),
      'marks-back': integer('How many marks before the newest that can be had.', { min: 0, required: true }),
    }, {}), { absent: 'every database to the newest mark that can be had' }),
    'bring-up': distribution('Time from the decision until the destination serves: restore, scripts on every server, restart of services.', {
      default: { lognormal: { median: '3h', p95: '10h' } }, source: 'assumption: median 3 h, 10 h at 95 %',
    }),
  },
  role: { role: 'site that serves', function: 'sql', among: ['source', 'destination'] },
  functions: {
    sql: {
      meaning: 'answers queries and commits transactions',
      needs: [{ name: 'instance', way: 'requires', from: { at: 'holder' }, function: 'sql', when: 'always', reaction: 'pause', carriesData: true, meaning: 'the instance that holds the databases now' }],
    },
  },
  lifecycle: {
    initial: 'source',
    states: {
      source: { meaning: 'served by the source, shipped to the destination', offers: 'all', normal: true },
      lost: { meaning: 'the data is gone; only people can restore it', offers: 'none', operator: true },
      restoring: { meaning: 'people restore a marked set at the destination and bring the group up', offers: 'none' },
      'waiting-for-instance': { meaning: 'all is ready, but the instance that is to serve is away', offers: 'none' },
      destination: { meaning: 'served by the destination, not shipped any more', offers: 'all', normal: true },
      moving: { meaning: 'stopped in order to move to the destination; nothing is left behind', offers: 'none' },
      'moving-back': { meaning: 'stopped in order to move back to the source', offers: 'none' },
    },
    transitions: [
      { from: ['source', 'moving', 'moving-back', 'destination'], on: 'data-lost', to: 'lost' },
      { from: 'lost', on: 'operator', when: { image: true }, to: 'restoring', noticed: true },
      { from: ['source', 'lost'], on: 'failover', when: { image: true }, to: 'restoring', noticed: true },
      { from: 'source', on: 'switchover', when: { candidate: true }, to: 'moving' },
      { from: 'destination', on: 'switchover', when: { candidate: true }, to: 'moving-back' },
      {
        from: 'restoring', after: 'bring-up', failover: true,
        to: [
          { when: { image: false }, to: 'lost' },
          { when: { candidate: true }, to: 'destination', do: [{ do: 'restore' }, { do: 'take-over' }] },
          { to: 'waiting-for-instance' },
        ],
      },
      { from: 'waiting-for-instance', when: { image: false }, to: 'lost' },
      { from: 'waiting-for-instance', when: { candidate: true }, to: 'destination', do: [{ do: 'restore' }, { do: 'take-over' }], failover: true },
      {
        from: 'moving', after: 'bring-up', failover: true,
        to: [{ when: { candidate: true }, to: 'destination', do: [{ do: 'take-over' }, { do: 'discard-images' }] }, { to: 'source' }],
      },
      {
        from: 'moving-back', after: 'bring-up', failover: true,
        to: [{ when: { candidate: true }, to: 'source', do: [{ do: 'take-over' }] }, { to: 'destination' }],
      },
    ],
  },
  faults: {
    error: { meaning: 'a database is missing in a set of backups: the set is partial and breaks the chain', depth: 'function', steps: ['worked'] },
  },
  operations: {
    failover: { meaning: 'restores the newest marked set at the destination by force; what came after the mark is given up', event: 'failover' },
    switchover: { meaning: 'moves to the other site in order, with all data', event: 'switchover' },
  },
  gauges: { 'recovery-point': { meaning: 'the mark to which the databases could be restored now, from the start of the run', unit: 's', whole: true } },
  store: { function: 'sql', keeps: () => 'committed' },
  images: {
    while: 'source',
    share: { parameter: 'share', function: 'storage' },
    standby: { parameter: 'destination', function: 'sql' },
    stall: 'stall',
    operation: 'failover',
    terms: (values) => ({
      every: values.every, first: values['first-mark'],
      fullEvery: values.full === 'daily' ? 24 * HOUR : HOUR, fullAt: values['full-at'], forceFull: values['force-full-after-partial'],
      restoreEvery: values['restore-every'], restoreAfter: values['restore-after'],
      back: Math.max(0, ...(values['restore-to'] ?? []).map((one) => one['marks-back'])),
    }),
  },
  check: (values) => {
    const marks = new Set((values['restore-to'] ?? []).map((one) => one['marks-back']));
    return [
      ...(values.source === values.destination ? ['source and destination are the same instance'] : []),
      ...((values['first-mark'] ?? 0) >= values.every ? ['`first-mark` must be shorter than `every`'] : []),
      ...(marks.size > 1 ? ['databases restored to different marks do not fit each other: all must go to the same mark'] : []),
    ];
  },
});
