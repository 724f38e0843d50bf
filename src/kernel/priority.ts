/**
 * The order of events that fall on the same instant: few, named classes, the lower first.
 *
 * It does not order events of one class: rank (the actor's place among sorted names) and the order of
 * scheduling do.
 */

/**
 * `fault`: a failure beats the work of the same instant. `state`: what follows from it (detection, repair,
 * failover). `work`: everything ordinary. `poll`: looks at what the work of the instant has left.
 * `observer`: measures the settled instant and changes nothing.
 */
export const Priority = { fault: 0, state: 1, work: 2, poll: 3, observer: 7 } as const;

/** One of the values of the table above; smaller runs first. */
export type Priority = (typeof Priority)[keyof typeof Priority];
