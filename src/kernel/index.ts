/** The kernel room: clock, future event list, scripts, named streams, distributions. It knows no models. */
export * from './errors.js';
export * from './priority.js';
export { FutureEventList, MAX_PENDING, MAX_RANK, NO_EVENT } from './future-event-list.js';
export type { EventId, Handler } from './future-event-list.js';
export * from './simulator.js';
export * from './process.js';
export { KeyedStream, RNG_VERSION, SequenceStream, Streams } from './streams.js';
export * from './distribution.js';
