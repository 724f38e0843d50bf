/** A subscription of a Service Bus topic: keeps its own copies, in the stores of the topic, with locks, dead-letter queue and time to live of its own. Not modelled: filters. */
import { kind, plainLife, reference } from '../../model/index.js';
import { deadLetterOperations, entityFaults, entityFunctions, keeping, keepingTerms, keptGauges, manageOperations, noEntrance } from './shared/entity.js';
import type { NeedDeclaration } from '../../model/index.js';

const ofTopic: readonly NeedDeclaration[] = [
  { name: 'topic', way: 'requires', from: { at: 'parameter', parameter: 'topic' }, function: 'accept', when: 'always', reaction: 'stop', meaning: 'its topic' },
];

export const subscription = kind({
  name: 'subscription',
  summary: 'A subscription of a topic: a queue of its own copies of what the topic accepts.',
  omits: 'filters and actions',
  placement: { in: { offers: ['serve'], meaning: 'containment', required: true } },
  parameters: { topic: reference('The topic.', { offers: ['accept'], required: true }), ...keeping },
  functions: {
    deliver: { meaning: 'hands messages out', needs: ofTopic },
    manage: entityFunctions.manage,
  },
  lifecycle: plainLife('function', ['topic']),
  faults: entityFaults,
  operations: { ...deadLetterOperations, ...manageOperations },
  gauges: keptGauges,
  buffer: { function: 'deliver', behind: 'topic', terms: (values) => ({ ...noEntrance, ...keepingTerms(values) }) },
});
