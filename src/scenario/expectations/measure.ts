/**
 * `subject.metric[.statistic]` without a comparison → what is spoken of. What it cannot be is told with its place inside the text.
 *
 * Not here: gauges, which have a value at an instant only, and what the measure is wanted for.
 */
import type { Column } from '../../experiment/columns.js';
import type { Expectation, ExpectationSubject } from '../../experiment/expectation.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { within } from '../text/located.js';
import type { LocatedScalar } from '../text/located.js';
import type { Piece } from './grammar.js';
import { resolveMetric } from './metric.js';
import { resolveSubject } from './subject.js';
import type { Known } from './subject.js';

export interface Measure {
  readonly subject: ExpectationSubject;
  readonly column: Column;
  readonly statistic?: Expectation['statistic'];
  /** The metric as written. */
  readonly metric: Piece;
}

/** Undefined: told, or it cannot be judged because of a mistake told elsewhere. */
export function readMeasure(item: LocatedScalar & { readonly value: string }, known: Known, diagnostics: DiagnosticList): Measure | undefined {
  const resolved = resolveSubject({ text: item.value, start: 0 }, known);
  if ('silent' in resolved) return undefined;
  if ('lost' in resolved) {
    const { piece, message, extra } = resolved.lost;
    diagnostics.error('HS081', within(item, piece.start, piece.text.length), message, extra);
    return undefined;
  }
  const { subject, metric } = resolved.found;
  const read = resolveMetric(resolved.found, false);
  if (!read.ok) {
    diagnostics.error('HS082', within(item, metric.start, metric.text.length), read.message, read.extra);
    return undefined;
  }
  return { subject, column: read.column, metric, ...(read.statistic === undefined ? {} : { statistic: read.statistic }) };
}
