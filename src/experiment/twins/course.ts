/**
 * How a count of one flow went: what it was at first, and every step up or down after that.
 *
 * Eight bytes a step: the instant, with the sign of the step. Not here: what is counted (`account.ts`).
 */
import type { Microseconds } from '../../model/index.js';

const FIRST_ROOM = 1024;

export class Course {
  #steps = new Float64Array(0);
  #length = 0;

  /** @param first value until the first step */
  constructor(readonly first: number) {}

  /** One up or down; instants must not go back. */
  step(time: Microseconds, up: boolean): void {
    if (this.#length === this.#steps.length) {
      const roomier = new Float64Array(Math.max(FIRST_ROOM, 2 * this.#length));
      roomier.set(this.#steps);
      this.#steps = roomier;
    }
    // One more, so that a step down at time 0 has a sign, too.
    this.#steps[this.#length] = up ? time + 1 : -(time + 1);
    this.#length += 1;
  }

  get length(): number {
    return this.#length;
  }

  timeOf(step: number): Microseconds {
    return step < this.#length ? Math.abs(this.#steps[step]) - 1 : Infinity;
  }

  /** 1 or -1. */
  directionOf(step: number): number {
    return Math.sign(this.#steps[step]);
  }
}

/** Both courses side by side: called for every instant with a step, with the values after all steps of it, until it returns false. */
export function eachInstant(a: Course, b: Course, see: (time: Microseconds, a: number, b: number) => boolean): void {
  const sides = [a, b].map((course) => ({ course, at: 0, value: course.first }));
  const [left, right] = sides;
  for (;;) {
    const time = Math.min(a.timeOf(left.at), b.timeOf(right.at));
    if (time === Infinity) return;
    for (const side of sides) {
      for (; side.course.timeOf(side.at) === time; side.at += 1) side.value += side.course.directionOf(side.at);
    }
    if (!see(time, left.value, right.value)) return;
  }
}
