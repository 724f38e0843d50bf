/** What a kind declares about those who send: to whom, how often they try, and what is sent in one transaction. Not here: who does it (`couriers.ts`, `together.ts`). */
import type { TokenHabits } from './access.js';

/** Sends to one of several targets, or to each; times in µs. */
export interface SendDeclaration {
  /** The first is the one that is used at time 0, unless `begins` says otherwise. */
  readonly to: readonly string[];
  /** `single`: the first only. `passive`: one of them, another when it fails. `active`: all of them. `standby`: the first, and while that has been away too long any of the others. */
  readonly mode: 'single' | 'passive' | 'active' | 'standby';
  /** `passive`: each client of the flow begins with one that is drawn for it, and has roles of its own. */
  readonly begins?: 'any';
  readonly standby?: StandbyTerms;
  /** `passive`: when the roles change: a failed attempt to the one in use, followed by success elsewhere; or every failure. */
  readonly swaps: 'on-success' | 'on-failure';
  /** `passive`: targets tried for one message. */
  readonly targets: number;
  /** One try. */
  readonly timeout: number;
  /** All tries at one target together; Infinity: no limit. */
  readonly limit: number;
  /** Tries after the first at one target. */
  readonly retries: number;
  /** Wait before the k-th of them: `base` · 2^(k−1), at most `cap`. */
  readonly base: number;
  readonly cap: number;
  /** Wait after an answer "busy". */
  readonly busy: number;
  readonly tokens?: TokenHabits;
  /** `single`: so many messages are one transaction. */
  readonly together?: TogetherTerms;
  /** `single`: what was taken from a buffer is settled in the transaction of the send, if both are in one container. */
  readonly settles?: boolean;
}

export interface TogetherTerms {
  readonly messages: number;
  /** What is put into several fragments needs one key for all: each has its own, those with the same come together, or all are given one. */
  readonly key: 'own' | 'same' | 'transaction';
  /** From its first message until it is committed or rolled back; µs. */
  readonly timeout: number;
}

/** Times in µs. */
export interface StandbyTerms {
  /** Without success at the first target for so long since its first failure, the others are used. */
  readonly after: number;
  /** Then the first is asked so often whether it answers again. */
  readonly ping: number;
}
