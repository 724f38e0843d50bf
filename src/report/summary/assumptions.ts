/** What the figures rest on: how much was assumed and the first few; all of it stands in `run.json`. */
import type { Assumption } from '../../experiment/result.js';
import { plural } from '../figures.js';
import type { Paint } from '../paint.js';
import { left, table } from '../table.js';

const LONGEST = 4;

export function assumptionSection(assumptions: readonly Assumption[], paint: Paint): string[] {
  if (assumptions.length === 0) return [];
  const shown = assumptions.slice(0, LONGEST);
  const [, ...lines] = table(
    [left(''), left(''), left('')],
    shown.map((assumption) => [assumption.parameter, assumption.value, paint.dim(assumption.source)]),
  );
  const rest = assumptions.length - shown.length;
  return [
    paint.title('Rests on') + paint.dim(` ${plural(assumptions.length, 'assumption')}`),
    ...lines,
    ...(rest > 0 ? [paint.dim(`  … ${String(rest)} more in run.json`)] : []),
  ];
}
