/**
 * The quantile of the standard normal distribution, to about 1e-15 relative.
 *
 * Source of the method and the coefficients: M. J. Wichura, "Algorithm AS 241: The Percentage Points of the
 * Normal Distribution", Applied Statistics 37 (1988) 477-484, routine PPND16 (written here with
 * the digits a double holds).
 * The distribution itself is not offered: amounts here are never negative.
 */

/** Numerator and denominator of a rational function, constant term first. */
type Rational = readonly (readonly [number, number])[];

const CENTRE: Rational = [
  [3.3871328727963665, 1],
  [133.14166789178438, 42.31333070160091],
  [1971.5909503065513, 687.1870074920579],
  [13731.69376550946, 5394.196021424751],
  [45921.95393154987, 21213.794301586597],
  [67265.7709270087, 39307.89580009271],
  [33430.57558358813, 28729.085735721943],
  [2509.0809287301227, 5226.495278852854],
];

const SHOULDER: Rational = [
  [1.4234371107496835, 1],
  [4.630337846156546, 2.053191626637759],
  [5.769497221460691, 1.6763848301838038],
  [3.6478483247632045, 0.6897673349851],
  [1.2704582524523684, 0.14810397642748008],
  [0.2417807251774506, 0.015198666563616457],
  [0.022723844989269184, 0.0005475938084995345],
  [0.0007745450142783414, 1.0507500716444169e-9],
];

const TAIL: Rational = [
  [6.657904643501103, 1],
  [5.463784911164114, 0.599832206555888],
  [1.7848265399172913, 0.1369298809227358],
  [0.29656057182850487, 0.014875361290850615],
  [0.026532189526576124, 0.0007868691311456133],
  [0.0012426609473880784, 1.8463183175100548e-5],
  [2.7115555687434876e-5, 1.421511758316446e-7],
  [2.0103343992922881e-7, 2.0442631033899397e-15],
];

/**
 * The z below which a share `u` of a standard normal variable lies.
 * @param u strictly between 0 and 1
 */
export function normalQuantile(u: number): number {
  const q = u - 0.5;
  if (Math.abs(q) <= 0.425) return q * evaluate(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(q < 0 ? u : 1 - u));
  const z = r <= 5 ? evaluate(SHOULDER, r - 1.6) : evaluate(TAIL, r - 5);
  return q < 0 ? -z : z;
}

function evaluate(rational: Rational, x: number): number {
  let numerator = 0;
  let denominator = 0;
  for (let power = rational.length - 1; power >= 0; power--) {
    numerator = numerator * x + rational[power][0];
    denominator = denominator * x + rational[power][1];
  }
  return numerator / denominator;
}
