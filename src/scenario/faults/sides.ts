/** The target of a `network-partition`: two sides, `[a, b]`, each with all that stands on it or inside it. */
import type { TargetDefinition } from '../../model/index.js';
import { DiagnosticList } from '../diagnostics/diagnostic.js';
import type { Located } from '../text/located.js';
import type { Topology } from '../topology/component.js';
import { readTarget, targetText } from './target.js';

/** What is wrong with the names themselves has been told. */
export function readSides(node: Located, topology: Topology, diagnostics: DiagnosticList): readonly [readonly TargetDefinition[], readonly TargetDefinition[]] {
  const items = node.type === 'list' ? node.items : [node];
  const [one, other] = items.map((item) => readTarget(item, topology, new DiagnosticList()));
  if (items.length !== 2) {
    diagnostics.error('HS065', node.at, `a network-partition has two sides, and this names ${String(items.length)}`, { remedy: 'target: [a, b]; each side takes with it all that stands on it or inside it, and may be a glob' });
    return [[], []];
  }
  const names = (aims: typeof one): string[] => aims.map(({ target }) => JSON.stringify(target));
  const both = names(one).find((name) => names(other).includes(name));
  if (both !== undefined) diagnostics.error('HS065', node.at, `${targetText(items[0])} and ${targetText(items[1])} overlap: nothing is cut off from itself`, { remedy: 'name two sides that share nothing' });
  return [one.map(({ target }) => target), other.map(({ target }) => target)];
}
