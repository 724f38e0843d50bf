/**
 * The gamma function and the two tails of the Erlang distribution. Real arguments above 0 only; the incomplete
 * function for whole orders only.
 */

/** Coefficients B(2k) / (2k·(2k−1)) of Stirling's series. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];
/** From here on the series above is exact to the last bits. */
const STIRLING_FROM = 12;

/** ln Γ(x) for x > 0, by Stirling's series after shifting x upwards. */
export function logGamma(x: number): number {
  let shift = 1;
  while (x < STIRLING_FROM) {
    shift *= x;
    x += 1;
  }
  let power = 1 / x;
  let series = 0;
  for (const coefficient of STIRLING) {
    series += coefficient * power;
    power /= x * x;
  }
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(shift);
}

/** Γ(x) for x > 0; +Infinity above 171.6. */
export function gamma(x: number): number {
  return Math.exp(logGamma(x));
}

/** Adds falling terms t·(1 + r₁ + r₁r₂ + …) until they no longer count. */
function sumOfTerms(ratio: (index: number) => number): number {
  let term = 1;
  let sum = 1;
  for (let index = 1; term > sum * 1e-17; index++) {
    term *= ratio(index);
    sum += term;
  }
  return sum;
}

/** Share of an Erlang(k) amount with phases of mean 1 that is ≤ x, divided by its density at x. */
export function lowerTailOverDensity(k: number, x: number): number {
  return (x / k) * sumOfTerms((index) => x / (k + index));
}

/** Share of an Erlang(k) amount with phases of mean 1 that is > x, divided by its density at x. */
export function upperTailOverDensity(k: number, x: number): number {
  return sumOfTerms((index) => (k - index) / x);
}

/** ln of the density of an Erlang(k) amount with phases of mean 1; `logFactorial` is ln (k−1)!. */
export function logErlangDensity(k: number, x: number, logFactorial: number): number {
  return (k - 1) * Math.log(x) - x - logFactorial;
}
