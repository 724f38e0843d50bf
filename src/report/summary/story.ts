/** The story of the first fault, as the run tells it: one line per turn, with the simulated time. Long stories are cut, and say so. */
import type { StoryLine } from '../../experiment/result.js';
import { duration } from '../figures.js';
import { left, right, table } from '../table.js';
import type { Paint } from '../paint.js';

const LONGEST = 12;

export function storySection(story: readonly StoryLine[], paint: Paint): string[] {
  if (story.length === 0) return [];
  const shown = story.slice(0, LONGEST);
  // A table without its header line: times stand right, so that their ends line up.
  const [, ...lines] = table([right(''), left('')], shown.map((line) => [paint.dim(duration(line.timeSeconds)), line.text]));
  const rest = story.length - shown.length;
  const more = rest > 0 ? [paint.dim(`  … ${String(rest)} more; --trace writes every event`)] : [];
  return [paint.title('What happened') + paint.dim(' (replication 1)'), ...lines, ...more];
}
