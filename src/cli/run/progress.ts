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
  /** Takes the bar away; call before anything else is written. */
  stop(): void;
}

/** Of what progress is told: so many of something. */
export type ProgressOf = Pick<ScenarioFacts, 'name' | 'replications' | 'precision'> & { /** One of them; absent: a replication. */ readonly unit?: string };

export function openProgress(facts: ProgressOf, terminal: Terminal, quiet: boolean): Progress {
  if (quiet) return { update: () => undefined, stop: () => undefined };
  return terminal.interactive ? bar(facts) : lines(facts, terminal);
}

function bar(facts: ProgressOf): Progress {
  const shown = new SingleBar({
    format: `${facts.name} {bar} {percentage}% · ${counted('{done}', facts)} · {left} left`,
    stream: process.stderr, clearOnComplete: true, hideCursor: true, barsize: 24, fps: 5,
    barCompleteChar: '█', barIncompleteChar: '░', gracefulExit: false,
  });
  const started = performance.now();
  shown.start(STEPS, 0, { done: 0, left: '…' });
  return {
    update: ({ done, share }) => shown.update(Math.floor(share * STEPS), { done, left: timeLeft(started, share, facts) }),
    stop: () => shown.stop(),
  };
}

function lines(facts: ProgressOf, terminal: Terminal): Progress {
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
    stop: () => clearInterval(timer),
  };
}

function counted(done: string, { replications, precision, unit = 'replication' }: ProgressOf): string {
  return `${done} of ${precision === null ? '' : 'at most '}${plural(replications, unit)}`;
}

function timeLeft(started: number, share: number, { precision }: ProgressOf): string {
  if (share <= 0) return '…';
  const left = duration(Math.ceil(((performance.now() - started) / 1000) * ((1 - share) / share)));
  return precision === null ? left : `at most ${left}`;
}
