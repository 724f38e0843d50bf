/**
 * Gauges that the model writes: of a member, or of a whole component (then its first member stands for it).
 *
 * Only gauges that the kind declares are written. Not here: the value of a gauge at an instant (room `experiment`).
 */
import type { Context } from './context.js';
import type { Component, Member, World } from './world.js';

export type Gauge = (value: number) => void;

/** For numbers that change with every message: whether anybody wants to know is asked once. */
export function gaugeOf(context: Context, component: Component, gauge: string): Gauge {
  if (component.kind.gauges?.[gauge] === undefined) return () => undefined;
  const readers = context.ledger.to.gauge;
  const member = component.members[0].index;
  return (value) => { for (const reader of readers) reader.gauge(context.sim.now, member, gauge, value); };
}

/** A gauge of a whole component has a new value. */
export function tellWhole(context: Context, component: Component, gauge: string, value: number): void {
  if (component.kind.gauges?.[gauge] !== undefined) tell(context, component.members[0], gauge, value);
}

/** A gauge of a member has a new value. */
export function tell(context: Context, member: Member, gauge: string, value: number): void {
  for (const reader of context.ledger.to.gauge) reader.gauge(context.sim.now, member.index, gauge, value);
}

/** Every gauge has a value from the start. */
export function beginGauges(context: Context, world: World): void {
  for (const component of world.components) {
    for (const [gauge, { whole }] of Object.entries(component.kind.gauges ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const member of whole === true ? component.members.slice(0, 1) : component.members) tell(context, member, gauge, 0);
    }
  }
}
