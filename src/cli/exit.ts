/** What the exit code of `hasim` means. Several outcomes in one call: the gravest decides. */

export const Exit = {
  /** Done; all expectations met; valid. */
  done: 0,
  /** An expectation was missed. */
  missed: 1,
  /** The user's input is wrong. */
  user: 2,
  /** Undecided, no data, or a limit was reached. */
  undecided: 3,
  /** A bug of ours. */
  bug: 4,
  /** Interrupted by SIGINT. */
  interrupted: 130,
} as const;
export type Exit = (typeof Exit)[keyof typeof Exit];

const GRAVEST_FIRST: readonly Exit[] = [Exit.interrupted, Exit.bug, Exit.user, Exit.missed, Exit.undecided];

export function gravest(codes: readonly Exit[]): Exit {
  return GRAVEST_FIRST.find((code) => codes.includes(code)) ?? Exit.done;
}
