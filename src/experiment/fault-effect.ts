/**
 * What one fault does to a topology, and nothing else: its blast radius by name, from a run in which only this fault comes.
 *
 * Not here: figures over replications, which need a whole experiment.
 */
import type { FaultDefinition, ModelDefinition, ModelMap } from '../model/index.js';
import { FaultMeasure } from './measures/faults.js';
import type { Row } from './result.js';

export interface FaultEffect {
  readonly fault: string;
  readonly kind: string;
  readonly targetText: string;
  readonly startSeconds: number;
  /** Components that were hit, and whether all members of each were. */
  readonly targets: ReadonlyMap<string, boolean>;
  /** Others that were down, or partly, because of it. */
  readonly down: readonly string[];
  readonly degraded: readonly string[];
  readonly scope: string | null;
  readonly flowsStopped: number;
  readonly flowsDegraded: number;
}

/** The scenario with this fault alone, and without operations. */
export function withOnly(definition: ModelDefinition, fault: FaultDefinition): ModelDefinition {
  return { ...definition, faults: [fault], operations: [] };
}

/** Measures the fault; give it to an engine of `withOnly` before it runs. */
export class FaultWitness {
  readonly measure: FaultMeasure;
  readonly #map: ModelMap;

  constructor(map: ModelMap, definition: ModelDefinition) {
    this.#map = map;
    this.measure = new FaultMeasure(map, definition.run, 1);
  }

  /** After the run: of its first occurrence; null: it never came. */
  get effect(): FaultEffect | null {
    const occurrence = this.#map.occurrences.at(0);
    const row = this.measure.rows().at(0);
    if (occurrence === undefined || row === undefined) return null;
    return { ...this.#hit(occurrence), ...namesOf(row), fault: String(row.fault), kind: occurrence.kind, startSeconds: Number(row.start_s) };
  }

  #hit({ targets, targetText }: ModelMap['occurrences'][number]): Pick<FaultEffect, 'targets' | 'targetText'> {
    const { members, components } = this.#map;
    const hit = new Map<string, boolean>();
    for (const member of targets) {
      const component = components[members[member].component];
      hit.set(component.name, component.members.every((one) => targets.includes(one)));
    }
    return { targets: hit, targetText };
  }
}

/** The blast radius lists those that were down before those that were degraded. */
function namesOf(row: Row): Pick<FaultEffect, 'down' | 'degraded' | 'scope' | 'flowsStopped' | 'flowsDegraded'> {
  const names = typeof row.blast_radius === 'string' ? row.blast_radius.split(' ') : [];
  const down = Number(row.components_down);
  return {
    down: names.slice(0, down), degraded: names.slice(down), scope: typeof row.scope === 'string' ? row.scope : null,
    flowsStopped: Number(row.flows_stopped), flowsDegraded: Number(row.flows_degraded),
  };
}
