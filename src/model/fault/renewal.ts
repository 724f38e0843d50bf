/**
 * Failures at random: time to failure, repair, time to failure … each drawn for its process and its number in it.
 *
 * A process belongs to one member, to one role, or to all targets of the fault at once. It runs by the calendar, whatever else holds
 * its target, unless the target wears less while it stands by (`wear.ts`); only what the same fault holds already cannot fail again: the next time to failure counts from the end of that repair.
 * Not here: what a failure does (`injector.ts`), and who repairs (`crew.ts`).
 */
import { Priority, residual } from '../../kernel/index.js';
import type { EventId, KeyedStream } from '../../kernel/index.js';
import type { Context } from '../context.js';
import type { FaultDefinition, RenewalDefinition, TargetDefinition } from '../definition.js';
import type { Microseconds } from '../parameter.js';
import type { Role } from '../role.js';
import type { Member } from '../world.js';
import type { World } from '../world.js';
import { resolveTarget } from './target.js';
import { Wear } from './wear.js';

/** Brings one failure: on these members, each repaired after a time of its own. */
export type Fail = (members: readonly Member[], repair: (member: Member) => Microseconds, repaired: (member: Member) => void) => void;

interface Process {
  /** Its number: those that can fail again at one instant are planned in this order. */
  readonly place: number;
  readonly targets: readonly TargetDefinition[];
  /** Times to failure are so many times those of the fault. */
  readonly stretch: number;
  readonly ups: KeyedStream;
  /** Of what it belongs to: part of the names of its draws. */
  readonly name: string;
  readonly fire: () => void;
  readonly repairs: Map<Member, KeyedStream>;
  /** Failures so far. */
  failures: number;
  /** The next failure is planned, or would come after the end. */
  armed: boolean;
  /** Repairs of its failures that are not done. */
  open: number;
  /** The next failure counts from the end of all repairs of the last one; else from when something can fail again. */
  readonly waits: boolean;
  /** The time to its next failure is not spent by the calendar. */
  wear: Wear | null;
  /** The event of the next failure, where it may have to be planned anew. */
  timer: EventId;
}

export class Renewal {
  private readonly processes: Process[] = [];
  /** Those for which no next failure is planned: few, however many there are. */
  private readonly resting = new Set<Process>();
  /** Members that this fault holds. */
  private readonly held = new Set<Member>();
  private readonly moment: RenewalDefinition;
  private readonly sparing: readonly Role[];

  constructor(
    private readonly context: Context, private readonly world: World, private readonly fault: FaultDefinition, private readonly rank: number,
    private readonly fail: Fail, private readonly end: Microseconds,
  ) {
    this.moment = fault.moment as RenewalDefinition;
    this.sparing = Wear.sparing(world);
    const { together, beta } = this.moment;
    if (!together) for (const [name, target] of unitsOf(world, fault.targets)) this.add(name, [target], 1 / (1 - beta), true);
    if (together || beta > 0) this.add('', fault.targets, together ? 1 : 1 / beta, together);
  }

  /** Plans the first failure of every process. */
  start(): void {
    for (const process of this.processes) {
      const { mttf, start } = this.moment;
      if (start === 'up') {
        this.arm(process, mttf.sample(process.ups.uniform(0)) * process.stretch);
        continue;
      }
      const down = this.fault.for!.mean;
      const share = down / (mttf.mean * process.stretch + down);
      const isDown = this.context.chance.pick([share], () => this.context.streams.keyed(this.fault.id, `fault:start:${process.name}`).uniform(0)) === 0;
      this.arm(process, isDown ? 0 : residual(mttf).sample(process.ups.uniform(0)) * process.stretch, isDown);
    }
  }

  private add(name: string, targets: readonly TargetDefinition[], stretch: number, waits: boolean): void {
    const process: Process = {
      place: this.processes.length, targets, stretch, name, waits, ups: this.context.streams.keyed(this.fault.id, `fault:mttf:${name}`), repairs: new Map(), failures: 0, armed: false, open: 0, wear: null, timer: 0,
      fire: () => this.fire(process, false),
    };
    const members = targets.length === 1 && targets[0].type === 'name' ? resolveTarget(this.world, targets[0]) : [];
    if (members.length === 1) process.wear = Wear.of(this.sparing, members[0]);
    process.wear?.onChange(() => this.rateChanged(process));
    this.processes.push(process);
  }

  private arm(process: Process, delay: number, begun = false): void {
    process.armed = true;
    this.resting.delete(process);
    if (process.wear !== null && !begun) {
      process.wear.begin(this.context.sim.now, delay);
      this.planWorn(process, process.wear);
      return;
    }
    const whole = Math.round(delay);
    if (this.context.sim.now + whole < this.end) this.context.sim.schedule(whole, begun ? () => this.fire(process, true) : process.fire, 0, Priority.fault, this.rank);
  }

  /** Who stood by works now, or the other way round: the rest of its time to failure is spent at another rate. */
  private rateChanged(process: Process): void {
    if (!process.armed || process.wear === null) return;
    this.context.sim.cancel(process.timer);
    process.wear.change(this.context.sim.now);
    this.planWorn(process, process.wear);
  }

  private planWorn(process: Process, wear: Wear): void {
    const whole = Math.round(wear.remaining);
    process.timer = this.context.sim.now + whole < this.end ? this.context.sim.schedule(whole, process.fire, 0, Priority.fault, this.rank) : 0;
  }

  /** @param begun at time 0, in the middle of a repair */
  private fire(process: Process, begun: boolean): void {
    process.armed = false;
    this.resting.add(process);
    process.timer = 0;
    const members = [...new Set(process.targets.flatMap((target) => resolveTarget(this.world, target)))].filter((member) => !this.held.has(member));
    const number = process.failures++;
    process.open += members.length;
    for (const member of members) this.held.add(member);
    if (members.length === 0) return;
    const repairs = begun ? residual(this.fault.for!) : this.fault.for!;
    this.fail(
      members,
      (member) => Math.round(repairs.sample(this.repairsOf(process, member).uniform(number))),
      (member) => {
        this.held.delete(member);
        process.open--;
        const ready = [...this.resting].filter((one) => this.canFail(one)).sort((a, b) => a.place - b.place);
        for (const each of ready) this.arm(each, this.moment.mttf.sample(each.ups.uniform(each.failures)) * each.stretch);
      },
    );
  }

  private repairsOf({ name, repairs }: Process, member: Member): KeyedStream {
    let stream = repairs.get(member);
    if (stream === undefined) {
      stream = this.context.streams.keyed(this.fault.id, `fault:mttr:${name}:${member.name}`);
      repairs.set(member, stream);
    }
    return stream;
  }

  /** Something that it belongs to can fail again. */
  private canFail({ open, waits, targets }: Process): boolean {
    return (open === 0 || !waits) && targets.some((target) => resolveTarget(this.world, target).some((member) => !this.held.has(member)));
  }
}

/** What fails on its own: every member, and every role. */
function unitsOf(world: World, targets: readonly TargetDefinition[]): ReadonlyMap<string, TargetDefinition> {
  const units = new Map<string, TargetDefinition>();
  for (const target of targets) {
    if (target.type !== 'name') units.set(`${target.type}(${target.cluster})`, target);
    else for (const member of resolveTarget(world, target)) units.set(member.name, { type: 'name', name: member.name });
  }
  return new Map([...units].sort(([a], [b]) => (a < b ? -1 : 1)));
}
