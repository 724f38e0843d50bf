/** One messaging store of a namespace: it keeps unpartitioned entities, and one fragment of each partitioned one. Not modelled: its three copies of the data. */
import { kind, plainLife } from '../../model/index.js';

export const messagingStore = kind({
  name: 'messaging-store',
  summary: 'A store of a namespace; it comes with the namespace, as `name/store1` and so on, and can fail alone.',
  omits: 'the copies that a store keeps of its own data',
  placement: { in: { offers: ['serve'], meaning: 'containment', required: true } },
  parameters: {},
  functions: {
    store: {
      meaning: 'keeps messages',
      needs: [{ name: 'namespace', way: 'requires', from: { at: 'container' }, function: 'serve', when: 'always', reaction: 'stop', carriesData: true, meaning: 'the namespace that it belongs to' }],
    },
  },
  lifecycle: plainLife('function', ['namespace']),
  faults: {
    outage: { meaning: 'it is away for a time; operations on its entities fail at once', depth: 'function', event: 'crash' },
    crash: { meaning: 'it is away; operations on its entities fail at once', depth: 'function', event: 'crash' },
    hang: { meaning: 'it answers nothing', depth: 'function', event: 'hang' },
    disaster: { meaning: 'it is gone for good, with all messages in it', depth: 'function', event: 'crash', wipes: true },
  },
  store: { function: 'store', keeps: () => 'committed' },
});
