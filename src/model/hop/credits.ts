/**
 * Credits: operations that all entities of one container may do in a second, together.
 *
 * Seconds are those of the clock. One more operation is answered "busy". Not modelled: receives are counted, but never turned away.
 */
const SECOND = 1_000_000;

export class Credits {
  private second = -1;
  private used = 0;

  constructor(private readonly perSecond: number) {}

  /** Takes one; false: there is none left in this second. */
  spend(now: number): boolean {
    this.begin(now);
    if (this.used >= this.perSecond) return false;
    this.used++;
    return true;
  }

  /** Takes one, even if there is none left. */
  count(now: number): void {
    this.begin(now);
    this.used++;
  }

  private begin(now: number): void {
    const second = Math.floor(now / SECOND);
    if (second === this.second) return;
    this.second = second;
    this.used = 0;
  }
}
