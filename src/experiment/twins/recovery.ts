/**
 * When the backlog of a flow was no larger than that of its twin again.
 *
 * A flow that was stopped: the first such instant from the restore on. One that was only degraded: the first after its backlog was
 * both larger than the twin's and longer than normal; if it never was, there was nothing to recover from. States that last no time
 * are none.
 */
import type { Microseconds } from '../../model/index.js';
import type { FlowEffect } from '../measures/flow-effect.js';
import { eachInstant } from './course.js';
import type { Course } from './course.js';

/** Null: not by the end. `start`: when the fault came. */
export function recoveredAt(run: Course, twin: Course, effect: FlowEffect, start: Microseconds): Microseconds | null {
  if (effect.stillStopped) return null;
  return effect.stopped ? caughtUp(run, twin, effect.lastStop) : workedOff(run, twin, effect.threshold, start);
}

function caughtUp(run: Course, twin: Course, from: Microseconds): Microseconds | null {
  let larger = run.first > twin.first;
  let found: Microseconds | null = null;
  eachInstant(run, twin, (time, here, there) => {
    if (time > from && !larger) {
      found = from;
      return false;
    }
    larger = here > there;
    if (time < from || larger) return true;
    found = time;
    return false;
  });
  return found ?? (larger ? null : from);
}

function workedOff(run: Course, twin: Course, normal: number, start: Microseconds): Microseconds | null {
  let behind = false;
  let found: Microseconds | null = start;
  eachInstant(run, twin, (time, here, there) => {
    if (time < start) return true;
    if (here > there && here > normal) {
      behind = true;
      found = null;
    } else if (behind && here <= there) {
      found = time;
      return false;
    }
    return true;
  });
  return found;
}
