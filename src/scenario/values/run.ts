/** `run` → how long and how often. What cannot be read is null: checks against the end of the run are then left out. */
import type { RunDefinition } from '../../model/index.js';
import { headOf, child } from '../text/located.js';
import type { LocatedMap } from '../text/located.js';
import { formatDuration } from '../quantities/duration.js';
import { RUN } from '../schema/fields.js';
import type { Soundness } from '../schema/validate.js';
import type { ValueContext } from './context.js';
import { fieldValues } from './fields.js';

/** Rows of timeline.csv per flow; more would not fit into memory. */
const MOST_BINS = 10_000_000;

export interface RunReading { readonly run: RunDefinition | null; readonly horizon: number | null; /** Horizon + drain. */ readonly end: number | null }

export function readRun(root: LocatedMap, soundness: Soundness, context: Omit<ValueContext, 'resolve'>): RunReading {
  const written = child(root, 'run');
  if (written?.type !== 'map') return { run: null, horizon: null, end: null };
  const { diagnostics } = context;
  const node: LocatedMap = { ...written, entries: new Map([...written.entries].filter(([key]) => soundness.isSound(['run', key]))) };
  const values = fieldValues(RUN, node, headOf(written), 'run', { ...context, resolve: () => '' });
  const precision = written.entries.get('precision');
  if (precision !== undefined && soundness.isSound(['run', 'precision'])) {
    diagnostics.error('HS902', precision.key, 'replicating until a precision is reached is understood, but this version does not simulate it yet', { remedy: 'give replications instead' });
  }
  const horizon = values.horizon as number | undefined;
  const warmup = values.warmup as number;
  const drain = values.drain as number;
  if (horizon === undefined) return { run: null, horizon: null, end: null };
  const late = child(node, 'warmup');
  if (late !== undefined && warmup >= horizon) {
    diagnostics.error('HS014', late.at, `a warm-up of ${formatDuration(warmup)} leaves nothing to measure before the horizon at ${formatDuration(horizon)}`);
  }
  const bin = child(node, 'timeline-bin');
  const bins = (horizon + drain) / (values['timeline-bin'] as number);
  if (bin !== undefined && bins > MOST_BINS) {
    diagnostics.error('HS014', bin.at, `${String(Math.ceil(bins))} bins are too many: at most ${String(MOST_BINS)}`, { remedy: `a wider bin: at least ${formatDuration(Math.ceil((horizon + drain) / MOST_BINS))}` });
  }
  return {
    run: { horizon, warmup, drain, replications: values.replications as number, timelineBin: values['timeline-bin'] as number },
    horizon,
    // A drain that cannot be read might be any length.
    end: soundness.isSound(['run', 'drain']) ? horizon + drain : null,
  };
}
