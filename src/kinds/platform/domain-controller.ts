/**
 * Directory, logon, and the names of servers where the directory keeps them.
 *
 * Not modelled: several controllers (declare one that fails as the set of them does), replication, skew of clocks.
 */
import { distribution, kind, onItsServer, plainFaults, plainLife } from '../../model/index.js';
import type { NeedDeclaration } from '../../model/index.js';

const needs: readonly NeedDeclaration[] = [
  { name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', meaning: 'power of the site' },
  onItsServer,
];

export const domainController = kind({
  name: 'domain-controller',
  summary: 'Logon for services: what runs goes on with its tickets, what starts needs it.',
  omits: 'several controllers and their replication, clock skew',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members' } },
  parameters: {
    restart: distribution('Time to be back after a crash, when the fault names no duration.', {
      default: { lognormal: { median: '5m', p95: '15m' } }, source: 'assumption: as a server reboot',
    }),
  },
  functions: {
    logon: { meaning: 'issues and renews tickets', needs },
    names: { meaning: 'turns names of servers into addresses', needs },
  },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: plainFaults('the directory', 'restart', 'process'),
});
