/**
 * The statistics room: running figures, quantiles and confidence intervals.
 *
 * Pure arithmetic. Does not know where numbers come from, what they mean or how they are shown.
 */
export { StatsError } from './errors.js';
export { Tally } from './tally.js';
export { TimeWeighted } from './time-weighted.js';
export { QuantileHistogram, type QuantileHistogramJson } from './quantile-histogram.js';
export { studentCdf, studentQuantile } from './student.js';
export { normalCdf, normalQuantile } from './normal.js';
export { chiSquareCdf, chiSquareQuantile } from './chi-square.js';
export { meanInterval, pairedInterval, proportionInterval, type Interval } from './interval.js';
export { welchInterval } from './welch.js';
export { batchMeans, serialCorrelation } from './batch-means.js';
export { ratioInterval } from './ratio-interval.js';
export { sampleQuantile } from './quantiles.js';
export { summarise, type Summary } from './summary.js';
export type { Chain, Transition } from './markov/chain.js';
export { steadyState } from './markov/steady.js';
export { meanTimeFrom, meanTimeTo } from './markov/absorption.js';
export { transient, type Transient } from './markov/transient.js';
export { lumped, type Lumped } from './markov/lumping.js';
