/**
 * A BizTalk Server group: the databases that its servers share. It has no process of its own; it is what its databases are.
 *
 * Not modelled: several MessageBoxes (one holds all messages), tracking.
 */
import { duration, kind, number, plainLife, reference } from '../../model/index.js';

export const biztalkGroup = kind({
  name: 'biztalk-group',
  summary: 'The databases, secrets and servers that work together as one BizTalk Server group.',
  omits: 'several MessageBoxes, tracking databases',
  placement: {},
  parameters: {
    'message-box': reference('Where the MessageBox database lives.', { offers: ['sql'], required: true }),
    management: reference('Where the management database lives.', { offers: ['sql'], required: true }),
    'sso-database': reference('Where the single sign-on database lives.', { offers: ['sql'], absent: 'the single sign-on database never fails' }),
    'master-secret': reference('The master secret server of the group.', { offers: ['secret'], absent: 'the master secret is always at hand' }),
    'message-cleanup': duration('Period of the job that deletes finished messages from the spool table. Where no agent is declared that runs it, they leave at once.', { min: '1ms', default: '10s', source: 'monitoring-sql-server-agent-jobs: started every 10 s' }),
    domain: reference('The directory that services log on to.', { offers: ['logon'], absent: 'logon always works' }),
    'ticket-life': duration('How long a service that is running goes on without the directory.', { default: '10h', source: 'Kerberos policy: user and service ticket 10 h' }),
    'ticket-renewal': number('Share of its life after which a ticket is renewed.', { min: 0, max: 1, default: 1, source: 'assumption: renewed when it ends' }),
  },
  functions: {
    messages: {
      meaning: 'the MessageBox takes, keeps and gives messages',
      needs: [
        { name: 'message-box', way: 'requires', from: { at: 'parameter', parameter: 'message-box' }, function: 'sql', when: 'always', reaction: 'pause', carriesData: true, meaning: 'the MessageBox database' },
        { name: 'coordinator', way: 'requires', from: { at: 'beside-parameter', parameter: 'message-box' }, function: 'transactions', when: 'always', reaction: 'pause', meaning: 'the transaction coordinator beside the MessageBox' },
      ],
    },
    jobs: {
      meaning: 'the jobs of the MessageBox run: they free what dead instances had locked, and delete finished messages',
      needs: [
        { name: 'job-database', way: 'requires', from: { at: 'parameter', parameter: 'message-box' }, function: 'sql', when: 'always', reaction: 'pause', meaning: 'the MessageBox database' },
        { name: 'agent', way: 'requires', from: { at: 'beside-parameter', parameter: 'message-box' }, function: 'jobs', when: 'always', reaction: 'pause', meaning: 'every declared agent beside the MessageBox' },
      ],
    },
    management: {
      meaning: 'configuration can be read',
      needs: [{ name: 'management', way: 'requires', from: { at: 'parameter', parameter: 'management' }, function: 'sql', when: 'always', reaction: 'pause', meaning: 'the management database' }],
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
  gauges: { spool: { meaning: 'rows in the spool table: one for each message of each subscriber, until it is deleted', unit: 'rows', whole: true } },
  box: { scope: 'group', holds: ['message-box', 'management', 'sso-database', 'master-secret'] },
});
