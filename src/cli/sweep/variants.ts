/**
 * All variants of a sweep, read on the thread of the command line: what is wrong with any of them is told before one is run.
 *
 * Between two of them the thread looks up, so that an interrupt is heard while many are read.
 */
import { setImmediate } from 'node:timers/promises';
import { defaultFigures, gridOf, sampleOf, shownFigure } from '../../experiment/index.js';
import type { Assumption, ShownFigure, Variant } from '../../experiment/index.js';
import { catalogue } from '../../kinds/index.js';
import { diagnosticsJson, FindingsGatherer, formatDiagnostics, formatWarnings, readScenario } from '../../scenario/index.js';
import type { Scenario, VariantFindings } from '../../scenario/index.js';
import { UserError } from '../errors.js';
import { factsOf, planOf } from '../run/facts.js';
import type { Plan, WorkerRequest } from '../run/messages.js';
import type { ScenarioSource } from '../source.js';
import { textsOf } from '../source.js';
import type { Terminal } from '../terminal.js';
import { ALTERNATIVE } from './request.js';
import type { SweepRequest } from './request.js';

/** What is needed to run a variant and to tell it from others. */
export interface ReadVariant extends Variant {
  readonly hash: string;
  readonly seed: number | string;
  /** As many as there are to be; with a precision, as there may be. */
  readonly replications: number;
  readonly plan: Plan;
}

export interface ReadSweep {
  readonly name: string;
  readonly description: string | undefined;
  readonly variants: readonly ReadVariant[];
  readonly figures: readonly ShownFigure[];
  /** All that any of them rests on. */
  readonly assumptions: readonly Assumption[];
  readonly files: readonly string[];
  /** Null: it differs between variants. */
  readonly horizonSeconds: number | null;
  /** For the threads that run them. */
  readonly worker: WorkerRequest;
}

/** Null: some cannot be run; that has been told, and `document` says so, too. */
export interface Reading { readonly sweep: ReadSweep | null; readonly document: object }

type VariantOptions = NonNullable<WorkerRequest['variants']>[number];

/** Names of what can be shown, in the order in which variants bring them. */
interface Subjects { readonly flows: Set<string>; readonly faults: Set<string>; readonly components: Set<string> }

export async function readVariants(source: ScenarioSource, request: SweepRequest, terminal: Terminal, quiet: boolean): Promise<Reading> {
  const overrides = overridesOf(request);
  const variants = request.sample === null ? gridOf(request.dimensions) : sampleOf(request.dimensions, request.sample, await seedOf(source, request, terminal));
  const options = variants.map((variant) => optionsOf(variant, request));
  const gatherer = new FindingsGatherer();
  const subjects: Subjects = { flows: new Set(), faults: new Set(), components: new Set() };
  const assumptions = new Map<string, Assumption>();
  const files = new Set<string>();
  const horizons = new Set<number>();
  const read: ReadVariant[] = [];
  const descriptions = new Set<string | undefined>();
  let first: Scenario | null = null;
  for (const [index, variant] of variants.entries()) {
    const { scenario, diagnostics } = readScenario(source, { ...overrides, show: request.show, ...options[index] }, catalogue);
    gatherer.add(diagnostics);
    await setImmediate();
    if (scenario === null) continue;
    first ??= scenario;
    descriptions.add(scenario.description);
    note(scenario, subjects, assumptions, files, horizons);
    const { hash, seed, replications } = factsOf(scenario);
    read.push({ ...variant, hash, seed, replications, plan: planOf(scenario) });
  }
  const groups = gatherer.groups();
  const valid = first !== null && read.length === variants.length;
  tell(groups, variants, { request, source, terminal, quiet, valid });
  if (!valid && variants.length > 1) terminal.err(`hasim: ${String(variants.length - read.length)} of ${String(variants.length)} variants cannot be run; none was\n`);
  if (!valid || first === null) return { sweep: null, document: refusal(groups, variants, request) };
  return {
    sweep: {
      name: first.definition.name, description: descriptions.size === 1 ? first.description : undefined, variants: read, assumptions: [...assumptions.values()], files: [...files],
      figures: (first.shown ?? []).length > 0 ? (first.shown ?? []).map((one) => shownFigure(one.text, one.subject, one.column, one.statistic))
        : defaultFigures([...subjects.flows], [...subjects.faults], [...subjects.components]),
      horizonSeconds: horizons.size === 1 ? [...horizons][0] : null,
      worker: { sources: [source], variants: options, overrides, trace: false, colour: terminal.colourErr },
    },
    document: {},
  };
}

function overridesOf({ set, seed, replications, find }: SweepRequest): WorkerRequest['overrides'] {
  return { set, ...(seed === undefined ? {} : { seed }), ...(replications === undefined ? {} : { replications }), ...(find === null ? {} : { conditions: find.conditions }) };
}

function optionsOf({ values }: Variant, { dimensions, alternatives }: SweepRequest): VariantOptions {
  const vary = dimensions.flatMap(({ name }, place) => (isAlternative(name, alternatives) ? [] : [`${name}=${values[place]}`]));
  const over = dimensions.flatMap(({ name }, place) => (isAlternative(name, alternatives) ? [alternatives.get(values[place]) ?? null] : []))[0] ?? null;
  return { vary, ...(over === null ? {} : { over }) };
}

const isAlternative = (name: string, alternatives: SweepRequest['alternatives']): boolean => name === ALTERNATIVE && alternatives.size > 0;

/** A sample is drawn with the seed of the scenario as it is, for its values may not decide about themselves. */
async function seedOf(source: ScenarioSource, request: SweepRequest, terminal: Terminal): Promise<number | string> {
  if (request.seed !== undefined) return request.seed;
  const { scenario, diagnostics } = readScenario(source, { set: request.set }, catalogue);
  if (scenario !== null) return scenario.definition.seed;
  terminal.err(formatDiagnostics(diagnostics, { color: terminal.colourErr, texts: textsOf([source]) }));
  throw new UserError('a sample is drawn with the seed of the scenario as it is, and that cannot be read; correct it, or name a --seed');
}

function note({ definition, assumptions, files }: Scenario, subjects: Subjects, all: Map<string, Assumption>, read: Set<string>, horizons: Set<number>): void {
  for (const { name } of definition.flows) subjects.flows.add(name);
  for (const { id } of definition.faults) subjects.faults.add(id);
  for (const { name } of definition.components) subjects.components.add(name);
  for (const assumption of assumptions) all.set(`${assumption.parameter}\n${assumption.value}`, assumption);
  for (const file of files) read.add(file);
  horizons.add(definition.run.horizon / 1e6);
}

interface Telling { readonly request: SweepRequest; readonly source: ScenarioSource; readonly terminal: Terminal; readonly quiet: boolean; readonly valid: boolean }

/** Errors always, warnings unless the user wants quiet; each once, with the variants that have it. */
function tell(groups: readonly VariantFindings[], variants: readonly Variant[], { request, source, terminal, quiet, valid }: Telling): void {
  const texts = textsOf([source]);
  for (const group of groups.slice(0, MOST_GROUPS)) {
    const text = valid ? (quiet ? '' : formatWarnings(group.diagnostics, { color: terminal.colourErr })) : formatDiagnostics(group.diagnostics, { color: terminal.colourErr, texts });
    if (text === '') continue;
    if (group.variants !== null) terminal.err(`${terminal.paintErr.strong(whichText(group.variants, variants, request))}\n`);
    terminal.err(valid ? text : `${text}\n`);
  }
  if (groups.length > MOST_GROUPS) terminal.err(`… and more in ${String(groups.length - MOST_GROUPS)} further groups of variants; --json lists all\n`);
}

/** Groups of variants with the same findings that are told. */
const MOST_GROUPS = 20;
/** Variants that are named in full. */
const MOST_NAMED = 3;

function whichText(places: readonly number[], variants: readonly Variant[], request: SweepRequest): string {
  const named = places.slice(0, MOST_NAMED).map((place) => variantLabel(variants[place], request));
  const rest = places.length - named.length;
  return `in ${places.length === 1 ? 'the variant' : 'the variants'} ${named.join('; ')}${rest > 0 ? ` and ${String(rest)} more` : ''}:`;
}

/** `topology.process.on.first=3, alternative=twice`. */
export function variantLabel({ values }: Variant, { dimensions }: Pick<SweepRequest, 'dimensions'>): string {
  return dimensions.map(({ name }, place) => `${name}=${values[place]}`).join(', ');
}

function refusal(groups: readonly VariantFindings[], variants: readonly Variant[], request: SweepRequest): object {
  return {
    valid: false,
    diagnostics: groups.flatMap(({ variants: places, diagnostics }) => diagnosticsJson(diagnostics).diagnostics.map((one) => ({
      ...one, variants: places === null ? 'all' : places.map((place) => variantLabel(variants[place], request)),
    }))),
  };
}
