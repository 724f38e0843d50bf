/** The scalars of the language as schemas: each knows its own reader, its pattern for editors, and an example. */
import { z } from 'zod';
import { parseRate, parseShare, parseSize, RATE_PATTERN, SHARE_PATTERN, SIZE_PATTERN } from '../quantities/amounts.js';
import { DURATION_PATTERN, parseDuration } from '../quantities/duration.js';
import { HOURS_PATTERN, parseHours } from '../quantities/hours.js';
import { bad, good } from '../quantities/parsed.js';
import { NAME_PATTERN, NAME_RULE } from '../words.js';
import { oneOf, readBy } from './forms.js';

/** Text or number: a bare number is read, too, so that its own error says which unit is missing. */
function textOrNumber(name: string, what: string): z.ZodType {
  return oneOf(name, what, [{ mark: 'scalar', schema: z.string() }, { mark: 'scalar', schema: z.number() }]);
}

export const duration = readBy(textOrNumber('duration', 'a duration, like 30s'), parseDuration)
  .meta({ id: 'duration', 'x-type': 'duration', type: ['string', 'number'], pattern: DURATION_PATTERN, minimum: 0, maximum: 0, examples: ['30s', '1h30m'] });

export const positiveDuration = readBy(duration, (value) => {
  const parsed = parseDuration(value);
  return parsed.ok && parsed.value === 0 ? bad('HS020', 'must be longer than 0') : good(0);
}).meta({ id: 'positive-duration', 'x-type': 'duration, longer than 0' });

export const rate = readBy(textOrNumber('rate', 'a rate, like 50/s'), parseRate)
  .meta({ id: 'rate', 'x-type': 'rate', type: 'string', pattern: RATE_PATTERN, examples: ['50/s'] });

export const positiveRate = readBy(rate, (value) => {
  const parsed = parseRate(value);
  return parsed.ok && parsed.value === 0 ? bad('HS021', 'must be above 0', { remedy: 'a flow without messages is left out' }) : good(0);
}).meta({ id: 'positive-rate', 'x-type': 'rate, above 0' });

export const size = readBy(textOrNumber('size', 'a size, like 4KiB'), parseSize)
  .meta({ id: 'size', 'x-type': 'size', type: ['string', 'number'], pattern: SIZE_PATTERN, minimum: 0, maximum: 0, examples: ['4KiB'] });

export const share = readBy(textOrNumber('share', 'a share, like 99.95%'), parseShare)
  .meta({ id: 'share', 'x-type': 'share', type: ['string', 'number'], pattern: SHARE_PATTERN, minimum: 0, maximum: 1, examples: ['99.95%'] });

export const hours = readBy(z.string(), (value) => parseHours(String(value)))
  .meta({ id: 'hours', pattern: HOURS_PATTERN, examples: ['mon-fri 08:00-17:00'] });

/** The key of something that the user names. */
export const name = readBy(z.string(), (value) =>
  (NAME_PATTERN.test(String(value)) ? good(value) : bad('HS016', `"${String(value)}" cannot be a name`, { remedy: `a name is ${NAME_RULE}` })))
  .meta({ id: 'name', pattern: NAME_PATTERN.source });
