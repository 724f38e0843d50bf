/**
 * What the measures and the runner need from a built model; implemented by `model`.
 */
import type { EngineOptions, KindDeclaration, LedgerReader, ModelDefinition, ModelMap } from '../model/index.js';

/** Instants (whole µs, rising, before the end) at which somebody looks at what was measured so far. They change nothing in the run. */
export interface Pauses { readonly at: readonly number[]; readonly look: (time: number) => void }

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
