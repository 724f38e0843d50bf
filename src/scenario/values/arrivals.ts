/** Arrivals as written → arrivals of the model. The form is checked by the schema; here the instants. */
import type { ArrivalDefinition, ProfileStep } from '../../model/index.js';
import { formatDuration } from '../quantities/duration.js';
import { child } from '../text/located.js';
import type { Located, LocatedMap, LocatedScalar } from '../text/located.js';
import { ARRIVAL_TAGS } from '../schema/arrivals.js';
import type { ValueContext } from './context.js';
import { numberValue, scalarValue } from './scalar.js';

type Context = Pick<ValueContext, 'diagnostics' | 'data'>;

/** Null when something was reported. */
export function arrivalsValue(node: LocatedMap, horizon: number | null, context: Context): ArrivalDefinition | null {
  const before = context.diagnostics.errors;
  const arrivals = { ...form(node, context), ...limits(node, horizon, context) };
  return context.diagnostics.errors === before ? arrivals : null;
}

function limits(node: LocatedMap, horizon: number | null, { diagnostics }: Context): { from?: number; until?: number; limit?: number } {
  const read = (key: string): number | undefined => {
    const value = child(node, key);
    return value === undefined ? undefined : scalarValue('duration', value, diagnostics);
  };
  const from = read('from');
  const until = read('until');
  const limit = numberValue(child(node, 'limit'));
  const place = (key: string): Located => child(node, key) ?? node;
  if (until !== undefined && until <= (from ?? 0)) {
    diagnostics.error('HS054', place('until').at, `arrivals end at ${formatDuration(until)}, before they begin at ${formatDuration(from ?? 0)}`, { remedy: 'until is a time of the clock, as from is' });
  } else if (horizon !== null && from !== undefined && from >= horizon) {
    diagnostics.error('HS054', place('from').at, `arrivals begin at ${formatDuration(from)}, and the horizon is ${formatDuration(horizon)}`, { remedy: 'an earlier from, or a later horizon' });
  }
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }), ...(limit === undefined ? {} : { limit }) };
}

function form(node: LocatedMap, context: Context): ArrivalDefinition {
  const tag = ARRIVAL_TAGS.find((one) => node.entries.has(one)) ?? '';
  const value = child(node, tag) ?? node;
  const { diagnostics } = context;
  switch (tag) {
    case 'poisson': return { type: 'poisson', ratePerSecond: scalarValue('rate', value, diagnostics) };
    case 'every': return { type: 'every', interval: scalarValue('duration', value, diagnostics) };
    case 'profile': {
      const repeat = child(node, 'repeat');
      const steps = value.type === 'list' ? value.items.map((item) => step(item as LocatedMap, context)) : [];
      if (steps.every((one) => one.ratePerSecond === undefined && one.interval === undefined)) diagnostics.error('HS054', value.at, 'every step of the profile is silent', { remedy: 'give at least one step every or poisson' });
      return { type: 'profile', steps, repeat: repeat?.type === 'scalar' && repeat.value === true };
    }
    case 'replay': return { type: 'replay', times: replay(value as LocatedScalar, context) };
    default: {
      const interval = child(value, 'every');
      return { type: 'batch', interval: interval === undefined ? 0 : scalarValue('duration', interval, diagnostics), size: numberValue(child(value, 'size')) ?? 0 };
    }
  }
}

function step(node: LocatedMap, { diagnostics }: Context): ProfileStep {
  const lasts = child(node, 'for');
  const poisson = child(node, 'poisson');
  const every = child(node, 'every');
  if (poisson !== undefined && every !== undefined) diagnostics.error('HS025', every.at, 'a step has both poisson and every', { remedy: 'exactly one, or none for silence' });
  const rate = poisson === undefined ? 0 : scalarValue('rate', poisson, diagnostics);
  return {
    for: lasts === undefined ? 0 : scalarValue('duration', lasts, diagnostics),
    // A rate of 0 is silence, too.
    ...(rate > 0 ? { ratePerSecond: rate } : {}),
    ...(every === undefined ? {} : { interval: scalarValue('duration', every, diagnostics) }),
  };
}

function replay(node: LocatedScalar, { diagnostics, data }: Context): readonly number[] {
  const times = data.column(node) ?? [];
  const back = times.findIndex((time, index) => index > 0 && time < times[index - 1]);
  if (back > 0) {
    diagnostics.error('HS026', node.at, `value ${String(back + 1)} of the file is ${formatDuration(times[back])}, before the ${formatDuration(times[back - 1])} above it`, {
      remedy: 'arrivals are replayed in the order of time: sort the file',
    });
  }
  return times;
}
