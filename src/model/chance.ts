/**
 * Who decides where several things are possible: a simulation draws, an exact solver takes one after the other.
 *
 * Not here: durations, and what depends on a message.
 */
export interface Chance {
  /**
   * One of several possibilities by its place, or their number when none of them comes true.
   * @param uniform the draw that it belongs to; asked at most once
   */
  pick(probabilities: readonly number[], uniform: () => number): number;
}

/** By one draw. */
export const drawn: Chance = {
  pick(probabilities, uniform) {
    let rest = 1;
    let u = uniform();
    for (const [place, p] of probabilities.entries()) {
      if (u < p / rest) return place;
      u = (u - p / rest) / (1 - p / rest);
      rest -= p;
    }
    return probabilities.length;
  },
};
