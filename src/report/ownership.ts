/**
 * Whether a file that stands where a result is to be written is a result of an earlier run: only such a file may be replaced or removed.
 *
 * It is known by its header, of which earlier versions had less or more; a file without a word in it is nobody's. Not here: files
 * of other names, which are never touched.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import {
  ATTRIBUTION_COLUMNS, COMPARE_COLUMNS, COMPONENT_COLUMNS, EVENT_COLUMNS, EXPECTATION_COLUMNS, FAULT_COLUMNS, FLOW_COLUMNS, GAUGE_COLUMNS,
  IMPACT_COLUMNS, OPERATION_COLUMNS, SUMMARY_COLUMNS, TIMELINE_COLUMNS,
} from '../experiment/columns.js';
import type { Column } from '../experiment/columns.js';

const TABLES: Readonly<Record<string, readonly Column[]>> = {
  'flows.csv': FLOW_COLUMNS, 'faults.csv': FAULT_COLUMNS, 'components.csv': COMPONENT_COLUMNS, 'operations.csv': OPERATION_COLUMNS,
  'timeline.csv': TIMELINE_COLUMNS, 'summary.csv': SUMMARY_COLUMNS, 'expectations.csv': EXPECTATION_COLUMNS, 'attribution.csv': ATTRIBUTION_COLUMNS,
  'events.csv': EVENT_COLUMNS, 'gauges.csv': GAUGE_COLUMNS, 'impact.csv': IMPACT_COLUMNS, 'compare.csv': COMPARE_COLUMNS,
  // Behind the columns that are varied.
  'sweep.csv': SUMMARY_COLUMNS,
};

/** Enough for every header and for the first keys of `run.json`. */
const BEGINNING = 4096;

/** False: it is somebody else's. A file of another name than those of results is said to be ours. */
export function isOwn(file: string): boolean {
  const name = basename(file);
  const text = beginning(file).trimStart();
  if (text === '') return true;
  if (name === 'run.json') return text.startsWith('{') && text.includes('"rng":');
  if (!Object.hasOwn(TABLES, name)) return true;
  const [header] = text.split(/\r?\n/, 1);
  return `,${header},`.includes(`,${TABLES[name].slice(0, 2).map((column) => column.name).join(',')},`);
}

function beginning(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(BEGINNING);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, BEGINNING, 0));
  } finally {
    closeSync(descriptor);
  }
}
