/** Scenarios against their committed results, part 3; `support/reproduce.ts` says what and why. */
import { reproducePart } from './support/reproduce.js';

describe('scenarios, part 3', () => reproducePart(3));
