/**
 * `run.precision` → what must be settled, and how narrowly.
 *
 * Not here: how many replications there may be (`values/run.ts`), and when there are enough of them (room `experiment`).
 */
import type { Expectation } from '../../experiment/expectation.js';
import type { Precision, PrecisionTarget } from '../../experiment/precision.js';
import { COMPONENT_COLUMNS, columnOfMetric, FLOW_COLUMNS } from '../../experiment/columns.js';
import type { Column } from '../../experiment/columns.js';
import type { Code } from '../diagnostics/codes.js';
import type { Extra } from '../diagnostics/diagnostic.js';
import type { Soundness } from '../schema/validate.js';
import { child, isText, lookup, within } from '../text/located.js';
import type { Located, LocatedMap, LocatedScalar } from '../text/located.js';
import type { ValueContext } from '../values/context.js';
import { scalarValue } from '../values/scalar.js';
import { readMeasure } from './measure.js';
import type { Known } from './subject.js';

/** All expectations at once. */
const ALL = 'expectations';
const SOURCE = 'assumption: scenario language, what is asked for first';

type Context = Pick<ValueContext, 'diagnostics' | 'assumptions'>;

export function readPrecision(
  root: LocatedMap, soundness: Soundness, known: Known, expectations: readonly Expectation[], context: Context,
): Precision | undefined {
  const node = lookup(root, ['run', 'precision']);
  if (node === undefined || !soundness.isSound(['run', 'precision'])) return undefined;
  const halfWidth = scalarValue('share', child(node, 'half-width') ?? node, context.diagnostics);
  const written = child(node, 'of');
  if (written === undefined) return { halfWidth, of: defaultTargets(root, known, expectations, context) };
  const items: readonly Located[] = written.type === 'list' ? written.items : [written];
  return { halfWidth, of: items.flatMap((item) => (isText(item) ? targetsOf(item, root, known, expectations, context) : [])) };
}

function defaultTargets(root: LocatedMap, known: Known, expectations: readonly Expectation[], { assumptions }: Context): PrecisionTarget[] {
  if (expectationTexts(root).length > 0) {
    assumptions.add('run.precision.of', ALL, SOURCE);
    return expectations.map((_, expectation) => ({ expectation }));
  }
  const flows = [...known.flows.keys()];
  assumptions.add('run.precision.of', flows.length > 0 ? 'delay.mean of each flow' : 'availability of each component', SOURCE);
  return flows.length > 0 ? flows.map((name) => metricTarget('flow', name, 'delay.mean', FLOW_COLUMNS))
    : known.topology.all().map(({ name }) => metricTarget('component', name, 'availability', COMPONENT_COLUMNS));
}

function metricTarget(type: 'flow' | 'component', name: string, metric: string, columns: readonly Column[]): PrecisionTarget {
  const column = columnOfMetric(columns, metric);
  if (column === null) throw new Error(`no metric ${metric}`);
  return { text: `${type === 'flow' ? name : `components.${name}`}.${metric}`, metric: { subject: { type, name }, column } };
}

function targetsOf(
  item: LocatedScalar & { readonly value: string }, root: LocatedMap, known: Known, expectations: readonly Expectation[], { diagnostics }: Context,
): PrecisionTarget[] {
  const text = item.value;
  const fail = (code: Code, start: number, length: number, message: string, extra: Extra = {}): [] => {
    diagnostics.error(code, within(item, start, length), message, extra);
    return [];
  };
  const texts = expectationTexts(root);
  if (text === ALL) {
    if (texts.length === 0) return fail('HS086', 0, text.length, 'there are no expectations', { remedy: 'name metrics, like orders.delay.mean, or write expect' });
    return expectations.map((_, expectation) => ({ expectation }));
  }
  // Of an expectation that is wrong itself nothing more is said.
  if (texts.includes(text)) return expectations.flatMap((one, expectation) => (one.text === text ? [{ expectation }] : []));
  if (/[=!<>~]|\s(at|between)\s/.test(text)) {
    return fail('HS086', 0, text.length, `"${text}" is not one of the expectations`, { remedy: 'write it under expect in the same words, or name its metric alone' });
  }
  const read = readMeasure(item, known, diagnostics);
  if (read === undefined) return [];
  const { subject, metric } = read;
  if (read.column.unit === 'text') return fail('HS086', metric.start, metric.text.length, `"${metric.text}" is a text: it has no mean`);
  if (read.statistic !== undefined && read.statistic !== 'mean') {
    return fail('HS086', metric.start, metric.text.length, `"${metric.text}" has no interval: a precision is that of a mean over replications`);
  }
  return [{ text, metric: { subject, column: read.column } }];
}

function expectationTexts(root: LocatedMap): string[] {
  const section = child(root, 'expect');
  return section?.type === 'list' ? section.items.flatMap((item) => (isText(item) ? [item.value] : [])) : [];
}
