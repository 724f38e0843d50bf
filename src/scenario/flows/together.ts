/** Several operations in one transaction: what they are done on must be able to commit them as one. Not here: what a transaction does (room `model`). */
import type { Fields, FlowDefinition, TogetherTerms, Values } from '../../model/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { child } from '../text/located.js';
import type { Component, Topology } from '../topology/component.js';
import { meantBy } from './called.js';
import { componentsOf } from './route.js';

/** Settling and sending in one transaction: both where they are done stand in one container. */
export function checkSettling(topology: Topology, diagnostics: DiagnosticList): void {
  for (const component of topology.all()) {
    const { kind, values, sound } = component;
    if (values === undefined || !sound) continue;
    const terms = kind?.hop?.sends?.(values as Values<Fields>);
    const from = kind?.pool?.leases?.from;
    if (terms?.settles !== true || from === undefined) continue;
    /** Of a name for several, the containers of all. */
    const containers = (name: string): string => [...new Set(meantBy(name, topology).flatMap((one) => topology.get(one)?.in ?? []))].sort().join(' and ');
    const there = containers(terms.to[0]);
    const source = [values[from] ?? []].flat().map(String).find((name) => containers(name) !== there);
    if (source === undefined) continue;
    diagnostics.error('HS046', child(component.node, 'to')?.at ?? component.key, `${component.name} settles what it takes from ${source} (${containers(source)}) and sends to ${terms.to[0]} (${there}) in one transaction, which covers one namespace`, {
      remedy: 'put both into one namespace, or do without the transaction',
    });
  }
}

/** Warns of transactions that are rejected every time. What spreads its messages over fragments refuses a transaction whose messages have no key, or not the same. */
export function checkTogether(topology: Topology, flows: readonly FlowDefinition[], diagnostics: DiagnosticList): void {
  for (const flow of flows) {
    for (const component of componentsOf(flow.route).flatMap((name) => topology.get(name) ?? [])) {
      if (component.values === undefined || !component.sound) continue;
      const terms = component.kind?.hop?.sends?.(component.values as Values<Fields>);
      if (terms?.together === undefined) continue;
      for (const target of meantBy(terms.to[0], topology).flatMap((name) => topology.get(name) ?? [])) {
        const problem = problemOf(terms.together, flow, target) ?? tooLarge(terms.together, flow, target, topology);
        if (problem !== null) diagnostics.add('warning', 'HS046', child(component.node, 'to')?.at ?? component.key, `${component.name} sends messages of ${flow.name} in one transaction to ${target.name}, ${problem.what}`, { remedy: problem.remedy });
      }
    }
  }
}

/** Neither in its quota nor in the operations of a second is there room for all of it. */
function tooLarge({ messages }: TogetherTerms, { name, sizeBytes }: FlowDefinition, { kind, values, sound, in: place }: Component, topology: Topology): { readonly what: string; readonly remedy: string } | null {
  if (values === undefined || !sound) return null;
  const quota = kind?.buffer?.terms(values as Values<Fields>)?.capacityBytes ?? Infinity;
  if (messages * sizeBytes > quota) return { what: `which has no room for ${String(messages)} of them: it refuses them all`, remedy: `fewer messages in a transaction, smaller ones (flows.${name}.size), or a larger quota` };
  const container = topology.get(place ?? '');
  const credits = container?.kind?.credits === undefined ? undefined : container.values?.[container.kind.credits.perSecond];
  if (typeof credits !== 'number' || credits >= messages) return null;
  return { what: `and ${container!.name} has credits for fewer than ${String(messages)} operations a second: it refuses them all`, remedy: 'fewer messages in a transaction, or more credits' };
}

function problemOf({ key }: TogetherTerms, { name, keys = 0 }: FlowDefinition, { kind, values, sound }: Component): { readonly what: string; readonly remedy: string } | null {
  if (values === undefined || !sound) return null;
  const given = values as Values<Fields>;
  if (key === 'transaction') {
    if (kind?.buffer?.terms(given)?.sessions !== true) return null;
    return { what: 'which has sessions: their key is that of the message, and a transaction cannot have another', remedy: 'let messages of one key come together: key: same' };
  }
  if ((kind?.buffer?.fragments?.(given, 2, 0).length ?? 1) < 2) return null;
  if (keys === 0) return { what: 'which lies in several fragments, and they have no key: it refuses them all', remedy: `give the transaction a key (key: transaction), or the flow: flows.${name}.keys` };
  if (key === 'same' || keys === 1) return null;
  return { what: 'which lies in several fragments, and their keys differ: it refuses them', remedy: 'let messages of one key come together (key: same), or give all the key of the transaction (key: transaction)' };
}
