/**
 * The thread of the simulation: reads the scenarios, reports what it read, then runs those it is asked to run, one after the other.
 *
 * It decides nothing: names, folders, exit codes and texts are the business of the other thread.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { runExperiment } from '../../experiment/index.js';
import type { ExperimentResult } from '../../experiment/result.js';
import { catalogue } from '../../kinds/index.js';
import { diagnosticsJson, formatDiagnostics, formatWarnings, readScenario } from '../../scenario/index.js';
import type { Scenario } from '../../scenario/index.js';
import { textsOf } from '../source.js';
import { factsOf } from './facts.js';
import type { Failure, FromWorker, ReadScenario, ToWorker, WorkerRequest } from './messages.js';
import { responsiveEngine } from './responsive.js';

/** Least time between two reports of progress, ms. */
const PROGRESS_EVERY = 100;

const request = workerData as WorkerRequest;
const stop = new Int32Array(request.stop);
const port = parentPort!;
const say = (message: FromWorker): void => port.postMessage(message);

const texts = textsOf(request.sources);
const scenarios: (Scenario | null)[] = [];
const read = request.sources.map((source): ReadScenario => {
  const { scenario, diagnostics } = readScenario(source, request.overrides, catalogue);
  scenarios.push(scenario);
  return {
    facts: scenario === null ? null : factsOf(scenario),
    diagnosticsText: scenario === null ? formatDiagnostics(diagnostics, { color: request.colour, texts }) : formatWarnings(diagnostics, { color: request.colour }),
    diagnosticsJson: diagnosticsJson(diagnostics).diagnostics,
  };
});
port.on('message', (message: ToWorker) => run(message.run));
say({ type: 'read', scenarios: read });

function run(index: number): void {
  const scenario = scenarios[index]!;
  const at = { replication: 1, fraction: 0, told: 0 };
  const onProgress = (replication: number, replications: number, fraction: number): void => {
    at.replication = replication;
    at.fraction = fraction;
    const now = performance.now();
    if (now - at.told < PROGRESS_EVERY) return;
    at.told = now;
    say({ type: 'progress', index, replication, replications, fraction });
  };
  try {
    const result = runExperiment(scenario.definition, catalogue, responsiveEngine, scenario.expectations, {
      trace: request.trace, onProgress, shouldStop: () => Atomics.load(stop, 0) !== 0,
    });
    say({ type: 'result', index, result: portable(result) });
  } catch (error) {
    const span = scenario.definition.run.horizon + scenario.definition.run.drain;
    say({ type: 'failure', index, failure: failureOf(error, at.replication, at.fraction * span) });
  }
}

/** Without what cannot be copied between threads, and no report needs: the histograms of delays. */
function portable(result: ExperimentResult): ExperimentResult {
  const replications = result.replications.map(({ undelivered: _, ...replication }) => ({ ...replication, delays: new Map<never, never>() }));
  return { ...result, replications };
}

function failureOf(error: unknown, replication: number, lastSeen: number): Failure {
  const failure = error instanceof Error ? error : new Error(String(error));
  // Errors of the model and of the clock know the exact instant; for others the last report of progress is the best there is.
  const { simulatedTime, time } = failure as { readonly simulatedTime?: unknown; readonly time?: unknown };
  const instant = [simulatedTime, time].find((value) => typeof value === 'number') ?? lastSeen;
  return { name: failure.name, message: failure.message, stack: failure.stack ?? '', replication, simulatedSeconds: Number(instant) / 1e6 };
}
