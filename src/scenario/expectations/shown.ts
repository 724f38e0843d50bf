/** Metrics that a report is to show → rows of `summary.csv` and which of their figures. What is not there is told. */
import { columnOfMetric, FLOW_COLUMNS, metricOf } from '../../experiment/columns.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import type { ShownMetric } from '../scenario.js';
import { SHOW } from '../text/file.js';
import { within } from '../text/located.js';
import { locatedPiece } from './conditions.js';
import type { Piece } from './grammar.js';
import { readMeasure } from './measure.js';
import type { Known } from './subject.js';

/** As `summary.csv` has them. */
const QUANTILES = [0.5, 0.95, 0.99];

export function readShown(texts: readonly Piece[], known: Known, diagnostics: DiagnosticList): ShownMetric[] {
  return texts.flatMap((piece) => {
    const item = locatedPiece(piece, SHOW);
    const read = readMeasure(item, known, diagnostics);
    if (read === undefined) return [];
    const { subject, column, statistic, metric } = read;
    const refuse = (message: string, remedy: string): [] => {
      diagnostics.error('HS087', within(item, metric.start, metric.text.length), message, { remedy });
      return [];
    };
    if (subject.type === 'operation') return refuse('summary.csv has no operations', 'use an expectation: operations.id.result == done');
    if (column.unit === 'text') return refuse(`"${metric.text}" is a text: it has no mean`, 'use an expectation: it can be compared with == and !=');
    if (/^delay_p\d+_s$/.test(column.name) && columnOfMetric(FLOW_COLUMNS, metricOf(column)) === null) return refuse(`summary.csv has no ${metric.text}`, 'it has delay.p50, delay.p95 and delay.p99');
    if (typeof statistic === 'object' && !QUANTILES.includes(statistic.quantile)) return refuse(`summary.csv has no ${metric.text.slice(metric.text.lastIndexOf('.') + 1)}`, 'it has mean, min, p50, p95, p99 and max');
    return [{ text: piece.text, subject, column, ...(statistic === undefined ? {} : { statistic }) }];
  });
}
