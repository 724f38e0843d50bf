/**
 * A sum that does not forget small addends: Neumaier's variant of Kahan summation.
 *
 * Neumaier, A. (1974), Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54, 39–51.
 * The error is about one rounding of the result as long as the condition number stays below 2^53, instead of
 * growing with the number of addends. Not exact, hence not independent of the order bit for bit; whole numbers
 * whose partial sums stay below 2^53 are added exactly in any order. Checks nothing: its callers do.
 */
export class CompensatedSum {
  #sum = 0;
  #lost = 0;

  /** Adds `x`, of any sign. */
  add(x: number): void {
    const next = this.#sum + x;
    // Whichever operand is smaller lost its low digits in the addition; they are recovered exactly.
    this.#lost += Math.abs(this.#sum) >= Math.abs(x) ? this.#sum - next + x : x - next + this.#sum;
    this.#sum = next;
  }

  /** Adds all that `o` was given; `o` may be this sum itself. */
  merge(o: CompensatedSum): void {
    const lost = o.#lost;
    this.add(o.#sum);
    this.#lost += lost;
  }

  /** Back to an empty sum. */
  clear(): void {
    this.#sum = 0;
    this.#lost = 0;
  }

  /** The sum so far; 0 when empty, an infinity when it overflowed or was given one. */
  get value(): number {
    return Number.isFinite(this.#sum) ? this.#sum + this.#lost : this.#sum;
  }
}
