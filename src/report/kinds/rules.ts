/** Topology rules that speak of a kind; why they do, is told by `hasim explain`. */
import type { KindDeclaration } from '../../model/index.js';
import type { Paint } from '../paint.js';
import { left, table } from '../table.js';

export function ruleLines(kind: KindDeclaration, paint: Paint): string[] {
  const rows = (kind.rules ?? []).map((rule) => [paint.strong(rule.name), rule.level, rule.meaning]);
  return rows.length === 0 ? [] : table([left('rule'), left('level'), left('meaning', 90)], rows, { paintHeader: paint.dim });
}
