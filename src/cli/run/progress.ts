/** Progress on stderr: a bar with the time left on a terminal, a line every 30 s elsewhere, nothing with `--quiet`. */
import { SingleBar } from 'cli-progress';
import { duration } from '../../report/index.js';
import type { Terminal } from '../terminal.js';
import type { OnProgress } from './session.js';

const LINE_EVERY = 30_000;
/** Steps of the bar per replication. */
const STEPS = 1000;

export interface Progress {
  readonly update: OnProgress;
  /** Takes the bar away; call before anything else is written. */
  stop(): void;
}

export function openProgress(name: string, replications: number, terminal: Terminal, quiet: boolean): Progress {
  if (quiet) return { update: () => undefined, stop: () => undefined };
  return terminal.interactive ? bar(name, replications) : lines(name, terminal);
}

function bar(name: string, replications: number): Progress {
  const shown = new SingleBar({
    format: `${name} {bar} {percentage}% · replication {replication}/${String(replications)} · {left} left`,
    stream: process.stderr, clearOnComplete: true, hideCursor: true, barsize: 24, fps: 5,
    barCompleteChar: '█', barIncompleteChar: '░', gracefulExit: false,
  });
  const started = performance.now();
  shown.start(replications * STEPS, 0, { replication: 1, left: '…' });
  return {
    update: (replication, of, fraction) => {
      const share = shareOf(replication, of, fraction);
      shown.update(Math.floor(share * of * STEPS), { replication, left: timeLeft(started, share) });
    },
    stop: () => shown.stop(),
  };
}

function lines(name: string, terminal: Terminal): Progress {
  const started = performance.now();
  let latest = { replication: 1, of: 1, share: 0 };
  const timer = setInterval(() => {
    const { replication, of, share } = latest;
    terminal.err(`${name}: ${String(Math.floor(share * 100))}%, replication ${String(replication)}/${String(of)}, ${timeLeft(started, share)} left\n`);
  }, LINE_EVERY);
  timer.unref();
  return {
    update: (replication, of, fraction) => {
      latest = { replication, of, share: shareOf(replication, of, fraction) };
    },
    stop: () => clearInterval(timer),
  };
}

/** Of all replications together, 0 to 1. */
function shareOf(replication: number, of: number, fraction: number): number {
  return Math.min(1, Math.max(0, (replication - 1 + Math.min(1, fraction)) / of));
}

function timeLeft(started: number, share: number): string {
  if (share <= 0) return '…';
  return duration(Math.ceil(((performance.now() - started) / 1000) * ((1 - share) / share)));
}
