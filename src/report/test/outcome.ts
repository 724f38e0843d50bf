/** What a test of scenarios has found, as plain data: all reporters show the same. Exit codes are the business of the command line. */
import type { JudgedExpectation } from '../../experiment/result.js';
import type { MovedFile } from '../baseline/index.js';

/** From the best to the gravest, which decides. */
export const STATUSES = ['passed', 'undecided', 'failed', 'wrong', 'broken', 'interrupted'] as const;
/**
 * `failed`: an expectation is missed, or results moved. `undecided`: there is nothing that decides. `wrong`: the input is.
 * `broken`: a bug of hasim.
 */
export type Status = (typeof STATUSES)[number];

export interface Place { readonly file: string; readonly line: number; readonly column: number }

/** Something to say of a scenario that is not an expectation. */
export interface Finding {
  /** What it does to the status; `passed`: it is a warning. */
  readonly status: Status;
  /** Two or three words. */
  readonly title: string;
  /** One line or several. */
  readonly message: string;
  readonly place?: Place;
}

export interface Identity {
  readonly name: string;
  readonly seed: number | string;
  readonly hash: string;
  /** Those that were completed. */
  readonly replications: number;
  readonly digest: string;
}

export interface BaselineOutcome {
  readonly folder: string;
  /** `kept`: the same; `moved`; `none`: nothing to compare with; `written`: it holds the new results now. */
  readonly state: 'kept' | 'moved' | 'none' | 'written';
  readonly moved: readonly MovedFile[];
}

export interface ScenarioOutcome {
  /** As the user named it. */
  readonly file: string;
  /** Null: it could not be simulated. */
  readonly identity: Identity | null;
  readonly status: Status;
  readonly expectations: readonly JudgedExpectation[];
  readonly findings: readonly Finding[];
  readonly baseline: BaselineOutcome | null;
  /** The command that shows it again; null when there is nothing to show. */
  readonly reproduce: string | null;
  /** By the clock on the wall. */
  readonly seconds: number;
}

export interface TestReport {
  readonly version: string;
  /** In the order in which they were named. */
  readonly scenarios: readonly ScenarioOutcome[];
  readonly exitCode: number;
  /** When it began, for formats that want it. */
  readonly started: Date;
}

export function gravestStatus(statuses: readonly Status[]): Status {
  return STATUSES.findLast((one) => statuses.includes(one)) ?? 'passed';
}

/** A name to call it by: that of the scenario, or the file when that is not known. */
export function nameOf({ identity, file }: ScenarioOutcome): string {
  return identity?.name ?? file;
}

/** `3 passed, 1 failed`, those with none left out; `0 passed` is said. */
export function countText(scenarios: readonly ScenarioOutcome[]): string {
  const number = (status: Status): number => scenarios.filter((one) => one.status === status).length;
  return STATUSES.filter((status) => status === 'passed' || number(status) > 0).map((status) => `${String(number(status))} ${status}`).join(', ');
}
