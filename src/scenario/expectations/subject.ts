/** What an expectation speaks of: a flow or one of its legs, a fault, a component or member, an operation; and the rest, its metric. */
import type { ExpectationSubject } from '../../experiment/expectation.js';
import { COMPONENT_COLUMNS, FAULT_COLUMNS, FLOW_COLUMNS, OPERATION_COLUMNS } from '../../experiment/columns.js';
import type { Column } from '../../experiment/columns.js';
import type { GaugeDeclaration } from '../../model/index.js';
import type { Extra } from '../diagnostics/diagnostic.js';
import { enumerate, nearest, withArticle } from '../diagnostics/suggest.js';
import type { Topology } from '../topology/component.js';
import type { Piece } from './grammar.js';

/** What can be spoken of. */
export interface Known {
  /** Flow → its legs; null: its route could not be read. */
  readonly flows: ReadonlyMap<string, readonly string[] | null>;
  /** Flows with a deadline. */
  readonly deadlines: ReadonlySet<string>;
  /** Null: there are some, but the section could not be read. */
  readonly faults: ReadonlySet<string> | null;
  readonly operations: ReadonlySet<string> | null;
  readonly topology: Topology;
  /** Horizon + drain, µs. */
  readonly end: number | null;
}

export interface Found {
  readonly subject: ExpectationSubject;
  readonly columns: readonly Column[];
  readonly gauges: Readonly<Record<string, GaugeDeclaration>>;
  /** As in messages: `a flow`. */
  readonly what: string;
  readonly metric: Piece;
}
export interface Lost { readonly message: string; readonly piece: Piece; readonly extra: Extra }
/** `silent`: it cannot be judged because of a mistake reported elsewhere. */
export type SubjectResult = { readonly found: Found } | { readonly lost: Lost } | { readonly silent: true };

export function resolveSubject(text: Piece, known: Known): SubjectResult {
  const [first, second] = text.text.split('.');
  const prefix = PREFIXES.get(first);
  const name: Piece = prefix === undefined ? { text: first, start: text.start } : { text: second ?? '', start: text.start + first.length + 1 };
  const used = prefix === undefined ? first.length : first.length + 1 + name.text.length;
  const metric: Piece = { text: text.text.slice(used + 1), start: text.start + used + 1 };
  if (metric.text === '') {
    return { lost: { message: `"${text.text}" names no metric`, piece: text, extra: { remedy: 'flow.metric, faults.id.metric, components.name.metric or operations.id.result' } } };
  }
  return prefix === undefined ? flow(name, metric, known) : prefix(name, metric, known);
}

const PREFIXES = new Map<string, (name: Piece, metric: Piece, known: Known) => SubjectResult>([
  ['faults', (name, metric, { faults }) => named('fault', name, faults, { columns: FAULT_COLUMNS, gauges: {}, what: 'a fault', metric })],
  ['operations', (name, metric, { operations }) => named('operation', name, operations, { columns: OPERATION_COLUMNS, gauges: {}, what: 'an operation', metric })],
  ['components', component],
]);

type Rest = Omit<Found, 'subject'>;

function named(type: 'fault' | 'operation', name: Piece, known: ReadonlySet<string> | null, rest: Rest): SubjectResult {
  if (known === null) return { silent: true };
  if (known.has(name.text)) return { found: { subject: { type, name: name.text }, ...rest } };
  const remedy = known.size === 0 ? `the scenario has no ${type}s` : `${type}s: ${enumerate([...known])}`;
  return { lost: { message: `unknown ${type} "${name.text}"`, piece: name, extra: { suggestions: nearest(name.text, known), remedy } } };
}

function component(name: Piece, metric: Piece, { topology }: Known): SubjectResult {
  const [ownerName] = name.text.split('@', 1);
  const owner = topology.get(ownerName);
  if (owner === undefined) {
    if (topology.mayExist(ownerName)) return { silent: true };
    const meant = topology.meant(ownerName);
    return { lost: { message: `unknown component "${name.text}"`, piece: name, extra: { ...meant, suggestions: (meant.suggestions ?? []).map((one) => one + name.text.slice(ownerName.length)) } } };
  }
  if (owner.kind === null) return { silent: true };
  if (name.text.includes('@')) {
    const members = topology.members(ownerName);
    if (!members.includes(name.text)) {
      if (!owner.sound) return { silent: true };
      const remedy = members.length === 0 ? `${ownerName} is a single instance` : `members: ${enumerate(members)}`;
      return { lost: { message: `unknown member "${name.text}"`, piece: name, extra: { suggestions: nearest(name.text, members), remedy } } };
    }
  }
  return { found: { subject: { type: 'component', name: name.text }, columns: COMPONENT_COLUMNS, gauges: owner.kind.gauges ?? {}, what: withArticle(owner.kind.name), metric } };
}

function flow(name: Piece, metric: Piece, { flows, topology, faults, operations }: Known): SubjectResult {
  const [flowName, leg] = name.text.split('/', 2);
  const rest: Rest = { columns: FLOW_COLUMNS, gauges: {}, what: 'a flow', metric };
  const legs = flows.get(flowName);
  if (legs === undefined) {
    const words = [...flows.keys(), ...PREFIXES.keys()];
    // A component, a fault, an operation without the word in front.
    const full = topology.get(flowName.split('@', 1)[0]) !== undefined ? 'components' : faults?.has(flowName) === true ? 'faults' : operations?.has(flowName) === true ? 'operations' : undefined;
    const suggestions = full === undefined ? nearest(flowName, words) : [`${full}.${flowName}`];
    const remedy = flows.size === 0 ? 'the scenario has no flows' : `flows: ${enumerate([...flows.keys()])}; or faults.…, components.…, operations.…`;
    return { lost: { message: `unknown flow "${flowName}"`, piece: name, extra: { suggestions, remedy } } };
  }
  if (leg !== undefined && legs === null) return { silent: true };
  if (leg !== undefined && legs?.includes(leg) !== true) {
    const remedy = (legs ?? []).length === 0 ? `the route of ${flowName} does not fork` : `legs: ${enumerate([...(legs ?? [])])}`;
    return { lost: { message: `unknown leg "${name.text}"`, piece: name, extra: { suggestions: nearest(leg, legs ?? []).map((one) => `${flowName}/${one}`), remedy } } };
  }
  return { found: { subject: { type: 'flow', name: name.text }, ...rest } };
}
