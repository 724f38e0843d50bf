/**
 * A thread of an impact analysis: reads the scenario and the options, then runs what it takes from the board.
 *
 * It decides nothing: order, findings, files and texts are the business of the other thread.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { ImpactRunner } from '../../experiment/index.js';
import type { ImpactPlan } from '../../experiment/index.js';
import { catalogue } from '../../kinds/index.js';
import { diagnosticsJson, formatDiagnostics, formatWarnings, readImpact, readScenario } from '../../scenario/index.js';
import type { Scenario } from '../../scenario/index.js';
import { failureOf } from '../run/failure.js';
import { factsOf } from '../run/facts.js';
import { responsiveEngine } from '../run/responsive.js';
import { Board } from '../run/board.js';
import { textsOf } from '../source.js';
import { runOf } from './messages.js';
import type { FromImpactWorker, ImpactData, ReadImpactScenario, ToImpactWorker } from './messages.js';

const { source, overrides, text, colour, helper } = workerData as ImpactData;
const port = parentPort!;
const say = (message: FromImpactWorker): void => port.postMessage(message);

let work: { readonly scenario: Scenario; readonly plan: ImpactPlan } | null = null;
const read = readAll();
port.on('message', ({ hash, board }: ToImpactWorker) => {
  const changed = work?.scenario.hash !== hash;
  if (work !== null && !changed) runAll(work.scenario, work.plan, Board.of(board));
  say({ type: 'finished', changed });
});
say(helper ? { type: 'ready' } : { type: 'read', read });

function readAll(): ReadImpactScenario {
  const { scenario, diagnostics: ofScenario } = readScenario(source, overrides, catalogue);
  const impact = scenario === null ? { plan: null, diagnostics: [] } : readImpact(text, scenario, catalogue);
  const diagnostics = [...ofScenario, ...impact.diagnostics];
  if (scenario !== null && impact.plan !== null) work = { scenario, plan: impact.plan };
  // Beside an option that is wrong, warnings about the scenario only distract.
  const wrong = scenario === null ? diagnostics : impact.diagnostics;
  return {
    facts: scenario === null ? null : factsOf(scenario), plan: impact.plan,
    diagnosticsText: work === null ? formatDiagnostics(wrong, { color: colour, texts: textsOf([source]) }) : formatWarnings(diagnostics, { color: colour }),
    diagnosticsJson: diagnosticsJson(work === null ? wrong : diagnostics).diagnostics,
  };
}

function runAll({ definition }: Scenario, plan: ImpactPlan, board: Board): void {
  const runner = new ImpactRunner(definition, catalogue, responsiveEngine, plan);
  for (let number = board.take(); number !== null; number = board.take()) {
    const wanted = number;
    const { one, replication } = runOf(plan, number);
    let reached = 0;
    try {
      const outcome = runner.run(one, replication, (time) => {
        reached = time;
        return board.wants(wanted);
      });
      if (outcome !== null) say({ type: 'outcome', number, outcome });
    } catch (error) {
      board.endAfter(number - 1);
      say({ type: 'failure', number, failure: failureOf(error, replication, reached) });
    }
  }
}
