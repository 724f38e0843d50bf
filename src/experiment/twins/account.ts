/**
 * What a run must keep to be compared with its twin: the messages that were not delivered once and in time, and how the backlog
 * of each flow went from the first fault on.
 *
 * Not here: the comparison (`difference.ts`, `recovery.ts`).
 */
import type { Fate, LedgerReader, Microseconds, ModelMap, RunDefinition } from '../../model/index.js';
import type { Engine } from '../engine.js';
import { Backlog } from '../measures/backlog.js';
import { ExceptionMeasure } from '../measures/exceptions.js';
import { Course } from './course.js';

export interface Account {
  readonly exceptions: ExceptionMeasure;
  readonly backlogs: BacklogCourses;
}

/** Lets an engine that has not run yet keep an account. `from`: when the first fault comes that matters; null: it is waited for. */
export function openAccount(engine: Engine, run: RunDefinition, from: Microseconds | null): Account {
  const account = { exceptions: new ExceptionMeasure(engine.map, run), backlogs: new BacklogCourses(engine.map, from) };
  engine.read(account.exceptions);
  engine.read(account.backlogs);
  return account;
}

export class BacklogCourses implements LedgerReader {
  readonly #backlogs: readonly Backlog[];
  readonly #courses: (Course | null)[];
  #from: Microseconds;

  constructor(map: ModelMap, from: Microseconds | null) {
    this.#backlogs = map.flows.map(() => new Backlog());
    this.#courses = map.flows.map(() => null);
    this.#from = from ?? Infinity;
  }

  /** The course of a flow; flat where nothing happened. After the run. */
  of(flow: number): Course {
    return this.#courses[flow] ?? new Course(this.#backlogs[flow].value);
  }

  offered(time: Microseconds, flow: number): void {
    this.#change(time, flow, (backlog) => backlog.offered());
  }

  delivered(time: Microseconds, flow: number, n: number): void {
    this.#change(time, flow, (backlog) => backlog.delivered(n));
  }

  suspended(time: Microseconds, flow: number, n: number, _offeredAt: Microseconds, suspended: boolean): void {
    this.#change(time, flow, (backlog) => backlog.suspended(n, suspended));
  }

  closed(time: Microseconds, flow: number, n: number, _offeredAt: Microseconds, fate: Fate): void {
    this.#change(time, flow, (backlog) => backlog.closed(n, fate));
  }

  faultStarted(time: Microseconds): void {
    this.#from = Math.min(this.#from, time);
  }

  #change(time: Microseconds, flow: number, change: (backlog: Backlog) => void): void {
    const backlog = this.#backlogs[flow];
    const before = backlog.value;
    change(backlog);
    if (time < this.#from || backlog.value === before) return;
    const course = (this.#courses[flow] ??= new Course(before));
    course.step(time, backlog.value > before);
  }
}
