/** The catalogue in three groups, told apart by what the kinds declare, in the order of the catalogue. */
import type { KindDeclaration } from '../../model/index.js';

export interface KindGroup { readonly title: string; readonly kinds: readonly KindDeclaration[] }

export function groupsOf(catalogue: readonly KindDeclaration[]): KindGroup[] {
  const inRoute = (kind: KindDeclaration): boolean => kind.hop !== undefined;
  const isBox = (kind: KindDeclaration): boolean => kind.box !== undefined && !inRoute(kind);
  const groups = [
    { title: 'Places and groups', kinds: catalogue.filter(isBox) },
    { title: 'What they need to run', kinds: catalogue.filter((kind) => !inRoute(kind) && !isBox(kind)) },
    { title: 'In the way of a message', kinds: catalogue.filter(inRoute) },
  ];
  return groups.filter((group) => group.kinds.length > 0);
}
