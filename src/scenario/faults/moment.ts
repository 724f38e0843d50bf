/** When a fault or an operation comes: exactly one of `at`, `after`, `every`, `when`, `mttf`, `replay`; and whether that is before the end. */
import type { MomentDefinition, Step } from '../../model/index.js';
import type { Distribution } from '../../kernel/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { enumerate, nearest } from '../diagnostics/suggest.js';
import { formatDuration } from '../quantities/duration.js';
import { child, headOf, locate } from '../text/located.js';
import type { Located, LocatedMap } from '../text/located.js';
import { distributionValue } from '../values/distribution.js';
import { numberValue, textValue } from '../values/scalar.js';
import { MOMENT_KEYS } from '../words.js';
import type { Incidents } from './incidents.js';
import { readRenewal } from './renewal.js';

/** Keys that belong to one way of coming. */
const DETAILS: Readonly<Record<string, (typeof MOMENT_KEYS)[number]>> = { first: 'every', start: 'mttf', together: 'mttf', beta: 'mttf' };

/** Undefined when something was reported. A replay is read by whoever knows what it hits (`replay.ts`). */
export function readMoment(node: LocatedMap, path: string, incidents: Incidents): MomentDefinition | undefined {
  const { diagnostics } = incidents.filling;
  const given = MOMENT_KEYS.filter((key) => node.entries.has(key));
  const ways = new Set(given.map((key) => (key === 'mttr' ? 'mttf' : key)));
  if (ways.size !== 1) {
    const second = given[1] === undefined ? undefined : node.entries.get(given[1]);
    diagnostics.error('HS063', second?.key ?? headOf(node), ways.size === 0 ? 'no moment is given' : `more than one moment is given: ${given.join(', ')}`, {
      remedy: 'exactly one of at, after, every, when, mttf (with mttr), replay',
    });
    return undefined;
  }
  const [way] = given;
  for (const [key, owner] of Object.entries(DETAILS)) {
    const entry = node.entries.get(key);
    if (entry !== undefined && !given.includes(owner)) diagnostics.error('HS065', entry.key, `"${key}" belongs to "${owner}"`, { remedy: `leave it out, or write ${owner} in the place of ${way}` });
  }
  const value = child(node, way) ?? node;
  switch (way) {
    case 'at': return { type: 'at', at: distributionValue(value, incidents.filling) };
    case 'every': return interval(value, child(node, 'first'), incidents);
    case 'after': return after(value, path, incidents);
    case 'when': return step(value, path, incidents);
    case 'mttf':
    case 'mttr': return readRenewal(node, path, incidents.filling);
    default: return undefined;
  }
}

function interval(value: Located, first: Located | undefined, incidents: Incidents): MomentDefinition | undefined {
  const every = distributionValue(value, incidents.filling);
  if (every.mean > 0) return { type: 'every', every, ...(first === undefined ? {} : { first: distributionValue(first, incidents.filling) }) };
  incidents.filling.diagnostics.error('HS020', value.at, 'the interval must be longer than 0', { remedy: 'a duration such as 30d, or a distribution of durations' });
  return undefined;
}

function after(value: Located, path: string, { ids, filling }: Incidents): MomentDefinition | undefined {
  const written = child(value, 'fault');
  const fault = textValue(written) ?? '';
  const by = child(value, 'by');
  if (by === undefined) filling.assumptions.add(`${path}.after.by`, '0s', 'assumption: at the same instant');
  const delay = distributionValue(by ?? locate(0, value.at), filling);
  if (ids.has(fault)) return { type: 'after', fault, by: delay };
  filling.diagnostics.error('HS066', written?.at ?? value.at, `unknown fault "${fault}"`, { suggestions: nearest(fault, ids), remedy: `faults: ${enumerate([...ids])}` });
  return undefined;
}

function step(value: Located, path: string, { topology, routed, filling }: Incidents): MomentDefinition | undefined {
  const { diagnostics } = filling;
  const written = child(value, 'component');
  const name = textValue(written) ?? '';
  const nth = numberValue(child(value, 'nth'));
  if (nth === undefined) filling.assumptions.add(`${path}.when.nth`, 1, 'assumption: the first time');
  const component = topology.get(name.split('@', 1)[0]);
  const at = written?.at ?? value.at;
  if (component === undefined || (name.includes('@') && component.sound && !topology.members(component.name).includes(name))) {
    if (!topology.mayExist(name)) diagnostics.error('HS030', at, `unknown component "${name}"`, component === undefined ? topology.meant(name) : { suggestions: nearest(name, topology.members(component.name)) });
    return undefined;
  }
  if (routed !== null && !routed.has(component.name)) {
    diagnostics.error('HS068', at, `no message passes ${component.name}: it stands in no route`, { suggestions: nearest(name, routed) });
    return undefined;
  }
  return { type: 'when', component: name, step: textValue(child(value, 'step')) as Step, nth: nth ?? 1 };
}

/** The instant of a constant moment, following `after`; undefined when it is drawn or unknown. */
export function instantOf(moment: MomentDefinition, momentOf: (fault: string) => MomentDefinition | undefined, depth = 0): number | undefined {
  const fixed = (distribution: Distribution): number | undefined => (distribution.min === distribution.max ? distribution.min : undefined);
  if (moment.type === 'at') return fixed(moment.at);
  if (moment.type === 'every') return fixed(moment.first ?? moment.every);
  if (moment.type === 'renewal') return moment.start === 'up' ? fixed(moment.mttf) : undefined;
  if (moment.type !== 'after' || depth > 100) return undefined;
  const other = momentOf(moment.fault);
  const start = other === undefined ? undefined : instantOf(other, momentOf, depth + 1);
  const delay = fixed(moment.by);
  return start === undefined || delay === undefined ? undefined : start + delay;
}

/** Where a moment stands, and the error when it never comes within the run. */
export function checkInstant(node: LocatedMap, instant: number | undefined, end: number | null, what: string, diagnostics: DiagnosticList): void {
  if (instant === undefined || end === null || instant < end) return;
  const key = node.entries.has('first') ? 'first' : MOMENT_KEYS.find((one) => node.entries.has(one)) ?? 'at';
  diagnostics.error('HS064', child(node, key)?.at ?? node.at, `${what} would come at ${formatDuration(instant)}, and the run ends at ${formatDuration(end)}`, {
    remedy: 'the run ends at horizon + drain',
  });
}
