/** What identifies an impact analysis beside its rows. Given by the command line, printed by every report. */
import type { ImpactPlan } from '../../experiment/index.js';
import type { RunAbout } from '../about.js';

export interface ImpactAbout extends Omit<RunAbout, 'trace' | 'precision' | 'attribute'> {
  readonly name: string;
  readonly seed: number | string;
  readonly plan: ImpactPlan;
}
