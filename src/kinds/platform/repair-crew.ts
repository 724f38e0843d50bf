/**
 * People who repair: the repair of a fault that names them begins when one of them is free.
 *
 * Not modelled: skills, travel, spare parts, and repairs that are interrupted for more urgent ones.
 */
import { choice, integer, kind, plainLife } from '../../model/index.js';

export const repairCrew = kind({
  name: 'repair-crew',
  summary: 'Repairs so many faulty components at a time; others wait for their turn.',
  omits: 'skills, travel, spare parts, and repairs interrupted for more urgent ones',
  placement: {},
  parameters: {
    capacity: integer('Repairs at a time.', { min: 1, default: 1, source: 'assumption: one crew' }),
    order: choice('Who comes first when several wait: the longest waiting, or the smallest `priority` of the fault (the longest waiting among equals).', ['first-come', 'priority'], {
      default: 'first-come', source: 'assumption: no triage',
    }),
  },
  functions: { repair: { meaning: 'begins repairs', needs: [] } },
  lifecycle: plainLife('function'),
  faults: {
    stop: { meaning: 'off duty: what is under way is finished, nothing new is begun', depth: 'function', event: 'stop' },
    crash: { meaning: 'not to be reached: what is under way is finished, nothing new is begun', depth: 'function', event: 'crash' },
  },
  crew: { capacity: (values) => values.capacity, order: (values) => values.order, function: 'repair' },
});
