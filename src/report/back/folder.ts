/**
 * The folder of an earlier run read back: what `run.json` says of the run, and the rows of its tables.
 *
 * Nothing is computed. A folder without `run.json` is not taken: seed, horizon and completeness stand nowhere else.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { COMPONENT_COLUMNS, FAULT_COLUMNS, FLOW_COLUMNS, OPERATION_COLUMNS } from '../../experiment/columns.js';
import type { Column } from '../../experiment/columns.js';
import { flowNames } from '../../experiment/compare/comparable.js';
import type { ComparableRun } from '../../experiment/compare/comparable.js';
import type { Row } from '../../experiment/result.js';
import { OutputError } from '../errors.js';
import { rowsFromCsv } from './csv.js';

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Throws OutputError: what is missing or wrong, and what to do. */
export function readResults(path: string): ComparableRun {
  const record = runRecord(path);
  const text = (name: string): string => typeof record[name] === 'string' ? record[name] : wrong(path, name);
  const number = (name: string, of: Readonly<Record<string, unknown>> = record): number => typeof of[name] === 'number' ? of[name] : wrong(path, name);
  const options = (typeof record.options === 'object' && record.options !== null ? record.options : wrong(path, 'options')) as Readonly<Record<string, unknown>>;
  const { seed, complete } = record;
  const tables = {
    flows: tableOf(path, 'flows.csv', FLOW_COLUMNS), faults: tableOf(path, 'faults.csv', FAULT_COLUMNS),
    components: tableOf(path, 'components.csv', COMPONENT_COLUMNS), operations: tableOf(path, 'operations.csv', OPERATION_COLUMNS),
  };
  return {
    label: path, name: text('name'), version: text('version'), rng: number('rng'), scenarioHash: text('scenario_hash'), digest: text('digest'),
    seed: typeof seed === 'number' || typeof seed === 'string' ? seed : wrong(path, 'seed'),
    complete: typeof complete === 'boolean' ? complete : wrong(path, 'complete'),
    replications: number('replications'),
    horizonSeconds: number('horizon_s', options), warmupSeconds: number('warmup_s', options), drainSeconds: number('drain_s', options),
    flows: flowNames(tables.flows), tables,
  };
}

function runRecord(path: string): Readonly<Record<string, unknown>> {
  const file = join(path, 'run.json');
  const text = textOf(file);
  if (text === null) throw new OutputError(`${path} is not a folder of results: it has no run.json, which says with what seed and horizon it was run; hasim run --out ${path} writes one`);
  try {
    const record: unknown = JSON.parse(text);
    if (typeof record === 'object' && record !== null) return record as Readonly<Record<string, unknown>>;
  } catch {
    // Told below: it makes no difference to the user how it is broken.
  }
  throw new OutputError(`${file} is no JSON object: run the scenario again`);
}

function tableOf(path: string, name: string, columns: readonly Column[]): readonly Row[] {
  const file = join(path, name);
  const text = textOf(file);
  if (text === null) throw new OutputError(`${file} is missing: run the scenario again`);
  return rowsFromCsv(file, text, columns);
}

/** Null: there is no such file. */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new OutputError(`${file} cannot be read (${code ?? 'unknown error'})`);
  }
}

function wrong(path: string, name: string): never {
  throw new OutputError(`${join(path, 'run.json')}: "${name}" is missing or of the wrong sort; run the scenario again`);
}
