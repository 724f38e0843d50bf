/**
 * What keeps a model from being a Markov chain, apart from the shape of its durations: fixed instants, counts within a window of
 * time, what messages bring about.
 *
 * Not here: durations with a memory (`clock.ts` meets them on its way).
 */
import type { FaultDefinition, ModelDefinition } from '../definition.js';
import { resolveTarget } from '../fault/target.js';
import { Wear } from '../fault/wear.js';
import type { World } from '../world.js';
import type { Obstacle } from './symbols.js';

/** Those that the definition shows. */
export function obstaclesIn(definition: ModelDefinition, world: World): readonly Obstacle[] {
  const { components, faults, operator } = definition;
  return [
    ...components.flatMap(({ name, starts, operator: own }): Obstacle[] => [
      ...(Object.values(starts ?? {}).some((time) => time > 0) ? [{ path: `topology.${name}.starts`, reason: 'is a fixed instant' }] : []),
      ...(own?.hours === undefined ? [] : [{ path: `topology.${name}.operator.hours`, reason: 'goes by the time of the day' }]),
    ]),
    ...world.components.filter(({ kind }) => kind.images !== undefined).map(({ name }) => ({ path: `topology.${name}`, reason: 'saves its data at fixed instants' })),
    ...world.components.filter(({ kind }) => kind.pool?.leases?.sessions !== undefined).map(({ name }) => ({ path: `topology.${name}`, reason: 'hands its sources on at fixed instants' })),
    ...faults.flatMap(ofFault),
    ...faults.flatMap((fault) => ofWear(fault, world)),
    ...(operator?.hours === undefined ? [] : [{ path: 'operator.hours', reason: 'goes by the time of the day' }]),
  ];
}

function ofFault({ id, moment, for: lasts, count }: FaultDefinition): readonly Obstacle[] {
  const path = `faults.${id}`;
  if (moment.type === 'when') return [{ path: `${path}.when`, reason: 'waits for a step of a message' }];
  if (moment.type === 'replay') return [{ path: `${path}.replay`, reason: 'comes at recorded instants' }];
  if (count !== undefined) return [{ path: `${path}.count`, reason: 'counts steps of messages' }];
  if (moment.type !== 'renewal' || moment.start === 'up') return [];
  const shapes = [['mttf', moment.mttf], ['mttr', lasts]] as const;
  return shapes.flatMap(([name, value]) => (value === undefined || value.family === 'exponential' ? [] : [{ path: `${path}.start`, reason: `is stationary, and ${name} is ${value.family}` }]));
}

/** A time to failure of several stages goes on from its stage when the rate changes; the clock would begin it anew. */
function ofWear({ id, moment, targets }: FaultDefinition, world: World): readonly Obstacle[] {
  if (moment.type !== 'renewal' || moment.together || moment.mttf.family === 'exponential') return [];
  const members = targets.flatMap((target) => (target.type === 'name' ? resolveTarget(world, target) : []));
  return members.some((member) => Wear.of(Wear.sparing(world), member) !== null) ? [{ path: `faults.${id}.mttf`, reason: `is ${moment.mttf.family}, and who stands by spends it at another rate` }] : [];
}

/** Those that have come up: a count that a window of time limits has been made. */
export function windowsCounted({ components }: World): readonly Obstacle[] {
  return components.flatMap(({ name, kind, trips, members }) => [trips, ...members.map((member) => member.trips)].flatMap((each) => [...each]).flatMap(([which, trip]): Obstacle[] =>
    (trip.window > 0 && trip.window < Infinity && trip.counted(0) > 0 && !trip.always ? [{ path: `topology.${name}.${kind.trips![which].window!}`, reason: 'counts within a window of time' }] : [])));
}
