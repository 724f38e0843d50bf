/** Scenarios against their committed results, part 2; `support/reproduce.ts` says what and why. */
import { reproducePart } from './support/reproduce.js';

describe('scenarios, part 2', () => reproducePart(2));
