/**
 * From a scenario, written as plain data, through the reader and the model to ledgers and rows: what every property drives.
 *
 * A scenario that does not read is a mistake of the test and says so. Not here: how scenarios are made up.
 */
import { stringify } from 'yaml';
import { DigestMeasure, firstDifference, record } from '../../../src/experiment/index.js';
import type { Recording, Row } from '../../../src/experiment/index.js';
import { FlowMeasure } from '../../../src/experiment/measures/flows.js';
import { catalogue } from '../../../src/kinds/index.js';
import { Engine } from '../../../src/model/index.js';
import type { EngineOptions } from '../../../src/model/index.js';
import type { ModelDefinition } from '../../../src/model/index.js';
import { readScenario } from '../../../src/scenario/index.js';

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };
export type Section = Readonly<Record<string, Value>>;

/** A scenario as a user would write it. */
export interface Document {
  readonly version: 1;
  readonly name: string;
  readonly seed: number | string;
  readonly run: Section;
  readonly topology: Readonly<Record<string, Section>>;
  readonly flows: Readonly<Record<string, Section>>;
  readonly faults?: readonly Section[];
  readonly operations?: readonly Section[];
  readonly operator?: Section;
}

/** Topology rules that made-up scenarios may break: the laws hold all the same. */
const ALLOWED = ['L6', 'L9', 'L10', 'L11', 'L13', 'L18', 'L21'];

export const yamlOf = (document: Document): string => stringify({ ...document, allow: ALLOWED }, { collectionStyle: 'any' });

export function definitionOf(document: Document): ModelDefinition {
  const { scenario, diagnostics } = readScenario({ text: yamlOf(document), file: 'scenario.yaml' }, {}, catalogue);
  if (scenario !== null) return scenario.definition;
  throw new Error(`the test made up a scenario that cannot be read:\n${diagnostics.map(({ at, message }) => `${String(at.line)}: ${message}`).join('\n')}\n${yamlOf(document)}`);
}

export function engineOf(definition: ModelDefinition, options: Partial<EngineOptions> = {}): Engine {
  return new Engine(definition, catalogue, { replication: 1, ...options });
}

export interface Outcome {
  readonly recording: Recording;
  readonly digest: string;
  readonly flows: readonly Row[];
}

/** Runs to the end; `prepare` may reach into the engine before. */
export function simulate(definition: ModelDefinition, options: Partial<EngineOptions> = {}, prepare: (engine: Engine) => void = () => undefined): Outcome {
  const engine = engineOf(definition, options);
  prepare(engine);
  const recording = record(engine.map);
  const digest = new DigestMeasure(engine.map);
  const flows = new FlowMeasure(engine.map, definition.run, 1);
  for (const reader of [recording.reader, digest, flows]) engine.read(reader);
  engine.run();
  return { recording, digest: digest.digest, flows: flows.rows() };
}

/** What fails in a check says for which scenario. Its text is made only then: to write one takes longer than many a check. */
export function checkedFor<T>(document: Document, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${yamlOf(document)}`, { cause: error });
  }
}

/** Fails with the first entry in which two runs differ, and the scenario. */
export function mustAgree(left: Outcome, right: Outcome, document: Document, what: string): void {
  const difference = firstDifference(left.recording, right.recording);
  if (difference === null && left.digest === right.digest) return;
  const around = difference === null ? '' : left.recording.lines.slice(Math.max(0, difference.index - 4), difference.index).map((line) => `    ${line}\n`).join('');
  throw new Error(`${what}: ${difference === null ? 'the digests differ though no entry does' : `entry ${String(difference.index)} differs\n${around}  - ${String(difference.left)}\n  + ${String(difference.right)}`}\n${yamlOf(document)}`);
}
