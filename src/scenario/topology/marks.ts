/** Databases saved at marks: those of one group must go back to one mark, and what holds them is not itself held by them. */
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import type { Component, Topology } from './component.js';

/** Reports groups that name databases with marks of their own, more than one, and components that move to themselves. */
export function checkMarks(topology: Topology, diagnostics: DiagnosticList): void {
  for (const component of topology.all()) {
    if (below(component, topology).includes(component)) diagnostics.error('HS037', component.key, `${component.name} would lie in itself, by what it names`, { remedy: 'name something that does not lie in it' });
    const named = (component.kind?.box?.holds ?? []).flatMap((parameter) => namedBy(component, parameter, topology));
    const marked = [...new Set(named.flatMap((one) => [one, ...containersOf(one, topology)].find((each) => each.kind?.images !== undefined)?.name ?? []))].sort();
    if (marked.length < 2) continue;
    diagnostics.error('HS042', component.key, `the databases of ${component.name} would be restored to different marks, by ${marked.join(' and by ')}`, {
      remedy: 'databases of one group must be restored to the same mark: put them all in one',
    });
  }
}

function namedBy(component: Component, parameter: string, topology: Topology): Component[] {
  return [component.values?.[parameter] ?? []].flat().flatMap((name) => topology.get(String(name)) ?? []);
}

/** What it is in, and what that is in. */
function containersOf(component: Component, topology: Topology): Component[] {
  const found: Component[] = [];
  for (let one = topology.get(component.in ?? ''); one !== undefined && !found.includes(one); one = topology.get(one.in ?? '')) found.push(one);
  return found;
}

/** Everything that may hold the role of this component, with what that is in, however indirectly. */
function below(component: Component, topology: Topology): Component[] {
  const found: Component[] = [];
  const open = [component];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    for (const parameter of one.kind?.role?.among ?? []) {
      for (const each of namedBy(one, parameter, topology).flatMap((holder) => [holder, ...containersOf(holder, topology)])) {
        if (found.includes(each)) continue;
        found.push(each);
        open.push(each);
      }
    }
  }
  return found;
}
