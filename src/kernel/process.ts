/**
 * Scripts: a sequence of actions in simulated time, written as a generator that yields delays.
 *
 * For the few things that are told as a story (an operation, a test, an example). It is not how components
 * are written: a generator costs more per event than a bound handler and cannot be inspected or explored.
 */
import { NO_EVENT } from './future-event-list.js';
import type { EventId } from './future-event-list.js';
import { Priority } from './priority.js';
import type { Simulator } from './simulator.js';

/** Yields how long to wait until it is resumed, in the unit of the clock. */
export type Script = Generator<number, void, void>;

/** A script under way. */
export interface RunningScript {
  /** Ends it where it waits, running its `finally` blocks; without effect when it has ended. */
  cancel(): void;
  /** Whether it has returned, thrown or been cancelled. */
  readonly done: boolean;
}

/**
 * Starts a script with an event at the present instant.
 * An exception of the script, or a yielded delay that is refused, ends it and passes through `run`.
 */
export function startScript(
  simulator: Simulator,
  script: Script,
  priority: Priority = Priority.work,
  rank = 0,
): RunningScript {
  return new ScriptRunner(simulator, script, priority, rank);
}

class ScriptRunner implements RunningScript {
  done = false;
  private inside = false;
  private event: EventId = NO_EVENT;
  private readonly resume = (): void => {
    this.advance();
  };

  constructor(
    private readonly simulator: Simulator,
    private readonly script: Script,
    private readonly priority: Priority,
    private readonly rank: number,
  ) {
    this.wait(0);
  }

  cancel(): void {
    if (this.done) return;
    this.done = true;
    this.simulator.cancel(this.event);
    // A generator cannot be closed by what it is doing itself; `advance` does it when it next yields.
    if (!this.inside) this.script.return();
  }

  private advance(): void {
    this.inside = true;
    try {
      const step = this.script.next();
      if (step.done === true) this.done = true;
      else if (this.done) this.script.return();
      else this.wait(step.value);
    } catch (error) {
      this.done = true;
      this.script.return();
      throw error;
    } finally {
      this.inside = false;
    }
  }

  private wait(delay: number): void {
    this.event = this.simulator.schedule(delay, this.resume, 0, this.priority, this.rank);
  }
}
