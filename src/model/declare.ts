/**
 * Short forms for declaring parameters, so that a kind's file reads as a reference page.
 *
 * Each takes the meaning and, with a default, its source. Nothing else lives here.
 */
import type {
  ByFlowSpec, ChoiceSpec, DistributionSpec, DurationSpec, Fields, FlagSpec, IntegerSpec, ListSpec, NumberSpec, ParameterSpec,
  RateSpec, RecordSpec, ReferenceSpec, ShareSpec, SizeSpec, TextSpec,
} from './parameter.js';

type Rest<S> = Omit<S, 'type' | 'meaning'>;

export const duration = <const R extends Rest<DurationSpec>>(meaning: string, rest: R): { type: 'duration'; meaning: string } & R =>
  ({ type: 'duration', meaning, ...rest });
export const distribution = <const R extends Rest<DistributionSpec>>(meaning: string, rest: R): { type: 'distribution'; meaning: string } & R =>
  ({ type: 'distribution', meaning, ...rest });
export const integer = <const R extends Rest<IntegerSpec>>(meaning: string, rest: R): { type: 'integer'; meaning: string } & R =>
  ({ type: 'integer', meaning, ...rest });
export const number = <const R extends Rest<NumberSpec>>(meaning: string, rest: R): { type: 'number'; meaning: string } & R =>
  ({ type: 'number', meaning, ...rest });
export const share = <const R extends Rest<ShareSpec>>(meaning: string, rest: R): { type: 'share'; meaning: string } & R =>
  ({ type: 'share', meaning, ...rest });
export const rate = <const R extends Rest<RateSpec>>(meaning: string, rest: R): { type: 'rate'; meaning: string } & R =>
  ({ type: 'rate', meaning, ...rest });
export const size = <const R extends Rest<SizeSpec>>(meaning: string, rest: R): { type: 'size'; meaning: string } & R =>
  ({ type: 'size', meaning, ...rest });
export const flag = <const R extends Rest<FlagSpec>>(meaning: string, rest: R): { type: 'flag'; meaning: string } & R =>
  ({ type: 'flag', meaning, ...rest });
export const text = <const R extends Rest<TextSpec>>(meaning: string, rest: R): { type: 'text'; meaning: string } & R =>
  ({ type: 'text', meaning, ...rest });
export const choice = <const C extends readonly string[], const R extends Omit<Rest<ChoiceSpec>, 'of'>>(
  meaning: string, of: C, rest: R,
): { type: 'choice'; meaning: string; of: C } & R => ({ type: 'choice', meaning, of, ...rest });
export const reference = <const R extends Rest<ReferenceSpec>>(meaning: string, rest: R): { type: 'reference'; meaning: string } & R =>
  ({ type: 'reference', meaning, ...rest });
export const record = <const F extends Fields, const R extends Omit<Rest<RecordSpec>, 'fields'>>(
  meaning: string, fields: F, rest: R,
): { type: 'record'; meaning: string; fields: F } & R => ({ type: 'record', meaning, fields, ...rest });
export const list = <const I extends ParameterSpec, const R extends Omit<Rest<ListSpec>, 'item'>>(
  meaning: string, item: I, rest: R,
): { type: 'list'; meaning: string; item: I } & R => ({ type: 'list', meaning, item, ...rest });
export const byFlow = <const R extends Omit<Rest<ByFlowSpec>, 'item'>>(
  meaning: string, item: IntegerSpec, rest: R,
): { type: 'by-flow'; meaning: string; item: IntegerSpec } & R => ({ type: 'by-flow', meaning, item, ...rest });
