/** Lists of names for people: parts of one owner in one word. Not here: where such a list is used. */

/** `contoso/store1`, `contoso/store2` … as `contoso/store*`, from three of them on; the order is kept. */
export function gatherParts(names: readonly string[]): string[] {
  const stemOf = (name: string): string | null => /^(.+\/\D+)\d+$/.exec(name)?.[1] ?? null;
  const sizes = new Map<string, number>();
  for (const name of names) {
    const stem = stemOf(name);
    if (stem !== null) sizes.set(stem, (sizes.get(stem) ?? 0) + 1);
  }
  const gathered = names.map((name) => {
    const stem = stemOf(name);
    return stem !== null && sizes.get(stem)! > 2 ? `${stem}*` : name;
  });
  return [...new Set(gathered)];
}
