/**
 * Says what is missing behind a need that is not met: the deepest need on the way, and who should serve it.
 *
 * Not here: whether the need is met (`need.ts`).
 */
import type { FunctionNode } from './function-node.js';
import type { Need } from './need.js';

/** `master secret away: mss`. */
export function awayText(need: Need): string {
  const { need: deepest, names } = behind(need);
  return `${deepest.declaration.name.replaceAll('-', ' ')} away: ${names.join(', ')}`;
}

function behind(need: Need): { readonly need: Need; readonly names: readonly string[] } {
  const lost = need.serving().filter((node) => !node.works);
  for (const node of lost) {
    const missing = missingFor(node);
    if (missing !== undefined) return behind(missing);
  }
  return { need, names: lost.map(({ member }) => (member.component.members.length === 1 ? member.component.name : member.name)) };
}

/** What a function lacks whose own state would offer it. */
function missingFor(node: FunctionNode): Need | undefined {
  if (!node.member.life.offers(node.name)) return undefined;
  return node.needs.find((need) => need.declaration.when === 'always' && !need.met);
}
