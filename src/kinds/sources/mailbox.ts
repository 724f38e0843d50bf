/**
 * A mailbox that is read over POP3: if the mail server lets two clients in at once, both get the same mail; else the first has it.
 * Not modelled: sizes, the quota of the mailbox, how mail finds its way to it.
 */
import { flag, kind, plainFaults, plainLife } from '../../model/index.js';
import { anyNumber, keptGauge, putFaults, sourceHop, sourceNeeds, sourceParameters, untilDeleted } from './shared/source.js';

export const mailbox = kind({
  name: 'mailbox',
  summary: 'A mailbox on a mail server, read over POP3: keeps mail until its reader deletes it.',
  omits: 'sizes and quota, and how mail is delivered to it',
  placement: { in: { offers: ['site'], meaning: 'containment' }, on: { meaning: 'members', max: 1 }, cluster: {} },
  parameters: {
    ...sourceParameters,
    'concurrent-sessions': flag('The server lets several clients read it at once.', { default: false, source: 'assumption: one session at a time, as POP3 asks (RFC 1939); what-is-the-pop3-adapter speaks of both' }),
  },
  functions: { mail: { meaning: 'takes, hands out and deletes mail', needs: sourceNeeds } },
  lifecycle: plainLife('process', ['site', 'platform']),
  faults: {
    ...plainFaults('the mail server', 'restart', 'process'), ...putFaults,
    'disk-loss': { meaning: 'its mail is gone; it is empty when it is back', depth: 'process', event: 'crash', repair: 'restart', wipes: true },
  },
  gauges: keptGauge,
  pool: { function: 'mail', ...anyNumber },
  buffer: { function: 'mail', initial: 'initial', terms: (values) => ({ ...untilDeleted, unlocked: values['concurrent-sessions'] }) },
  hop: { ...sourceHop, steps: (values) => [{ work: values.work, persist: false }] },
});
