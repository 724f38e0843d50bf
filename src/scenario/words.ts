/** The fixed words of the scenario language that more than one file needs. No meanings here: those stand with the schema. */

/** The only version of the language there is. */
export const LANGUAGE_VERSION = 1;

export const DISTRIBUTION_TAGS = [
  'exponential', 'uniform', 'triangular', 'lognormal', 'weibull', 'erlang', 'hyperexponential', 'empirical',
] as const;

/** Keys that say when a fault or an operation comes. `mttf` and `mttr` belong together, as do `replay` and its file. */
export const MOMENT_KEYS = ['at', 'after', 'every', 'when', 'mttf', 'mttr', 'replay'] as const;

/** Keys of a component that are not parameters of its kind. */
export const PLACEMENT_KEYS = ['in', 'on', 'cluster', 'starts', 'count', 'operator'] as const;

/** Names of flows that would be mistaken for the beginning of an expectation. */
export const RESERVED_FLOW_NAMES = ['faults', 'components', 'operations'] as const;

/** Names of components, flows, faults and operations: no dots, slashes, blanks or `@`, which have a meaning in expectations and targets. */
export const NAME_PATTERN = /^[A-Za-z][A-Za-z0-9_-]*$/;
export const NAME_RULE = 'a letter, then letters, digits, - and _';

/** The name of a scenario is also the name of its folder of results. */
export const SCENARIO_NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
