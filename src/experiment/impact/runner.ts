/**
 * Runs the cases of an impact analysis, each compared with the same replication without its faults.
 *
 * That twin is common to all cases of a replication, so it is run once. Not here: in which order cases are run, and by whom.
 */
import type { KindDeclaration, ModelDefinition } from '../../model/index.js';
import type { EngineFactory } from '../engine.js';
import type { FaultMeasure } from '../measures/faults.js';
import { Toll } from '../measures/fault-record.js';
import type { Row } from '../result.js';
import { openAccount } from '../twins/account.js';
import type { Account } from '../twins/account.js';
import { charge, differences, HARMS } from '../twins/difference.js';
import { recoveredAt } from '../twins/recovery.js';
import { idOf } from './blow.js';
import { MergedMap } from './merged.js';
import { definitionFor } from './plan.js';
import { FaultMeasureBeyond, Standing } from './standing.js';
import type { ImpactCase, ImpactPlan } from './plan.js';

/** What one case did in one replication: a row under FAULT_COLUMNS, and the names of the flows that it stopped. */
export interface ImpactOutcome { readonly row: Row; readonly stopped: readonly string[] }

interface Twin { readonly account: Account; readonly standing: Standing }

export type OnTime = (simulatedTime: number) => boolean;

export class ImpactRunner {
  #twin: (Twin & { readonly replication: number }) | null = null;

  constructor(
    private readonly definition: ModelDefinition, private readonly catalogue: readonly KindDeclaration[], private readonly factory: EngineFactory,
    private readonly plan: ImpactPlan,
  ) {}

  /** Null: `onTime` has stopped it. */
  run(one: ImpactCase, replication: number, onTime: OnTime = () => true): ImpactOutcome | null {
    let stopped = false;
    const look: OnTime = (time) => {
      stopped ||= !onTime(time);
      return !stopped;
    };
    const { account: twin, standing } = this.#twinOf(replication, look);
    if (stopped) return null;
    const definition = definitionFor(this.definition, this.plan, one);
    const engine = this.factory(definition, this.catalogue, { replication });
    const map = new MergedMap(engine.map, one.blows.map(idOf), standing);
    const faults = new FaultMeasureBeyond(map, definition.run, replication, standing);
    engine.read(faults);
    const account = openAccount(engine, definition.run, this.plan.at);
    engine.run(look);
    return stopped ? null : outcomeOf(map, faults, account, twin);
  }

  #twinOf(replication: number, look: OnTime): Twin {
    if (this.#twin?.replication === replication) return this.#twin;
    const definition = definitionFor(this.definition, this.plan, null);
    const engine = this.factory(definition, this.catalogue, { replication });
    const account = openAccount(engine, definition.run, this.plan.at);
    const standing = new Standing(this.plan.at);
    engine.read(standing);
    let whole = true;
    engine.run((time) => (whole = look(time)));
    if (whole) this.#twin = { replication, account, standing };
    return { account, standing };
  }
}

/** More messages went wrong than can be compared. */
const UNKNOWN = Object.fromEntries(HARMS.map((harm) => [harm, null]));

function outcomeOf(map: MergedMap, faults: FaultMeasure, account: Account, twin: Account): ImpactOutcome {
  const occurrence = map.representative;
  if (occurrence === null) throw new Error('the fault of a case never came');
  const { start, fault } = map.occurrences[occurrence];
  const toll = new Toll();
  charge(toll, differences(account.exceptions.exceptions(), twin.exceptions.exceptions()));
  const comparable = account.exceptions.overflow + twin.exceptions.overflow === 0;
  const effects = faults.effectsOf(occurrence);
  for (const [flow, effect] of effects) effect.recoveredAt = recoveredAt(account.backlogs.of(flow), twin.backlogs.of(flow), effect, start);
  const rows = faults.rows({ tolls: new Map([[occurrence, toll]]), interaction: new Toll() });
  const row = rows.find((each) => each.fault === map.faults[fault].id)!;
  const stopped = [...effects].filter(([, effect]) => effect.stopped).map(([flow]) => map.flows[flow].name);
  return { row: comparable ? row : { ...row, ...UNKNOWN }, stopped };
}
