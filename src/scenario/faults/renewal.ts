/** Failures at random as written (`mttf`, `mttr`, `start`, `together`, `beta`) → the moment of the model. */
import type { Fields, RenewalDefinition, Values } from '../../model/index.js';
import { child, headOf } from '../text/located.js';
import type { LocatedMap } from '../text/located.js';
import type { Topology } from '../topology/component.js';
import type { Filling } from '../topology/parameters.js';
import { distributionValue } from '../values/distribution.js';
import { scalarValue, textValue } from '../values/scalar.js';
import type { Aim } from './target.js';

/** Undefined when something was reported. */
export function readRenewal(node: LocatedMap, path: string, filling: Filling): RenewalDefinition | undefined {
  const { diagnostics } = filling;
  const before = diagnostics.errors;
  const written = child(node, 'mttf');
  if (written === undefined || !node.entries.has('mttr')) {
    diagnostics.error('HS063', (node.entries.get('mttf') ?? node.entries.get('mttr'))?.key ?? headOf(node), 'mttf and mttr belong together', { remedy: 'give both, or one of at, after, every, when' });
    return undefined;
  }
  const mttf = distributionValue(written, filling);
  if (mttf.mean <= 0 && diagnostics.errors === before) diagnostics.error('HS020', written.at, 'the mean time to failure must be longer than 0', { remedy: 'a duration such as 30d, or a distribution of durations' });
  const lasting = node.entries.get('for');
  if (lasting !== undefined) diagnostics.error('HS065', lasting.key, '"for" does not go with mttf: mttr says how long it lasts', { remedy: 'write mttr in the place of for' });
  const together = plainOf(node, 'together') === true;
  const share = child(node, 'beta');
  const beta = share === undefined ? 0 : scalarValue('share', share, diagnostics);
  if (share !== undefined && (beta <= 0 || beta >= 1)) diagnostics.error('HS014', share.at, 'beta lies between 0 and 1', { remedy: together || beta >= 1 ? 'together: true lets all fail at once, always' : 'leave it out' });
  if (share !== undefined && together) diagnostics.error('HS065', share.at, 'with "together" every failure hits all: there is no share of them', { remedy: 'leave out together or the share' });
  const start = textValue(child(node, 'start')) === 'stationary' ? 'stationary' : 'up';
  if (!node.entries.has('start')) filling.assumptions.add(`${path}.start`, 'up', 'assumption: scenario language, everything is new at the start');
  if (!together && beta === 0) filling.assumptions.add(`${path}.together`, false, 'assumption: scenario language, failures are independent');
  const hindrance = ['beta', 'crew'].find((key) => node.entries.has(key)) ?? (together ? 'together' : undefined);
  if (start === 'stationary' && hindrance !== undefined) {
    diagnostics.error('HS065', child(node, 'start')?.at ?? node.at, `the stationary start is known for independent repairs only, not with "${hindrance}"`, { remedy: 'start: up, and a warmup' });
  }
  return diagnostics.errors === before ? { type: 'renewal', mttf, start, together, beta } : undefined;
}

/** A common cause needs something in common. */
export function checkCommonCause(node: LocatedMap, { together, beta }: RenewalDefinition, aims: readonly Aim[], members: (component: string) => readonly string[], { diagnostics }: Filling): void {
  if (!together && beta === 0) return;
  const units = aims.reduce((sum, { target }) => sum + (target.type === 'name' && !target.name.includes('@') ? Math.max(1, members(target.name).length) : 1), 0);
  if (units > 1) return;
  const key = together ? 'together' : 'beta';
  diagnostics.error('HS065', node.entries.get(key)?.key ?? node.at, `"${key}" needs several members, and the target is one`, { remedy: 'name several members, for example by a glob, or leave it out' });
}

/** Who stands by fails at another rate: where it is in its alternation is not known beforehand. */
export function checkStart(node: LocatedMap, { start }: RenewalDefinition, aims: readonly Aim[], topology: Topology, { diagnostics }: Filling): void {
  if (start !== 'stationary') return;
  for (const { kind, values, on, name } of topology.all()) {
    if (kind?.role === undefined || values === undefined || (kind.role.dormancy?.(values as Values<Fields>) ?? 1) === 1) continue;
    const parts = [...(kind.role.among ?? []).flatMap((parameter) => [values[parameter] ?? []].flat()), ...(on ?? [])];
    const hit = aims.flatMap(({ hits }) => hits).find((one) => parts.includes(one.name));
    if (hit === undefined) continue;
    diagnostics.error('HS065', child(node, 'start')?.at ?? node.at, `the stationary start is not known for ${hit.name}: it fails at another rate while it stands by in ${name}`, { remedy: 'start: up, and a warmup' });
    return;
  }
}

function plainOf(node: LocatedMap, key: string): unknown {
  const value = child(node, key);
  return value?.type === 'scalar' ? value.value : undefined;
}
