/**
 * The errors of the kernel: wrong use of the clock, of an event or of a distribution.
 *
 * They mean a bug in the caller or a bad parameter. They do not model a fault of the simulated system.
 */

/** The kernel was asked for something it cannot do; the message names the offending value. */
export class KernelError extends Error {
  override readonly name: string = 'KernelError';
}

/** Time no longer advances: more events than allowed ran at one instant. */
export class ZeroDelayLoopError extends KernelError {
  override readonly name: string = 'ZeroDelayLoopError';

  /**
   * @param time the instant at which the clock stands still
   * @param count how many events had run at that instant when the limit was reached
   */
  constructor(
    readonly time: number,
    readonly count: number,
  ) {
    super(`zero-delay loop: ${count} events ran at time ${time} and more are due at the same instant`);
  }
}

/** A distribution cannot have these parameters; the message says which and why. */
export class DistributionError extends KernelError {
  override readonly name: string = 'DistributionError';
}
