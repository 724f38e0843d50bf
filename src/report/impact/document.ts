/** An impact analysis as a document for `--json`, and as `run.json` beside `impact.csv`; only the latter knows the wall clock. */
import { findingsOf, LOSES, SINGLE_POINT } from '../../experiment/index.js';
import type { Impact } from '../../experiment/index.js';
import type { Effort } from '../about.js';
import type { Written } from '../document.js';
import type { ImpactAbout } from './about.js';

const seconds = (microseconds: number): number => microseconds / 1e6;

export function impactDocument(impacts: readonly Impact[], complete: boolean, about: ImpactAbout, written: Written | null, exitCode: number): object {
  return {
    ...identity(about), exit_code: exitCode, complete, out: written?.out ?? null, files: written?.files ?? [],
    single_points_of_failure: findingsOf(impacts, SINGLE_POINT), loses_messages: findingsOf(impacts, LOSES),
    impact: impacts.map(({ row }) => row), assumptions: about.assumptions,
  };
}

export function impactJson(complete: boolean, about: ImpactAbout, effort: Effort): string {
  const record = { ...identity(about), complete, assumptions: about.assumptions, wall_clock_s: effort.seconds, jobs: effort.jobs };
  return `${JSON.stringify(record, null, 2)}\n`;
}

function identity(about: ImpactAbout): object {
  const { plan } = about;
  return {
    name: about.name, version: about.version, rng: about.rng, seed: about.seed, scenario_file: about.file, scenario_files: about.files, scenario_hash: about.scenarioHash,
    options: {
      order: plan.order, at_s: seconds(plan.at), for_s: plan.hold === null ? null : seconds(plan.hold), gap_s: seconds(plan.gap), horizon_s: seconds(plan.horizon), warmup_s: about.warmupSeconds, drain_s: about.drainSeconds,
      replications: plan.replications, with_faults: plan.withFaults, maintenance: plan.maintenance?.targets ?? [], set: about.set, allow: about.allow,
    },
    flows: plan.flows, cases: plan.cases.length, reproduce: about.reproduce,
  };
}
