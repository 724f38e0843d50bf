/**
 * The value of a gauge at an instant: what `components.x.sessions at 40m` asks for.
 *
 * The value at an instant is the last one set up to and including it. Asked of a component with several members, it is the sum
 * over those that have a value; a gauge of the whole component is one value, whichever of its members is asked. No value until then: null.
 */
import type { LedgerReader, Microseconds, ModelMap } from '../../model/index.js';

export interface GaugeRequest {
  /** Component or member by name. */
  readonly component: string;
  readonly gauge: string;
  readonly at: Microseconds;
  /** Not a gauge but a state (`instants.ts`): of a component or member, or of the flow of this name. */
  readonly of?: 'component' | 'flow';
}

interface Pending { readonly request: GaugeRequest; readonly values: Map<number, number> }

export class GaugeMeasure implements LedgerReader {
  readonly #requests: readonly Pending[];
  /** Requests that a member can answer; undefined for most. */
  readonly #byMember: (Pending[] | undefined)[] = [];

  constructor(map: ModelMap, requests: readonly GaugeRequest[]) {
    this.#requests = requests.map((request) => ({ request, values: new Map() }));
    for (const pending of this.#requests) {
      if (pending.request.of !== undefined) continue;
      for (const member of membersOf(map, pending.request)) (this.#byMember[member] ??= []).push(pending);
    }
  }

  gauge(time: Microseconds, member: number, gauge: string, value: number): void {
    const pendings = this.#byMember[member];
    if (pendings === undefined) return;
    for (const { request, values } of pendings) if (request.gauge === gauge && time <= request.at) values.set(member, value);
  }

  /** Values in the order of the requests. After the run. */
  values(): (number | null)[] {
    return this.#requests.map(({ values }) => (values.size === 0 ? null : [...values.values()].reduce((sum, value) => sum + value, 0)));
  }
}

function membersOf(map: ModelMap, { component: name, gauge }: GaugeRequest): readonly number[] {
  const component = map.components.find((each) => each.name === name);
  if (component !== undefined) return component.members;
  const member = map.members.findIndex((each) => each.name === name);
  if (member < 0) return [];
  const owner = map.components[map.members[member].component];
  return owner.wholeGauges.includes(gauge) ? owner.members : [member];
}
