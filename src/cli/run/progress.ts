/** Progress on stderr: a bar with the time left on a terminal, a line every 30 s elsewhere, nothing with `--quiet`. */
import { SingleBar } from 'cli-progress';
import { duration, plural } from '../../report/index.js';
import type { Terminal } from '../terminal.js';
import type { ScenarioFacts } from './messages.js';
import type { OnProgress, Standing } from './session.js';

const LINE_EVERY = 30_000;
/** Steps of the bar. */
const STEPS = 10_000;

export interface Progress {
  readonly update: OnProgress;
  /** Something else is written meanwhile. */
  around(write: () => void): void;
  /** Takes the bar away; call before anything else is written. */
  stop(): void;
}

/** What is under way, and how much of it there is. */
type Counted = Pick<ScenarioFacts, 'name' | 'replications' | 'precision'> & { /** One of them; absent: a replication. */ readonly unit?: string };

/** What takes its time, in the words of its progress. */
export interface Task {
  readonly name: string;
  /** `3 of 20 replications`, of what is done. */
  readonly counted: (done: string) => string;
  /** It may end before all is done. */
  readonly mayEndEarly: boolean;
}

export function openProgress({ name, replications, precision, unit = 'replication' }: Counted, terminal: Terminal, quiet: boolean): Progress {
  const limit = precision !== null;
  return openTask({ name, counted: (done) => `${done} of ${limit ? 'at most ' : ''}${plural(replications, unit)}`, mayEndEarly: limit }, terminal, quiet);
}

export function openTask(task: Task, terminal: Terminal, quiet: boolean): Progress {
  if (quiet) return { update: () => undefined, around: (write) => write(), stop: () => undefined };
  return terminal.interactive ? bar(task) : lines(task, terminal);
}

function bar(task: Task): Progress {
  const shown = new SingleBar({
    format: `${task.name} {bar} {percentage}% · ${task.counted('{done}')} · {left} left`,
    stream: process.stderr, clearOnComplete: true, hideCursor: true, barsize: 24, fps: 5,
    barCompleteChar: '█', barIncompleteChar: '░', gracefulExit: false,
  });
  const started = performance.now();
  let latest: Standing = { done: 0, share: 0 };
  const payload = (): object => ({ done: latest.done, left: timeLeft(started, latest.share, task) });
  const step = (): number => Math.floor(latest.share * STEPS);
  shown.start(STEPS, 0, payload());
  return {
    update: (standing) => {
      latest = standing;
      shown.update(step(), payload());
    },
    around: (write) => {
      shown.stop();
      write();
      shown.start(STEPS, step(), payload());
    },
    stop: () => shown.stop(),
  };
}

function lines(task: Task, terminal: Terminal): Progress {
  const started = performance.now();
  let latest: Standing = { done: 0, share: 0 };
  const timer = setInterval(() => {
    const { done, share } = latest;
    terminal.err(`${task.name}: ${String(Math.floor(share * 100))}%, ${task.counted(String(done))}, ${timeLeft(started, share, task)} left\n`);
  }, LINE_EVERY);
  timer.unref();
  return {
    update: (standing) => {
      latest = standing;
    },
    around: (write) => write(),
    stop: () => clearInterval(timer),
  };
}

function timeLeft(started: number, share: number, { mayEndEarly }: Task): string {
  if (share <= 0) return '…';
  const left = duration(Math.ceil(((performance.now() - started) / 1000) * ((1 - share) / share)));
  return mayEndEarly ? `at most ${left}` : left;
}
