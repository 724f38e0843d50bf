/** What a report says about a scenario, as plain data. */
import { RNG_VERSION } from '../../kernel/index.js';
import type { Scenario } from '../../scenario/index.js';
import type { RunAbout } from '../../report/index.js';
import { reproduceCommand } from '../reproduce.js';
import { VERSION } from '../version.js';
import type { Plan, ScenarioFacts, WorkerRequest } from './messages.js';

const seconds = (microseconds: number): number => microseconds / 1e6;

export function factsOf(scenario: Scenario): ScenarioFacts {
  const { name, seed, run } = scenario.definition;
  return {
    name,
    seed,
    hash: scenario.hash,
    files: scenario.files,
    description: scenario.description ?? null,
    allow: scenario.allow,
    assumptions: scenario.assumptions,
    replications: run.replications,
    precision: scenario.precision?.halfWidth ?? null,
    horizonSeconds: seconds(run.horizon),
    warmupSeconds: seconds(run.warmup),
    drainSeconds: seconds(run.drain),
    faults: scenario.definition.faults.map((fault) => fault.id),
  };
}

export function planOf({ definition, expectations, precision }: Scenario): Plan {
  const flows = definition.flows.map(({ name, objectives }) => ({ name, objectives }));
  return { subject: { name: definition.name, seed: definition.seed, flows }, expectations, precision: precision ?? null };
}

/** `file` as the user named it. */
export function aboutRun(file: string, facts: ScenarioFacts, request: WorkerRequest): RunAbout {
  const { attribute, overrides: { set } } = request;

  return {
    version: VERSION,
    rng: RNG_VERSION,
    file,
    files: facts.files,
    scenarioHash: facts.hash,
    ...(facts.description === null ? {} : { description: facts.description }),
    replications: facts.replications,
    ...(facts.precision === null ? {} : { precision: facts.precision }),
    horizonSeconds: facts.horizonSeconds,
    warmupSeconds: facts.warmupSeconds,
    drainSeconds: facts.drainSeconds,
    set,
    allow: facts.allow,
    trace: request.trace,
    ...(attribute === undefined ? {} : { attribute }),
    assumptions: facts.assumptions,
    reproduce: reproduceCommand({ file, seed: facts.seed, replications: facts.replications, set, ...(attribute === undefined ? {} : { attribute }) }),
  };
}
