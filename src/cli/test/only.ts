/** `--only "sizing-*"`: names of scenarios, with `*` and `?` as in targets. */
import { globPattern } from '../../scenario/topology/order.js';
import type { TestOptions } from './options.js';

export function readOnly(text: string | undefined): TestOptions['only'] {
  return text === undefined ? null : { pattern: globPattern(text), text };
}
