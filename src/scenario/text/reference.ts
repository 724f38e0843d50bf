/**
 * `${n}` in a text: how it is spelled, and how it gets through YAML.
 *
 * Inside `{ }` and `[ ]` the braces would end the value. Before parsing, the braces of every reference are exchanged for
 * two characters of the private use area, which changes no place; after parsing they are exchanged back.
 */

const NAME = '[A-Za-z][A-Za-z0-9_-]*';
const OPEN = '\uE000';
const CLOSE = '\uE001';

export function hideReferences(text: string): string {
  return text.replace(new RegExp(`\\$\\{(${NAME})\\}`, 'g'), (_all, name: string) => `$${OPEN}${name}${CLOSE}`);
}

export function showReferences(text: string): string {
  return text.replaceAll(OPEN, '{').replaceAll(CLOSE, '}');
}

/** The name in a scalar that is a reference and nothing else. */
export function referenceIn(text: string): string | null {
  return new RegExp(`^\\$\\{(${NAME})\\}$`).exec(text)?.[1] ?? null;
}

/** Where a reference begins inside a longer text; −1 when there is none. */
export function strayReference(text: string): number {
  return text.search(new RegExp(`\\$\\{${NAME}\\}`));
}

/** The names of all references in a text. */
export function referencesIn(text: string): string[] {
  return [...text.matchAll(new RegExp(`\\$\\{(${NAME})\\}`, 'g'))].map((match) => match[1]);
}
