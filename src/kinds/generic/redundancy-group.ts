/**
 * Some of several carry the work, the others stand by: hot, warm or cold; the switch takes time, and may fail.
 *
 * Its failures are those of the servers or components that it names; it adds what their loss costs. Not modelled: split brain (who holds
 * the place is always known), standing by for several groups at once, wear by switching.
 */
import { choice, distribution, integer, kind, number, reference, share } from '../../model/index.js';
import type { Branch, Guard, LifecycleTable } from '../../model/index.js';

/** What counts as a part of a group; of each that is named, the first of these that it offers. */
const PARTS = ['run', 'serve', 'carry', 'sql', 'storage', 'names', 'logon', 'balance', 'site'];

const active: Guard = { need: 'active', met: true };
const enough: Guard = { need: 'enough', met: true };
const standby: Guard = { candidate: true };
const byHand: Guard = { parameter: 'manual-switch', is: undefined };

/** Who comes next must be started first where it stood by cold. */
const served: readonly Branch[] = [{ when: { all: [active, { parameter: 'standby', is: 'cold' }] }, to: 'starting' }, { when: active, to: 'online' }, { to: 'exhausted' }];
const noticed: readonly Branch[] = [
  { when: active, to: 'online' },
  { when: standby, probability: 'coverage', to: 'switching' },
  { when: { all: [standby, byHand] }, to: 'switch-by-operator' },
  { when: standby, to: 'switch-failed' },
  { to: 'exhausted' },
];
const serving = ['online', 'displaced'];
const away = ['lost', 'switching', 'switching-back', 'starting'];

/**
 * A failed switch is a half-done one: only what is done by hand ends it, even when the lost part is back before. With nobody left to
 * switch to, the first that is repaired takes over at once.
 */
const life: LifecycleTable = {
  initial: 'online',
  states: {
    online: { meaning: 'enough parts carry the work', offers: 'all', normal: true },
    displaced: { meaning: 'enough parts carry the work, and an earlier one of the list is back', offers: 'all', normal: true },
    lost: { meaning: 'a part that carried the work is gone; nobody has noticed yet', offers: 'none', depth: 'host', silent: true, work: 'dropped', downAs: 'failover' },
    switching: { meaning: 'the work moves to a part that stood by', offers: 'none', work: 'dropped', downAs: 'failover' },
    'switching-back': { meaning: 'the work moves back in order', offers: 'none', work: 'released', clean: true, downAs: 'fail-back' },
    starting: { meaning: 'a part that stood by cold is being started', offers: 'none', work: 'dropped', downAs: 'failover' },
    'switch-failed': { meaning: 'the switch failed; somebody makes it by hand', offers: 'none', work: 'dropped', downAs: 'failed-switch' },
    'switch-by-operator': { meaning: 'the switch failed; it waits for an operator', offers: 'none', work: 'dropped', operator: true, downAs: 'failed-switch' },
    exhausted: { meaning: 'too few parts are left', offers: 'none', work: 'dropped', downAs: 'double-fault' },
  },
  transitions: [
    { from: serving, on: 'switchover', when: standby, to: 'switching' },
    { from: [...serving, ...away.slice(1)], on: 'active-lost', to: 'lost' },
    { from: [...serving, ...away.slice(1)], on: 'active-hung', to: 'lost' },
    // Shut down in order, with a word to the others.
    { from: serving, on: 'active-left', noticed: true, to: [{ when: standby, to: 'switching' }, { to: 'exhausted' }] },
    { from: ['switching-back', 'starting'], on: 'active-left', to: 'lost' },
    { from: [...serving, 'lost', 'switching', 'starting'], when: { not: enough }, to: 'exhausted' },
    { from: 'lost', when: active, to: 'online' },
    { from: 'lost', after: 'detection', noticed: true, to: noticed },
    { from: 'switching', after: 'switch', failover: true, do: [{ do: 'take-over' }], to: served },
    { from: 'starting', after: 'start-up', to: 'online' },
    { from: 'switch-failed', after: 'manual-switch', failover: true, do: [{ do: 'take-over' }], to: served },
    { from: 'switch-by-operator', on: 'operator', failover: true, do: [{ do: 'take-over' }], to: served },
    { from: 'exhausted', when: { all: [active, enough] }, to: [{ when: { parameter: 'standby', is: 'cold' }, to: 'starting' }, { to: 'online' }] },
    { from: 'exhausted', when: { all: [standby, enough] }, failover: true, do: [{ do: 'take-over' }], to: served },
    { from: 'online', when: { all: [{ displaced: true }, { parameter: 'fail-back', is: 'when-back' }] }, to: 'displaced' },
    { from: 'displaced', when: { displaced: false }, to: 'online' },
    { from: 'displaced', after: 'fail-back-delay', to: 'switching-back' },
    { from: 'switching-back', after: 'switch', failover: true, do: [{ do: 'give-back' }], to: served },
  ],
};

export const redundancyGroup = kind({
  name: 'redundancy-group',
  summary: 'So many of several servers or components must work; who stands by takes over.',
  omits: 'split brain, parts that stand by for several groups, wear by switching',
  placement: { on: { meaning: 'candidates', min: 1 } },
  parameters: {
    parts: reference('The components that form the group, in order of preference; servers may stand under `on` instead, and then `cluster:` places others on the active one.', {
      offers: PARTS, many: true, absent: 'the servers of `on`',
    }),
    needed: integer('How many of them must work; with parts that stand by: how many carry the work at a time.', { min: 1, default: 1, source: 'assumption: one works, the others are its reserve' }),
    standby: choice('What the others do meanwhile: they work too (`none`: nothing has to be switched), run along (`hot`), run without load (`warm`), or are off (`cold`: they do not fail at random, and must be started).', ['none', 'hot', 'warm', 'cold'], {
      default: 'hot', source: 'assumption: the reserve runs along',
    }),
    dormancy: number('Warm: who stands by fails at so many times the rate of who works.', { min: 0, max: 1, default: 0.5, source: 'assumption: half the rate' }),
    detection: distribution('Time until the loss of a part that works is noticed.', { default: '0s', source: 'assumption: noticed at once' }),
    coverage: share('Probability that the switch succeeds by itself.', { default: '100%', source: 'assumption: it always does' }),
    switch: distribution('Time of the switch, after detection.', { default: '0s', source: 'assumption: included in detection' }),
    'manual-switch': distribution('Time until a switch that failed is made by hand.', { absent: 'an operator makes it (`operator`); without one nobody does' }),
    'start-up': distribution('Cold: time until a part that stood by runs.', { default: '0s', source: 'assumption: included in the switch' }),
    'fail-back': choice('Whether the work moves back when an earlier part of the list is there again.', ['never', 'when-back'], { default: 'never', source: 'assumption: a move less' }),
    'fail-back-delay': distribution('How long the earlier part must be back before the work moves.', { default: '0s', source: 'assumption: at once' }),
  },
  role: {
    role: 'active part', function: PARTS, among: ['parts'], count: (values) => (values.standby === 'none' ? 1 : values.needed),
    dormancy: (values) => (values.standby === 'cold' ? 0 : values.standby === 'warm' ? values.dormancy : 1),
  },
  functions: {
    run: {
      meaning: 'enough parts work; carries what is placed in it',
      needs: [
        {
          name: 'active', way: 'requires', from: { at: 'holder' }, function: 'run', when: 'always', reaction: 'stop', only: { parameter: 'standby', not: 'none' },
          meaning: 'the parts that carry the work',
        },
        { name: 'enough', way: 'k-of-n', k: 'needed', from: { at: 'candidates' }, function: 'run', when: 'always', reaction: 'pause', meaning: 'so many parts that work' },
      ],
    },
  },
  lifecycle: life,
  faults: {},
  operations: {
    switchover: { meaning: 'moves the work to another part in order', event: 'switchover' },
    failover: { meaning: 'moves the work to another part by force', event: 'switchover' },
  },
  check: ({ parts, needed, standby, 'fail-back': failBack }, { on }) => {
    const n = parts?.length ?? on.length;
    return [
      ...(parts !== undefined && on.length > 0 ? ['"parts" and "on" both say who forms the group: give one'] : []),
      ...(n === 0 ? ['nobody forms the group: name components (parts) or servers (on)'] : []),
      ...(n > 0 && needed > n ? [`it needs ${String(needed)} of ${String(n)}: that many there are not; needed is at most ${String(n)}`] : []),
      ...(standby === 'none' && failBack === 'when-back' ? ['with standby: none all work, and there is nothing to move back; leave fail-back out'] : []),
    ];
  },
});
