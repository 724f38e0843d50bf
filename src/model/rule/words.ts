/** Lists of names in messages of rules. */

/** `a, b and c`. */
export function enumerate(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? 'nothing') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
