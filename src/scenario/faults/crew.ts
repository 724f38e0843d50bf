/** Who repairs: the crew that a fault names, and crews that nobody names. */
import type { FaultDefinition } from '../../model/index.js';
import { enumerate, withArticle } from '../diagnostics/suggest.js';
import { child } from '../text/located.js';
import type { LocatedMap } from '../text/located.js';
import { numberValue, textValue } from '../values/scalar.js';
import type { Incidents } from './incidents.js';

/** @param lasts the fault says how long its repair takes */
export function readCrew(node: LocatedMap, lasts: boolean, path: string, { topology, filling }: Incidents): Pick<FaultDefinition, 'crew' | 'priority'> {
  const { diagnostics, assumptions } = filling;
  const entry = node.entries.get('crew');
  const urgency = node.entries.get('priority');
  if (entry === undefined) {
    if (urgency !== undefined) diagnostics.error('HS065', urgency.key, '"priority" is that of a repair by a crew', { remedy: 'name the crew, too' });
    return {};
  }
  const name = textValue(entry.value) ?? '';
  const component = topology.get(name);
  if (component === undefined) {
    const crews = topology.all().filter((one) => one.kind?.crew !== undefined);
    if (!topology.mayExist(name)) diagnostics.error('HS030', entry.value.at, `unknown component "${name}"`, { remedy: crews.length === 0 ? 'no component does repairs: declare one of kind repair-crew' : `crews: ${enumerate(crews.map((one) => one.name))}`, ...topology.meant(name, crews) });
  } else if (component.kind !== null && component.kind.crew === undefined) {
    diagnostics.error('HS031', entry.value.at, `${name} is ${withArticle(component.kind.name)} and does no repairs`, { remedy: 'name a component of kind repair-crew, or leave it out: then nobody has to wait for one' });
  }
  if (!lasts) diagnostics.error('HS065', entry.key, 'a crew needs to know how long the repair takes', { remedy: 'give "for" or "mttr"' });
  const written = numberValue(child(node, 'priority'));
  if (written === undefined && component?.kind?.crew !== undefined) assumptions.add(`${path}.priority`, 0, 'assumption: scenario language, all repairs are as urgent');
  return { crew: name, ...(written === undefined ? {} : { priority: written }) };
}

/** A crew that repairs nothing is a mistake, or left over. */
export function checkCrews(root: LocatedMap, { topology, filling }: Incidents): void {
  const section = child(root, 'faults');
  const named = new Set(section?.type === 'list' ? section.items.flatMap((node) => textValue(child(node, 'crew')) ?? []) : []);
  for (const component of topology.all()) {
    if (component.kind?.crew === undefined || named.has(component.name)) continue;
    filling.diagnostics.warning('HS069', component.key, `no fault names ${component.name}: it repairs nothing`, { remedy: `crew: ${component.name} at the faults that it repairs` });
  }
}
