/** What has moved since the baseline, in lines: the first rows of each file, and how many more. */
import type { Difference } from '../../experiment/difference.js';
import type { MovedFile } from '../baseline/index.js';
import { plural } from '../figures.js';

/** Per file. The first ones tell what it is about; the files hold all. */
const SHOWN = 3;

export function movedLines(moved: readonly MovedFile[], shown = SHOWN): string[] {
  return moved.flatMap(({ file, differences }) => {
    if (differences === null) return [`${file}: not in the baseline`];
    const rest = differences.length - shown;
    return [
      `${file}: ${plural(differences.length, 'difference')}`,
      ...differences.slice(0, shown).map((one) => `  ${differenceText(one)}`),
      ...(rest > 0 ? [`  … ${String(rest)} more`] : []),
    ];
  });
}

export function differenceText({ row, column, from, to }: Difference): string {
  if (row === '' && column !== null) return from === null ? `the column ${column} is new` : `the column ${column} is no longer there`;
  if (row === '') return `${from ?? ''} → ${to ?? ''}`;
  if (column === null) return from === null ? `${row}: the row is new` : `${row}: the row is no longer there`;
  return `${row}: ${column} ${cell(from)} → ${cell(to)}`;
}

const cell = (text: string | null): string => (text === null || text === '' ? '(empty)' : text);

export function movedCount(moved: readonly MovedFile[]): string {
  const count = moved.reduce((sum, { differences }) => sum + (differences?.length ?? 1), 0);
  return `${plural(count, 'difference')} in ${plural(moved.length, 'file')}`;
}
