/** Applies the schema of scenarios to a tree, reports what is wrong, and says which parts are sound enough to look at further. */
import type { KindDeclaration } from '../../model/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { plain } from '../text/located.js';
import type { Located, LocatedMap, Path } from '../text/located.js';
import { describePath } from './walk.js';
import { scenarioSchema } from './scenario.js';
import { report } from './shape.js';

/** Sections of which a part is one entry: a component, a flow, a fault. Of the others the whole section is one. */
const DEEP = new Set(['topology', 'flows', 'faults', 'operations', 'objectives', 'expect', 'run']);

export interface Soundness {
  /** Nothing wrong was found at this place or inside it. */
  readonly isSound: (path: Path) => boolean;
  /** The same of one key of an entry: what it refers to can be looked up although other keys are wrong. */
  readonly isKeySound: (path: Path) => boolean;
}

export function validateStructure(root: LocatedMap, catalogue: readonly KindDeclaration[], diagnostics: DiagnosticList): Soundness {
  const schema = scenarioSchema(catalogue);
  const unsound = new Set<string>(brokenParts(root));
  const places = [...unsound].map((name) => `${name}.`);
  const result = schema.safeParse(plain(root), { reportInput: false });
  if (!result.success) {
    const meaningOf = (path: Path): string | undefined => describePath(schema, path, root)?.description;
    for (const issue of result.error.issues) {
      report(issue, { root, catalogue, diagnostics, meaningOf });
      unsound.add(part(issue.path as Path));
      const within = issue.code === 'unrecognized_keys' ? issue.keys : [''];
      for (const key of within) places.push(`${[...issue.path, key].join('.')}.`.replace(/\.\.$/, '.'));
    }
  }
  const isKeySound = (path: Path): boolean => {
    const key = `${path.join('.')}.`;
    return !places.some((place) => place.startsWith(key) || key.startsWith(place));
  };
  return { isSound: (path) => !unsound.has(part(path)) && !unsound.has(String(path[0])), isKeySound };
}

function part(path: Path): string {
  return path.slice(0, DEEP.has(String(path[0])) ? 2 : 1).join('.');
}

/** Parts with values already reported: references to unknown parameters. */
function brokenParts(node: Located, path: Path = []): string[] {
  if (node.type === 'scalar') return node.broken === true ? [part(path)] : [];
  if (node.type === 'list') return node.items.flatMap((item, index) => brokenParts(item, [...path, index]));
  return [...node.entries].flatMap(([key, entry]) => brokenParts(entry.value, [...path, key]));
}
