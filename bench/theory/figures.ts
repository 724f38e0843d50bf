/**
 * The figures of one theory scenario beside the truth: runs it as a user would and reads what its expectations say.
 *
 * The truth is what stands behind `~`, of what is without chance behind `==`, or the middle of `between`. Other expectations are no figures.
 * Throws when the scenario cannot be run.
 */
import { spawnSync } from 'node:child_process';
import { catalogue } from '../../src/kinds/index.js';
import { readScenario } from '../../src/scenario/index.js';
import { DEFAULT_WIDTH } from '../../src/experiment/agreement.js';
import type { Judged, Weighed } from './rule.js';

export interface Figure extends Weighed {
  /** As written, without the bound. */
  readonly text: string;
  /** Of a share near 1 what is missing says more. */
  readonly away: boolean;
}

export interface Measured { readonly figures: readonly Figure[]; readonly seed: string }

/** Rows of millions of failures are kept until the end, MB. */
const MEMORY = '--max-old-space-size=8192';

/** @param seed instead of that of the scenario */
export function measure(file: string, jobs: readonly string[], seed?: string): Measured {
  const more = seed === undefined ? [] : ['--seed', seed];
  const { stdout, stderr, status } = spawnSync(process.execPath, [MEMORY, 'bin/hasim.js', 'test', file, '--json', '--quiet', ...jobs, ...more], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status === null || status === 2 || status > 3) throw new Error(`${file}: ${stderr}${stdout}`);
  const [{ expectations, ...rest }] = (JSON.parse(stdout) as { readonly scenarios: readonly { readonly expectations: readonly Judged[]; readonly seed: number | string; readonly findings: unknown }[] }).scenarios;
  const known = readScenario({ file }, {}, catalogue).scenario!.expectations;
  if (expectations.length < known.length) throw new Error(`${file}: ${JSON.stringify(rest.findings)}`);
  const figures = expectations.flatMap((judged, index): Figure[] => {
    const { comparison, bound, upper, column, within = DEFAULT_WIDTH } = known[index];
    if (!['~', 'between', '=='].includes(comparison)) return [];
    const truth = comparison === 'between' ? (Number(bound) + Number(upper)) / 2 : Number(bound);
    const away = column.unit === 'share' && truth > 0.5;
    return [{ text: judged.expectation.split(/ (?:~|between|==) /)[0].trim(), truth, away, size: away ? 1 - truth : Math.abs(truth), within, judged }];
  });
  return { figures, seed: String(rest.seed) };
}

/** exact, simulated, half-width as a share of the truth, ratio to the truth. */
export function cells({ truth, away, size, judged: { value, ci95_low: low, ci95_high: high } }: Figure): string[] {
  const share = low === null || high === null || size === 0 ? '' : `${((100 * (high - low)) / 2 / size).toFixed(2)} %`;
  const ratio = value === null || size === 0 ? '' : `${((away ? 1 - value : value) / (away ? 1 - truth : truth)).toFixed(4)}${away ? ' of 1 - x' : ''}`;
  return [shown(truth), value === null ? '' : shown(value), share, ratio];
}

const shown = (value: number): string => String(Number(value.toPrecision(10)));
