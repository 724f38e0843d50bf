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
type Counted = Pick<ScenarioFacts, 'name' | 'replications' | 'precision'>;

export function openProgress(facts: Counted, terminal: Terminal, quiet: boolean): Progress {
  if (quiet) return { update: () => undefined, around: (write) => write(), stop: () => undefined };
  return terminal.interactive ? bar(facts) : lines(facts, terminal);
}

function bar(facts: Counted): Progress {
  const shown = new SingleBar({
    format: `${facts.name} {bar} {percentage}% · ${counted('{done}', facts)} · {left} left`,
    stream: process.stderr, clearOnComplete: true, hideCursor: true, barsize: 24, fps: 5,
    barCompleteChar: '█', barIncompleteChar: '░', gracefulExit: false,
  });
  const started = performance.now();
  let latest: Standing = { done: 0, share: 0 };
  const payload = (): object => ({ done: latest.done, left: timeLeft(started, latest.share, facts) });
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

function lines(facts: Counted, terminal: Terminal): Progress {
  const started = performance.now();
  let latest: Standing = { done: 0, share: 0 };
  const timer = setInterval(() => {
    const { done, share } = latest;
    terminal.err(`${facts.name}: ${String(Math.floor(share * 100))}%, ${counted(String(done), facts)}, ${timeLeft(started, share, facts)} left\n`);
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

function counted(done: string, { replications, precision }: Counted): string {
  return `${done} of ${precision === null ? '' : 'at most '}${plural(replications, 'replication')}`;
}

function timeLeft(started: number, share: number, { precision }: Counted): string {
  if (share <= 0) return '…';
  const left = duration(Math.ceil(((performance.now() - started) / 1000) * ((1 - share) / share)));
  return precision === null ? left : `at most ${left}`;
}
