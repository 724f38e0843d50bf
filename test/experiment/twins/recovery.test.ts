/** When a backlog is no larger than its twin's again: courses written by hand. */
import { expect } from 'chai';
import { FlowEffect } from '../../../src/experiment/measures/flow-effect.js';
import { Course, eachInstant } from '../../../src/experiment/twins/course.js';
import { recoveredAt } from '../../../src/experiment/twins/recovery.js';

/** `+3 -5`: a step up at 3, one down at 5. */
function course(first: number, steps: string): Course {
  const made = new Course(first);
  for (const step of steps.split(' ').filter((text) => text !== '')) made.step(Number(step.slice(1)), step.startsWith('+'));
  return made;
}

function stopped(lastStop: number, stillStopped = false): FlowEffect {
  return Object.assign(new FlowEffect(0, 1), { stopped: true, firstStop: 10, lastStop, stillStopped });
}

describe('experiment/twins/recovery', () => {
  it('keeps steps at any instant, 0 and beyond the first room', () => {
    const long = new Course(0);
    for (let time = 0; time < 5000; time += 1) long.step(time, time % 2 === 0);
    expect([long.length, long.timeOf(0), long.directionOf(0), long.directionOf(1), long.timeOf(4999), long.timeOf(5000)]).to.deep.equal([5000, 0, 1, -1, 4999, Infinity]);
    const seen: number[][] = [];
    eachInstant(course(2, '-0 +4 +4'), course(0, '+4 +6'), (...values) => {
      seen.push(values);
      return true;
    });
    expect(seen).to.deep.equal([[0, 1, 0], [4, 3, 1], [6, 3, 2]]);
  });

  it('takes the first instant from the restore on at which it is no larger', () => {
    // Larger from 12; equal for a moment at 15, while the flow is still stopped; restored at 20, equal at 30, larger again at 40.
    const run = course(1, '+12 +14 -15 -15 +16 -30 +40');
    const twin = course(1, '');
    expect(recoveredAt(run, twin, stopped(20), 10)).to.equal(30);
    // Larger again later does not undo it; and a twin that grows counts as well.
    expect(recoveredAt(course(1, '+12 +13'), course(1, '+25 +26'), stopped(20), 10)).to.equal(26);
  });

  it('is the restore itself when nothing has piled up, and never while it is stopped or larger', () => {
    expect(recoveredAt(course(1, '+50'), course(1, ''), stopped(20), 10)).to.equal(20);
    expect(recoveredAt(course(1, ''), course(1, ''), stopped(20), 10)).to.equal(20);
    expect(recoveredAt(course(1, '+20 -20'), course(1, ''), stopped(20), 10)).to.equal(20);
    expect(recoveredAt(course(1, ''), course(1, ''), stopped(20, true), 10)).to.equal(null);
    expect(recoveredAt(course(1, '+15'), course(1, ''), stopped(20), 10)).to.equal(null);
  });

  it('of a flow that was only degraded: from when it was longer than the twin\'s and than normal', () => {
    const degraded = new FlowEffect(0, 2);
    // 2 at 12 is larger than the twin's, but normal; 3 at 14 is not; equal at 30.
    expect(recoveredAt(course(1, '+12 -13 +14 +14 -20 -30 +40'), course(1, ''), degraded, 10)).to.equal(30);
    expect(recoveredAt(course(1, '+12 -13'), course(1, ''), degraded, 10)).to.equal(10);
    expect(recoveredAt(course(1, '+12 +14 -20'), course(1, ''), degraded, 10)).to.equal(null);
    // As long as this, but the twin's is as long.
    expect(recoveredAt(course(3, '+12'), course(3, '+12'), degraded, 10)).to.equal(10);
  });
});
