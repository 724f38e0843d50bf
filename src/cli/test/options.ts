/** What one call of `test` was asked to do. */
import type { WorkerRequest } from '../run/messages.js';
import type { Jobs } from '../run/session.js';
import type { Reporter } from './reporters.js';

export interface TestOptions {
  /** Scenario files; `-` is stdin. */
  readonly files: readonly string[];
  /** Only scenarios with a name that matches; null: all. */
  readonly only: { readonly pattern: RegExp; readonly text: string } | null;
  readonly reporters: readonly Reporter[];
  readonly out: string | undefined;
  readonly baseline: string | undefined;
  /** New results take the place of the baseline. */
  readonly update: boolean;
  readonly passWithoutExpectations: boolean;
  readonly quiet: boolean;
  readonly jobs: Jobs;
  readonly request: WorkerRequest;
  /** Told every file that was read. */
  readonly onRead?: (files: readonly string[]) => void;
}
