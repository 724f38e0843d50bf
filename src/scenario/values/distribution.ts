/** A distribution as written → the distribution of the kernel. Order and finite moments are checked here, single values by the schema. */
import {
  constant, DistributionError, empirical, erlang, exponential, hyperexponential, lognormal, triangular, uniform, weibull,
} from '../../kernel/index.js';
import type { Distribution } from '../../kernel/index.js';
import { formatDuration } from '../quantities/duration.js';
import { child, locate } from '../text/located.js';
import type { Located, LocatedScalar } from '../text/located.js';
import type { DISTRIBUTION_TAGS } from '../words.js';
import type { ValueContext } from './context.js';
import { numberValue, scalarValue } from './scalar.js';

type Context = Pick<ValueContext, 'diagnostics' | 'data'>;
type Tag = (typeof DISTRIBUTION_TAGS)[number];

/** A distribution that cannot be made is reported and taken as 0. */
export function distributionValue(node: Located, context: Context): Distribution {
  if (node.type !== 'map') return constant(scalarValue('duration', node, context.diagnostics));
  const before = context.diagnostics.errors;
  try {
    const [[tag, entry]] = node.entries;
    return BUILDERS[tag as Tag](entry.value, context);
  } catch (error) {
    if (!(error instanceof DistributionError)) throw error;
    // Values already reported were taken as 0: what follows from that is no news.
    if (context.diagnostics.errors === before) context.diagnostics.error('HS024', node.at, error.message);
    return constant(0);
  }
}

const BUILDERS: Readonly<Record<Tag, (node: Located, context: Context) => Distribution>> = {
  exponential: (node, { diagnostics }) => exponential(scalarValue('duration', node, diagnostics)),
  uniform: (node, context) => {
    const [low, high] = rising(node, [child(node, 0), child(node, 1)], context);
    return uniform(low, high);
  },
  triangular: (node, context) => {
    const [low, mode, high] = rising(node, [child(node, 0), child(node, 1), child(node, 2)], context);
    return triangular(low, mode, high);
  },
  lognormal: (node, context) => {
    const [median, p95] = rising(node, [child(node, 'median'), child(node, 'p95')], context);
    return lognormal(median, p95);
  },
  weibull: (node, context) => weibull(numberValue(child(node, 'shape')) ?? 0, at(node, 'scale', context)),
  erlang: (node, context) => erlang(numberValue(child(node, 'k')) ?? 0, at(node, 'mean', context)),
  hyperexponential: (node, context) => hyperexponential(at(node, 'mean', context), numberValue(child(node, 'cv2')) ?? 0),
  empirical: (node, { data }) => empirical(data.column(node as LocatedScalar) ?? [0]),
};

function at(node: Located, key: string, { diagnostics }: Context): number {
  return scalarValue('duration', child(node, key) ?? locate(0, node.at), diagnostics);
}

/** Durations that must not fall; the first that does is reported with both values in the units of the user. */
function rising(node: Located, parts: readonly (Located | undefined)[], { diagnostics }: Context): number[] {
  const values = parts.map((part) => (part === undefined ? 0 : scalarValue('duration', part, diagnostics)));
  const wrong = values.findIndex((value, index) => index > 0 && value < values[index - 1]);
  if (wrong > 0) {
    diagnostics.error('HS024', parts[wrong]?.at ?? node.at, `${formatDuration(values[wrong])} is less than the ${formatDuration(values[wrong - 1])} before it`, {
      remedy: 'values go from small to large',
    });
  }
  return wrong > 0 ? values.toSorted((a, b) => a - b) : values;
}
