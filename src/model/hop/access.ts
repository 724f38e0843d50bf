/**
 * Access: clients show a token that somebody else issued, and work on until it ends, whether or not the issuer is still there.
 *
 * A client renews before the end, on a grid of its own; when it cannot, it has a new token as soon as the issuer is back. Tokens are
 * computed when they are looked at; nothing happens while all is well. Without a lifetime only the present counts: whoever knows the
 * key may come in. Not here: what a client does that is turned away (`couriers.ts`, `leases.ts`).
 */
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import type { Distribution } from '../../kernel/index.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { CauseSetId } from '../ledger.js';
import { Priority } from '../../kernel/index.js';

/** How clients hold their tokens; `age`: of the token at time 0, absent: anywhere between two renewals. */
export interface TokenHabits { readonly renewAt: number; readonly age: Distribution | undefined }

export class Access {
  /** Called when some client may have lost or gained its way in. */
  readonly listeners: (() => void)[] = [];
  /** When the issuer was away; the last one may be open. */
  private readonly absences: { readonly from: number; to: number }[] = [];
  private readonly books: TokenBook[] = [];

  constructor(private readonly context: Context, readonly name: string, readonly issuer: FunctionNode, /** µs; 0: no token, only the issuer counts. */ readonly lifetime: number) {
    issuer.listeners.push(() => this.issuerChanged());
  }

  open(client: string, purpose: string, count: number, habits: TokenHabits): TokenBook {
    const book = new TokenBook(this.context, this, client, purpose, count, habits);
    this.books.push(book);
    return book;
  }

  /** Clients that end forget their tokens. */
  forget(client: string, purpose: string | null, from: number, to: number): void {
    for (const book of this.books) if (book.client === client && (purpose === null ? book.purpose !== 'members' : book.purpose === purpose)) book.lose(from, Math.min(to, book.count));
  }

  /** The absence in which this instant falls, the next one after it, or undefined. */
  absenceAfter(time: number): { readonly from: number; readonly to: number } | undefined {
    return this.absences.find(({ to }) => to > time);
  }

  /** Without tokens: it is there, and does not let in. What is away as a whole refuses nobody; it does not answer. */
  get refuses(): boolean {
    return !this.issuer.works && [...this.issuer.member.functions.values()].some(({ works }) => works);
  }

  get now(): number {
    return this.context.sim.now;
  }

  private issuerChanged(): void {
    const { sim } = this.context;
    const last = this.absences.at(-1);
    if (!this.issuer.works && last?.to !== Infinity) {
      this.absences.push({ from: sim.now, to: Infinity });
      if (this.lifetime > 0) this.watchEnds();
    } else if (this.issuer.works && last?.to === Infinity) last.to = sim.now;
    this.tell();
  }

  /** The first client that loses its token takes part of a flow with it, the last one all of it. */
  private watchEnds(): void {
    const { sim } = this.context;
    for (const book of this.books) {
      for (const at of new Set(book.ends())) if (at > sim.now && at < Infinity) sim.scheduleAt(at, () => { this.tell(); }, 0, Priority.state, 0);
    }
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** The tokens of so many clients of one sort. */
export class TokenBook {
  /** When each token was issued, µs; -Infinity: there is none. */
  private readonly issued: Float64Array;
  private readonly period: number;

  constructor(context: Context, readonly access: Access, readonly client: string, readonly purpose: string, readonly count: number, { renewAt, age }: TokenHabits) {
    this.issued = new Float64Array(count);
    this.period = Math.max(1, Math.round(renewAt * access.lifetime));
    const draws = context.streams.keyed(client, `token:${access.name}:${purpose}`);
    for (let index = 0; index < count; index++) {
      const u = draws.uniform(index);
      this.issued[index] = -Math.round(age === undefined ? u * this.period : Math.min(age.sample(u), access.lifetime));
    }
  }

  valid(index: number): boolean {
    const { access } = this;
    if (access.lifetime === 0) return !access.refuses;
    return access.now < this.issuedAt(index) + access.lifetime;
  }

  /** The client that message n is from may come in. */
  lets(n: number): boolean {
    return this.valid(n % this.count);
  }

  /** The memory of these clients is gone. */
  lose(from: number, to: number): void {
    this.issued.fill(-Infinity, from, to);
  }

  /** Share of the clients that are turned away now, and why. */
  outlook(): { readonly failing: number; readonly causes: CauseSetId } {
    const { issuer, lifetime, refuses } = this.access;
    if (lifetime === 0 ? !refuses : issuer.works) return { failing: 0, causes: NO_CAUSE };
    let away = 0;
    for (let index = 0; index < this.count; index++) if (!this.valid(index)) away++;
    return { failing: away / this.count, causes: away > 0 ? issuer.causes : NO_CAUSE };
  }

  /** First and last end of the tokens held now. */
  ends(): readonly number[] {
    let first = Infinity;
    let last = -Infinity;
    for (let index = 0; index < this.count; index++) {
      const end = this.issuedAt(index) + this.access.lifetime;
      first = Math.min(first, end);
      last = Math.max(last, end);
    }
    return [first, last];
  }

  private issuedAt(index: number): number {
    const { access, period } = this;
    const { now } = access;
    let at = this.issued[index];
    if (at === -Infinity) {
      if (!access.issuer.works) return at;
      at = now;
    }
    while (at + period <= now) {
      const due = at + period;
      const absence = access.absenceAfter(due);
      if (absence !== undefined && absence.from <= due) {
        if (absence.to > now) break;
        at = absence.to;
      } else at = due + Math.floor((Math.min(now, (absence?.from ?? Infinity) - 1) - due) / period) * period;
    }
    this.issued[index] = at;
    return at;
  }
}
