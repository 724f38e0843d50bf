/**
 * Log shipping of one component: marks, the chain of backup sets, and the images that can be restored from them.
 *
 * At each mark an image of the stores is taken and a set is written to the share; a job restores at the other place all sets but the
 * newest. A set that is not complete breaks the chain until the next full backup: later logs cannot be applied. A recovery takes the
 * newest image that can be had, from the share if it can be reached, else what is restored already.
 * Not here: what an image is (`image.ts`), and when a recovery begins and how long it takes (the life cycle of the kind).
 */
import { Priority } from '../../kernel/index.js';
import type { KeyedStream } from '../../kernel/index.js';
import { NO_CAUSE } from '../causes.js';
import type { Context } from '../context.js';
import { tellWhole } from '../gauges.js';
import type { Impairments } from '../fault/impairments.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { Breakage } from '../hop/breakage.js';
import { gridAtOrAfter } from '../hop/pool.js';
import type { RouteNode } from '../hop/route.js';
import type { Store } from '../hop/store.js';
import type { CauseSetId } from '../ledger.js';
import type { Microseconds } from '../parameter.js';
import { durationOf, valueAt } from '../values.js';
import type { Component } from '../world.js';
import type { ImageTerms } from './declaration.js';
import { Image } from './image.js';
import type { ImageParts } from './image.js';

export interface ShippingParts extends ImageParts {
  readonly context: Context;
  readonly breakage: Breakage;
  readonly impairments: Impairments;
  /** Stores whose data lies on the component. */
  readonly stores: readonly Store[];
  readonly share: readonly FunctionNode[];
  readonly standby: readonly FunctionNode[];
  /** Somebody can begin a recovery. */
  readonly recoverable: boolean;
}

export class Shipping {
  /** What can be restored, oldest first. */
  readonly images: Image[] = [];
  private readonly terms: ImageTerms;
  private readonly stalls: KeyedStream;
  private readonly firstMark: Microseconds;
  private newestSet: Microseconds;
  /** The period of the last full backup. */
  private period: number;
  private broken = false;
  private stalledUntil: Microseconds = 0;
  private told: Microseconds = -Infinity;
  private readonly onMark: () => void;
  private readonly onRestore: () => void;

  constructor(private readonly component: Component, private readonly parts: ShippingParts) {
    const { kind, values } = component;
    const { streams } = parts.context;
    const terms = (this.terms = kind.images!.terms(values));
    this.stalls = streams.keyed(component.name, 'stall');
    // Grids are absolute and belong to the component: nothing that happens moves them.
    this.firstMark = (terms.first ?? Math.floor(streams.keyed(component.name, 'phase:mark').uniform(0) * terms.every)) % terms.every;
    // Before the run all was well, and nothing was stored.
    this.newestSet = this.firstMark - terms.every;
    this.period = this.periodOf(this.newestSet);
    if (parts.recoverable) {
      this.images.push(new Image(this.newestSet - terms.every, parts), new Image(this.newestSet, parts));
      this.images[0].atStandby = true;
    }
    this.onMark = () => {
      this.mark();
      this.plan(terms.every, this.onMark);
    };
    this.onRestore = () => {
      this.restoreAhead();
      this.plan(terms.restoreEvery, this.onRestore);
    };
  }

  start(): void {
    const { restoreEvery, restoreAfter } = this.terms;
    this.tellRecoveryPoint();
    this.plan(this.firstMark, this.onMark);
    if (this.parts.recoverable) this.plan(gridAtOrAfter(0, restoreEvery, this.firstMark + restoreAfter), this.onRestore);
  }

  /** How long a put that begins now waits for a mark. */
  stall(node: RouteNode): Microseconds {
    const left = this.stalledUntil - this.parts.context.sim.now;
    if (left <= 0) return 0;
    return node.next.some(({ lane }) => lane !== null && lane.queue.set.stores.some((store) => this.parts.stores.includes(store))) ? left : 0;
  }

  /** The image that a recovery would restore now. */
  get target(): Image | null {
    const reachable = this.reachable;
    let newest = this.images.length - 1;
    while (newest >= 0 && !(this.images[newest].atStandby || (reachable && this.images[newest].onShare))) newest--;
    // What is restored ahead cannot go back without the files.
    return newest < 0 ? null : this.images[reachable ? Math.max(0, newest - this.terms.back) : newest];
  }

  /** The data goes back to an image; what is stored now and not in it is gone. */
  restore(causes: CauseSetId): void {
    const { context, breakage, stores } = this.parts;
    const image = this.target;
    for (const store of stores) breakage.wipe(store, causes, 'stored after the mark');
    image?.restore(context.sim.now, context.paths.path(causes, this.component.name, 'restore'));
    this.discard();
  }

  /** No image is of use any more; the next set is a full one. */
  discard(): void {
    for (const image of this.images) image.drop();
    this.images.length = 0;
    this.newestSet = -Infinity;
    this.period = NaN;
    this.tellRecoveryPoint();
  }

  /** The files on the share are gone: what is not restored yet never will be, and later logs have nothing to follow on. */
  shareLost(): void {
    for (const image of this.images) image.onShare = false;
    this.broken = true;
    this.prune();
  }

  standbyLost(): void {
    for (const image of this.images) image.atStandby = false;
    this.prune();
  }

  /** The run is over: only what will be restored still holds messages. */
  settleAccounts(recovering: boolean): void {
    const target = recovering ? this.target : null;
    for (const image of this.images) if (image !== target) image.drop();
  }

  private get reachable(): boolean {
    return this.parts.share.every((fn) => fn.works);
  }

  private mark(): void {
    const { component, parts, terms } = this;
    const { sim } = parts.context;
    const [member] = component.members;
    // The job runs in the databases themselves: while they are away there is no mark.
    if (member.life.state !== component.kind.images!.while || !component.store!.works.works) return;
    const number = Math.round((sim.now - this.firstMark) / terms.every);
    this.stalledUntil = sim.now + durationOf(valueAt(component.values, component.kind.images!.stall), () => this.stalls.uniform(number));
    const full = this.periodOf(sim.now) !== this.period || (this.broken && terms.forceFull);
    if (full) this.period = this.periodOf(sim.now);
    const failed = parts.impairments.hit('error', member, 'worked', component.name, number, 0, 0);
    this.newestSet = sim.now;
    if (failed !== NO_CAUSE || !this.reachable) this.broken = true;
    else if (full) this.broken = false;
    if (!this.broken && parts.recoverable) {
      const image = new Image(sim.now, parts);
      for (const store of parts.stores) image.take(store, (event) => sim.timeOf(event));
      this.images.push(image);
    }
    this.prune();
  }

  /** The job at the other place: all sets but the newest. */
  private restoreAhead(): void {
    if (!this.reachable || this.parts.standby.some((fn) => !fn.works)) return;
    for (const image of this.images) if (image.onShare && image.mark < this.newestSet) image.atStandby = true;
    this.prune();
  }

  /** Drops what nobody can restore, or would. */
  private prune(): void {
    const { images } = this;
    let ahead = images.length - 1;
    while (ahead > 0 && !images[ahead].atStandby) ahead--;
    const first = Math.max(0, ahead - this.terms.back);
    const kept = images.filter((image, index) => {
      if (index >= first && (image.onShare || image.atStandby)) return true;
      image.drop();
      return false;
    });
    images.splice(0, images.length, ...kept);
    this.tellRecoveryPoint();
  }

  private tellRecoveryPoint(): void {
    const { context } = this.parts;
    const { target } = this;
    if (target === null || target.mark === this.told) return;
    this.told = target.mark;
    tellWhole(context, this.component, 'recovery-point', target.mark / 1_000_000);
  }

  private periodOf(time: Microseconds): number {
    return Math.floor((time - this.terms.fullAt) / this.terms.fullEvery);
  }

  /** A set is there before the job that copies it looks. */
  private plan(delay: Microseconds, action: () => void): void {
    this.parts.context.sim.schedule(delay, action, 0, action === this.onMark ? Priority.state : Priority.poll, this.component.members[0].rank);
  }
}
