/** Targets: components, members `x@a`, `active(c)` and `passive(c)`, globs, lists → what is hit, and the kinds that must bear it. */
import type { TargetDefinition } from '../../model/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { enumerate, nearest } from '../diagnostics/suggest.js';
import { isText } from '../text/located.js';
import type { Located, LocatedScalar } from '../text/located.js';
import { hasActiveServer } from '../topology/component.js';
import type { Component, Topology } from '../topology/component.js';
import { compareNames, globPattern, isGlob } from '../topology/order.js';

export interface Aim {
  readonly target: TargetDefinition;
  readonly at: Located;
  /** Components of which each must be able to bear it: the one hit, or those that may hold the role. */
  readonly hits: readonly Component[];
}
type Text = LocatedScalar & { readonly value: string };

/** As written, for reports. */
export function targetText(node: Located): string {
  if (node.type === 'list') return node.items.map(targetText).join(', ');
  return node.type === 'scalar' ? String(node.value) : '';
}

/** What the target matches; what matches nothing is reported. */
export function readTarget(node: Located, topology: Topology, diagnostics: DiagnosticList): Aim[] {
  const items = node.type === 'list' ? node.items : [node];
  const aims = items.flatMap((item) => (isText(item) ? single(item, topology, diagnostics) : []));
  const seen = new Set<string>();
  // A list and a glob may name one thing twice: it is hit once.
  return aims.filter((aim) => {
    const key = JSON.stringify(aim.target);
    return !seen.has(key) && seen.add(key);
  });
}

function single(item: Text, topology: Topology, diagnostics: DiagnosticList): Aim[] {
  const text = item.value;
  const role = /^([a-z]+)\((.*)\)$/.exec(text);
  if (role !== null) return byRole(item, role[1], role[2].trim(), topology, diagnostics);
  const name = (found: string, component: Component): Aim => ({ target: { type: 'name', name: found }, at: item, hits: [component] });
  const owner = (member: string): Component | undefined => topology.get(member.split('@', 1)[0]);

  if (isGlob(text)) {
    const names = text.includes('@') ? topology.allMembers() : topology.all().map((one) => one.name);
    const matches = names.filter((one) => globPattern(text).test(one)).sort(compareNames);
    if (matches.length === 0) diagnostics.error('HS061', item.at, `"${text}" matches nothing`, { remedy: text.includes('@') ? memberRemedy(topology) : undefined });
    return matches.flatMap((match) => { const component = owner(match); return component === undefined ? [] : [name(match, component)]; });
  }
  if (text.includes('@')) return member(item, topology, diagnostics, name);
  const component = topology.get(text);
  if (component !== undefined) return [name(text, component)];
  if (text.includes('/')) return part(item, topology, diagnostics);
  if (!topology.mayExist(text)) diagnostics.error('HS061', item.at, `the target "${text}" matches nothing`, topology.meant(text));
  return [];
}

function byRole(item: Text, role: string, name: string, topology: Topology, diagnostics: DiagnosticList): Aim[] {
  if (role !== 'active' && role !== 'passive') {
    diagnostics.error('HS061', item.at, `"${role}(…)" is not a target`, { suggestions: nearest(role, ['active', 'passive']).map((one) => `${one}(${name})`), remedy: 'active(cluster) or passive(cluster)' });
    return [];
  }
  const cluster = topology.get(name);
  const clusters = topology.all().filter((one) => holdersOf(one).length > 0);
  const remedy = clusters.length === 0 ? 'no component of the scenario is a cluster' : `clusters: ${enumerate(clusters.map((one) => one.name))}`;
  if (cluster === undefined) {
    if (!topology.mayExist(name)) diagnostics.error('HS061', item.at, `the target "${item.value}" matches nothing`, { remedy, ...topology.meant(name, clusters) });
    return [];
  }
  if (cluster.kind !== null && cluster.sound && holdersOf(cluster).length === 0) {
    diagnostics.error('HS061', item.at, `${name} (${cluster.kind.name}) has no active server`, { remedy });
    return [];
  }
  const hits = holdersOf(cluster).flatMap((one) => topology.get(one) ?? []);
  return [{ target: { type: role, cluster: name }, at: item, hits }];
}

/** Components that may hold its role, where what it carries moves between them. */
function holdersOf(cluster: Component): readonly string[] {
  if (hasActiveServer(cluster)) return cluster.on ?? [];
  const many = (cluster.kind?.role?.among ?? []).filter((parameter) => { const spec = cluster.kind?.parameters[parameter]; return spec?.type === 'reference' && spec.many === true; });
  return many.flatMap((parameter) => (cluster.values?.[parameter] ?? []) as readonly string[]);
}

function member(item: Text, topology: Topology, diagnostics: DiagnosticList, name: (found: string, component: Component) => Aim): Aim[] {
  const [ownerName] = item.value.split('@', 1);
  const component = topology.get(ownerName);
  if (component === undefined) {
    if (!topology.mayExist(ownerName)) {
      const meant = topology.meant(ownerName);
      diagnostics.error('HS061', item.at, `the target "${item.value}" matches nothing`, { ...meant, suggestions: (meant.suggestions ?? []).map((one) => one + item.value.slice(ownerName.length)) });
    }
    return [];
  }
  const members = topology.members(ownerName);
  if (members.includes(item.value)) return [name(item.value, component)];
  // A component that could not be placed may have any member.
  if (!component.sound) return [];
  diagnostics.error('HS061', item.at, `the target "${item.value}" matches nothing`, {
    remedy: members.length === 0 ? `${ownerName} is a single instance: write ${ownerName}` : `members of ${ownerName}: ${enumerate(members)}`,
    suggestions: nearest(item.value, members),
  });
  return [];
}

function part(item: Text, topology: Topology, diagnostics: DiagnosticList): Aim[] {
  const [ownerName] = item.value.split('/', 1);
  const parts = topology.matching(`${ownerName}/*`).map((one) => one.name);
  if (topology.get(ownerName) === undefined) {
    if (!topology.mayExist(ownerName)) diagnostics.error('HS061', item.at, `the target "${item.value}" matches nothing`, topology.meant(ownerName));
  } else {
    diagnostics.error('HS061', item.at, `the target "${item.value}" matches nothing`, {
      remedy: parts.length === 0 ? `${ownerName} has no parts` : `parts of ${ownerName}: ${parts[0]} to ${parts.at(-1)!}`, suggestions: nearest(item.value, parts),
    });
  }
  return [];
}

function memberRemedy(topology: Topology): string | undefined {
  const members = topology.allMembers();
  return members.length === 0 ? 'no component has members' : `members: ${enumerate(members)}`;
}
