/** Where components stand: `in`, `on`, `cluster`, and from when on: `starts`. Which of them a kind takes is said by the kind. */
import { DiagnosticList } from '../diagnostics/diagnostic.js';
import { enumerate, withArticle } from '../diagnostics/suggest.js';
import { broken } from '../rules.js';
import { child, isText } from '../text/located.js';
import type { Located } from '../text/located.js';
import { scalarValue } from '../values/scalar.js';
import { hasActiveServer } from './component.js';
import type { Component, Topology } from './component.js';
import { resolveOne } from './resolve.js';
import { resolveServers } from './servers.js';

const PLACES = { on: 'on: makes one member on each of the servers named', cluster: 'cluster: one instance on the active server', in: 'in: one that fails with what contains it' };

/** Fills in `in`, `on`, `cluster` and `starts` of every component. */
export function placeComponents(topology: Topology, diagnostics: DiagnosticList): void {
  const done = new Set<string>();
  for (const component of topology.all()) {
    // A broken declaration still says where others find its members; its own mistakes have been told. What `count` makes is told once.
    const heard = component.placeable && !done.has(component.declared) ? diagnostics : new DiagnosticList();
    const before = heard.errors;
    place(component, topology, heard);
    if (heard.errors > before) for (const one of topology.all()) if (one.declared === component.declared) one.sound = false;
    done.add(component.declared);
  }
}

function place(component: Component, topology: Topology, diagnostics: DiagnosticList): void {
  const { kind, node } = component;
  if (kind === null) return;
  const { placement } = kind;
  const written = (key: 'in' | 'on' | 'cluster'): Located | undefined => (placement[key] === undefined ? undefined : child(node, key));
  const container = written('in');
  const on = written('on');
  const cluster = written('cluster');

  if (container !== undefined) {
    const found = resolveOne(container, placement.in?.offers ?? [], `"in" of ${component.name}`, topology, diagnostics);
    if (found !== undefined) component.in = found.name;
  }
  if (on !== undefined) placeOn(component, on, topology, diagnostics);
  if (cluster !== undefined) placeInCluster(component, cluster, topology, diagnostics);
  if (on !== undefined && cluster !== undefined) {
    diagnostics.error('HS032', component.key, `${component.name} stands both on servers and in a cluster`, { remedy: 'on: makes one member on each server, cluster: one instance on the active server' });
  }
  const needed = placement.oneOf ?? [];
  if (needed.length > 0 && needed.every((key) => child(node, key) === undefined)) {
    diagnostics.error('HS033', component.key, `${component.name} is not placed: ${withArticle(kind.name)} needs ${needed.map((key) => `"${key}"`).join(' or ')}`, { remedy: needed.map((key) => PLACES[key]).join(', ') });
  }
  const starts = kind.lifecycle.absent === undefined ? undefined : child(node, 'starts');
  if (starts !== undefined) component.starts = startsOf(component, starts, topology, diagnostics);
}

function placeOn(component: Component, on: Located, topology: Topology, diagnostics: DiagnosticList): void {
  const before = diagnostics.errors;
  const servers = resolveServers(on, component, topology, diagnostics);
  component.on = servers;
  const { min = 1, max = Infinity } = component.kind?.placement.on ?? {};
  if (servers.length > max) {
    diagnostics.error('HS036', on.at, `${withArticle(component.kind?.name ?? '')} stands on ${max === 1 ? 'one server' : `at most ${String(max)} servers`}, and ${component.name} has ${String(servers.length)}`, {
      remedy: 'declare one component for each, or a cluster that moves one instance between them',
    });
  }
  if (diagnostics.errors === before && servers.length < min && !topology.uncounted) {
    diagnostics.error('HS036', on.at, `${withArticle(component.kind?.name ?? '')} needs at least ${String(min)} servers, and ${component.name} has ${String(servers.length)}`,
      broken(component.kind, 'server-count', servers.length === 1 ? 'with one server nothing can take over' : undefined));
  }
}

function placeInCluster(component: Component, node: Located, topology: Topology, diagnostics: DiagnosticList): void {
  const found = resolveOne(node, [], `"cluster" of ${component.name}`, topology, diagnostics);
  if (found === undefined) return;
  if (found.kind === null || hasActiveServer(found)) {
    component.cluster = found.name;
    return;
  }
  const clusters = topology.all().filter((one) => hasActiveServer(one)).map((one) => one.name);
  diagnostics.error('HS031', node.at, `"${found.name}" (${found.kind.name}) has no active server that could carry ${component.name}`,
    broken(component.kind, 'cluster', clusters.length === 0 ? 'no component of the scenario is a cluster' : `clusters: ${enumerate(clusters)}`));
}

function startsOf(component: Component, node: Located, topology: Topology, diagnostics: DiagnosticList): Record<string, number> {
  if (node.type !== 'map') return { '*': scalarValue('duration', node, diagnostics) };
  const servers = topology.serversOf(component.name);
  const starts: Record<string, number> = {};
  for (const [server, entry] of node.entries) {
    if (!servers.includes(server)) {
      diagnostics.error('HS039', entry.key, `${component.name} has no member on "${server}"`, { remedy: servers.length === 0 ? 'a single instance takes one duration' : `its servers: ${enumerate(servers)}` });
    }
    starts[server] = scalarValue('duration', entry.value, diagnostics);
  }
  return starts;
}

/** Components that stand in, on, or in the cluster of each other: reported once per circle, with the circle shown. */
export function checkCircles(topology: Topology, diagnostics: DiagnosticList): void {
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string, way: readonly string[]): void => {
    const component = topology.get(name);
    if (component === undefined || state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      const circle = way.slice(way.indexOf(name));
      const at = (['in', 'on', 'cluster'] as const).map((key) => child(component.node, key)).find((node) => node !== undefined);
      diagnostics.error('HS037', at !== undefined && isText(at) ? at.at : component.key, `components contain each other in a circle: ${[...circle, name].join(' > ')}`, { remedy: 'take one of them out of what contains it' });
      return;
    }
    state.set(name, 'open');
    for (const next of [component.in, ...(component.on ?? []), component.cluster]) if (next !== undefined) visit(next, [...way, name]);
    state.set(name, 'done');
  };
  for (const component of topology.all()) visit(component.name, []);
}
