/** Two runs compared: paired differences, margins, verdicts. */
export { comparableOf, flowNames, isPaired, refusals } from './comparable.js';
export type { ComparableRun, RunShape } from './comparable.js';
export { compareRuns, countOf } from './comparison.js';
export type { ComparedMetric, ComparisonOptions, RunComparison } from './comparison.js';
export { pairedDifference, unpairedDifference, verdictOf } from './difference.js';
export type { ComparisonVerdict, Difference } from './difference.js';
export { directionOf, isCompared } from './direction.js';
export { NO_MARGINS } from './margin.js';
export type { MarginRule, Margins, MarginValue } from './margin.js';
