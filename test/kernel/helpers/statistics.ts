/** The few statistics the kernel's tests judge by; kept apart from the simulator's own, which they might share errors with. */

/** Quantile of chi-square with many degrees of freedom (Wilson and Hilferty 1931), z its normal quantile. */
export function chiSquareQuantile(z: number, degrees: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + z * Math.sqrt(spread)) ** 3;
}

/** Chi-square of counts that should all be alike. */
export function chiSquareOfEqual(counts: Float64Array): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

export interface Estimate {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly error: number;
}

export function estimate(values: readonly number[] | Float64Array): Estimate {
  const n = values.length;
  let mean = 0;
  for (const value of values) mean += value / n;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, error: Math.sqrt(squares / (n - 1) / n) };
}

/** ∫ f(u) du over (0,1), also when f grows without bound at either end (double exponential rule). */
export function integrate(f: (u: number) => number): number {
  const step = 1 / 128;
  let sum = 0;
  for (let index = -420; index <= 420; index++) {
    const t = index * step;
    const s = (Math.PI / 2) * Math.sinh(t);
    const u = 1 / (1 + Math.exp(-2 * s));
    if (u <= 0 || u >= 1) continue;
    sum += f(u) * ((Math.PI / 4) * Math.cosh(t)) / Math.cosh(s) ** 2;
  }
  return sum * step;
}
