/** How clients of Service Bus hold their tokens: parameters that senders and receivers share. Data only. */
import { distribution, share } from '../../../model/index.js';
import type { TokenHabits } from '../../../model/index.js';

export const tokenHabits = {
  'renew-at': share('A client asks for a new token after this share of the life of the present one (where the namespace asks for tokens).', {
    default: '100%', source: 'assumption: at its end; no page says when',
  }),
  'token-age': distribution('Age of the tokens at time 0.', { absent: 'anywhere between two renewals, each client its own' }),
} as const;

export const habitsOf = (values: { readonly 'renew-at': number; readonly 'token-age': TokenHabits['age'] }): TokenHabits => ({ renewAt: values['renew-at'], age: values['token-age'] });
