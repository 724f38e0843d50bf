/**
 * Builds the sessions of a component, one for each of its sources with each of its destinations, and ties them to what they decide about
 * and depend on: work in hand, networks. Not here: who owns what (`hop/sessions.ts`).
 */
import type { Context } from '../context.js';
import { ModelError } from '../errors.js';
import type { Partitions } from '../fault/partitions.js';
import type { Lane } from '../hop/lane.js';
import type { Leases } from '../hop/leases.js';
import type { SessionEnds } from '../hop/session.js';
import { Sessions } from '../hop/sessions.js';
import { startOf } from './states.js';
import { destinationsOf } from './tracking.js';
import type { Component, World } from '../world.js';

/** @param lanes of the sources that stand before the component in a route */
export function buildSessions(world: World, context: Context, component: Component, lanes: readonly Lane[]): Sessions | null {
  const terms = component.kind.pool?.leases?.sessions?.(component.values);
  if (terms === undefined) return null;
  const destinations = destinationsOf(world, component);
  const ends = sourcesOf(world, component, lanes).flatMap(({ source, store, lane }) => destinations.map((destination, place): SessionEnds => ({
    source, store, destination, doors: destination.members.flatMap((member) => member.functions.get(terms.to.function) ?? []), lane: place === 0 ? lane : null,
  })));
  const sessions = new Sessions(context, component, ends, terms, ({ member }) => startOf(member) === 0);
  for (const session of sessions.all) if (session.lane !== null) session.lane.session = session;
  // Its workers stop with the last of several destinations only; what is behind one of them stops with that one.
  if (destinations.length > 1) for (const { doors } of sessions.all) for (const door of doors) door.listeners.push(sessions.rewired);
  return sessions;
}

/** What it names, then the stores of those that leave their tracking data to it. */
function sourcesOf(world: World, component: Component, lanes: readonly Lane[]): readonly Omit<SessionEnds, 'destination' | 'doors'>[] {
  const { from } = component.kind.pool!.leases!;
  const listed = from === undefined ? [] : namesIn(component.values[from]);
  const left = world.components.flatMap(({ kind: { tracking }, values }) => (tracking !== undefined && values[tracking.movedBy] === component.name ? namesIn(values[tracking.stores]) : []));
  return [...new Set([...listed, ...left])].flatMap((name): Omit<SessionEnds, 'destination' | 'doors'>[] => {
    const source = world.component(name);
    const own = lanes.filter(({ buffer }) => buffer!.component === source);
    if (own.length > 0) return own.map((lane) => ({ source, store: lane.store, lane }));
    if (source.store === null) throw new ModelError(`${name} keeps nothing that ${component.name} could move`);
    return [{ source, store: source.store, lane: null }];
  });
}

const namesIn = (value: unknown): readonly string[] => [value ?? []].flat().map(String);

export function connectSessions(all: readonly Sessions[], leases: Leases, partitions: Partitions | null): void {
  for (const sessions of all) {
    sessions.onTaken = ({ lane }) => { if (lane !== null) leases.passOn(lane); };
    if (partitions === null) continue;
    sessions.network = partitions;
    partitions.listeners.push(sessions.rewired);
  }
}
