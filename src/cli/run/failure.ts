/** An error in a simulation as plain data, with the place where it happened. */
import type { Failure } from './messages.js';

/** @param lastSeen simulated time that was reached for certain, µs */
export function failureOf(error: unknown, replication: number, lastSeen: number): Failure {
  const failure = error instanceof Error ? error : new Error(String(error));
  // Errors of the model and of the clock know the exact instant; for others the last report of progress is the best there is.
  const { simulatedTime, time } = failure as { readonly simulatedTime?: unknown; readonly time?: unknown };
  const instant = [simulatedTime, time].find((value) => typeof value === 'number') ?? lastSeen;
  return { name: failure.name, message: failure.message, stack: failure.stack ?? '', replication, simulatedSeconds: Number(instant) / 1e6 };
}
