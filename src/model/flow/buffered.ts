/** What a message meets where it is kept until somebody takes it: fragments, tokens, who takes from it. Not here: the way before and behind (`outlook.ts`). */
import { NO_CAUSE } from '../causes.js';
import type { TokenBook } from '../hop/access.js';
import type { Lane } from '../hop/lane.js';
import type { Pool } from '../hop/pool.js';
import type { RouteNode } from '../hop/route.js';
import type { Session } from '../hop/session.js';
import type { CauseSetId } from '../ledger.js';
import { OPEN, Parts } from './part.js';
import type { Part } from './part.js';

export class BufferParts extends Parts {
  /** A buffer: some of the messages may find their fragment away. */
  protected ofBuffer(node: RouteNode): Part {
    const { failing, causes } = node.buffer!.outlook(node.keys > 0 || node.fixed);
    return failing >= 1 ? this.stop(causes) : { ...OPEN, failing: failing > 0, harms: causes };
  }

  /** Clients of which some may be turned away. */
  protected ofTokens(book: TokenBook | null): Part {
    if (book === null) return OPEN;
    const { failing, causes } = book.outlook();
    return failing >= 1 ? this.stop(causes) : { ...OPEN, failing: failing > 0, harms: causes };
  }

  /** Those who take from a buffer: one that comes in is enough. */
  protected ofTakers(node: RouteNode): Part {
    return node.next.reduce((all, { pools, lanes }) => {
      const book = lanes.find(({ buffer }) => buffer?.access === node.buffer!.access)?.book ?? null;
      const { failing, causes } = book?.outlook() ?? { failing: 0, causes: NO_CAUSE };
      const taken = failing >= 1 ? this.both(all, this.stop(causes)) : all;
      const reached = this.both(taken, this.ofReach(pools, lanes.filter(({ store }) => node.buffer!.stores.includes(store))));
      return lanes.reduce((part, lane) => (lane.buffer === node.buffer && lane.session !== null ? this.both(part, this.ofSession(lane.session)) : part), reached);
    }, OPEN);
  }

  /** One member takes, and no other. */
  protected ofSession(session: Session): Part {
    const { holder } = session;
    if (holder === null) return this.stop(session.causes);
    const hindrance = session.hindrance(holder);
    if (hindrance !== null || !holder.works.works) return this.stop(this.join(hindrance ?? NO_CAUSE, holder.works.causes));
    return { ...OPEN, capacity: session.ratePerSecond };
  }

  /** Faults that keep this member from all of these lanes. */
  protected cutFromAll({ member }: Pool, lanes: readonly Lane[]): CauseSetId {
    let causes: CauseSetId = NO_CAUSE;
    for (const lane of lanes) {
      const cut = lane.cutFrom(member);
      if (cut === NO_CAUSE) return cut;
      causes = this.join(causes, cut);
    }
    return causes;
  }

  /** Members that are cut off from it take nothing; one that is not is enough. */
  private ofReach(pools: readonly Pool[], lanes: readonly Lane[]): Part {
    const cuts = pools.map((pool) => this.cutFromAll(pool, lanes)).filter((cut) => cut !== NO_CAUSE);
    const causes = cuts.reduce<CauseSetId>((all, cut) => this.join(all, cut), NO_CAUSE);
    return cuts.length > 0 && cuts.length === pools.length ? this.stop(causes) : { ...OPEN, harms: causes };
  }
}
