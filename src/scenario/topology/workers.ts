/**
 * Whose workers a component of a route uses: the component that it names must have workers, and they must take messages from a
 * store if that is how they reach it.
 */
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { enumerate, withArticle } from '../diagnostics/suggest.js';
import { broken } from '../rules.js';
import { child } from '../text/located.js';
import type { Component, Topology } from './component.js';

export function checkWorkers(topology: Topology, diagnostics: DiagnosticList): void {
  for (const component of topology.all()) {
    const pool = component.kind?.hop?.pool;
    if (pool === undefined || pool === 'own') continue;
    const { parameter } = pool;
    const named = component.values?.[parameter];
    const owner = typeof named === 'string' ? topology.get(named) : undefined;
    if (owner === undefined || owner.kind === null || canWork(component, owner)) continue;
    const spec = component.kind?.parameters[parameter];
    const asked = spec?.type === 'reference' ? spec.offers : [];
    const able = topology.all().filter((one) => canWork(component, one) && topology.offers(one, asked)).map((one) => one.name);
    const lack = owner.kind.pool === undefined ? 'has no workers' : 'takes no messages from a store';
    diagnostics.error('HS041', child(component.node, parameter)?.at ?? component.key, `${component.name} works in ${owner.name}, and ${withArticle(owner.kind.name)} ${lack}`,
      broken(component.kind, 'workers', able.length === 0 ? undefined : `these can: ${enumerate(able)}`));
    component.sound = false;
  }
}

function canWork(component: Component, owner: Component): boolean {
  const pool = owner.kind?.pool;
  return pool !== undefined && (component.kind?.hop?.intake === 'call' || pool.takes !== undefined);
}
