/**
 * The schema of a scenario: the fixed part of the language and, for the topology, one alternative per kind of the catalogue.
 *
 * It is the only source of structure: validation, the JSON Schema for editors and `explain` are all read off it.
 * It does not know what names refer to; that is checked afterwards.
 */
import { z } from 'zod';
import type { KindDeclaration } from '../../model/index.js';
import { RULES } from '../rules.js';
import { LANGUAGE_VERSION, SCENARIO_NAME_PATTERN } from '../words.js';
import { bad, good } from '../quantities/parsed.js';
import { nearest } from '../diagnostics/suggest.js';
import { componentSchema, operator } from './component.js';
import { FAULT, FLOW, OBJECTIVES, OPERATION, RUN } from './fields.js';
import { mapOf, oneOf, readBy } from './forms.js';
import { shapeOf } from './parameter.js';
import { name } from './scalars.js';

const schemas = new WeakMap<readonly KindDeclaration[], z.ZodType>();

/** Built once per catalogue. */
export function scenarioSchema(catalogue: readonly KindDeclaration[]): z.ZodType {
  const known = schemas.get(catalogue);
  if (known !== undefined) return known;
  const built = build(catalogue);
  schemas.set(catalogue, built);
  return built;
}

const about = (description: string, type: string, examples: unknown[] = []): Record<string, unknown> =>
  ({ description, 'x-type': type, ...(examples.length > 0 ? { examples } : {}) });

const scenarioName = readBy(z.string(), (value) => (SCENARIO_NAME_PATTERN.test(String(value))
  ? good(value) : bad('HS016', `"${String(value)}" cannot be a name of a scenario`, { remedy: 'it is also the name of a folder: letters, digits, ., - and _' })));

const seed = oneOf('seed', 'a number or a text', [{ mark: 'scalar', schema: z.number() }, { mark: 'scalar', schema: z.string().min(1) }]);

const bases = oneOf('extends', 'a file name, or a list of file names', [
  { mark: 'scalar', schema: z.string().min(1) }, { mark: 'list', schema: z.array(z.string().min(1)) },
]);

const rule = readBy(z.string(), (value) => (RULES.has(String(value)) ? good(value)
  : bad('HS090', `there is no topology rule "${String(value)}"`, { remedy: 'rules are L1 to L27', suggestions: nearest(String(value), RULES.keys()) })))
  .meta({ enum: [...RULES.keys()] });

function build(catalogue: readonly KindDeclaration[]): z.ZodType {
  const kinds = catalogue.map(componentSchema) as unknown as [z.ZodObject, ...z.ZodObject[]];
  const component = z.discriminatedUnion('kind', kinds);
  const named = (value: z.ZodType): z.ZodType => z.record(name as unknown as z.ZodString, value);
  return mapOf({
    $schema: z.string().optional().meta(about('For editors of JSON; not read.', 'text')),
    version: z.literal(LANGUAGE_VERSION).meta(about('Version of the scenario language.', 'whole number', [LANGUAGE_VERSION])),
    name: scenarioName.optional().meta(about('Name of the scenario and of its folder of results. Default: the name of the file.', 'text', ['biztalk-sql-failover'])),
    description: z.string().optional().meta(about('What the scenario asks; free text.', 'text')),
    seed: seed.optional().meta({ ...about('Seed of all draws: the same seed gives the same figures, byte for byte.', 'number or text', [7]), default: 1, 'x-source': 'assumption: scenario language, never the clock' }),
    extends: bases.optional().meta(about('Files below this one, relative to it: maps merge, lists replace, null deletes, faults and operations merge by id.', 'file name or list of file names', ['_base.yaml'])),
    params: named(z.unknown()).optional().meta(about('Values that stand in several places, used as the whole of a value: ${n}.', 'map from name to value', [{ n: 3 }])),
    run: mapOf(shapeOf(RUN)).meta(about('How long, how often.', `map of ${Object.keys(RUN).join(', ')}`)),
    topology: named(component).meta(about('The components: name → {kind: …, …}.', 'map from name to component', [{ server1: { kind: 'server' } }])),
    flows: named(mapOf(shapeOf(FLOW))).optional().meta(about('The messages: name → {arrivals, route, …}.', 'map from name to flow')),
    faults: z.array(mapOf(shapeOf(FAULT))).optional().meta(about('What goes wrong, and when.', 'list of faults')),
    operations: z.array(mapOf(shapeOf(OPERATION))).optional().meta(about('What people and pipelines do, and when.', 'list of operations')),
    operator: operator.optional(),
    objectives: z.record(z.string(), mapOf(shapeOf(OBJECTIVES))).optional().meta(about('Per flow: what would be acceptable. Reported as met or missed, without exit code.', 'map from flow to objectives', [{ orders: { rto: '3m' } }])),
    expect: z.array(z.string()).optional().meta(about('What must hold: subject.metric comparison bound; or a true value from theory: subject.metric ~ value within share.', 'list of expectations', [['orders.lost == 0', 'orders.delay.p99 < 30s']])),
    allow: z.array(rule).optional().meta(about('Topology rules that this scenario breaks on purpose.', 'list of L1 to L27', [['L11']])),
  });
}
