/** What a sweep says on the terminal: what was varied, a line per variant, a picture, the answer. First and last line identify it. */
import { duration, plural } from '../figures.js';
import type { Paint } from '../paint.js';
import type { Written } from '../document.js';
import { wrap } from '../wrap.js';
import type { SweepReport } from './about.js';
import { findSection } from './find.js';
import { plotSections } from './plot.js';
import { tableSection } from './table.js';

const SHOWN_DIGITS = 12;
/** Values of a dimension that are named in full. */
const MOST_NAMED = 16;

export interface SweepTextOptions {
  /** The figures were asked for. */
  readonly asked: boolean;
  readonly width: number;
  readonly written: Written | null;
  /** What else is to be said before the last line. */
  readonly notes: readonly string[];
}

export function sweepText(report: SweepReport, { asked, width, written, notes }: SweepTextOptions, paint: Paint): string {
  const sections = [
    [firstLine(report, paint), ...(report.about.description?.trim() ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '')],
    variedSection(report, width, paint),
    ...(report.lines.length === 0 ? [] : [tableSection(report, asked, width, paint), ...plotSections(report, width, paint)]),
    findSection(report, width, paint),
    [...(written === null ? [] : [`${plural(written.files.length, 'file')} in ${written.out}`]), ...notes, lastLine(report, paint)],
  ];
  return `${sections.filter((section) => section.length > 0).map((section) => section.join('\n')).join('\n\n')}\n`;
}

/** With `--quiet`: the answer, and the line that identifies the sweep. */
export function quietSweepText(report: SweepReport, width: number, paint: Paint): string {
  return `${[...findSection(report, width, paint), lastLine(report, paint)].join('\n')}\n`;
}

function variedSection({ about }: SweepReport, width: number, paint: Paint): string[] {
  return [
    paint.title('Varied') + (about.sample === null ? '' : paint.dim(` (a Latin hypercube of ${plural(about.sample, 'variant')})`)),
    ...about.dimensions.flatMap(({ name, values }) => {
      const rest = values.length - MOST_NAMED;
      return wrap(`${name}: ${values.slice(0, MOST_NAMED).join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`, 2, width);
    }),
  ];
}

function firstLine({ about, lines }: SweepReport, paint: Paint): string {
  const runs = lines.length === about.total ? plural(about.total, 'variant') : `${String(lines.length)} of ${plural(about.total, 'variant')}`;
  const each = about.replications === null ? '' : ` of ${plural(about.replications, 'replication')}`;
  const span = about.horizonSeconds === null ? '' : ` of ${duration(about.horizonSeconds)}`;
  return [paint.strong(`hasim ${about.version}`), paint.title(about.name), seedText(about.seed), `sweep ${about.hash.slice(0, SHOWN_DIGITS)}`, `${runs}${each}${span}`].join(' · ');
}

function lastLine({ about, digest }: SweepReport, paint: Paint): string {
  return paint.dim([seedText(about.seed), `sweep ${about.hash.slice(0, SHOWN_DIGITS)}`, `hasim ${about.version}`, `digest ${digest.slice(0, SHOWN_DIGITS)}`].join(' · '));
}

function seedText(seed: number | string | null): string {
  return seed === null ? 'seed varied' : `seed ${String(seed)}`;
}
