/** `on:` → servers: names, globs, lists, `{first: 3, of: bts*}`. A server is what has a box of that scope and runs things. */
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { enumerate, withArticle } from '../diagnostics/suggest.js';
import { child, isText } from '../text/located.js';
import type { Located, LocatedScalar } from '../text/located.js';
import { broken } from '../rules.js';
import { numberValue } from '../values/scalar.js';
import type { Component, Topology } from './component.js';
import { isGlob } from './order.js';

/** What a server offers to those that stand on it. */
const RUN = 'run';

export function isServer(component: Component): boolean {
  return component.kind === null || (component.kind.box?.scope === 'server' && Object.hasOwn(component.kind.functions, RUN));
}

/** The servers in the order given; globs in natural order. What is wrong is reported and left out. */
export function resolveServers(node: Located, owner: Component, topology: Topology, diagnostics: DiagnosticList): string[] {
  if (node.type === 'map') {
    const of = child(node, 'of');
    const first = numberValue(child(node, 'first')) ?? 0;
    const all = of === undefined ? [] : resolveServers(of, owner, topology, diagnostics);
    if (of !== undefined && all.length > 0 && all.length < first) {
      diagnostics.error('HS036', child(node, 'first')?.at ?? node.at, `the first ${String(first)} of ${String(all.length)} servers (${enumerate(all)})`, { remedy: `at most ${String(all.length)} are there` });
    }
    return all.slice(0, first);
  }
  const servers = new Set<string>();
  for (const item of node.type === 'list' ? node.items : [node]) {
    if (!isText(item)) continue;
    for (const name of isGlob(item.value) ? matching(item, topology, diagnostics) : named(item, topology, diagnostics)) {
      if (servers.has(name)) diagnostics.error('HS035', item.at, `${name} is named twice`, broken(owner.kind, 'server-twice', `${owner.name} has one member on each server`));
      servers.add(name);
    }
  }
  return [...servers];
}

type Text = LocatedScalar & { readonly value: string };

function matching(item: Text, topology: Topology, diagnostics: DiagnosticList): string[] {
  const matches = topology.matching(item.value);
  const servers = matches.filter(isServer);
  if (servers.length === 0 && !topology.mayExist(item.value.replaceAll(/[*?].*/g, ''))) {
    diagnostics.error('HS034', item.at, `"${item.value}" matches no server`, { remedy: matches.length > 0 ? `it matches ${enumerate(matches.map((one) => one.name))}` : `servers: ${enumerate(serverNames(topology))}` });
  }
  return servers.map((one) => one.name);
}

function named(item: Text, topology: Topology, diagnostics: DiagnosticList): string[] {
  const component = topology.get(item.value);
  if (component !== undefined && isServer(component)) return [component.name];
  if (component !== undefined) {
    diagnostics.error('HS034', item.at, `"${item.value}" is ${withArticle(component.kind?.name ?? 'component')}, not a server`, { remedy: `servers: ${enumerate(serverNames(topology))}` });
  } else if (!topology.mayExist(item.value)) {
    const extra = topology.meant(item.value, topology.all().filter(isServer));
    diagnostics.error('HS030', item.at, `unknown component "${item.value}"`, { remedy: `servers: ${enumerate(serverNames(topology))}`, ...extra });
  }
  return [];
}

function serverNames(topology: Topology): string[] {
  return topology.all().filter((one) => one.kind !== null && isServer(one)).map((one) => one.name);
}
