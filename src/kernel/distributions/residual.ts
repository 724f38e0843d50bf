/**
 * What is left of an amount when one looks at an instant of no importance: the residual life of renewal theory.
 *
 * Its share below x is (1/mean) ∫₀ˣ (1 − F). The integral is taken along the quantile function, on steps that grow finer towards the
 * long end, and is a straight line between them: exact for constants, close to 1e-6 of the mean for smooth families.
 */
import type { Distribution } from './contract.js';

const STEPS = 2048;
const known = new WeakMap<Distribution, Distribution>();

/** The residual of an amount; that of an amount without memory is the amount itself. */
export function residual(of: Distribution): Distribution {
  if (of.family === 'exponential' || of.mean === 0) return of;
  let made = known.get(of);
  if (made === undefined) {
    made = build(of);
    known.set(of, made);
  }
  return made;
}

function build(of: Distribution): Distribution {
  const amounts = new Float64Array(STEPS + 2);
  const shares = new Float64Array(STEPS + 2);
  let above = 1;
  for (let step = 1; step <= STEPS + 1; step++) {
    // The first step leads from 0 to the least amount, the others up to the last but for one part in 10^10.
    const left = 1 - (step - 1) / (STEPS + 0.5);
    const next = left * left * left;
    amounts[step] = step === 1 ? of.min : Math.max(amounts[step - 1], of.sample(1 - next));
    shares[step] = shares[step - 1] + ((amounts[step] - amounts[step - 1]) * (above + next)) / 2;
    above = next;
  }
  const total = shares[STEPS + 1];
  for (let step = 1; step <= STEPS + 1; step++) shares[step] /= total;
  const { mean, variance, min, max, family, text } = of;
  const residualMean = (variance + mean * mean) / (2 * mean);
  return {
    family: `residual of ${family}`, text: `residual of ${text}`, mean: residualMean,
    variance: meanSquare(amounts, shares) - residualMean * residualMean, min: Math.min(0, min), max,
    sample: (u) => {
      let low = 0;
      let high = STEPS + 1;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (shares[middle] <= u) low = middle;
        else high = middle;
      }
      const width = shares[high] - shares[low];
      return width <= 0 ? amounts[low] : amounts[low] + ((u - shares[low]) / width) * (amounts[high] - amounts[low]);
    },
  };
}

/** Mean of the square over straight pieces. */
function meanSquare(amounts: Float64Array, shares: Float64Array): number {
  let sum = 0;
  for (let step = 1; step < amounts.length; step++) {
    const [a, b] = [amounts[step - 1], amounts[step]];
    sum += ((shares[step] - shares[step - 1]) * (a * a + a * b + b * b)) / 3;
  }
  return sum;
}
