/** Why a run with a precision ended after so many replications, and what is not precise enough. */
import { LEAST_REPLICATIONS } from '../../experiment/precision.js';
import type { ExperimentResult, PrecisionFigure, PrecisionOutcome } from '../../experiment/result.js';
import { plural, share } from '../figures.js';
import type { Paint } from '../paint.js';

/** Beyond this the others are counted. */
const LONGEST = 3;

export function precisionSection(result: ExperimentResult, paint: Paint): string[] {
  return result.precision === undefined ? [] : [precisionLine(result, paint)];
}

/** `Precision ± 5% reached after 37 replications`. */
export function precisionLine({ precision, replications, complete }: ExperimentResult, paint: Paint): string {
  if (precision === undefined) return '';
  const wanted = `± ${share(precision.halfWidth)}`;
  const count = plural(replications.length, 'replication');
  if (precision.reached) return `${paint.title('Precision')} ${paint.good(`${wanted} reached`)} after ${count}${decided(precision)}`;
  const open = precision.figures.filter(({ settled }) => !settled);
  const shown = open.slice(0, LONGEST).map(standing).join('; ');
  const more = open.length > LONGEST ? `; and ${String(open.length - LONGEST)} more` : '';
  const limit = complete ? `in ${count}, the most allowed` : `in the ${count} that were complete`;
  const why = open.length > 0 ? `: ${shown}${more}` : `; it is never judged before ${String(LEAST_REPLICATIONS)}`;
  return `${paint.title('Precision')} ${paint.warn(`${wanted} not reached`)} ${limit}${why}`;
}

function decided({ figures }: PrecisionOutcome): string {
  return figures.length > 0 && figures.every(({ verdict }) => verdict === 'met' || verdict === 'missed') ? ': every verdict is decided' : '';
}

function standing({ text, mean, halfWidth }: PrecisionFigure): string {
  if (typeof mean !== 'number' || typeof halfWidth !== 'number') return `${text} has no interval`;
  return mean === 0 ? `${text} has mean 0` : `${text} is known to ± ${share(Number((halfWidth / Math.abs(mean)).toPrecision(3)))}`;
}
