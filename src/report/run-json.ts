/**
 * `run.json`: what a result folder came from and rests on. The only file that may differ between two runs of one scenario, seed
 * and version, because it alone knows the wall clock.
 */
import type { ExperimentResult } from '../experiment/result.js';
import type { Effort, RunAbout } from './about.js';

export function runJson(result: ExperimentResult, about: RunAbout, effort: Effort): string {
  return `${JSON.stringify(runRecord(result, about, effort), null, 2)}\n`;
}

function runRecord(result: ExperimentResult, about: RunAbout, effort: Effort): object {
  return {
    version: about.version,
    rng: about.rng,
    name: result.name,
    seed: result.seed,
    scenario_hash: about.scenarioHash,
    scenario_files: about.files,
    options: optionsRecord(about),
    replications: result.replications.length,
    ...stopRecord(result),
    events: result.replications.reduce((sum, replication) => sum + replication.events, 0),
    digest: result.digest,
    complete: result.complete,
    reproduce: about.reproduce,
    assumptions: about.assumptions,
    wall_clock_s: effort.seconds,
    jobs: effort.jobs,
  };
}

/** What the run was asked to do, after `--set`, `--seed` and `--replications`. */
export function optionsRecord(about: RunAbout): object {
  return {
    replications: about.replications,
    ...(about.precision === undefined ? {} : { precision: about.precision }),
    horizon_s: about.horizonSeconds,
    warmup_s: about.warmupSeconds,
    drain_s: about.drainSeconds,
    set: about.set,
    allow: about.allow,
    trace: about.trace,
    ...(about.attribute === undefined || about.attribute === null ? {} : { twins: about.attribute }),
  };
}

/** Why there are as many replications as there are, and how precise they make what was asked for. */
export function stopRecord({ complete, precision }: ExperimentResult): object {
  const stopped = !complete ? 'interrupted' : precision === undefined ? 'replications' : precision.reached ? 'precision' : 'limit';
  if (precision === undefined) return { stopped_by: stopped };
  const figures = precision.figures.map(({ text, verdict, mean, halfWidth, settled }) => ({ figure: text, verdict, mean, half_width: halfWidth, settled }));
  return { stopped_by: stopped, precision: { half_width: precision.halfWidth, limit: precision.limit, reached: precision.reached, figures } };
}
