/** How columns of messages grow: doubled while they are short, by a quarter when half of them would be hundreds of megabytes. */

const SHORT = 2 ** 19;

export function widerThan(length: number): number {
  return length < SHORT ? 2 * length : Math.ceil(1.25 * length);
}

/** @returns `to`, which begins with what is in `from` */
export function widened<T extends { set(from: ArrayLike<number>): void }>(from: ArrayLike<number>, to: T): T {
  to.set(from);
  return to;
}
