/** `topology` → components with a name and a kind: `count: n` makes name1 to nameN. Where they stand comes later. */
import type { KindDeclaration } from '../../model/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import type { Soundness } from '../schema/validate.js';
import { child, isText } from '../text/located.js';
import type { LocatedMap } from '../text/located.js';
import { numberValue } from '../values/scalar.js';
import { Topology } from './component.js';

/** More cannot be meant. */
const MOST_PARTS = 1000;

export function declareComponents(root: LocatedMap, catalogue: readonly KindDeclaration[], soundness: Soundness, diagnostics: DiagnosticList): Topology {
  const topology = new Topology();
  const section = child(root, 'topology');
  if (section?.type !== 'map') {
    topology.unreadable = true;
    return topology;
  }
  const kinds = new Map(catalogue.map((kind) => [kind.name, kind]));
  for (const [declared, entry] of section.entries) {
    const node: LocatedMap = entry.value.type === 'map' ? entry.value : { type: 'map', entries: new Map(), at: entry.value.at };
    const kindNode = child(node, 'kind');
    const kind = (isText(kindNode) ? kinds.get(kindNode.value) : undefined) ?? null;
    const readable = soundness.isSound(['topology', declared]);
    const placeable = ['in', 'on', 'cluster', 'starts'].every((word) => soundness.isKeySound(['topology', declared, word]));
    for (const name of namesOf(declared, node, kind, topology)) {
      const taken = topology.get(name);
      if (taken === undefined) {
        topology.add({ name, declared, kind, node, key: entry.key, readable, placeable, sound: readable });
        for (const part of partsOf(name, node, kind)) {
          const key = `${declared}/${part.kind}`;
          topology.add({ name: part.name, declared: key, kind: kinds.get(part.kind) ?? null, node: { type: 'map', entries: new Map(), at: node.at }, key: entry.key, readable, placeable, sound: readable, in: name });
        }
      }
      else diagnostics.error('HS038', entry.key, `"${name}" exists already`, { remedy: `"${taken.declared}" in line ${String(taken.key.line)} makes it` });
    }
  }
  return topology;
}

/** What comes with a component: so many parts as its parameter says. A number that is no number was reported by the structure. */
function partsOf(owner: string, node: LocatedMap, kind: KindDeclaration | null): { readonly name: string; readonly kind: string }[] {
  if (kind?.parts === undefined) return [];
  const { part, count: parameter } = kind.parts;
  const spec = kind.parameters[parameter];
  const written = child(node, parameter);
  const count = written === undefined ? Number(spec.default) : numberValue(written);
  if (count === undefined || !Number.isInteger(count) || count < 1 || count > MOST_PARTS) return [];
  return Array.from({ length: count }, (_, index) => ({ name: `${owner}/${part}${String(index + 1)}`, kind: kind.parts!.kind }));
}

function namesOf(declared: string, node: LocatedMap, kind: KindDeclaration | null, topology: Topology): string[] {
  const written = child(node, 'count');
  // A kind may have a parameter of this name; only placement makes several components of one.
  if (written === undefined || kind?.placement.count === false || (kind !== null && kind.placement.count !== true)) return [declared];
  const count = numberValue(written);
  const usable = count !== undefined && Number.isInteger(count) && count >= 1 && count <= 1000;
  topology.count(declared, usable ? count : null);
  return usable ? Array.from({ length: count }, (_, index) => `${declared}${String(index + 1)}`) : [];
}
