/** What keeps messages: it lies in parts that are there, with what it stands behind, and sends its messages on to an end. Not here: who may stand in a route (`flows/route.ts`). */
import type { Fields, Values } from '../../model/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { child } from '../text/located.js';
import type { Component, Topology } from './component.js';

export function checkEntities(topology: Topology, diagnostics: DiagnosticList): void {
  for (const component of topology.all()) {
    if (component.kind?.buffer === undefined || component.values === undefined || !component.sound) continue;
    checkPlace(component, topology, diagnostics);
    checkForwarding(component, topology, diagnostics);
  }
}

/** In parts of its container, and in the container of what it stands behind. */
function checkPlace(component: Component, topology: Topology, diagnostics: DiagnosticList): void {
  const { name, node, key, values } = component;
  const { fragments, behind } = component.kind!.buffer!;
  const container = topology.get(component.in ?? '');
  const front = behind === undefined ? undefined : topology.get(String(values![behind]));
  if (front?.in !== undefined && container !== undefined && front.in !== container.name) {
    diagnostics.error('HS047', child(node, 'in')?.at ?? key, `${name} lies in ${container.name}, and ${front.name}, whose messages it keeps, in ${front.in}`, { remedy: `in: ${front.in}` });
  }
  const { parts } = container?.kind ?? {};
  if (fragments === undefined || parts === undefined || container?.values === undefined) return;
  const count = Number(container.values[parts.count]);
  const missing = fragments(values as Values<Fields>, count, 0).find((index) => index >= count);
  if (missing !== undefined) diagnostics.error('HS047', child(node, parts.part)?.at ?? key, `${name} lies in ${container.name}/${parts.part}${String(missing + 1)}, and ${container.name} has ${String(count)}`, { remedy: `a number up to ${String(count)}` });
}

/** Messages that are sent on come to an end, after no more hops than are allowed; and whoever sends them on keeps none for others. */
function checkForwarding(component: Component, topology: Topology, diagnostics: DiagnosticList): void {
  const { name, node, key } = component;
  const { forwards, hops = Infinity } = component.kind!.buffer!;
  const to = forwards === undefined ? undefined : nextOf(component);
  if (to === undefined) return;
  const at = child(node, forwards!)?.at ?? key;
  const way = [name];
  for (let next: string | undefined = to; next !== undefined; next = nextOf(topology.get(next))) {
    way.push(next);
    if (way.indexOf(next) < way.length - 1) break;
  }
  const last = way.at(-1)!;
  if (way.indexOf(last) < way.length - 1) {
    // Told once, where the first of them stands.
    if (last === name && way.every((one) => one >= name)) diagnostics.error('HS048', at, `messages would be sent on in a circle: ${way.join(' > ')}`, { remedy: 'one of them must keep its messages' });
    return;
  }
  if (way.length - 1 > hops && !topology.all().some((one) => nextOf(one) === name)) diagnostics.error('HS048', at, `messages would be sent on ${String(way.length - 1)} times, and at most ${String(hops)} are possible: ${way.join(' > ')}`, { remedy: 'send on to a later one of them' });
  const taker = topology.all().find((one) => one !== component && takersOf(one).includes(name));
  if (taker !== undefined) diagnostics.error('HS048', child(taker.node, taker.kind!.pool!.leases!.from!)?.at ?? taker.key, `${taker.name} takes from ${name}, which keeps no messages: it sends them on to ${to}`, { remedy: `let it take from ${last}` });
}

function nextOf(component: Component | undefined): string | undefined {
  const parameter = component?.kind?.buffer?.forwards;
  const to: unknown = parameter === undefined ? undefined : component?.values?.[parameter];
  return typeof to === 'string' ? to : undefined;
}

function takersOf({ kind, values }: Component): readonly string[] {
  const from = kind?.pool?.leases?.from;
  return from === undefined ? [] : [values?.[from] ?? []].flat().map(String);
}
