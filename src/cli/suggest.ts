/** "Did you mean" for words of the command line: few and short words, so two slips are forgiven from three letters on. */
import { distance } from 'fastest-levenshtein';

/** ` - did you mean "run"?`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const limit = word.length < 3 ? 1 : Math.max(2, Math.floor(word.length / 3));
  const found = known
    .map((candidate) => ({ candidate, far: candidate.startsWith(word) && word.length > 1 ? 0 : distance(word, candidate) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 2)
    .map(({ candidate }) => `"${candidate}"`);
  return found.length === 0 ? '' : ` - did you mean ${found.join(' or ')}?`;
}
