/** Names in a scenario → components: they must exist and offer what is asked of them. */
import type { ReferenceSpec } from '../../model/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { enumerate } from '../diagnostics/suggest.js';
import { isText } from '../text/located.js';
import type { Located, LocatedScalar } from '../text/located.js';
import type { Component, Topology } from './component.js';
import { isGlob } from './order.js';

/** @param asker what asks, for the message: `"disk"` of a component; undefined when something was reported */
export function resolveOne(node: Located, offers: readonly string[], asker: string, topology: Topology, diagnostics: DiagnosticList): Component | undefined {
  if (!isText(node)) return undefined;
  const able = (): readonly Component[] => topology.all().filter((one) => one.kind !== null && topology.offers(one, offers));
  const component = topology.get(node.value);
  if (component === undefined) {
    if (!topology.mayExist(node.value)) reportUnknown(node, able(), topology, diagnostics);
    return undefined;
  }
  if (topology.offers(component, offers)) return component;
  const own = Object.keys(component.kind?.functions ?? {});
  const others = able();
  diagnostics.error('HS031', node.at, `${asker} needs a component that offers ${offers.join(' or ')}, and "${node.value}" (${component.kind?.name ?? ''}) offers ${enumerate(own)}`, {
    remedy: others.length === 0 ? 'no component of the scenario offers it' : `these do: ${enumerate(others.map((one) => one.name))}`,
  });
  return undefined;
}

function reportUnknown(node: LocatedScalar & { readonly value: string }, able: readonly Component[], topology: Topology, diagnostics: DiagnosticList): void {
  const wanted = topology.meant(node.value, able);
  const extra = (wanted.suggestions ?? []).length > 0 ? wanted : topology.meant(node.value);
  const remedy = extra.remedy ?? ((extra.suggestions ?? []).length > 0 || able.length === 0 ? undefined : `possible: ${enumerate(able.map((one) => one.name))}`);
  diagnostics.error('HS030', node.at, `unknown component "${node.value}"`, { ...extra, remedy });
}

/** The value of a reference parameter: a name, or names for `many`. Globs are allowed where many are. */
export function resolveReference(spec: ReferenceSpec, node: Located, owner: Component, key: string, topology: Topology, diagnostics: DiagnosticList): string | readonly string[] {
  const asker = `"${key}" of ${owner.name}`;
  const one = (item: Located): string[] => {
    const found = resolveOne(item, spec.offers, asker, topology, diagnostics);
    if (found?.name !== owner.name) return found === undefined ? [] : [found.name];
    diagnostics.error('HS031', item.at, `"${owner.name}" refers to itself`, { remedy: 'name another component' });
    return [];
  };
  if (spec.many !== true) return one(node)[0] ?? '';
  const items = node.type === 'list' ? node.items : [node];
  const spelled = new Set<string>();
  const names = items.flatMap((item) => {
    if (!isText(item) || !isGlob(item.value)) {
      if (isText(item) && spelled.has(item.value)) diagnostics.error('HS043', item.at, `${item.value} is named twice`, { remedy: `${asker} counts each once` });
      else if (isText(item)) spelled.add(item.value);
      return one(item);
    }
    const matches = topology.matching(item.value).filter((match) => match.name !== owner.name && topology.offers(match, spec.offers));
    if (matches.length === 0) diagnostics.error('HS030', item.at, `"${item.value}" matches no component that offers ${spec.offers.join(' or ')}`, { remedy: 'hasim kinds says what each kind offers' });
    return matches.map((match) => match.name);
  });
  return [...new Set(names)];
}
