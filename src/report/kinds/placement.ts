/** Where an instance may stand, in sentences. */
import type { PlacementDeclaration } from '../../model/index.js';

export function placementLines(placement: PlacementDeclaration): string[] {
  const { in: container, on, cluster } = placement;
  const need = (required: boolean | undefined): string => (required === true ? 'required' : 'optional');
  const lines = [
    ...(container === undefined ? [] : [
      `in: <component offering ${container.offers.join(' or ')}>, ${need(container.required)}; ${container.meaning === 'containment' ? 'fails with it' : 'belongs to it, does not fail with it'}`,
    ]),
    ...(on === undefined ? [] : [
      `on: [servers], ${need(on.required)}${on.min === undefined ? '' : `, at least ${String(on.min)}`}; ${on.meaning === 'members' ? 'one member on each, named x@server' : 'one instance, these servers can run it; the first listed does at time 0'}`,
    ]),
    ...(cluster === undefined ? [] : [`cluster: <cluster or cluster group>, ${need(cluster.required)}; one instance, on the active server of that group`]),
    ...(placement.follows === undefined ? [] : [`members stand where those of \`${placement.follows}\` stand`]),
    ...(placement.count === true ? ['count: n makes name1 … nameN'] : []),
    ...(placement.oneOf === undefined ? [] : [`one of ${placement.oneOf.map((key) => `${key}:`).join(', ')} must be given`]),
  ];
  return (lines.length === 0 ? ['stands by itself'] : lines).map((line) => `  ${line}`);
}
