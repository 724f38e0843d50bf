/**
 * Distributions of durations and other amounts that are not negative, sampled by inversion.
 *
 * One uniform makes one variate, and more uniform makes more variate (for every family here), so that two
 * runs which share their uniforms have comparable variates even when the parameters differ.
 * Amounts have no unit in the arithmetic: what goes in comes out. Only `text` takes them as microseconds.
 * The tails are not truncated.
 *
 * The last bit of Math.log, Math.exp and Math.pow is not prescribed by ECMAScript, so engines may differ
 * there. The model rounds every duration to whole microseconds, which absorbs nearly all of it.
 */
export { constant } from './distributions/constant.js';
export { empirical } from './distributions/empirical.js';
export { erlang } from './distributions/erlang.js';
export { exponential } from './distributions/exponential.js';
export { hyperexponential } from './distributions/hyperexponential.js';
export { lognormal } from './distributions/lognormal.js';
export { residual } from './distributions/residual.js';
export { triangular } from './distributions/triangular.js';
export { uniform } from './distributions/uniform.js';
export { weibull } from './distributions/weibull.js';
export type { Distribution } from './distributions/contract.js';
export { durationText } from './distributions/text.js';
