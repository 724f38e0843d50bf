/** Did you mean …? The nearest known words to an unknown one. Not here: where the known words come from. */
import { distance } from 'fastest-levenshtein';

const MOST = 3;

/** Known words that a slip of the fingers could have turned into `word`, the nearest first. */
export function nearest(word: string, known: Iterable<string>): string[] {
  const lower = word.toLowerCase();
  // A third of the letters may be wrong: more, and everything resembles everything.
  const limit = word.length < 2 ? 0 : Math.max(1, Math.floor(word.length / 3));
  const scored: { text: string; score: number }[] = [];
  for (const text of new Set(known)) {
    const candidate = text.toLowerCase();
    const score = candidate === lower ? 0 : swapsTwo(lower, candidate) ? 1 : distance(lower, candidate);
    if (score <= limit) scored.push({ text, score });
    // A word half typed: not a slip, but what it begins is what was meant.
    else if (lower.length >= 3 && candidate.startsWith(lower)) scored.push({ text, score: limit + 1 });
  }
  scored.sort((a, b) => a.score - b.score || (a.text < b.text ? -1 : 1));
  return scored.slice(0, MOST).map((one) => one.text);
}

/** Two neighbouring letters in the wrong order: one slip, though two letters differ. */
function swapsTwo(word: string, candidate: string): boolean {
  if (word.length !== candidate.length) return false;
  const at = [...word].findIndex((letter, index) => letter !== candidate[index]);
  return at >= 0 && word[at] === candidate[at + 1] && word[at + 1] === candidate[at] && word.slice(at + 2) === candidate.slice(at + 2);
}

/** `a host`, `an application`: kinds are spelled as they sound. */
export function withArticle(word: string): string {
  return `${/^[aeiou]/i.test(word) ? 'an' : 'a'} ${word}`;
}

/** `a, b and c`, shortened after `most` words. */
export function enumerate(words: readonly string[], most = 12): string {
  if (words.length === 0) return 'nothing';
  if (words.length > most) return `${words.slice(0, most).join(', ')} and ${String(words.length - most)} more`;
  return words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
