/**
 * The fault that `graph --fault` shows: one of the scenario by its id, or `kind:target`, in the middle of the run; and the run with it.
 *
 * The run is made here and not by a thread, in slices between which an interrupt is heard: it is one replication.
 */
import { setImmediate } from 'node:timers/promises';
import { FaultWitness, withOnly } from '../../experiment/index.js';
import type { FaultEffect } from '../../experiment/index.js';
import { constant } from '../../kernel/index.js';
import { catalogue } from '../../kinds/index.js';
import { buildEngine, FAULT_KINDS } from '../../model/index.js';
import type { FaultDefinition, ModelDefinition } from '../../model/index.js';
import { formatDuration, readScenario } from '../../scenario/index.js';
import type { ReadOptions, Scenario } from '../../scenario/index.js';
import { UserError } from '../errors.js';
import type { ScenarioSource } from '../source.js';
import { didYouMean } from '../suggest.js';

const SLICES = 400;

/** Throws a UserError when there is no such fault. */
export function faultOf(text: string, { definition, precision }: Scenario, source: ScenarioSource, options: ReadOptions): FaultDefinition {
  const known = definition.faults.find(({ id }) => id === text);
  if (known !== undefined) return alone(known, definition);
  const [, kind, target] = /^([a-z-]+):(.+)$/.exec(text) ?? [];
  if (kind === undefined) {
    const ids = definition.faults.map(({ id }) => id);
    throw new UserError(`--fault ${text}: the scenario has no such fault${didYouMean(text, ids)}\n${ids.length === 0 ? 'it has none' : `faults: ${ids.join(', ')}`}; or a kind and a target, such as crash:${definition.components[0]?.name ?? 'server1'}`);
  }
  if (!(FAULT_KINDS as readonly string[]).includes(kind)) throw new UserError(`--fault ${text}: there is no fault "${kind}"${didYouMean(kind, FAULT_KINDS)}\nfaults: ${FAULT_KINDS.join(', ')}`);
  // What the scenario says of its own faults would miss them.
  const without = ['operations=[]', 'expect=[]', ...(precision === undefined ? [] : ['run.precision=null'])];
  return madeUp(text, { kind, target }, definition, source, { ...options, set: [...(options.set ?? []), ...without] });
}

/** Whatever it waits for in the scenario: alone it comes at its instant, or in the middle. */
function alone(fault: FaultDefinition, definition: ModelDefinition): FaultDefinition {
  const { moment, targets, id } = fault;
  if (moment.type === 'at') return fault;
  const apart = moment.type === 'replay' || (moment.type === 'renewal' && !moment.together);
  if (apart && (targets.length > 1 || severalMembers(targets[0], definition))) {
    throw new UserError(`--fault ${id}: it hits now one and now another target; name one: --fault ${fault.kind}:${nameOf(targets[0])}`);
  }
  return inTheMiddle(fault, definition);
}

/** A component that fails member by member. */
function severalMembers(target: FaultDefinition['targets'][number], definition: ModelDefinition): boolean {
  return target.type === 'name' && (definition.components.find(({ name }) => name === target.name)?.on ?? []).length > 1;
}

function nameOf(target: FaultDefinition['targets'][number]): string {
  return target.type === 'name' ? target.name : `${target.type}(${target.cluster})`;
}

const middleOf = ({ run }: ModelDefinition): number => Math.round((run.warmup + run.horizon) / 2);

function inTheMiddle(fault: FaultDefinition, definition: ModelDefinition): FaultDefinition {
  return { ...fault, moment: { type: 'at', at: constant(middleOf(definition)) } };
}

/** A target is read as in a scenario: so are its mistakes. */
function madeUp(text: string, { kind, target }: { readonly kind: string; readonly target: string }, definition: ModelDefinition, source: ScenarioSource, options: ReadOptions): FaultDefinition {
  const fault = JSON.stringify([{ id: 'fault', kind, target: target.includes(',') ? target.split(',').map((one) => one.trim()) : target, at: formatDuration(middleOf(definition)) }]);
  const { scenario, diagnostics } = readScenario(source, { ...options, set: [...(options.set ?? []), `faults=${fault}`] }, catalogue);
  const found = scenario?.definition.faults.at(0);
  if (found !== undefined) return { ...found, id: text };
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  throw new UserError(errors.map(({ message, suggestions = [], remedy }) => {
    const hint = suggestions.length > 0 ? ` - did you mean ${suggestions.map((one) => `"${one}"`).join(' or ')}?` : remedy === undefined ? '' : ` - ${remedy}`;
    return `--fault ${text}: ${message}${hint}`;
  }).join('\n'));
}

export async function effectOf(fault: FaultDefinition, whole: ModelDefinition): Promise<FaultEffect> {
  const definition = withOnly(whole, fault);
  const engine = buildEngine(definition, catalogue, { replication: 1 });
  const witness = new FaultWitness(engine.map, definition);
  engine.read(witness.measure);
  for (let slice = 1; slice <= SLICES; slice += 1) {
    engine.advance((engine.end * slice) / SLICES);
    await setImmediate();
  }
  engine.finish();
  const { effect } = witness;
  if (effect === null) throw new UserError(`--fault ${fault.id}: it never came: its moment is not before the end of the run`);
  return effect;
}
