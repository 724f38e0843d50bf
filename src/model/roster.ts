/** Who is in a topology: components with their kinds and the names of their members. Nothing is built. */
import type { ModelDefinition } from './definition.js';
import type { KindDeclaration } from './kind.js';
import { World } from './world.js';

export interface RosterEntry {
  readonly name: string;
  readonly kind: KindDeclaration;
  /** `name@server`, or the name itself of a single instance without a server of its own. */
  readonly members: readonly string[];
}

/** In order of names. Throws ModelError for a kind that the catalogue does not have. */
export function rosterOf(definition: ModelDefinition, catalogue: readonly KindDeclaration[]): RosterEntry[] {
  return new World(definition, catalogue).components.map(({ name, kind, members }) => ({ name, kind, members: members.map((member) => member.name) }));
}
