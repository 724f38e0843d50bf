/**
 * `run.json`: what a result folder came from and rests on. The only file that may differ between two runs of one scenario, seed
 * and version, because it alone knows the wall clock.
 */
import type { ExperimentResult } from '../experiment/result.js';
import type { RunAbout } from './about.js';

export function runJson(result: ExperimentResult, about: RunAbout, wallClockSeconds: number): string {
  return `${JSON.stringify(runRecord(result, about, wallClockSeconds), null, 2)}\n`;
}

function runRecord(result: ExperimentResult, about: RunAbout, wallClockSeconds: number): object {
  return {
    version: about.version,
    rng: about.rng,
    name: result.name,
    seed: result.seed,
    scenario_hash: about.scenarioHash,
    scenario_files: about.files,
    options: optionsRecord(about),
    replications: result.replications.length,
    events: result.replications.reduce((sum, replication) => sum + replication.events, 0),
    digest: result.digest,
    complete: result.complete,
    reproduce: about.reproduce,
    assumptions: about.assumptions,
    wall_clock_s: wallClockSeconds,
  };
}

/** What the run was asked to do, after `--set`, `--seed` and `--replications`. */
export function optionsRecord(about: RunAbout): object {
  return {
    replications: about.replications,
    horizon_s: about.horizonSeconds,
    warmup_s: about.warmupSeconds,
    drain_s: about.drainSeconds,
    set: about.set,
    allow: about.allow,
    trace: about.trace,
  };
}
