/**
 * Events that a member writes itself, one about each message that it has worked on.
 *
 * While the database is away an event is lost, or kept in the memory of the process, or its work fails with it: a loss of tracking, and
 * none of messages. Whoever does not know what to write writes nothing. Not here: what becomes of work that fails (`hop/work.ts`).
 */
import { Priority } from '../../kernel/index.js';
import type { Context } from '../context.js';
import { tell } from '../gauges.js';
import { NO_CAUSE } from '../causes.js';
import type { FunctionNode } from '../graph/function-node.js';
import { gridAtOrAfter } from '../hop/pool.js';
import type { CauseSetId } from '../ledger.js';
import type { Member } from '../world.js';
import type { RecordingTerms } from './declaration.js';
import type { Destination } from './destination.js';

export class Recording {
  private written = 0;
  private lost = 0;
  /** Of what was worked on while nobody knew what to write. */
  private missed = 0;
  private waiting = 0;
  private timer = 0;
  private readonly onRetry: () => void;

  /** @param phase of the grid of retries, µs */
  constructor(
    private readonly context: Context, private readonly member: Member,
    private readonly writes: FunctionNode, private readonly intercepts: FunctionNode,
    /** Null: the database counts nothing. */
    private readonly destination: Destination | null,
    private readonly terms: RecordingTerms, private readonly phase: number,
  ) {
    this.onRetry = () => {
      this.timer = 0;
      this.writeKept();
    };
    if (terms.retry === 0) return;
    writes.listeners.push(() => { this.plan(); });
    destination?.watch(() => { this.plan(); });
  }

  /** The work on a message is done. False: it fails, since its event cannot be written. */
  record(): boolean {
    if (!this.intercepts.works) this.show('events-missed', ++this.missed);
    else if (this.open) this.write(1);
    else if (this.terms.together) return false;
    else if (this.terms.retry === 0) this.show('events-lost', ++this.lost);
    else {
      this.show('events-waiting', ++this.waiting);
      this.plan();
    }
    return true;
  }

  /** All work fails now, because of a fault. */
  get fails(): boolean {
    return this.terms.together && this.intercepts.works && !this.writes.works;
  }

  get causes(): CauseSetId {
    return this.writes.works ? NO_CAUSE : this.writes.causes;
  }

  /** What decides whether work fails. */
  get functions(): readonly FunctionNode[] {
    return this.terms.together ? [this.writes, this.intercepts] : [];
  }

  /** The process has ended, and with it what it only remembered. */
  processEnded(): void {
    if (this.waiting === 0) return;
    this.lost += this.waiting;
    this.waiting = 0;
    this.plan();
    this.show('events-waiting', 0);
    this.show('events-lost', this.lost);
  }

  private get open(): boolean {
    return this.writes.works && this.destination?.full !== true;
  }

  private write(events: number): void {
    this.written += events;
    this.show('events-written', this.written);
    this.destination?.take(events);
  }

  private writeKept(): void {
    const { waiting } = this;
    this.waiting = 0;
    this.show('events-waiting', 0);
    this.write(waiting);
  }

  /** The next try that succeeds: the others are no events. */
  private plan(): void {
    const { sim } = this.context;
    if (this.timer !== 0) sim.cancel(this.timer);
    this.timer = this.waiting === 0 || !this.open ? 0 : sim.scheduleAt(gridAtOrAfter(sim.now, this.terms.retry, this.phase), this.onRetry, 0, Priority.poll, this.member.rank);
  }

  private show(gauge: string, value: number): void {
    if (this.member.component.kind.gauges?.[gauge] !== undefined) tell(this.context, this.member, gauge, value);
  }
}
