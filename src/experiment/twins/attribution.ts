/**
 * What each occurrence of a fault is accountable for: the run minus its twin, the same draws without this one occurrence.
 *
 * What the occurrences add together beyond their sums is the interaction: the run minus the twin without any fault, minus all of
 * them. So the rows of a replication always add up to what its faults did. Occurrences beyond a limit have no twin; they are
 * counted by their cause paths, and their messages are not listed.
 */
import type { LeftOut, MapOccurrence, ModelMap } from '../../model/index.js';
import { ATTRIBUTION_COLUMNS } from '../columns.js';
import { rowOf } from '../measures/cells.js';
import { INTERACTION, Toll } from '../measures/fault-record.js';
import type { FlowEffect } from '../measures/flow-effect.js';
import type { Row, TwinReport } from '../result.js';
import type { Account } from './account.js';
import { charge, differences, HARMS, remainder } from './difference.js';
import type { MessageDifference } from './difference.js';
import { recoveredAt } from './recovery.js';

/** Runs the twin without these occurrences; its account is kept from `from` on. Null: it was stopped. */
export type TwinRunner = (without: LeftOut, from: number) => Account | null;

/** What a run offers to be compared with its twins. */
export interface Evidence {
  readonly map: ModelMap;
  readonly replication: number;
  readonly account: Account;
  /** What an occurrence did to each flow that it touched, by index of the flow. */
  effectsOf(occurrence: number): ReadonlyMap<number, FlowEffect>;
  /** What an occurrence is accountable for by cause path. */
  tollOf(occurrence: number): Toll;
}

export interface Attribution extends TwinReport {
  /** By occurrence; those that have a twin. */
  readonly tolls: ReadonlyMap<number, Toll>;
  readonly interaction: Toll;
}

/** Compares a run with its twins, at most `limit` of them; the effects on flows get the instants of recovery. Null: stopped, or there is too much to compare. */
export function attribute(evidence: Evidence, runTwin: TwinRunner, limit: number): Attribution | null {
  const { map, account } = evidence;
  const { occurrences } = map;
  const tolls = new Map<number, Toll>();
  const interaction = new Toll();
  if (occurrences.length === 0) return { tolls, interaction, rows: [], twinned: 0, occurrences: 0 };
  const from = occurrences[0].start;
  const own = account.exceptions.exceptions();
  const compare = (without: LeftOut): { readonly twin: Account; readonly more: MessageDifference[] } | null => {
    const twin = runTwin(without, from);
    if (twin === null || twin.exceptions.overflow > 0 || account.exceptions.overflow > 0) return null;
    return { twin, more: differences(own, twin.exceptions.exceptions()) };
  };

  const parts: MessageDifference[][] = [];
  const twinned = Math.min(limit, occurrences.length);
  for (let occurrence = 0; occurrence < twinned; occurrence += 1) {
    const compared = compare(only(map, occurrences[occurrence]));
    if (compared === null) return null;
    const toll = new Toll();
    charge(toll, compared.more);
    tolls.set(occurrence, toll);
    parts.push(compared.more);
    setRecovery(evidence, compared.twin, occurrence);
  }
  const rows = parts.flatMap((more, occurrence) => messageRows(evidence, map.faults[occurrences[occurrence].fault].id, occurrences[occurrence].number, more));
  if (occurrences.length > 1) {
    // With a single occurrence its twin is the one without any.
    const total = compare('all');
    if (total === null) return null;
    const rest = remainder(total.more, parts);
    charge(interaction, rest);
    for (let occurrence = twinned; occurrence < occurrences.length; occurrence += 1) interaction.subtract(evidence.tollOf(occurrence));
    if (twinned === occurrences.length) rows.push(...messageRows(evidence, INTERACTION, null, rest));
  }
  return { tolls, interaction, rows, twinned, occurrences: occurrences.length };
}

function only(map: ModelMap, { fault, number }: MapOccurrence): LeftOut {
  return [{ fault: map.faults[fault].id, number }];
}

function setRecovery({ account, map, effectsOf }: Evidence, twin: Account, occurrence: number): void {
  for (const [flow, effect] of effectsOf(occurrence)) {
    effect.recoveredAt = recoveredAt(account.backlogs.of(flow), twin.backlogs.of(flow), effect, map.occurrences[occurrence].start);
  }
}

/** One row for each time that a message suffers something in one of the two runs only. */
function messageRows({ map, replication }: Evidence, fault: string, occurrence: number | null, more: readonly MessageDifference[]): Row[] {
  return more.flatMap((one) => HARMS.flatMap((harm, index) => {
    const row = rowOf(ATTRIBUTION_COLUMNS, {
      replication, fault, occurrence, flow: map.flows[one.flow].name, n: one.n, what: WHAT[harm], sign: Math.sign(one.more[index]),
    });
    return Array.from({ length: Math.abs(one.more[index]) }, () => row);
  }));
}

const WHAT = { lost: 'lost', duplicates: 'duplicate', late: 'late', rejected: 'rejected', suspended: 'suspended' } as const;
