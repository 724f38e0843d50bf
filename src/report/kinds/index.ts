/** `hasim kinds`: the catalogue as a list, and one kind as a page of reference. Everything is read off the declarations. */
import type { KindDeclaration } from '../../model/index.js';
import type { Paint } from '../paint.js';
import { pad, visibleWidth } from '../table.js';
import { labelled, wrap } from '../wrap.js';
import { faultLines, gaugeLines, operationLines, tripLines, viewLines } from './faults.js';
import { groupsOf } from './groups.js';
import { lifeLines } from './life.js';
import { functionLines } from './needs.js';
import { parameterLines } from './parameters.js';
import { placementLines } from './placement.js';
import { ruleLines } from './rules.js';

export function kindList(catalogue: readonly KindDeclaration[], paint: Paint): string {
  const width = Math.max(0, ...catalogue.map((kind) => visibleWidth(kind.name)));
  const blocks = groupsOf(catalogue).map(({ title, kinds }) => [
    paint.title(title),
    ...kinds.flatMap((kind) => {
      const [first = '', ...rest] = wrap(kind.summary, width + 4);
      return [`  ${pad(paint.strong(kind.name), width, 'left')}  ${first.trimStart()}`, ...rest];
    }),
  ]);
  const hint = [paint.dim('hasim kinds <name> shows one of them, hasim explain <path> one parameter')];
  return `${[...blocks, hint].map((block) => block.join('\n')).join('\n\n')}\n`;
}

export function kindPage(kind: KindDeclaration, paint: Paint): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Placement', placementLines(kind.placement)],
    ['Parameters', parameterLines(kind.parameters, paint)],
    ['Functions', functionLines(kind.functions, paint)],
    ['Role', kind.role === undefined ? [] : [`  ${kind.role.role}: held by ${kind.role.count === undefined ? 'one server' : 'so many'} at a time, which must offer ${[kind.role.function].flat().map((one) => `\`${one}\``).join(' or ')}`]],
    ['What it believes', viewLines(kind)],
    ['Messages', messageLines(kind)],
    ['Life cycle', lifeLines(kind.lifecycle, paint)],
    ['Limits', tripLines(kind, paint)],
    ['Faults', faultLines(kind, paint)],
    ['Operations', operationLines(kind, paint)],
    ['Gauges', gaugeLines(kind, paint)],
    ['Topology rules', ruleLines(kind, paint)],
  ];
  const head = [paint.strong(kind.name), ...wrap(kind.summary, 2), ...labelled('Not modelled', kind.omits, 2)];
  const blocks = sections.filter(([, lines]) => lines.length > 0).map(([title, lines]) => [paint.title(title), ...lines]);
  return `${[head, ...blocks].map((block) => block.join('\n')).join('\n\n')}\n`;
}

/** Its part in the way of a message, as far as that does not depend on parameters. */
function messageLines(kind: KindDeclaration): string[] {
  if (kind.hop?.names !== undefined) return [`  is only a name: who calls it, or takes from it, comes to the one of ${kind.hop.names.map((name) => `\`${name}\``).join(', ')} that holds its role`];
  const outputs: Readonly<Record<string, string>> = {
    publish: 'hands it to the next component of the route', call: 'calls the next component and waits for its answer',
    effect: 'is a sink: its work is the effect',
  };
  return [
    ...(kind.hop === undefined ? [] : [
      `  may stand in a route: ${kind.hop.intake === 'call' ? 'is called' : 'takes messages from a store'}, ${typeof kind.hop.output === 'function' ? 'passes it on, keeps it or is a sink, as its parameters say' : outputs[kind.hop.output]}`,
    ]),
    ...(kind.speaks === undefined ? [] : [`  is called over ${kind.speaks.join(', ')}`]),
    ...(kind.store === undefined ? [] : [`  keeps messages; every access needs its function \`${kind.store.function}\``]),
    ...(kind.pool === undefined ? [] : [`  has workers; they work while its function \`${kind.pool.function}\` works`]),
    ...(kind.hop?.records === undefined ? [] : [`  writes an event about each message into the database named by \`${kind.hop.records.to}\`; there is one only while its function \`${kind.hop.records.while}\` works`]),
    ...(kind.keepsRows === undefined ? [] : [`  keeps rows of tracking data; a job removes old ones while its function \`${kind.keepsRows.function}\` works`]),
  ];
}
