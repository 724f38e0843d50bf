/** What a report of a sweep is made of. Nothing here is computed, and only `effort` may differ between two equal sweeps. */
import type { Answer, Assumption, FigureValue, JudgedExpectation, Question, ShownFigure, Truth } from '../../experiment/index.js';
import type { Effort } from '../about.js';

export interface SweepAbout {
  readonly version: string;
  readonly rng: number;
  readonly file: string;
  readonly files: readonly string[];
  readonly name: string;
  readonly description?: string;
  /** Null: it is varied. */
  readonly seed: number | string | null;
  /** Of the scenarios of all variants. */
  readonly hash: string;
  readonly dimensions: readonly VariedDimension[];
  /** All variants that there are, run or not. */
  readonly total: number;
  /** Null: their number differs. */
  readonly replications: number | null;
  readonly horizonSeconds: number | null;
  readonly set: readonly string[];
  readonly sample: number | null;
  readonly alternatives: Readonly<Record<string, string | null>>;
  readonly assumptions: readonly Assumption[];
  readonly reproduce: string;
}

export interface VariedDimension {
  readonly name: string;
  /** In the order of the variants. */
  readonly values: readonly string[];
  /** How large each of them is; null: they cannot be put in order. */
  readonly amounts: readonly number[] | null;
}

/** A variant that was run. */
export interface VariantLine {
  readonly number: number;
  readonly values: readonly string[];
  readonly hash: string;
  readonly seed: number | string;
  readonly replications: number;
  readonly digest: string;
  readonly precise: boolean | null;
  /** Of the figures that are shown, in their order. */
  readonly figures: readonly FigureValue[];
  readonly expectations: readonly JudgedExpectation[];
  /** What the question asks for: conditions, or the expectations. */
  readonly judged: readonly JudgedExpectation[];
  /** On all of them; null: nothing is asked. */
  readonly verdict: Truth | null;
}

export interface FindReport {
  readonly text: string;
  readonly direction: 'min' | 'max';
  readonly path: string;
  /** Only the values that the answers asked for were looked at. */
  readonly search: boolean;
  readonly answers: readonly { readonly question: Question; readonly answer: Answer }[];
}

export interface SweepReport {
  readonly about: SweepAbout;
  readonly figures: readonly ShownFigure[];
  /** In the order of their numbers. */
  readonly lines: readonly VariantLine[];
  /** Over those of the variants that were run. */
  readonly digest: string;
  readonly find: FindReport | null;
  readonly effort: Effort;
}
