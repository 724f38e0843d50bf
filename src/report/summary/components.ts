/**
 * One line per component that was down, the worst first: what a scenario without messages is about. Means over replications.
 *
 * Where there are flows they say what an outage did, and this stays in `components.csv`.
 */
import { COMPONENT_COLUMNS } from '../../experiment/columns.js';
import type { ExperimentResult } from '../../experiment/result.js';
import { figure, plural } from '../figures.js';
import type { Paint } from '../paint.js';
import { rowsOf } from '../rows.js';
import { left, right, table } from '../table.js';
import { columnNamed } from './means.js';
import type { Means } from './means.js';

const LONGEST = 12;
const SHOWN = ([
  ['available', 'availability'], ['down a year', 'downtime_per_year_s'], ['outages a year', 'outages_per_year'], ['mean up', 'mttf_s'], ['mean down', 'mttr_s'], ['first outage', 'first_outage_s'],
] as const).map(([header, name]) => ({ header, column: columnNamed(COMPONENT_COLUMNS, name) }));

export function componentSection(result: ExperimentResult, means: Means, paint: Paint): string[] {
  if (rowsOf(result, 'flows').length > 0) return [];
  const [{ column: availability }] = SHOWN;
  const upShare = (name: string): number => Number(means.of(`components.${name}`, availability) ?? 1);
  const down = [...new Set(rowsOf(result, 'components').map((row) => String(row.component)))].filter((name) => upShare(name) < 1);
  if (down.length === 0) return [];
  // Stable: alike as in the topology.
  const names = down.sort((a, b) => upShare(a) - upShare(b)).slice(0, LONGEST);
  return [
    paint.title('Components that were down') + paint.dim(result.replications.length > 1 ? ' (means over replications)' : ''),
    ...table([left('component'), ...SHOWN.map(({ header }) => right(header))],
      names.map((name) => [paint.strong(name), ...SHOWN.map(({ column }) => figure(means.of(`components.${name}`, column), column.unit))]), { paintHeader: paint.dim }),
    ...(down.length > names.length ? [paint.dim(`  … ${plural(down.length - names.length, 'more component')} in components.csv`)] : []),
  ];
}
