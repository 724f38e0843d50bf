/** What the options of an impact analysis name: targets to fail, and what is in maintenance meanwhile. */
import type { ImpactTarget, Maintenance } from '../../experiment/index.js';
import type { Microseconds, RosterEntry } from '../../model/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { startOf } from '../diagnostics/position.js';
import { enumerate, nearest, withArticle } from '../diagnostics/suggest.js';
import { globPattern } from '../topology/order.js';

/** A component chosen by its name comes with its members. */
export function chosenTargets(only: readonly string[], targets: readonly ImpactTarget[], diagnostics: DiagnosticList): readonly ImpactTarget[] {
  const globs = wordsOf(only);
  if (only.length > 0 && globs.length === 0) diagnostics.error('HS061', startOf('--only'), 'nothing is named', { remedy: 'names of components, or globs: --only sql1,bts*' });
  for (const glob of globs) {
    if (targets.some((target) => matches(target, glob))) continue;
    const names = targets.map(({ name }) => name);
    diagnostics.error('HS061', startOf('--only'), `"${glob}" matches nothing that can fail`, { suggestions: nearest(glob, names), remedy: `targets: ${enumerate(names)}` });
  }
  return globs.length === 0 ? targets : targets.filter((target) => globs.some((glob) => matches(target, glob)));
}

/** `maintenance of bts1`, or only what is maintained; null: nothing is. */
export function maintained(during: string | undefined, roster: readonly RosterEntry[], from: Microseconds, diagnostics: DiagnosticList): Maintenance | null {
  if (during === undefined) return null;
  const at = startOf('--during');
  const names = wordsOf([during.replace(/^\s*maintenance\s+of\s+/, '')]);
  const known = roster.flatMap(({ name, members }) => [name, ...members]);
  const targets = names.flatMap((glob) => {
    const found = [...new Set(known.filter((name) => globPattern(glob).test(name)))];
    if (found.length === 0) diagnostics.error('HS030', at, `unknown component "${glob}"`, { suggestions: nearest(glob, known), remedy: "--during 'maintenance of <component or member>'" });
    return found;
  });
  if (names.length === 0) diagnostics.error('HS030', at, 'nothing is named', { remedy: "--during 'maintenance of <component or member>'" });
  for (const name of targets) {
    const entry = roster.find((one) => one.name === name || one.members.includes(name));
    if (entry === undefined || entry.kind.faults.stop !== undefined) continue;
    const can = Object.keys(entry.kind.faults);
    diagnostics.error('HS062', at, `${name} is ${withArticle(entry.kind.name)}, which cannot be stopped in order`, { remedy: can.length === 0 ? 'maintain what it consists of' : `it can suffer ${enumerate(can)}` });
  }
  return { targets, from };
}

function matches({ name, entry }: ImpactTarget, glob: string): boolean {
  const pattern = globPattern(glob);
  return pattern.test(name) || pattern.test(entry.name);
}

function wordsOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(',')).map((word) => word.trim()).filter((word) => word !== '');
}
