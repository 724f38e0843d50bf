/** Scenarios against their committed results, part 1; `support/reproduce.ts` says what and why. */
import { reproducePart } from './support/reproduce.js';

describe('scenarios, part 1', () => reproducePart(1));
