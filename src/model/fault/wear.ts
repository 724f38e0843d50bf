/**
 * How fast the time to a random failure is spent: who stands by wears less than who works, and who is off does not wear at all.
 *
 * The time to failure that was drawn is a budget of operating time. It is spent at the rate that the groups of a member allow now, so
 * moving a role draws nothing anew. Not here: the failures themselves (`renewal.ts`), who moves the role (life cycles).
 */
import type { Role } from '../role.js';
import type { Member, World } from '../world.js';

export class Wear {
  /** Of the present stretch: since when, and how much of the budget was left then, µs. */
  private since = 0;
  private left = 0;
  private rate = 1;

  private constructor(private readonly member: Member, private readonly roles: readonly Role[]) {}

  /** Roles that spare those who stand by. */
  static sparing(world: World): readonly Role[] {
    return world.components.flatMap(({ role }) => (role !== null && role.dormancy < 1 ? [role] : []));
  }

  /** Null: it wears at one rate, whatever it does. */
  static of(sparing: readonly Role[], member: Member): Wear | null {
    const roles = sparing.filter(({ candidates }) => candidates.some((node) => node.member === member));
    return roles.length === 0 ? null : new Wear(member, roles);
  }

  /** Called when the rate may have changed. */
  onChange(listener: () => void): void {
    for (const role of this.roles) role.listeners.push(listener);
  }

  begin(now: number, budget: number): void {
    this.left = budget;
    this.since = now;
    this.rate = this.rateNow();
  }

  /** What has been spent so far is accounted for; from now on it goes at the present rate. */
  change(now: number): void {
    this.left = Math.max(0, this.left - (now - this.since) * this.rate);
    this.since = now;
    this.rate = this.rateNow();
  }

  /** Until the budget is spent at the present rate, µs; Infinity: it does not wear now. */
  get remaining(): number {
    return this.rate === 0 ? Infinity : this.left / this.rate;
  }

  /** It works at full rate as soon as one of its groups has it work. */
  private rateNow(): number {
    return Math.max(...this.roles.map((role) => (role.holders.some((node) => node.member === this.member) ? 1 : role.dormancy)));
  }
}
