/**
 * Whom a component of a route calls, by what its parameters name: directly, by a name that stands for several, or through others.
 *
 * Not here: what may follow what (`route.ts`).
 */
import { outputOf } from '../../model/index.js';
import type { Fields, HopOutput, Values } from '../../model/index.js';
import type { Component, Topology } from '../topology/component.js';

/** What a component does with a message, as far as its values say; undefined: they are not sound. */
export function outputIn({ kind, values, sound }: Component): HopOutput | undefined {
  if (kind?.hop === undefined) return undefined;
  if (typeof kind.hop.output !== 'function') return kind.hop.output;
  return values === undefined || !sound ? undefined : outputOf(kind.hop, values as Values<Fields>);
}

/** Components named by the parameters with which a hop says whom it calls. */
export function calledBy(component: Component): string[] {
  return (component.kind?.hop?.to ?? []).flatMap((key) => namesAt(component, key));
}

/** The first of them; with a ladder, that of its first rung. */
export function firstCalled(component: Component): string | undefined {
  const ladder = component.values === undefined || !component.sound ? undefined : component.kind?.hop?.ladder?.(component.values as Values<Fields>);
  return ladder?.rungs[0]?.to ?? calledBy(component)[0];
}

/** It names what messages are put into, something that stands behind that, or a name for it. */
export function takesFrom(component: Component, name: string, topology: Topology): boolean {
  const { values = {} } = component;
  // Who says with which parameter it takes names others for other ends.
  const from = component.kind?.pool?.leases?.from;
  const named = (from === undefined ? Object.values(values) : [values[from]]).flatMap((value) => [value].flat()).filter((value) => typeof value === 'string');
  const put = meantBy(name, topology);
  const sources = named.flatMap((one) => meantBy(one, topology));
  // Of what cannot be read it is not known what it keeps for whom; what is wrong there has been told.
  if ([...put, ...sources].some((one) => topology.get(one)?.sound === false)) return true;
  return sources.some((one) => {
    const other = topology.get(one);
    const behind = other?.kind?.buffer?.behind;
    return put.includes(one) || (behind !== undefined && put.includes(String(other?.values?.[behind]))) || put.some((first) => forwardsTo(first, one, topology));
  });
}

/** What is put into the first comes to lie in the second, by way of those that it is sent on to. */
function forwardsTo(first: string, second: string, topology: Topology): boolean {
  const seen = new Set<string>();
  for (let name: string | undefined = first; name !== undefined && !seen.has(name);) {
    seen.add(name);
    const component: Component | undefined = topology.get(name);
    const parameter = component?.kind?.buffer?.forwards;
    const to: unknown = parameter === undefined ? undefined : component?.values?.[parameter];
    if (to === second) return true;
    name = typeof to === 'string' ? to : undefined;
  }
  return false;
}

/** Everything that is called when one of these is, themselves included: what passes a call on calls others. */
export function reachedBy(names: readonly string[], topology: Topology): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    const component = topology.get(name);
    if (component?.kind?.hop?.intake === 'call' && outputIn(component) === 'call') open.push(...calledBy(component));
  }
  return reached;
}

/** Everything that messages of a route may pass, which need not name all of it: what is called, and what moves on what was put somewhere. */
export function passedBy(names: readonly string[], topology: Topology): ReadonlySet<string> {
  const passed = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const component = topology.get(name);
    if (passed.has(name) || component === undefined) continue;
    passed.add(name);
    open.push(...calledBy(component), ...sentTo(component));
    if (component.kind?.buffer === undefined) continue;
    for (const one of topology.all()) if (one.kind?.pool?.leases?.from !== undefined && outputIn(one) === 'call' && takesFrom(one, name, topology)) open.push(one.name);
  }
  return passed;
}

/** Targets of its own choice: those of a ladder, and of a sender. */
function sentTo({ values, sound, kind }: Component): readonly string[] {
  if (values === undefined || !sound) return [];
  const given = values as Values<Fields>;
  return [...(kind?.hop?.ladder?.(given)?.rungs.map(({ to }) => to) ?? []), ...(kind?.hop?.sends?.(given)?.to ?? [])];
}

/** The component itself and, if it is only a name, those that it stands for. */
export function meantBy(name: string, topology: Topology): string[] {
  const component = topology.get(name);
  return [name, ...(component?.kind?.hop?.names ?? []).flatMap((key) => namesAt(component!, key))];
}

function namesAt(component: Component, key: string): string[] {
  const value = component.values?.[key];
  return typeof value === 'string' ? [value] : Array.isArray(value) ? (value as string[]) : [];
}
