/** The files of an impact analysis. */
import { IMPACT_COLUMNS } from '../../experiment/columns.js';
import type { Impact } from '../../experiment/index.js';
import type { Effort } from '../about.js';
import { csvChunks } from '../csv.js';
import type { ResultFolder } from '../folder.js';
import type { ImpactAbout } from './about.js';
import { impactJson } from './document.js';

/** Every name that it writes, the last one last. */
export const IMPACT_FILES: readonly string[] = ['impact.csv', 'run.json'];

/** Writes both at once and returns their names. */
export function writeImpact(folder: ResultFolder, impacts: readonly Impact[], complete: boolean, about: ImpactAbout, effort: Effort): readonly string[] {
  folder.write([
    { name: 'impact.csv', chunks: csvChunks(IMPACT_COLUMNS, impacts.map(({ row }) => row)) },
    { name: 'run.json', chunks: [impactJson(complete, about, effort)] },
  ], []);
  return IMPACT_FILES;
}
