/** A service that issues tokens (ACS): clients that hold one do not need it until the token ends. Not modelled: how long an issue takes, limits on requests. */
import { duration, inItsSite, kind, plainFaults, plainLife } from '../../model/index.js';

export const tokenService = kind({
  name: 'token-service',
  summary: 'Issues the tokens with which clients of a namespace come in (ACS).',
  omits: 'the time that an issue takes, and limits on requests',
  placement: { in: { offers: ['site'], meaning: 'containment' } },
  parameters: {
    lifetime: duration('Life of a token.', { default: '3h', source: 'insulating applications against Service Bus outages: 3 h' }),
  },
  functions: {
    issue: {
      meaning: 'issues tokens',
      needs: [inItsSite],
    },
  },
  lifecycle: plainLife('host', ['site']),
  faults: plainFaults('the token service', undefined, 'host'),
});
