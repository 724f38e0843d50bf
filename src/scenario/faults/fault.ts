/** `faults` → faults of the model: who is hit, by what, when, and whether the kinds of the targets can suffer it. */
import type { FaultDeclaration, FaultDefinition, FaultKind, KindDeclaration, MomentDefinition } from '../../model/index.js';
import { enumerate, withArticle } from '../diagnostics/suggest.js';
import { FAULT } from '../schema/fields.js';
import type { Soundness } from '../schema/validate.js';
import { child, headOf, isText } from '../text/located.js';
import type { Located, LocatedMap } from '../text/located.js';
import type { Component } from '../topology/component.js';
import { idOf } from '../text/merge.js';
import { distributionValue } from '../values/distribution.js';
import { textValue } from '../values/scalar.js';
import { checkCrews, readCrew } from './crew.js';
import { readDetails } from './details.js';
import type { Incidents } from './incidents.js';
import { checkInstant, instantOf, readMoment } from './moment.js';
import { checkCommonCause, checkStart } from './renewal.js';
import { readReplay } from './replay.js';
import { readSides } from './sides.js';
import { readTarget, targetText } from './target.js';
import type { Aim } from './target.js';

export function readFaults(root: LocatedMap, soundness: Soundness, incidents: Incidents): FaultDefinition[] {
  const section = child(root, 'faults');
  if (section?.type !== 'list') return [];
  const { diagnostics } = incidents.filling;
  const moments = new Map<string, MomentDefinition>();
  const nodes = new Map<string, LocatedMap>();
  const faults: FaultDefinition[] = [];
  for (const [index, node] of section.items.entries()) {
    const id = idOf(node);
    if (node.type !== 'map' || id === undefined) continue;
    if (nodes.has(id)) {
      diagnostics.error('HS060', child(node, 'id')?.at ?? node.at, `two faults have the id "${id}"`, { remedy: `the first stands in line ${String(headOf(nodes.get(id) ?? node).line)}` });
      continue;
    }
    nodes.set(id, node);
    if (!soundness.isSound(['faults', index])) {
      const target = soundness.isKeySound(['faults', index, 'target']) ? child(node, 'target') : undefined;
      if (target !== undefined) readTarget(target, incidents.topology, diagnostics);
      continue;
    }
    const before = diagnostics.errors;
    const moment = readMoment(node, `faults.${id}`, incidents);
    if (moment !== undefined) moments.set(id, moment);
    const replays = node.entries.has('replay');
    // A replay beside another moment was refused already.
    if (replays && diagnostics.errors > before) continue;
    const fault = replays ? readHistory(node, id, incidents) : readOne(node, index, id, moment, incidents);
    if (fault !== undefined) faults.push(fault);
  }
  checkChains(moments, nodes, incidents);
  checkCrews(root, incidents);
  return faults;
}

function readHistory(node: LocatedMap, id: string, incidents: Incidents): FaultDefinition | undefined {
  const { diagnostics } = incidents.filling;
  const before = diagnostics.errors;
  const rows = readReplay(node, incidents);
  if (rows === undefined) return undefined;
  for (const { aims, kind } of rows) checkSuffering(aims, kind, incidents);
  if (diagnostics.errors > before) return undefined;
  return {
    id, kind: rows[0].kind, targetText: textValue(child(node, 'replay')) ?? '', targets: rows.flatMap(({ targets }) => targets),
    moment: { type: 'replay', rows: rows.map(({ at, kind, targetText: text, targets, for: lasts }) => ({ at, kind, targetText: text, targets, ...(lasts === undefined ? {} : { for: lasts }) })) },
  };
}

function readOne(node: LocatedMap, index: number, id: string, moment: MomentDefinition | undefined, incidents: Incidents): FaultDefinition | undefined {
  const { topology, filling } = incidents;
  const { diagnostics } = filling;
  const before = diagnostics.errors;
  for (const key of ['kind', 'target'] as const) {
    if (!node.entries.has(key)) diagnostics.error('HS010', headOf(node), `missing key "${key}" in faults.${String(index)}`, { remedy: FAULT[key].meaning });
  }
  if (diagnostics.errors > before) return undefined;
  const kind = textValue(child(node, 'kind')) as FaultKind;
  const target = child(node, 'target') ?? node;
  const aims = readTarget(target, topology, diagnostics);
  const sides = kind === 'network-partition' ? readSides(target, topology, diagnostics) : undefined;
  const declared = sides === undefined ? checkSuffering(aims, kind, incidents) : [];
  const details = readDetails(node, kind, declared, `faults.${id}`, filling);
  const random = moment?.type === 'renewal';
  if (random && sides === undefined) {
    checkCommonCause(node, moment, aims, (name) => topology.members(name), filling);
    checkStart(node, moment, aims, topology, filling);
  }
  const lasting = child(node, 'for') ?? child(node, 'mttr');
  const crew = readCrew(node, lasting !== undefined, `faults.${id}`, incidents);
  const length = lasting === undefined ? undefined : distributionValue(lasting, filling);
  if (diagnostics.errors > before || moment === undefined) return undefined;
  return {
    id, kind, targetText: targetText(target), targets: aims.map((aim) => aim.target),
    // A cut comes to both sides at once.
    moment: sides !== undefined && moment.type === 'renewal' ? { ...moment, together: true } : moment,
    ...(sides === undefined ? {} : { sides }), ...(length === undefined ? {} : { for: length }), ...crew, ...details,
  };
}

/** What the kinds of the targets declare about this fault; kinds that do not declare it are an error, one per target as written. */
function checkSuffering(aims: readonly Aim[], kind: FaultKind, { filling }: Incidents): FaultDeclaration[] {
  const found: FaultDeclaration[] = [];
  const immune = new Map<Located, { readonly name: string; readonly kind: KindDeclaration; readonly component: Component }[]>();
  for (const { at, hits, target } of aims) {
    for (const component of hits) {
      const declaration = component.kind?.faults[kind];
      if (declaration !== undefined) found.push(declaration);
      else if (component.kind !== null) {
        const name = target.type === 'name' ? target.name : component.name;
        immune.set(at, [...(immune.get(at) ?? []), { name, kind: component.kind, component }]);
      }
    }
  }
  for (const [at, those] of immune) {
    const [first] = those;
    const known = Object.keys(first.kind.faults);
    const single = those.length === 1;
    filling.diagnostics.error('HS062', isText(at) ? at.at : first.component.key, single
      ? `${first.name} is ${withArticle(first.kind.name)}, which cannot suffer "${kind}"`
      : `some of these cannot suffer "${kind}": ${enumerate(those.map((one) => `${one.name} (${one.kind.name})`))}`, {
      remedy: !single ? 'hasim kinds <name> lists the faults of a kind' : known.length === 0 ? 'no fault is declared for it: target what it consists of' : `it can suffer ${enumerate(known)}`,
    });
  }
  return found;
}

/** Faults that wait for each other in a circle never come; constant instants must lie within the run. */
function checkChains(moments: ReadonlyMap<string, MomentDefinition>, nodes: ReadonlyMap<string, LocatedMap>, { end, filling }: Incidents): void {
  const circular = new Set<string>();
  for (const [id] of moments) {
    const way: string[] = [];
    let at: string | undefined = id;
    while (at !== undefined && !way.includes(at)) {
      way.push(at);
      const moment = moments.get(at);
      at = moment?.type === 'after' ? moment.fault : undefined;
    }
    if (at === undefined || circular.has(at)) continue;
    const circle = [...way.slice(way.indexOf(at)), at];
    for (const one of circle) circular.add(one);
    const node = nodes.get(at);
    if (node !== undefined) filling.diagnostics.error('HS067', child(node, 'after')?.at ?? node.at, `faults wait for each other in a circle: ${circle.join(' > ')}`, { remedy: 'give one of them a moment of its own: at, every or mttf' });
  }
  for (const [id, moment] of moments) {
    const node = nodes.get(id);
    if (node !== undefined && !circular.has(id)) checkInstant(node, instantOf(moment, (fault) => moments.get(fault)), end, `"${id}"`, filling.diagnostics);
  }
}
