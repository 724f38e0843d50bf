/**
 * A BizTalk Server group: the databases that its servers share. It has no process of its own; it is what its databases are.
 * Messages need the MessageBox; a change of configuration needs the management database, the single sign-on database and the master secret.
 *
 * Not modelled: several MessageBoxes (one holds all messages), tracking, throttling by database size.
 */
import { duration, kind, number, plainLife, reference } from '../../model/index.js';

export const biztalkGroup = kind({
  name: 'biztalk-group',
  summary: 'The databases, secrets and servers that work together as one BizTalk Server group.',
  omits: 'several MessageBoxes, tracking databases, throttling',
  placement: {},
  parameters: {
    'message-box': reference('Where the MessageBox database lives.', { offers: ['sql'], required: true }),
    management: reference('Where the management database lives.', { offers: ['sql'], required: true }),
    'sso-database': reference('Where the single sign-on database lives.', { offers: ['sql'], absent: 'the single sign-on database never fails' }),
    'master-secret': reference('The master secret server of the group.', { offers: ['secret'], absent: 'the master secret is always at hand' }),
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
        { name: 'message-box', way: 'requires', from: { at: 'parameter', parameter: 'message-box' }, function: 'sql', when: 'always', reaction: 'pause', carriesData: true, meaning: 'the MessageBox database' },
        { name: 'coordinator', way: 'requires', from: { at: 'beside-parameter', parameter: 'message-box' }, function: 'transactions', when: 'always', reaction: 'pause', meaning: 'the transaction coordinator beside the MessageBox' },
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
  operations: {
    deploy: {
      meaning: 'a change of configuration: written to the databases, and in force when all servers have refreshed their copy', changes: true, takes: 'configuration-cache',
      needs: [{ name: 'configuration', way: 'requires', from: { at: 'self' }, function: 'configure', when: 'always', reaction: 'pause', meaning: 'what a change of configuration needs' }],
    },
  },
  box: { scope: 'group', holds: ['message-box', 'management', 'sso-database', 'master-secret'] },
});
