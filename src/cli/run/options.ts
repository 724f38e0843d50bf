/** What one call of `run` was asked to do. */
import type { WorkerRequest } from './messages.js';
import type { Jobs } from './session.js';

export interface RunOptions {
  /** As the user named them; `-` is stdin. */
  readonly files: readonly string[];
  readonly out: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly jobs: Jobs;
  /** Most states of an exact solution; null: none is wanted. */
  readonly exact: number | null;
  readonly request: WorkerRequest;
  /** Told every file that was read. */
  readonly onRead?: (files: readonly string[]) => void;
}
