/** What a workload is, and the list of them with their sizes and targets. It runs nothing. */

export const WORKLOADS = ['hold', 'mm1', 'repair', 'churn'] as const;
export type Workload = (typeof WORKLOADS)[number];

/** What one engine reports of one measured run. */
export interface Measurement {
  readonly seconds: number;
  /** A figure of the simulated system; the same for engines that did the same work. */
  readonly check: number;
}

/** Runs `steps` steps of a workload of size `n` after a shorter warm-up. */
export type Engine = (workload: Workload, n: number, steps: number) => Measurement;

export interface Case {
  readonly name: string;
  readonly workload: Workload;
  readonly n: number;
  readonly steps: number;
  /** What the check value means, with its expectation where theory has one. */
  readonly check: string;
  /** Least ratio to the C++ loop, or least million steps a second. */
  readonly target?: { readonly ratio: number } | { readonly rate: number };
}

export const CASES: readonly Case[] = [
  { name: 'HOLD 1e2', workload: 'hold', n: 1e2, steps: 2e7, check: 'clock at end', target: { ratio: 0.8 } },
  { name: 'HOLD 1e4', workload: 'hold', n: 1e4, steps: 1e7, check: 'clock at end', target: { ratio: 0.8 } },
  { name: 'HOLD 1e6', workload: 'hold', n: 1e6, steps: 4e6, check: 'clock at end', target: { ratio: 0.4 } },
  { name: 'M/M/1 0.9', workload: 'mm1', n: 1, steps: 2e7, check: 'mean sojourn (10)', target: { ratio: 0.5 } },
  { name: 'repair', workload: 'repair', n: 20, steps: 2e7, check: 'mean up (17.873768)' },
  { name: 'churn 1e2', workload: 'churn', n: 1e2, steps: 1e7, check: 'timeouts' },
  { name: 'churn 1e4', workload: 'churn', n: 1e4, steps: 5e6, check: 'timeouts', target: { rate: 5 } },
];

export const ARRIVAL_RATE = 0.9;
export const FAILURE_RATE = 0.1;
export const REPAIRERS = 3;
/** How much longer than a step's mean a timeout is. */
export const TIMEOUT = 30;
/** Customers of M/M/1 that can wait at once; far beyond what rho 0.9 brings. */
export const RING = 1 << 14;
