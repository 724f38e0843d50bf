/**
 * Which runs an impact analysis needs, and the definition of each.
 *
 * Every run has the same number of faults, those that are not wanted coming after the end: so what happens at one instant is
 * ordered in one way in all of them, and they draw the same numbers for whatever a fault does not touch.
 */
import { constant } from '../../kernel/index.js';
import type { FaultDefinition, Microseconds, ModelDefinition } from '../../model/index.js';
import { idOf } from './blow.js';
import type { Blow } from './blow.js';

/** One fault, or a pair. */
export interface ImpactCase { readonly blows: readonly Blow[] }

/** What is stopped in order before the fault comes, and stays so. */
export interface Maintenance {
  readonly targets: readonly string[];
  readonly from: Microseconds;
}

/** Plain data. */
export interface ImpactPlan {
  readonly order: 1 | 2;
  readonly at: Microseconds;
  /** How long every fault lasts that can end; null: as usual. */
  readonly hold: Microseconds | null;
  /** From the first fault of a pair to the second. */
  readonly gap: Microseconds;
  readonly horizon: Microseconds;
  readonly replications: number;
  /** The scenario's own faults come, too. */
  readonly withFaults: boolean;
  readonly maintenance: Maintenance | null;
  /** Flows of the scenario: without any nothing can be stopped, and nothing is lost. */
  readonly flows: number;
  readonly cases: readonly ImpactCase[];
}

export interface PairOptions {
  /** Of several faults of a target only the plainest. */
  readonly plainest: boolean;
}

/** One at a time; for order 2 also all pairs of faults that each hit one member, of two targets. */
export function casesOf(blows: readonly Blow[], order: 1 | 2, { plainest }: PairOptions): ImpactCase[] {
  if (order === 1) return blows.map((blow) => ({ blows: [blow] }));
  const single = blows.filter((blow) => blow.single);
  const parts = plainest ? plainestOf(single) : single;
  const pairs = parts.flatMap((first, index) =>
    parts.slice(index + 1).filter((second) => second.target !== first.target).map((second) => ({ blows: [first, second] })));
  return [...parts.map((blow) => ({ blows: [blow] })), ...pairs];
}

/** Of each target the first fault that is a failure, or the first at all. */
function plainestOf(blows: readonly Blow[]): Blow[] {
  const byTarget = new Map<string, Blow>();
  for (const blow of blows) {
    const known = byTarget.get(blow.target);
    if (known === undefined || (!known.failure && blow.failure)) byTarget.set(blow.target, blow);
  }
  return [...byTarget.values()];
}

/** The scenario with the faults of one case; of null: with none of them, which is the twin of all cases. */
export function definitionFor(scenario: ModelDefinition, plan: ImpactPlan, one: ImpactCase | null): ModelDefinition {
  const { drain } = scenario.run;
  const blows = one?.blows ?? [];
  const never: FaultDefinition[] = Array.from({ length: plan.order - blows.length }, (_, index) => ({
    id: `(nothing ${String(index + 1)})`, kind: 'crash', targetText: '', targets: [], moment: { type: 'at', at: constant(plan.horizon + drain) },
  }));
  return {
    ...scenario,
    run: { ...scenario.run, horizon: plan.horizon, replications: plan.replications },
    faults: [
      ...(plan.withFaults ? scenario.faults : []), ...maintenanceFault(plan), ...never,
      ...blows.map((blow, index) => faultOf(blow, plan.at + index * plan.gap)),
    ],
  };
}

function faultOf(blow: Blow, at: Microseconds): FaultDefinition {
  const { fault, target, step, hold, factor } = blow;
  return {
    id: idOf(blow), kind: fault, targetText: target, targets: [{ type: 'name', name: target }], moment: { type: 'at', at: constant(at) },
    ...(hold === null ? {} : { for: constant(hold) }), ...(factor === null ? {} : { factor }), ...(step === null ? {} : { step, probability: 1 }),
  };
}

function maintenanceFault({ maintenance, horizon }: ImpactPlan): FaultDefinition[] {
  if (maintenance === null) return [];
  const { targets, from } = maintenance;
  return [{
    id: '(maintenance)', kind: 'stop', targetText: targets.join(', '), targets: targets.map((name) => ({ type: 'name', name })),
    // Longer than any drain: it must not come back by itself.
    moment: { type: 'at', at: constant(from) }, for: constant(2 * horizon + 1e15),
  }];
}
