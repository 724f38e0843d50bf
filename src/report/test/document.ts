/** A test as one JSON document. Without the clock on the wall, so that equal tests give equal documents. */
import { expectationRow } from '../rows.js';
import { STATUSES } from './outcome.js';
import type { BaselineOutcome, ScenarioOutcome, TestReport } from './outcome.js';

/** Of one file; how many there are is always told. */
const MOST_DIFFERENCES = 1000;

export function testDocument({ version, scenarios, exitCode }: TestReport): object {
  const expectations = scenarios.flatMap((one) => one.expectations);
  const verdicts = (['met', 'missed', 'undecided', 'no-data'] as const).map((verdict) => [verdict, expectations.filter((one) => one.verdict === verdict).length]);
  return {
    version,
    exit_code: exitCode,
    totals: {
      scenarios: scenarios.length,
      ...Object.fromEntries(STATUSES.map((status) => [status, scenarios.filter((one) => one.status === status).length])),
      expectations: Object.fromEntries(verdicts) as object,
    },
    scenarios: scenarios.map(scenarioRecord),
  };
}

function scenarioRecord({ file, identity, status, expectations, findings, baseline, reproduce }: ScenarioOutcome): object {
  return {
    file,
    name: identity?.name ?? null,
    status,
    seed: identity?.seed ?? null,
    scenario_hash: identity?.hash ?? null,
    replications: identity?.replications ?? 0,
    digest: identity?.digest ?? null,
    expectations: expectations.map((judged) => ({ ...expectationRow(judged), reason: judged.reason, place: judged.place ?? null })),
    findings: findings.map((finding) => ({ ...finding, place: finding.place ?? null })),
    baseline: baseline === null ? null : baselineRecord(baseline),
    reproduce,
  };
}

function baselineRecord({ folder, state, moved }: BaselineOutcome): object {
  return {
    folder,
    state,
    files: moved.map(({ file, differences }) => ({ file, missing: differences === null, count: differences?.length ?? 0, differences: differences?.slice(0, MOST_DIFFERENCES) ?? [] })),
  };
}
