/**
 * Whose workers a component of a route uses: the component that it names must have workers, and they must take messages from a
 * store if that is how they reach it. Who takes what failed takes it from the same store.
 */
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { enumerate, withArticle } from '../diagnostics/suggest.js';
import { broken } from '../rules.js';
import { child } from '../text/located.js';
import type { Component, Topology } from './component.js';

export function checkWorkers(topology: Topology, diagnostics: DiagnosticList): void {
  for (const component of topology.all()) {
    checkErrors(component, topology, diagnostics);
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

/** The component that takes what failed: it takes from the same store, and is another one. */
function checkErrors(component: Component, topology: Topology, diagnostics: DiagnosticList): void {
  const parameter = component.kind?.hop?.errors;
  const named = parameter === undefined ? undefined : component.values?.[parameter];
  const taker = typeof named === 'string' ? topology.get(named) : undefined;
  if (parameter === undefined || taker === undefined || taker.kind === null) return;
  const box = boxOf(component, topology);
  const isFit = (one: Component): boolean => one.kind?.hop?.intake === 'store' && one.kind.hop.errors !== undefined && boxOf(one, topology) === box;
  if (box === undefined || isFit(taker)) return;
  const able = topology.all().filter((one) => one !== component && isFit(one)).map(({ name }) => name);
  diagnostics.error('HS041', child(component.node, parameter)?.at ?? component.key, `${taker.name} cannot take what failed at ${component.name}: it takes nothing from the store of ${box}`,
    { remedy: able.length === 0 ? 'name a send port of the same group' : `these can: ${enumerate(able)}` });
  component.sound = false;
}

/** The container of its workers. */
function boxOf({ kind, values }: Component, topology: Topology): string | undefined {
  const pool = kind?.hop?.pool;
  if (pool === undefined || pool === 'own') return undefined;
  const owner = values?.[pool.parameter];
  return typeof owner === 'string' ? topology.get(owner)?.in ?? undefined : undefined;
}

function canWork(component: Component, owner: Component): boolean {
  const pool = owner.kind?.pool;
  return pool !== undefined && (component.kind?.hop?.intake === 'call' || pool.takes !== undefined);
}
