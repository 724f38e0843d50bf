/** Senders that share their transaction with whom they call: who is called must be able to take part. Not here: what a transaction does (room `model`). */
import type { Fields, Values } from '../../model/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { child } from '../text/located.js';
import type { Component, Topology } from './component.js';

/** Warns of calls that would be plain ones: what is sent may be sent twice although its sender is transactional. */
export function checkEnlisting(topology: Topology, diagnostics: DiagnosticList): void {
  for (const component of topology.all()) {
    const { kind, values } = component;
    if (kind?.hop?.transactional === undefined || values === undefined || !component.sound || !kind.hop.transactional(values as Values<Fields>)) continue;
    for (const { to } of kind.hop.ladder?.(values as Values<Fields>)?.rungs ?? []) {
      const target = topology.get(to);
      if (target?.kind?.hop === undefined || target.values === undefined || takesPart(target)) continue;
      diagnostics.add('warning', 'HS044', child(component.node, 'to')?.at ?? component.key, `${component.name} sends within its transaction, and ${to} (${target.kind.name}) takes no part in it: to it this is a plain call`, {
        remedy: `a crash between the two sends a message twice; let ${to} enlist, or say of ${component.name} that it does not`,
      });
    }
  }
}

function takesPart({ kind, values }: Component): boolean {
  return kind?.hop?.enlists?.(values as Values<Fields>) !== undefined;
}
