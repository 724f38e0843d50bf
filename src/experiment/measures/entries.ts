/**
 * The entries of the ledgers as data: which arguments each has, and how they read with names instead of indices.
 *
 * Names and not indices are compared and hashed, so the numbering of components, cause sets and paths is nobody's business.
 */
import type { CausePathId, CauseSetId, LedgerReader, ModelMap } from '../../model/index.js';

export type Field =
  | 'number' | 'text' | 'flag' | 'flow' | 'member' | 'component' | 'function' | 'occurrence' | 'operation' | 'causes' | 'path';
export type EntryName = keyof LedgerReader;

/** Arguments after the time, in order. */
export const ENTRY_FIELDS: Readonly<Record<EntryName, readonly Field[]>> = {
  offered: ['flow', 'number'],
  sent: ['flow', 'number'],
  accepted: ['flow', 'number', 'number', 'number'],
  received: ['flow', 'number'],
  effect: ['flow', 'number', 'number', 'number', 'number', 'path'],
  suppressed: ['flow', 'number', 'number'],
  delivered: ['flow', 'number', 'number'],
  suspended: ['flow', 'number', 'number', 'flag', 'path'],
  legClosed: ['flow', 'number', 'number', 'number', 'text', 'path', 'flag'],
  closed: ['flow', 'number', 'number', 'text', 'path', 'flag'],
  worked: ['member', 'flag'],
  busy: ['member', 'number', 'number'],
  booked: ['member', 'number', 'number', 'number'],
  waiting: ['member', 'number'],
  queued: ['component', 'number'],
  step: ['member', 'text', 'flow', 'number', 'number', 'text'],
  functionChanged: ['function', 'flag', 'causes'],
  slowed: ['member', 'number', 'causes'],
  lifecycle: ['member', 'text', 'text', 'causes'],
  failover: ['component', 'component'],
  sessionMoved: ['component', 'component', 'member', 'member', 'component'],
  believed: ['component', 'member', 'flag'],
  flowChanged: ['flow', 'number', 'number', 'causes'],
  acceptChanged: ['flow', 'number', 'causes'],
  gauge: ['member', 'text', 'number'],
  faultStarted: ['occurrence', 'flag'],
  faultEnded: ['occurrence'],
  noticed: ['occurrence'],
  operation: ['operation', 'text', 'number', 'text', 'text'],
  ended: [],
};

export const ENTRY_NAMES = Object.keys(ENTRY_FIELDS) as readonly EntryName[];

/** An argument as text, names for indices. */
export function fieldText(map: ModelMap, field: Field, value: unknown): string {
  const index = value as number;
  switch (field) {
    case 'flow': return map.flows[index].name;
    case 'member': return map.members[index]?.name ?? String(index);
    case 'component': return map.components[index]?.name ?? String(index);
    case 'function': return functionText(map, index);
    case 'occurrence': return occurrenceText(map, index);
    case 'operation': return map.operations[index].id;
    case 'causes': return causesText(map, index);
    case 'path': return causePathText(map, index);
    default: return String(value);
  }
}

/** `fulfil@bts1.run`. */
export function functionText(map: ModelMap, fn: number): string {
  const { name, member } = map.functions[fn];
  return `${map.members[member].name}.${name}`;
}

/** `sql1-dies#1`. */
export function occurrenceText(map: ModelMap, occurrence: number): string {
  const { fault, number } = map.occurrences[occurrence];
  return `${map.faults[fault].id}#${number}`;
}

/** `{sql1-dies#1 power#2}`. */
export function causesText(map: ModelMap, causes: CauseSetId): string {
  return `{${map.causesOf(causes).map((occurrence) => occurrenceText(map, occurrence)).join(' ')}}`;
}

function causePathText(map: ModelMap, path: CausePathId): string {
  if (path === 0) return '-';
  const { causes, component, step } = map.pathOf(path);
  return `${causesText(map, causes)} > ${component} > ${step}`;
}
