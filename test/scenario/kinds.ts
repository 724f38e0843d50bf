/** A small catalogue for the tests of this room: one kind per thing that a declaration can say. Not real components. */
import { constant } from '../../src/kernel/index.js';
import { kind } from '../../src/model/index.js';
import type { FaultDeclaration, FaultKind, FunctionDeclaration, HopDeclaration, KindDeclaration, LifecycleTable } from '../../src/model/index.js';

const life = (absent = true): LifecycleTable => ({
  initial: 'up', ...(absent ? { absent: 'absent' } : {}),
  states: { up: { meaning: 'works', offers: 'all' }, absent: { meaning: 'not there', offers: 'none' } }, transitions: [],
});
const functions = (...names: string[]): Record<string, FunctionDeclaration> => Object.fromEntries(names.map((name) => [name, { meaning: name, needs: [] }]));
const faults = (...kinds: FaultKind[]): Partial<Record<FaultKind, FaultDeclaration>> =>
  Object.fromEntries(kinds.map((one) => [one, { meaning: one, depth: 'process', event: one } satisfies FaultDeclaration]));
const hop = (intake: HopDeclaration['intake'], output: HopDeclaration['output'], to: readonly string[] = []): HopDeclaration => ({
  pool: 'own', intake, output, to, order: () => 'put-then-settle', steps: () => [], onError: 'refuse',
});
const assumed = 'assumption: test';

export const catalogue: readonly KindDeclaration[] = [
  kind({
    name: 'site', summary: 'A site.', omits: 'everything', placement: {}, parameters: {}, functions: functions('site'),
    lifecycle: life(), faults: faults('outage', 'disaster'), box: { scope: 'datacenter' },
  }),
  kind({
    name: 'server', summary: 'A server.', omits: 'everything', placement: { in: { offers: ['site'], meaning: 'containment' }, count: true },
    parameters: {
      cpus: { type: 'integer', min: 1, default: 4, source: assumed, meaning: 'Processors.' },
      reboot: { type: 'distribution', default: { lognormal: { median: '5m', p95: '15m' } }, source: assumed, meaning: 'Time of a reboot.' },
    },
    functions: functions('run'), lifecycle: life(), faults: faults('crash', 'stop', 'restart', 'hang', 'outage'), box: { scope: 'server' },
  }),
  kind({
    name: 'box', summary: 'May stand in another box.', omits: 'everything', placement: { in: { offers: ['hold'], meaning: 'containment' } }, parameters: {},
    functions: functions('hold'), lifecycle: life(), faults: faults('crash'),
  }),
  kind({
    name: 'disk', summary: 'A disk.', omits: 'everything', placement: {}, parameters: {}, functions: functions('storage'), lifecycle: life(), faults: faults('disk-loss', 'crash'),
  }),
  kind({
    name: 'cluster', summary: 'A cluster.', omits: 'everything', placement: { on: { meaning: 'candidates', required: true, min: 2 } },
    parameters: {
      disk: { type: 'reference', offers: ['storage'], absent: 'the disk never fails', meaning: 'Its disk.' },
      detection: { type: 'duration', min: '1s', max: '1h', default: '10s', source: assumed, meaning: 'Time to notice.' },
      failover: { type: 'distribution', default: '30s', source: assumed, meaning: 'Time to move.' },
      restarts: {
        type: 'record', default: {}, source: assumed, meaning: 'Restarts in place.',
        fields: { count: { type: 'integer', min: 0, default: 1, source: assumed, meaning: 'How many.' }, per: { type: 'duration', default: '15m', source: assumed, meaning: 'Within.' } },
      },
    },
    role: { role: 'active server', function: 'run' }, functions: functions('run', 'sql'), lifecycle: life(false), faults: faults('crash', 'stop'),
    operations: { failover: { meaning: 'moved by hand', event: 'failover' } }, store: { function: 'sql', keeps: () => 'committed' },
  }),
  kind({
    name: 'host', summary: 'Workers on servers.', omits: 'everything', placement: { on: { meaning: 'members' }, cluster: {}, oneOf: ['on', 'cluster'] },
    parameters: {
      restart: { type: 'duration', default: '60s', source: assumed, meaning: 'Time to restart.' },
      needs: { type: 'reference', offers: ['sql'], many: true, meaning: 'What it needs.' },
      mode: { type: 'choice', of: ['ordered', 'parallel'], default: 'parallel', source: assumed, meaning: 'Order.' },
      tracked: { type: 'flag', default: false, source: assumed, meaning: 'Tracking.' },
      label: { type: 'text', meaning: 'A text.' },
      limit: { type: 'rate', meaning: 'Most per second.' },
      memory: { type: 'size', meaning: 'Memory.' },
      coverage: { type: 'share', default: '99.9%', source: assumed, meaning: 'Coverage.' },
      load: { type: 'number', min: 0, max: 1, meaning: 'Load.' },
    },
    functions: functions('work'), lifecycle: life(), faults: faults('crash', 'hang'),
    check: ({ mode }, { members }) => (mode === 'ordered' && members.length > 1 ? ['ordered work allows one member'] : []),
  }),
  kind({
    name: 'entry', summary: 'Takes calls.', omits: 'everything', placement: { follows: 'host' },
    parameters: { host: { type: 'reference', offers: ['work'], required: true, meaning: 'Its host.' } },
    functions: functions('receive'), lifecycle: life(), faults: faults('crash', 'slow'), hop: hop('call', 'publish'),
  }),
  kind({
    name: 'process', summary: 'Works.', omits: 'everything', placement: { follows: 'host' },
    parameters: {
      host: { type: 'reference', offers: ['work'], required: true, meaning: 'Its host.' },
      steps: {
        type: 'list', min: 1, default: [{ work: '10ms' }], source: assumed, meaning: 'Steps.',
        item: { type: 'record', meaning: 'A step.', fields: {
          work: { type: 'distribution', required: true, meaning: 'Work.' }, persist: { type: 'flag', default: false, source: assumed, meaning: 'Persists.' },
        } },
      },
    },
    functions: functions('orchestrate'), lifecycle: life(), faults: faults('slow'), hop: hop('store', 'publish'),
  }),
  kind({
    name: 'port', summary: 'Sends.', omits: 'everything', placement: { follows: 'host' },
    parameters: {
      host: { type: 'reference', offers: ['work'], required: true, meaning: 'Its host.' },
      to: { type: 'reference', offers: ['serve'], required: true, meaning: 'Destination.' },
      backup: { type: 'reference', offers: ['serve'], meaning: 'Second destination.' },
    },
    functions: functions('send'), lifecycle: life(),
    faults: { ...faults('slow'), error: { meaning: 'a step fails', depth: 'function', steps: ['put', 'worked'] } },
    hop: { ...hop('store', 'call', ['to', 'backup']), ladder: (values) => ({ rungs: [{ to: String(values.to), tries: 1, interval: constant(0) }], timeout: 1, exhausted: 'suspend', waits: 'store' }) },
  }),
  kind({
    name: 'relay', summary: 'Calls on, and is no sink.', omits: 'everything', placement: {}, parameters: {}, functions: functions('serve'), lifecycle: life(), faults: {}, hop: hop('call', 'publish'),
  }),
  kind({
    name: 'app', summary: 'A destination.', omits: 'everything', placement: { on: { meaning: 'members' } }, parameters: {
      work: { type: 'distribution', default: '50ms', source: assumed, meaning: 'Work.' },
    },
    functions: functions('serve'), lifecycle: life(), hop: hop('call', 'effect'),
    faults: { ...faults('crash', 'slow'), 'ack-loss': { meaning: 'the answer is lost', depth: 'function', steps: ['settled'] }, 'network-partition': { meaning: 'cut off', depth: 'host' } },
  }),
  kind({
    name: 'crew', summary: 'Repairs.', omits: 'everything', placement: {}, parameters: {}, functions: functions('repair'), lifecycle: life(), faults: {},
    crew: { capacity: () => 1, order: () => 'first-come', function: 'repair' },
  }),
  kind({
    name: 'queue', summary: 'Keeps messages.', omits: 'everything', placement: { in: { offers: ['sql'], meaning: 'containment', required: true } },
    parameters: { initial: { type: 'integer', min: 0, default: 0, source: assumed, meaning: 'Messages at time 0.' } },
    functions: functions('keep'), lifecycle: life(), faults: faults('crash'), store: { function: 'keep', keeps: () => 'committed' },
  }),
  kind({
    name: 'bus', summary: 'Empties queues.', omits: 'everything', placement: { on: { meaning: 'members', required: true } },
    parameters: { sources: { type: 'reference', offers: ['keep'], many: true, required: true, meaning: 'Queues.' } },
    functions: functions('move'), lifecycle: life(), faults: faults('crash'), hop: hop('store', 'effect'),
    gauges: { sessions: { meaning: 'Sessions held.', unit: 'sessions' } },
  }),
];
