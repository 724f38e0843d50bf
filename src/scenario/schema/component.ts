/** A kind of component → the schema of its declaration in `topology`: placement as far as the kind allows it, and its parameters. */
import { z } from 'zod';
import type { KindDeclaration } from '../../model/index.js';
import { OPERATOR } from './fields.js';
import { mapOf, oneOf } from './forms.js';
import { shapeOf } from './parameter.js';
import { duration } from './scalars.js';

const names = oneOf('servers', 'servers: a name, a glob like bts*, or a list of them', [
  { mark: 'scalar', schema: z.string().min(1) },
  { mark: 'list', schema: z.array(z.string().min(1)).min(1) },
]).meta({ id: 'servers' });

const on = oneOf('on', 'servers: a name, a glob like bts*, a list of them, or {first: 3, of: bts*}', [
  { mark: 'scalar', schema: z.string().min(1) },
  { mark: 'list', schema: z.array(z.string().min(1)).min(1) },
  { mark: 'map', schema: mapOf({ first: z.number().int().min(1).meta({ description: 'How many of them.' }), of: names }) },
]).meta({ id: 'on', examples: [['bts1', 'bts2'], 'bts*', { first: 3, of: 'bts*' }] });

const starts = oneOf('starts', 'a duration, or a map from server to duration', [
  { mark: 'scalar', schema: duration },
  { mark: 'map', schema: z.record(z.string(), duration) },
]).meta({ id: 'starts', description: 'First up at this time; a map gives it per server.', 'x-type': 'duration, or map from server to duration', examples: ['10m', { server2: '10m' }] });

export const operator = mapOf(shapeOf(OPERATOR)).meta({ id: 'operator', description: 'Who does what only a person can do. Absent: nobody acts.', 'x-type': 'map of reaction, suspended, hours' });

const optional = (schema: z.ZodType, required: boolean | undefined): z.ZodType => (required === true ? schema : schema.optional());

export function componentSchema(kind: KindDeclaration): z.ZodType {
  const { placement } = kind;
  const about = (description: string, type: string): { description: string; 'x-type': string } => ({ description, 'x-type': type });
  return mapOf({
    kind: z.literal(kind.name).meta(about('Kind of component.', 'name of a kind')),
    ...(placement.in === undefined ? {} : {
      in: optional(z.string().min(1).meta(about(
        `Where it stands${placement.in.meaning === 'containment' ? ', and with which it fails' : ''}: a component that offers ${placement.in.offers.join(' or ')}.`, 'name of a component')), placement.in.required),
    }),
    ...(placement.on === undefined ? {} : {
      on: optional(on.meta(about(placement.on.meaning === 'members' ? 'Servers: one member on each.' : 'Servers that can carry it; the first is active at time 0.', 'servers')), placement.on.required),
    }),
    ...(placement.cluster === undefined ? {} : {
      cluster: optional(z.string().min(1).meta(about('One instance, on the active server of this cluster.', 'name of a component')), placement.cluster.required),
    }),
    ...(placement.count === true ? { count: z.number().int().min(1).max(1000).optional().meta({ ...about('Makes so many components, numbered from 1.', 'whole number, at least 1'), examples: [4] }) } : {}),
    ...(kind.lifecycle.absent === undefined ? {} : { starts: starts.optional() }),
    operator: operator.optional(),
    ...shapeOf(kind.parameters),
  }).meta({ description: kind.summary });
}
