/** The keys that only some kinds of fault take: factor, probability, count, step. */
import { PERMANENT_FAULTS } from '../../model/index.js';
import type { FaultDeclaration, FaultDefinition, FaultKind, Step } from '../../model/index.js';
import { enumerate } from '../diagnostics/suggest.js';
import { child } from '../text/located.js';
import type { LocatedMap } from '../text/located.js';
import type { Filling } from '../topology/parameters.js';
import { numberValue, scalarValue, textValue } from '../values/scalar.js';

type Details = Pick<FaultDefinition, 'factor' | 'probability' | 'count' | 'step'>;

/** Which kinds of fault take a key; the others refuse it. */
const TAKEN_BY: Readonly<Record<'factor' | 'probability' | 'count' | 'step', readonly FaultKind[]>> = {
  factor: ['slow'], probability: ['ack-loss', 'error'], count: ['error'], step: ['ack-loss', 'error'],
};

export function readDetails(node: LocatedMap, kind: FaultKind, declared: readonly FaultDeclaration[], path: string, filling: Filling): Details {
  const { diagnostics } = filling;
  for (const [key, kinds] of Object.entries(TAKEN_BY)) {
    const entry = node.entries.get(key);
    if (entry !== undefined && !kinds.includes(kind)) diagnostics.error('HS065', entry.key, `${kind} does not take "${key}"`, { remedy: `${key} belongs to ${kinds.join(' and ')}` });
  }
  const lasting = node.entries.get('for') ?? node.entries.get('mttr');
  if (lasting !== undefined && PERMANENT_FAULTS.includes(kind)) diagnostics.error('HS065', lasting.key, `${kind} is permanent and does not take "${node.entries.has('for') ? 'for' : 'mttr'}"`, { remedy: 'an outage ends' });
  if (kind === 'slow') return slow(node, filling);
  return kind === 'ack-loss' || kind === 'error' ? hit(node, kind, declared, path, filling) : {};
}

function slow(node: LocatedMap, { diagnostics }: Filling): Details {
  const written = child(node, 'factor');
  const factor = numberValue(written);
  const kind = child(node, 'kind') ?? node;
  if (factor === undefined) diagnostics.error('HS065', kind.at, 'slow needs "factor"', { remedy: 'factor: 10 makes work take ten times longer' });
  else if (factor <= 0) diagnostics.error('HS014', written?.at ?? node.at, `a factor of ${String(factor)} is not possible: above 0`, { remedy: 'factor: 10 makes work take ten times longer' });
  else if (factor <= 1) diagnostics.warning('HS014', written?.at ?? node.at, `a factor of ${String(factor)} slows nothing down`, { remedy: 'work takes this many times longer' });
  return factor === undefined ? {} : { factor };
}

function hit(node: LocatedMap, kind: FaultKind, declared: readonly FaultDeclaration[], path: string, { diagnostics, assumptions }: Filling): Details {
  const kindAt = (child(node, 'kind') ?? node).at;
  const share = child(node, 'probability');
  const count = numberValue(child(node, 'count'));
  const probability = share === undefined ? undefined : scalarValue('share', share, diagnostics);
  if (share !== undefined && probability === 0) diagnostics.error('HS014', share.at, 'a probability of 0 hits nothing', { remedy: 'leave the fault out, or give a probability above 0' });
  if (kind === 'ack-loss' && probability === undefined) diagnostics.error('HS065', kindAt, 'ack-loss needs "probability"', { remedy: 'for example probability: 1%' });
  if (kind === 'error' && (probability === undefined) === (count === undefined)) {
    diagnostics.error('HS065', kindAt, probability === undefined ? 'error needs "probability" or "count"' : 'error takes "probability" or "count", not both', { remedy: 'probability: 1% of the steps, or count: 3 steps' });
  }
  const step = stepHit(node, declared, path, { diagnostics, assumptions });
  return { ...(probability === undefined ? {} : { probability }), ...(count === undefined ? {} : { count }), ...(step === undefined ? {} : { step }) };
}

function stepHit(node: LocatedMap, declared: readonly FaultDeclaration[], path: string, { diagnostics, assumptions }: Pick<Filling, 'diagnostics' | 'assumptions'>): Step | undefined {
  const written = child(node, 'step');
  const step = textValue(written) as Step | undefined;
  if (written === undefined || step === undefined) {
    const first = declared.find((one) => one.steps !== undefined)?.steps?.[0];
    if (first !== undefined) assumptions.add(`${path}.step`, first, 'the first step that the kind of the target declares');
    return first;
  }
  const refusing = declared.find((one) => one.steps?.includes(step) !== true);
  if (refusing !== undefined) diagnostics.error('HS068', written.at, `the target cannot be hit at the step "${step}"`, { remedy: `it can be hit at ${enumerate([...(refusing.steps ?? [])])}` });
  return step;
}
