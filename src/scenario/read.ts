/**
 * Text → scenario, or all that is wrong with it at once. Never throws for a mistake of the user.
 *
 * The stages: load and extend, override, put parameters in, check the structure, then the meaning, part by part. A part with
 * a mistake is not looked at further, but its name stays known, so that one mistake gives one finding.
 */
import { basename } from 'node:path';
import type { KindDeclaration, ModelDefinition, RunDefinition } from '../model/index.js';
import { DiagnosticList } from './diagnostics/diagnostic.js';
import type { Diagnostic } from './diagnostics/diagnostic.js';
import { startOf } from './diagnostics/position.js';
import { readExpectations } from './expectations/expectation.js';
import { withConditions } from './expectations/conditions.js';
import { readPrecision } from './expectations/precision.js';
import { readShown } from './expectations/shown.js';
import type { Known } from './expectations/subject.js';
import { readFaults } from './faults/fault.js';
import type { Incidents } from './faults/incidents.js';
import { readOperations } from './faults/operation.js';
import { readFlows } from './flows/flow.js';
import { passedBy } from './flows/called.js';
import { componentsOf, leavesOf } from './flows/route.js';
import { checkSettling, checkTogether } from './flows/together.js';
import { scenarioHash } from './hash.js';
import { lint } from './lint.js';
import type { Allowed } from './lint.js';
import type { ReadOptions, Scenario } from './scenario.js';
import { validateStructure } from './schema/validate.js';
import type { Soundness } from './schema/validate.js';
import { STDIN, VARY } from './text/file.js';
import { loadScenario } from './text/load.js';
import type { Loaded, Source } from './text/load.js';
import { child } from './text/located.js';
import type { LocatedMap } from './text/located.js';
import { idOf } from './text/merge.js';
import { applyOverrides } from './text/override.js';
import { substitute } from './text/substitute.js';
import { checkByFlow } from './topology/by-flow.js';
import type { Component, Topology } from './topology/component.js';
import { declareComponents } from './topology/declare.js';
import { checkEnlisting } from './topology/enlisting.js';
import { checkEntities } from './topology/entities.js';
import { checkMarks } from './topology/marks.js';
import { checkNeeds } from './topology/needs.js';
import { fillParameters, operatorValue } from './topology/parameters.js';
import type { Filling } from './topology/parameters.js';
import { checkCircles, placeComponents } from './topology/placement.js';
import { checkProtocols } from './topology/protocols.js';
import { checkWorkers } from './topology/workers.js';
import { AssumptionList } from './values/assumptions.js';
import { DataFiles } from './values/data.js';
import { readRun } from './values/run.js';
import { textValue } from './values/scalar.js';

export interface ReadResult { readonly scenario: Scenario | null; readonly diagnostics: readonly Diagnostic[] }

export function readScenario(source: Source, options: ReadOptions, catalogue: readonly KindDeclaration[]): ReadResult {
  const diagnostics = new DiagnosticList();
  const loaded = loadScenario(source, diagnostics, options.over);
  const scenario = loaded === null ? null : interpret(loaded, options, catalogue, diagnostics);
  return { scenario: diagnostics.errors === 0 ? scenario : null, diagnostics: diagnostics.sorted() };
}

function interpret(loaded: Loaded, options: ReadOptions, catalogue: readonly KindDeclaration[], diagnostics: DiagnosticList): Scenario | null {
  const set = applyOverrides(loaded.root, options.set ?? [], diagnostics);
  const own = substitute(applyOverrides(set, options.vary ?? [], diagnostics, VARY), diagnostics);
  const root = withConditions(own, options.conditions ?? []);
  const soundness = validateStructure(root, catalogue, diagnostics);
  const filling: Filling = { diagnostics, data: new DataFiles(diagnostics), assumptions: new AssumptionList() };
  const { run, horizon, end } = readRun(root, soundness, filling);

  const before = diagnostics.obscurities;
  const topology = declareComponents(root, catalogue, soundness, diagnostics);
  placeComponents(topology, diagnostics);
  checkCircles(topology, diagnostics);
  fillParameters(topology, filling);
  checkMarks(topology, diagnostics);
  checkWorkers(topology, diagnostics);
  checkProtocols(topology, diagnostics);
  checkEnlisting(topology, diagnostics);
  checkEntities(topology, diagnostics);
  checkSettling(topology, diagnostics);
  checkNeeds(topology, diagnostics);
  const clear = diagnostics.obscurities === before && !topology.unreadable && !topology.uncounted && topology.all().every((one) => one.readable && one.kind !== null);

  const flows = readFlows(root, horizon, topology, soundness, filling);
  const flowNames = keys(root, 'flows');
  checkTogether(topology, flows, diagnostics);
  checkByFlow(topology, flowNames, flows, diagnostics);
  const ids = (section: string): Set<string> => new Set(items(root, section).flatMap((node) => idOf(node) ?? []));
  const known = (section: string): Set<string> | null => (soundness.isSound([section]) || child(root, section)?.type === 'list' ? ids(section) : null);
  const incidents: Incidents = {
    topology, end, filling, ids: ids('faults'),
    routed: flows.length === flowNames.length ? passedBy(flows.flatMap((flow) => componentsOf(flow.route)), topology) : null,
  };
  const faults = readFaults(root, soundness, incidents);
  const operations = readOperations(root, soundness, incidents, (id) => faults.find((fault) => fault.id === id)?.moment);

  const legs = new Map(flowNames.map((name) => {
    const flow = flows.find((one) => one.name === name);
    return [name, flow === undefined ? null : forked(leavesOf(flow.route))];
  }));
  const deadlines = new Set(keys(root, 'objectives').filter((name) => child(child(child(root, 'objectives'), name), 'deadline') !== undefined));
  const subjects: Known = { flows: legs, deadlines, faults: known('faults'), operations: known('operations'), topology, end };
  const expectations = readExpectations(root, soundness, subjects, diagnostics);
  // What is asked beside the scenario does not decide how often it is run.
  const precision = readPrecision(own, soundness, subjects, expectations.slice(0, expectations.length - (options.conditions ?? []).length), filling);
  const shown = readShown(options.show ?? [], subjects, diagnostics);

  const operatorNode = child(root, 'operator');
  const operator = operatorNode === undefined || !soundness.isSound(['operator']) ? undefined : operatorValue(operatorNode, filling);
  const replications = replicationsOf(options, run, diagnostics);
  const components = definitionsOf(topology);
  const allow = allowed(root);
  // Rules speak of the topology as a whole: a part that cannot be read might be the one that keeps them.
  if (clear) lint({ components, flows }, { catalogue, allow, positionOf: (name) => topology.get(name)?.key ?? startOf(loaded.files[0]), diagnostics });
  if (run === null || diagnostics.errors > 0) return null;

  const definition: ModelDefinition = {
    name: textValue(child(root, 'name')) ?? nameOf(loaded.files[0]),
    seed: seedOf(root, options, filling, soundness),
    run: { ...run, ...(replications === undefined ? {} : { replications }) },
    components, flows, faults, operations,
    ...(operator === undefined ? {} : { operator }),
  };
  const description = textValue(child(root, 'description'));
  return {
    definition, expectations, allow: allow.map((one) => one.rule),
    ...(precision === undefined ? {} : { precision }),
    ...(shown.length === 0 ? {} : { shown }),
    ...(description === undefined ? {} : { description }),
    assumptions: filling.assumptions.sorted(),
    hash: scenarioHash(own, filling.data.digests.values()),
    files: [...loaded.files, ...filling.data.digests.keys()],
  };
}

function keys(root: LocatedMap, section: string): string[] {
  const node = child(root, section);
  return node?.type === 'map' ? [...node.entries.keys()] : [];
}

function items(root: LocatedMap, section: string): readonly NonNullable<ReturnType<typeof child>>[] {
  const node = child(root, section);
  return node?.type === 'list' ? node.items : [];
}

function allowed(root: LocatedMap): Allowed[] {
  return items(root, 'allow').flatMap((node) => {
    const rule = textValue(node);
    return rule === undefined ? [] : [{ rule, at: node.at }];
  });
}

const forked = (leaves: readonly string[]): readonly string[] => (leaves.length > 1 ? leaves : []);

function definitionsOf(topology: Topology): ModelDefinition['components'] {
  return topology.all().map(({ name, kind, in: container, on, cluster, starts, values, operator }: Component) => ({
    name, kind: kind?.name ?? '', parameters: values ?? {},
    ...(container === undefined ? {} : { in: container }),
    ...(on === undefined ? {} : { on }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(starts === undefined ? {} : { starts }),
    ...(operator === undefined ? {} : { operator }),
  }));
}

function seedOf(root: LocatedMap, options: ReadOptions, { assumptions }: Filling, soundness: Soundness): number | string {
  if (options.seed !== undefined) return options.seed;
  const node = child(root, 'seed');
  if (node?.type === 'scalar' && soundness.isSound(['seed']) && (typeof node.value === 'number' || typeof node.value === 'string')) return node.value;
  assumptions.add('seed', 1, 'assumption: scenario language, never the clock');
  return 1;
}

function replicationsOf({ replications }: ReadOptions, run: RunDefinition | null, diagnostics: DiagnosticList): number | undefined {
  if (replications !== undefined && replications > 1 && run?.batches !== undefined) {
    diagnostics.error('HS014', startOf('--replications'), `the scenario cuts a single run into ${String(run.batches)} batches`, { remedy: '--replications 1, or --set run.batches=null' });
  }
  if (replications === undefined || (Number.isInteger(replications) && replications >= 1)) return replications;
  diagnostics.error('HS014', startOf('--replications'), `${String(replications)} is not a number of replications`, { remedy: 'a whole number, at least 1' });
  return undefined;
}

/** The name of a file without its folder and its ending, as far as a folder of results can have it. */
function nameOf(file: string): string {
  if (file === STDIN) return 'stdin';
  const name = basename(file).replace(/\.(ya?ml|json)$/i, '').replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return name === '' ? 'scenario' : name;
}
