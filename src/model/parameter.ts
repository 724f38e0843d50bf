/**
 * What a kind asks of its user: parameters as data.
 *
 * A parameter says its type, unit, meaning, default and the source of that default. Validation, the JSON Schema,
 * `hasim kinds`, `hasim explain` and the list of assumptions in a report are all read off these declarations.
 * Defaults are written as a user would write them (`'60s'`), so they pass through the same parser as a scenario.
 *
 * Not here: how text becomes a value (room `scenario`), and what a value does (the kinds).
 */
import type { Distribution } from '../kernel/index.js';

/** Times inside the model are whole microseconds in a double. */
export type Microseconds = number;

interface Common {
  /** One or two sentences: what it is, for `hasim explain`. */
  readonly meaning: string;
  /** Where the default (or the idea) comes from: a page name, or `assumption: …`. Required when there is a default. */
  readonly source?: string;
  /** As written in a scenario. Absent and not required: the parameter is off; `absent` says what that means. */
  readonly default?: unknown;
  readonly required?: boolean;
  readonly absent?: string;
}

export interface DurationSpec extends Common { readonly type: 'duration'; readonly min?: string; readonly max?: string }
export interface DistributionSpec extends Common { readonly type: 'distribution' }
export interface RateSpec extends Common { readonly type: 'rate' }
export interface SizeSpec extends Common { readonly type: 'size' }
export interface ShareSpec extends Common { readonly type: 'share' }
export interface IntegerSpec extends Common { readonly type: 'integer'; readonly min?: number; readonly max?: number }
export interface NumberSpec extends Common { readonly type: 'number'; readonly min?: number; readonly max?: number }
export interface FlagSpec extends Common { readonly type: 'flag' }
export interface TextSpec extends Common { readonly type: 'text' }
export interface ChoiceSpec<C extends string = string> extends Common { readonly type: 'choice'; readonly of: readonly C[] }
/** The name of another component. `offers`: it must offer at least one of these functions. `many`: a list is allowed. */
export interface ReferenceSpec extends Common {
  readonly type: 'reference';
  readonly offers: readonly string[];
  readonly many?: boolean;
}
/** Of the components that such a parameter names: the first, or those after it. */
export type Part = 'first' | 'rest';

export interface RecordSpec<F extends Fields = Fields> extends Common { readonly type: 'record'; readonly fields: F }
export interface ListSpec<I extends ParameterSpec = ParameterSpec> extends Common {
  readonly type: 'list';
  readonly item: I;
  readonly min?: number;
}

/** A number for each flow that is named. */
export interface ByFlowSpec extends Common { readonly type: 'by-flow'; readonly item: IntegerSpec }

export type ParameterSpec =
  | DurationSpec | DistributionSpec | RateSpec | SizeSpec | ShareSpec | IntegerSpec | NumberSpec | FlagSpec | TextSpec
  | ChoiceSpec | ReferenceSpec | RecordSpec | ListSpec | ByFlowSpec;

export interface Fields { readonly [name: string]: ParameterSpec }

/** The value a kind receives for a parameter of this type. Durations in microseconds, rates per second, sizes in bytes, shares 0 to 1. */
export type ValueOf<S> =
  S extends { type: 'duration' | 'rate' | 'size' | 'share' | 'integer' | 'number' } ? number
  : S extends { type: 'distribution' } ? Distribution
  : S extends { type: 'flag' } ? boolean
  : S extends { type: 'text' } ? string
  : S extends { type: 'choice'; of: readonly (infer C)[] } ? C
  : S extends { type: 'reference'; many: true } ? readonly string[]
  : S extends { type: 'reference' } ? string
  : S extends { type: 'record'; fields: infer F extends Fields } ? Values<F>
  : S extends { type: 'list'; item: infer I } ? readonly ValueOf<I>[]
  : S extends { type: 'by-flow' } ? Readonly<Record<string, number>>
  : never;

type Present<F extends Fields> = { [K in keyof F]: F[K] extends { required: true } | { default: unknown } ? K : never }[keyof F];

/** Values by parameter name: present when required or defaulted, otherwise possibly undefined. */
export type Values<F extends Fields> =
  { readonly [K in Present<F>]: ValueOf<F[K]> } & { readonly [K in Exclude<keyof F, Present<F>>]: ValueOf<F[K]> | undefined };
