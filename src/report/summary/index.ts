/**
 * What a run says on the terminal: the question, the story, the figures, the verdicts, and what they rest on.
 *
 * Readable in one screen or little more; whoever wants all reads the files. First and last line carry seed, scenario and version.
 */
import type { ExperimentResult } from '../../experiment/result.js';
import type { RunAbout } from '../about.js';
import type { Written } from '../document.js';
import { plural } from '../figures.js';
import type { Paint } from '../paint.js';
import { firstReplication } from '../rows.js';
import { assumptionSection } from './assumptions.js';
import { causeSection } from './causes.js';
import { componentSection } from './components.js';
import { expectationSection } from './expectations.js';
import { faultSection } from './faults.js';
import { flowSection } from './flows.js';
import { firstLine, lastLine } from './header.js';
import { Means } from './means.js';
import { objectiveSection } from './objectives.js';
import { precisionLine, precisionSection } from './precision.js';
import { storySection } from './story.js';


/** `written` is null when an interrupted run had nothing to write. `more`: lines of a section of its own, before what it rests on. */
export function summaryText(result: ExperimentResult, about: RunAbout, written: Written | null, paint: Paint, more: readonly string[] = []): string {
  const means = new Means(result.summary);
  const sections = [
    [firstLine(result, about, paint), ...question(about)],
    storySection(firstReplication(result)?.story ?? [], paint),
    flowSection(result, means, paint),
    componentSection(result, means, paint),
    faultSection(result, means, paint),
    causeSection(result, paint),
    objectiveSection(result.objectives, paint),
    expectationSection(result, paint),
    precisionSection(result, paint),
    more,
    assumptionSection(about.assumptions, paint),
    closing(result, about, written, paint),
  ];
  return `${sections.filter((section) => section.length > 0).map((section) => section.join('\n')).join('\n\n')}\n`;
}

/** With `--quiet`: nothing but what was not met, and the line that identifies the run. */
export function quietText(result: ExperimentResult, about: RunAbout, paint: Paint, more: readonly string[] = []): string {
  const unmet = result.expectations.filter((judged) => judged.verdict !== 'met');
  const lines = [
    ...(unmet.length === 0 ? [] : expectationSection({ ...result, expectations: unmet }, paint).slice(1)),
    ...(imprecise(result) ? [precisionLine(result, paint)] : []),
    ...more,
  ];
  return `${[...lines, ...(lines.length === 0 ? [] : [reproduceLine(about)]), lastLine(result, about, paint)].join('\n')}\n`;
}

function question(about: RunAbout): string[] {
  const text = about.description?.trim() ?? '';
  return text === '' ? [] : text.split('\n').map((line) => line.trim());
}

function closing(result: ExperimentResult, about: RunAbout, written: Written | null, paint: Paint): string[] {
  const unmet = result.expectations.some((judged) => judged.verdict !== 'met') || imprecise(result);
  return [
    ...(written === null ? [] : [`${plural(written.files.length, 'file')} in ${written.out}`]),
    ...(result.complete ? [] : [paint.warn('interrupted: only the replications that were complete are counted')]),
    ...(unmet ? [reproduceLine(about)] : []),
    lastLine(result, about, paint),
  ];
}

function imprecise({ complete, precision }: ExperimentResult): boolean {
  return complete && precision?.reached === false;
}

function reproduceLine(about: RunAbout): string {
  return `reproduce: ${about.reproduce}`;
}
