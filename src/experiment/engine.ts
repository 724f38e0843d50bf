/**
 * What the measures and the runner need from a built model; implemented by `model`.
 */
import type { EngineOptions, KindDeclaration, LedgerReader, ModelDefinition, ModelMap, Pauses } from '../model/index.js';

/** One replication, ready to run. */
export interface Engine {
  readonly map: ModelMap;
  /** Adds a reader; before `run`. */
  read(reader: LedgerReader): void;
  /** Runs to horizon + drain and closes the ledgers. Throws `InvariantError` on a bug of ours. */
  run(onProgress?: (simulatedTime: number) => boolean, pauses?: Pauses): void;
  readonly events: number;
  readonly now: number;
}

export type EngineFactory = (definition: ModelDefinition, catalogue: readonly KindDeclaration[], options: EngineOptions) => Engine;
