/** Room `experiment`: a built model measured, repeated and judged. */
export * from './columns.js';
export * from './expectation.js';
export * from './engine.js';
export * from './result.js';
export * from './measure.js';
export * from './summary.js';
export * from './objectives.js';
export * from './verdict.js';
export type { GaugeRequest } from './measures/gauges.js';
export { digestOf } from './measures/hash.js';
export { ExceptionMeasure, type Exception } from './measures/exceptions.js';
export { DigestMeasure } from './measures/digest.js';
export { firstDifference, record, type Difference, type Recording } from './measures/recorder.js';
export { INTERACTION } from './measures/fault-record.js';
