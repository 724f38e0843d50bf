/**
 * Rows of `impact.csv`: each case over its replications, the gravest first, with what is found about it.
 *
 * Figures are means over the replications; the scope is the widest, names are those of all. What did not happen in some replications
 * counts there as 0; what happened in none is empty.
 */
import { IMPACT_COLUMNS } from '../columns.js';
import { byText, rowOf } from '../measures/cells.js';
import type { Cell, Row } from '../result.js';
import { faultText, idOf } from './blow.js';
import { isSinglePoint, LOSES, SINGLE_POINT, worseThanParts } from './findings.js';
import type { ImpactCase, ImpactPlan } from './plan.js';
import type { ImpactOutcome } from './runner.js';
import { widthOf } from './scope.js';

/** What makes one case graver than another, the weightiest first. */
const WEIGHTS = ['lost', 'flows_stopped', 'capacity_lost_s', 'rejected', 'suspended', 'late', 'duplicates', 'flows_degraded', 'components_down'] as const;
const MEANS = [
  'components_down', 'flows_stopped', 'flows_degraded', 'capacity_lost_s', 'lost', 'duplicates', 'late', 'restore_s', 'full_s', 'recover_s',
  'components_degraded', 'rejected', 'suspended', 'stop_s',
] as const;

/** A case with its row. */
export interface Impact { readonly one: ImpactCase; readonly row: Row; readonly stopped: readonly string[] }

/** `outcomes`: of the leading cases of the plan, those of all replications; a case without all of them is left out. */
export function impactsOf(plan: ImpactPlan, outcomes: readonly (readonly ImpactOutcome[])[]): Impact[] {
  const impacts = plan.cases.slice(0, outcomes.length).flatMap((one, index) => {
    const those = outcomes[index];
    return those.length < plan.replications ? [] : [{ one, row: rowOfCase(one, those), stopped: [...new Set(those.flatMap(({ stopped }) => stopped))].sort(byText) }];
  });
  const singles = new Map(impacts.filter(({ one }) => one.blows.length === 1).map((impact) => [idOf(impact.one.blows[0]), impact]));
  const withPairs = impacts.map((impact) => {
    const parts = impact.one.blows.map((blow) => singles.get(idOf(blow)));
    const worse = parts.length < 2 || parts.includes(undefined) ? null : worseThanParts(impact, parts as Impact[]);
    return worse === null ? impact : { ...impact, row: { ...impact.row, finding: worse } };
  });
  return withPairs.sort((a, b) => compare(a.row, b.row));
}

function compare(a: Row, b: Row): number {
  const scopes = widthOf(b.scope) - widthOf(a.scope);
  if (scopes !== 0) return scopes;
  for (const column of WEIGHTS) {
    const difference = Number(b[column] ?? 0) - Number(a[column] ?? 0);
    if (difference !== 0) return difference;
  }
  return byText(String(a.target), String(b.target)) || byText(String(a.fault), String(b.fault));
}

function rowOfCase(one: ImpactCase, outcomes: readonly ImpactOutcome[]): Row {
  const rows = outcomes.map(({ row }) => row);
  const means = Object.fromEntries(MEANS.map((column) => [column, mean(rows.map((row) => row[column]))]));
  const joined = (text: (blow: (typeof one.blows)[number]) => string): string => one.blows.map(text).join(' + ');
  const findings = one.blows.length > 1 ? [] : [
    ...(rows.every((row) => isSinglePoint(one.blows[0], row)) ? [SINGLE_POINT] : []), ...(Number(means.lost) > 0 ? [LOSES] : []),
  ];
  return rowOf(IMPACT_COLUMNS, {
    ...means, target: joined(({ target }) => target), kind: joined(({ kind }) => kind), fault: joined(faultText),
    scope: rows.map(({ scope }) => scope).reduce((widest, scope) => (widthOf(scope) > widthOf(widest) ? scope : widest)),
    blast_radius: names(rows, 'blast_radius'), open: names(rows, 'open'),
    // Of a pair there are two ends.
    end_s: one.blows.length > 1 || rows.some((row) => row.end_s === null) ? null : mean(rows.map((row) => Number(row.end_s) - Number(row.start_s))),
    finding: findings.length === 0 ? null : findings.join('; '),
  });
}

function mean(cells: readonly Cell[]): Cell {
  if (cells.every((cell) => cell === null)) return null;
  return cells.reduce<number>((sum, cell) => sum + Number(cell ?? 0), 0) / cells.length;
}

/** All words of a cell over the replications, in the order of their first appearance. */
function names(rows: readonly Row[], column: string): string | null {
  const words = new Set(rows.flatMap((row) => (row[column] === null ? [] : String(row[column]).split(' '))));
  return words.size === 0 ? null : [...words].join(' ');
}
