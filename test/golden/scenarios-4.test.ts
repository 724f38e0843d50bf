/** Scenarios against their committed results, part 4; `support/reproduce.ts` says what and why. */
import { reproducePart } from './support/reproduce.js';

describe('scenarios, part 4', () => reproducePart(4));
