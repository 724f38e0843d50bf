/** `expect` → expectations that can be judged. What cannot be is told with its place inside the text. */
import type { Expectation } from '../../experiment/expectation.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import type { Code } from '../diagnostics/codes.js';
import { DEFAULT_WIDTH } from '../../experiment/agreement.js';
import { delayQuantile } from '../../experiment/delay-pool.js';
import { parseShare } from '../quantities/amounts.js';
import { formatDuration, parseDuration } from '../quantities/duration.js';
import type { Soundness } from '../schema/validate.js';
import { child, isText, within } from '../text/located.js';
import type { LocatedMap, LocatedScalar } from '../text/located.js';
import { readBound } from './bound.js';
import { FORM, parseExpectation } from './grammar.js';
import type { Piece } from './grammar.js';
import { resolveMetric } from './metric.js';
import { resolveSubject } from './subject.js';
import type { Known } from './subject.js';

export function readExpectations(root: LocatedMap, soundness: Soundness, known: Known, diagnostics: DiagnosticList): Expectation[] {
  const section = child(root, 'expect');
  if (section?.type !== 'list') return [];
  return section.items.flatMap((item, index) => {
    const expectation = isText(item) && soundness.isSound(['expect', index]) ? readOne(item, known, diagnostics) : undefined;
    return expectation === undefined ? [] : [expectation];
  });
}

function readOne(item: LocatedScalar & { readonly value: string }, known: Known, diagnostics: DiagnosticList): Expectation | undefined {
  const fail = (code: Code, piece: Piece, message: string, extra = {}): undefined => {
    diagnostics.error(code, within(item, piece.start, piece.text.length), message, extra);
  };
  const parsed = parseExpectation(item.value);
  if (!parsed.ok) {
    diagnostics.error('HS080', within(item, parsed.start, parsed.length), parsed.message, { remedy: FORM, suggestions: parsed.suggestions });
    return undefined;
  }
  const { subject, at, comparison, operator, bound, upper, within: width } = parsed.value;
  const resolved = resolveSubject(subject, known);
  if ('silent' in resolved) return undefined;
  if ('lost' in resolved) return fail('HS081', resolved.lost.piece, resolved.lost.message, resolved.lost.extra);
  const { found } = resolved;
  const metric = resolveMetric(found, at !== undefined);
  if (!metric.ok) return fail('HS082', found.metric, metric.message, metric.extra);

  const instant = at === undefined ? undefined : parseDuration(at.text);
  if (instant !== undefined && !instant.ok && at !== undefined) return fail('HS020', at, instant.message, instant);
  if (instant?.ok === true && at !== undefined && known.end !== null && instant.value > known.end) {
    return fail('HS084', at, `${at.text} is after the end of the run at ${formatDuration(known.end)}`);
  }
  const hasMean = metric.statistic === undefined || metric.statistic === 'mean';
  if (comparison === '~' && metric.column.unit !== 'text' && (!hasMean || (found.subject.type === 'flow' && delayQuantile(metric.column.name) !== null))) {
    return fail('HS082', operator, '~ compares a mean over replications with its true value, and this is no mean');
  }
  const narrow = width === undefined ? undefined : parseShare(width.text);
  if (narrow?.ok === false && width !== undefined) return fail(narrow.code, width, narrow.message, narrow);
  const low = readBound(bound.text, metric.column, comparison);
  if (!low.ok) return fail(low.code, bound, low.message, low);
  const high = upper === undefined ? undefined : readBound(upper.text, metric.column, comparison);
  if (high?.ok === false && upper !== undefined) return fail(high.code, upper, high.message, high);
  if (high?.ok === true && upper !== undefined && high.value < low.value) return fail('HS080', upper, `${upper.text} is less than ${bound.text}`, { remedy: 'between takes the lower bound first' });

  const [flowName] = found.subject.name.split('/', 1);
  if (found.subject.type === 'flow' && metric.column.name === 'late' && !known.deadlines.has(flowName)) {
    diagnostics.warning('HS085', within(item, found.metric.start, found.metric.text.length), `${flowName} has no deadline: nothing can be late`, { remedy: `objectives: {${flowName}: {deadline: 5m}}` });
  }
  return {
    text: item.value, subject: found.subject, column: metric.column, comparison, bound: low.value,
    boundText: upper === undefined ? bound.text : `${bound.text} and ${upper.text}`,
    ...(metric.statistic === undefined ? {} : { statistic: metric.statistic }),
    ...(metric.state === undefined ? {} : { state: metric.state }),
    ...(instant?.ok === true ? { at: instant.value } : {}),
    ...(comparison === '~' ? { within: narrow?.ok === true ? narrow.value : DEFAULT_WIDTH } : {}),
    ...(high?.ok === true && typeof high.value === 'number' ? { upper: high.value } : {}),
    place: { file: item.at.file, line: item.at.line, column: item.at.column },
  };
}
