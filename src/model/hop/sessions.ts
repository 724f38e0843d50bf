/**
 * Sessions: each source is moved by one owner at a time, out of a pool whose members find each other in a database.
 *
 * At its beat, on a grid of its own, a member that reaches the database signs that it lives, gives up what it has beyond its share, frees
 * what belongs to those without a sign of life for too long, and takes what nobody has, as far as its share goes. With M sources and N living
 * members a share is M/N, rounded down or up. Who cannot sign goes on until its own time is over: then another may have the session, and
 * never before. A process that begins anew is not known as the one it was. Beats that change nothing are no events.
 * Not here: what is done with what an owner takes (`leases.ts`, `work.ts`).
 */
import { Priority } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import { takeTurn } from '../context.js';
import type { Context } from '../context.js';
import type { CauseSets } from '../causes.js';
import type { Partitions } from '../fault/partitions.js';
import { tell } from '../gauges.js';
import type { CauseSetId } from '../ledger.js';
import { tellNoticed } from '../noticing.js';
import type { Component } from '../world.js';
import type { SessionTerms } from './session-terms.js';
import type { Pool } from './pool.js';
import { Seat, Service, Session } from './session.js';
import type { SessionEnds, SessionPool } from './session.js';

export class Sessions implements SessionPool {
  readonly all: readonly Session[];
  readonly listeners: (() => void)[] = [];
  network: Partitions | null = null;
  /** A session has a new owner: what another has in hand of it is free again. */
  onTaken: (session: Session) => void = () => undefined;
  private readonly seats: readonly Seat[];
  /** Processes that have ended, as long as the database believes in them. */
  private ghosts: Service[] = [];
  private wake = 0;
  private wakeSeat: Seat | null = null;
  private begun = false;

  /** @param present members that are there at time 0: the sessions are shared out among them before */
  constructor(private readonly context: Context, readonly component: Component, ends: readonly SessionEnds[], readonly terms: SessionTerms, present: (pool: Pool) => boolean) {
    const { refresh } = terms;
    this.seats = component.members.map((member) => {
      const phase = Math.floor(context.streams.keyed(member.name, 'phase:beat').uniform(0) * refresh) - refresh;
      const seat = new Seat(member.pool!, member.functions.get(terms.function)!, phase);
      if (present(seat.pool)) seat.service.last = phase;
      return seat;
    });
    this.all = ends.map((one) => new Session(this, one));
    const there = this.seats.filter(({ service }) => service.last > -Infinity);
    if (there.length > 0) this.all.forEach((session, index) => { session.owner = there[index % there.length].service; });
    for (const seat of this.seats) {
      seat.beat.listeners.push(() => this.signChanged(seat));
      seat.pool.works.listeners.push(() => this.blame());
    }
  }

  /** The run begins; what there is then has its owners. */
  start(): void {
    this.begun = true;
    for (const seat of this.seats) {
      this.signChanged(seat);
      if (!seat.signs) this.endsLater(seat.service);
    }
  }

  get sets(): CauseSets {
    return this.context.causes;
  }

  /** Who can be reached has changed. */
  readonly rewired = (): void => {
    for (const listener of this.listeners) listener();
  };

  ratePerSecond(pool: Pool | null): number {
    return this.terms.ratePerSecond / (pool?.member.slow ?? 1);
  }

  /** A process has ended. In order, it gives back what it has; else what it had stays in its name. */
  processEnded(place: number, released: boolean, causes: CauseSetId): void {
    const seat = this.seats[place];
    const old = seat.service;
    const { now } = this.context.sim;
    old.last = this.lastSign(old);
    old.alive = false;
    const givesBack = released && seat.signs;
    for (const session of this.all) {
      if (session.owner !== old) continue;
      session.causes = causes;
      if (givesBack) session.owner = null;
    }
    if (!givesBack && old.last + this.terms.timeout > now) this.ghosts.push(old);
    seat.service = new Service(seat);
    // The next process signs after this instant, should it be there at once.
    seat.since = seat.signs ? now + 1 : Infinity;
    this.settle();
  }

  /** A member reaches the database again, or does not any more. */
  private signChanged(seat: Seat): void {
    if (!this.begun) return;
    const { now } = this.context.sim;
    const { service } = seat;
    if (seat.beat.works !== seat.signs) {
      if (seat.signs) service.last = this.lastSign(service);
      seat.signs = seat.beat.works;
      seat.since = seat.signs ? now : Infinity;
      if (!seat.signs) this.endsLater(service);
    }
    this.blame();
    this.settle();
  }

  /** Who cannot sign has its sessions until its time is over. */
  private endsLater(service: Service): void {
    const { sim } = this.context;
    if (!service.alive || service.last === -Infinity) return;
    sim.scheduleAt(Math.max(sim.now, service.last + this.terms.timeout), () => this.timeIsOver(service), 0, Priority.poll, service.seat.pool.member.rank);
  }

  /** The time of one that could not sign may be over: it stops, since another may have what it owned. */
  private timeIsOver(service: Service): void {
    const { seat } = service;
    if (!service.alive || seat.service !== service || this.lastSign(service) + this.terms.timeout > this.context.sim.now) return;
    service.alive = false;
    this.blame();
    this.settle();
  }

  /** The last sign of life of a process up to now, µs. */
  private lastSign(service: Service): number {
    const { seat } = service;
    if (service !== seat.service || !seat.signs) return service.last;
    const { refresh } = this.terms;
    const { now } = this.context.sim;
    let tick = seat.phase + Math.floor((now - seat.phase) / refresh) * refresh;
    // A failure beats the work of the same instant; a beat of this instant counts when it is done.
    if (tick === now && seat.done !== now) tick -= refresh;
    return tick >= seat.since ? tick : service.last;
  }

  /** Whom the database believes to live. */
  private known(): Service[] {
    const { now } = this.context.sim;
    return [...this.seats.map(({ service }) => service), ...this.ghosts].filter((service) => this.lastSign(service) + this.terms.timeout > now);
  }

  private beat(seat: Seat): void {
    const { now } = this.context.sim;
    takeTurn(this.context, seat.pool.member.rank);
    seat.done = now;
    const { service } = seat;
    // Nobody has taken what it owned while it could not sign: it goes on.
    service.alive = true;
    const known = new Set(this.known());
    this.ghosts = this.ghosts.filter((ghost) => known.has(ghost));
    for (const session of this.all) {
      if (session.owner === null || known.has(session.owner)) continue;
      tellNoticed(this.context, session.causes);
      session.owner = null;
    }
    const has = (one: Service): number => this.all.reduce((count, { owner }) => count + Number(owner === one), 0);
    const free = (): number => this.all.reduce((count, { owner }) => count + Number(owner === null), 0);
    const least = Math.floor(this.all.length / known.size);
    const most = Math.ceil(this.all.length / known.size);
    const wanted = [...known].reduce((sum, one) => sum + (one === service ? 0 : Math.max(0, least - has(one))), 0);
    while (has(service) > most || (has(service) > least && wanted > free())) this.last(service).owner = null;
    while (free() > 0 && (has(service) < least || (has(service) < most && free() > wanted))) {
      // What it has just given up comes last: it is there because another is to have it.
      this.all.find(({ owner }) => owner === null)!.owner = service;
    }
    this.settle();
  }

  private last(service: Service): Session {
    return this.all.findLast(({ owner }) => owner === service)!;
  }

  /** Faults behind the loss of an owner stay behind it, even when that has come back. */
  private blame(): void {
    const { causes } = this.context;
    for (const session of this.all) {
      const { owner } = session;
      if (owner === null || owner.alive) continue;
      session.causes = causes.union(session.causes, causes.union(owner.seat.beat.causes, owner.seat.pool.works.causes));
    }
  }

  /** Tells what has changed, and plans the next beat that may change something. */
  private settle(): void {
    const { context, component } = this;
    let moved = false;
    for (const session of this.all) {
      const { holder, told } = session;
      if (holder === told) continue;
      moved = true;
      const from = told ?? session.before;
      for (const reader of context.ledger.to.sessionMoved) reader.sessionMoved(context.sim.now, component.index, session.source.index, from?.member.index ?? -1, holder?.member.index ?? -1, this.named(session));
      if (told !== null) session.before = told;
      session.told = holder;
      if (holder !== null) session.causes = NO_CAUSE;
      // What its last owner has in hand is not committed any more.
      if (holder !== null) this.onTaken(session);
    }
    for (const seat of this.seats) {
      const owned = this.all.reduce((count, { told }) => count + Number(told === seat.pool), 0);
      if (owned !== seat.owned) tell(context, seat.pool.member, 'sessions', (seat.owned = owned));
    }
    if (moved) for (const listener of this.listeners) listener();
    this.arm();
  }

  /** Where there are several destinations, a session is known by its own, too; -1: by its source alone. */
  private named(session: Session): number {
    return this.all.every(({ destination }) => destination === session.destination) ? -1 : session.destination.index;
  }

  private arm(): void {
    const { sim } = this.context;
    let best: Seat | null = null;
    let at = Infinity;
    if (!this.isBalanced()) {
      for (const seat of this.seats) {
        if (!seat.signs) continue;
        const tick = seat.nextBeat(sim.now, this.terms.refresh);
        if (tick < at || (tick === at && seat.pool.member.rank < best!.pool.member.rank)) {
          best = seat;
          at = tick;
        }
      }
    }
    if (this.wake !== 0) {
      if (best === this.wakeSeat && sim.timeOf(this.wake) === at) return;
      sim.cancel(this.wake);
      this.wake = 0;
    }
    this.wakeSeat = best;
    if (best === null) return;
    this.wake = sim.scheduleAt(at, () => {
      this.wake = 0;
      this.beat(best);
    }, 0, Priority.poll, best.pool.member.rank);
  }

  /** Everybody who signs is known and has its share, and nobody else is believed in: a beat would change nothing. */
  private isBalanced(): boolean {
    const known = this.known();
    const signing = this.seats.filter(({ signs }) => signs).map(({ service }) => service);
    if (known.length !== signing.length || !signing.every((service) => known.includes(service) && service.alive)) return false;
    if (!this.all.every(({ owner }) => owner !== null && signing.includes(owner))) return false;
    const least = Math.floor(this.all.length / signing.length);
    return signing.every((service) => {
      const has = this.all.filter(({ owner }) => owner === service).length;
      return has === least || has === Math.ceil(this.all.length / signing.length);
    });
  }
}
