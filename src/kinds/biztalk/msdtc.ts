/** The transaction coordinator of a server or cluster: up or down. Not modelled: its log, transactions in doubt. */
import { distribution, kind, plainFaults, plainLife } from '../../model/index.js';

export const msdtc = kind({
  name: 'msdtc',
  summary: 'Transaction coordinator: everything transactional beside it needs it.',
  omits: 'its log, prepared transactions, transactions in doubt',
  placement: { on: { meaning: 'members' }, cluster: {}, in: { offers: ['sql'], meaning: 'containment' }, oneOf: ['on', 'cluster', 'in'] },
  parameters: {
    restart: distribution('Time to be back after a crash, when the fault names no duration.', { default: { triangular: ['5s', '15s', '60s'] }, source: 'assumption: start of the service' }),
  },
  functions: {
    transactions: {
      meaning: 'coordinates transactions',
      needs: [
        { name: 'instance', way: 'requires', from: { at: 'container' }, function: 'sql', when: 'always', reaction: 'pause', meaning: 'the SQL Server whose machine it shares' },
        { name: 'platform', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'its server, or the active server of its cluster' },
      ],
    },
  },
  lifecycle: plainLife('process', ['platform']),
  faults: plainFaults('the coordinator', 'restart', 'process'),
});
