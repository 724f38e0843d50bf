/** `run` → how long and how often. What cannot be read is null: checks against the end of the run are then left out. */
import { LEAST_REPLICATIONS } from '../../experiment/precision.js';
import type { RunDefinition } from '../../model/index.js';
import { headOf, child } from '../text/located.js';
import type { LocatedMap } from '../text/located.js';
import { formatDuration } from '../quantities/duration.js';
import { RUN } from '../schema/fields.js';
import type { FieldTable } from '../schema/parameter.js';
import type { Soundness } from '../schema/validate.js';
import type { ValueContext } from './context.js';
import { fieldValues } from './fields.js';
import { numberValue } from './scalar.js';

/** Rows of timeline.csv per flow; more would not fit into memory. */
const MOST_BINS = 10_000_000;

/** Of a run that is not asked for a width there are at most so many: longer bins for a longer run. */
const USUAL_BINS = 100_000;
const MINUTE = 60_000_000;
const WIDER = [5, 15, 60, 360, 1440, 7 * 1440, 30 * 1440, 365 * 1440].map((minutes) => minutes * MINUTE);
const WIDER_SOURCE = `assumption: scenario language, at most ${String(USUAL_BINS)} bins unless more are asked for`;

/** With a precision the number of replications is a limit, which has a default of its own. */
const WITHOUT_REPLICATIONS: FieldTable = Object.fromEntries(Object.entries(RUN).filter(([key]) => key !== 'replications'));
const MOST_REPLICATIONS = 1000;
const NOT_BOTH = 'a precision replicates, and batches are of a single run';

export interface RunReading { readonly run: RunDefinition | null; readonly horizon: number | null; /** Horizon + drain. */ readonly end: number | null }

export function readRun(root: LocatedMap, soundness: Soundness, context: Omit<ValueContext, 'resolve'>): RunReading {
  const written = child(root, 'run');
  if (written?.type !== 'map') return { run: null, horizon: null, end: null };
  const { diagnostics } = context;
  const node: LocatedMap = { ...written, entries: new Map([...written.entries].filter(([key]) => soundness.isSound(['run', key]))) };
  const precise = written.entries.has('precision');
  const values = fieldValues(precise ? WITHOUT_REPLICATIONS : RUN, node, headOf(written), 'run', { ...context, resolve: () => '' });
  const replications = precise ? mostReplications(node, context) : values.replications as number;
  const horizon = values.horizon as number | undefined;
  const warmup = values.warmup as number;
  const drain = values.drain as number;
  if (horizon === undefined) return { run: null, horizon: null, end: null };
  const late = child(node, 'warmup');
  if (late !== undefined && warmup >= horizon) {
    diagnostics.error('HS014', late.at, `a warm-up of ${formatDuration(warmup)} leaves nothing to measure before the horizon at ${formatDuration(horizon)}`, { remedy: 'a shorter warm-up, or a later horizon' });
  }
  const bin = child(node, 'timeline-bin');
  const timelineBin = bin === undefined ? usualBin(horizon + drain, values['timeline-bin'] as number, context) : values['timeline-bin'] as number;
  const bins = (horizon + drain) / timelineBin;
  if (bin !== undefined && bins > MOST_BINS) {
    diagnostics.error('HS014', bin.at, `${String(Math.ceil(bins))} bins are too many: at most ${String(MOST_BINS)}`, { remedy: `a wider bin: at least ${formatDuration(Math.ceil((horizon + drain) / MOST_BINS))}` });
  }
  return {
    run: { horizon, warmup, drain, replications, timelineBin, ...batchesOf(node, horizon - warmup, replications, context) },
    horizon,
    // A drain that cannot be read might be any length.
    end: soundness.isSound(['run', 'drain']) ? horizon + drain : null,
  };
}

/** The narrowest that leaves a picture of which nobody despairs. */
function usualBin(length: number, least: number, { assumptions }: Omit<ValueContext, 'resolve'>): number {
  const enough = (bin: number): boolean => length / bin <= USUAL_BINS;
  if (enough(least)) return least;
  const bin = WIDER.find(enough) ?? WIDER[WIDER.length - 1];
  assumptions.replace('run.timeline-bin', formatDuration(bin), WIDER_SOURCE);
  return bin;
}

/** Into how many stretches a single run is cut. What comes to nothing is reported and left out. */
function batchesOf(run: LocatedMap, span: number, replications: number, { diagnostics }: Omit<ValueContext, 'resolve'>): Pick<RunDefinition, 'batches'> {
  const node = child(run, 'batches');
  const batches = numberValue(node);
  if (node === undefined || batches === undefined) return {};
  if (child(run, 'precision') !== undefined) diagnostics.error('HS014', node.at, NOT_BOTH, { remedy: 'batches without a precision, or a precision without batches' });
  else if (replications > 1) diagnostics.error('HS014', node.at, `batches are of a single run, and there are ${String(replications)} replications, which have intervals without them`, { remedy: 'replications: 1, or no batches' });
  if (span > 0 && span < batches) diagnostics.error('HS014', node.at, `${formatDuration(span)} cannot be cut into ${String(batches)} batches`, { remedy: 'a longer horizon' });
  return { batches };
}

/** How often at most, where a precision says how often. */
function mostReplications(run: LocatedMap, { diagnostics, assumptions }: Omit<ValueContext, 'resolve'>): number {
  const max = numberValue(child(child(run, 'precision'), 'max'));
  if (max !== undefined) return max;
  const node = child(run, 'replications');
  const replications = numberValue(node);
  if (node === undefined || replications === undefined) {
    assumptions.add('run.precision.max', MOST_REPLICATIONS, 'assumption: scenario language, minutes rather than hours');
    return MOST_REPLICATIONS;
  }
  if (replications < LEAST_REPLICATIONS) {
    diagnostics.error('HS014', node.at, `${String(replications)} replications are too few to reach a precision: it is never judged before ${String(LEAST_REPLICATIONS)}`, { remedy: 'more replications, or no precision' });
  }
  return replications;
}
