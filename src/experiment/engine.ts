/**
 * What the measures and the runner need from a built model; implemented by `model`.
 */
import type { LedgerReader, ModelDefinition, ModelMap, KindDeclaration } from '../model/index.js';

export interface EngineOptions {
  readonly replication: number;
  /** Emit `step` entries. */
  readonly traceSteps?: boolean;
  /** Check conservation at every event (tests); else after every fault and at the end. */
  readonly checkAlways?: boolean;
  /** Never reuse a message's record (tests compare the two). */
  readonly keepRecords?: boolean;
}

/** One replication, ready to run. */
export interface Engine {
  readonly map: ModelMap;
  /** Adds a reader; before `run`. */
  read(reader: LedgerReader): void;
  /** Runs to horizon + drain and closes the ledgers. Throws `InvariantError` on a bug of ours. */
  run(onProgress?: (simulatedTime: number) => boolean): void;
  readonly events: number;
  readonly now: number;
}

export type EngineFactory = (definition: ModelDefinition, catalogue: readonly KindDeclaration[], options: EngineOptions) => Engine;
