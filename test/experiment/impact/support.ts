/** An impact analysis in one process, from a scenario text and options as typed. */
import { ImpactRunner, impactsOf } from '../../../src/experiment/index.js';
import type { Impact, ImpactPlan } from '../../../src/experiment/index.js';
import { catalogue } from '../../../src/kinds/index.js';
import { buildEngine } from '../../../src/model/index.js';
import { readImpact } from '../../../src/scenario/index.js';
import type { ImpactText } from '../../../src/scenario/index.js';
import { read } from '../../model/support.js';

export interface Analysed {
  readonly plan: ImpactPlan;
  readonly impacts: readonly Impact[];
  /** The one row of a target and a fault. */
  row(target: string, fault: string): Impact['row'];
}

/** What `readImpact` makes of the options: the plan, or the messages of what is wrong, each with its option and code. */
export function reading(text: string, options: Partial<ImpactText> = {}): { readonly plan: ImpactPlan | null; readonly wrong: readonly string[] } {
  const { plan, diagnostics } = readImpact({ only: [], faults: [], steps: false, withFaults: false, ...options }, read(text, { replications: 1 }), catalogue);
  return { plan, wrong: diagnostics.map(({ at, code, message, suggestions }) => `${at.file} ${code} ${message}${suggestions.length > 0 ? ` (${suggestions.join(', ')})` : ''}`) };
}

export function analyse(text: string, options: Partial<ImpactText> = {}): Analysed {
  const { plan, wrong } = reading(text, options);
  if (plan === null) throw new Error(wrong.join('\n'));
  const runner = new ImpactRunner(read(text, { replications: 1 }).definition, catalogue, buildEngine, plan);
  const impacts = impactsOf(plan, plan.cases.map((one) => [runner.run(one, 1)!]));
  return {
    plan, impacts,
    row: (target, fault) => {
      const found = impacts.filter(({ row }) => row.target === target && row.fault === fault);
      if (found.length !== 1) throw new Error(`${String(found.length)} rows for ${fault} of ${target}`);
      return found[0].row;
    },
  };
}
