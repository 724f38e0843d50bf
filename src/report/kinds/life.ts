/** The life cycle as two tables: states with what works in them, and transitions in the order in which they are tried. */
import type { Branch, Guard, LifeAction, LifecycleTable, StateDeclaration, TransitionDeclaration } from '../../model/index.js';
import type { Paint } from '../paint.js';
import { left, table } from '../table.js';
import { flowText } from './values.js';

export function lifeLines(life: LifecycleTable, paint: Paint): string[] {
  const states = Object.entries(life.states).map(([name, state]) => [
    paint.strong(name) + (name === life.initial ? paint.dim(' (first)') : ''), state.meaning, offersText(state), workText(state),
  ]);
  const transitions = life.transitions.flatMap(transitionRows);
  const options = { paintHeader: paint.dim };
  return [
    ...table([left('state'), left('meaning', 52), left('functions', 26), left('work in hand', 28)], states, options),
    ...(transitions.length === 0 ? [] : ['', ...table([left('from', 34), left('when', 54), left('to'), left('and', 24)], transitions, options)]),
  ];
}

function offersText(state: StateDeclaration): string {
  if (state.offers === 'all') return 'all';
  if (state.offers !== 'none') return state.offers.join(', ');
  return state.silent === true ? 'none, callers hear nothing' : 'none, callers are refused';
}

function workText(state: StateDeclaration): string {
  const texts: Readonly<Record<string, string>> = {
    kept: 'goes on', dropped: 'broken off, locks stay', released: 'sends under way end, locks given back', frozen: 'stands still',
  };
  return texts[state.work ?? 'kept'] ?? String(state.work);
}

/** One row per branch; what all branches share stands in the first only. */
function transitionRows(transition: TransitionDeclaration): string[][] {
  const branches: readonly Branch[] = typeof transition.to === 'string' ? [{ to: transition.to }] : transition.to;
  const from = [transition.from].flat().join(', ');
  const effects = [
    ...(transition.noticed === true ? ['failure noticed'] : []),
    ...(transition.failover === true ? ['counts as failover'] : []),
    ...(transition.do ?? []).map(actionText),
  ].join('; ');
  return branches.map((branch, i) => [
    i === 0 ? from : '', [i === 0 ? triggerText(transition) : '', branchText(branch, i)].filter((text) => text !== '').join(': '), branch.to,
    [i === 0 ? effects : '', ...(branch.do ?? []).map(actionText)].filter((text) => text !== '').join('; '),
  ]);
}

function triggerText(transition: TransitionDeclaration): string {
  const parts = [
    ...(transition.on === undefined ? [] : [transition.on]),
    ...(transition.after === undefined ? [] : [`after ${transition.times === undefined ? '' : `\`${transition.times}\` times `}\`${transition.after}\``]),
    ...(transition.polls === undefined ? [] : [`at ${typeof transition.polls === 'number' ? `poll ${transition.polls}` : `the \`${transition.polls}\`-th poll`} in this state`]),
    ...(transition.every === undefined ? [] : [`each \`${transition.every}\``]),
    ...(transition.when === undefined ? [] : [`${[transition.on, transition.after, transition.polls, transition.every].every((one) => one === undefined) ? 'as soon as' : 'if'} ${guardText(transition.when)}`]),
  ];
  return parts.join(' ');
}

function branchText(branch: Branch, index: number): string {
  const parts = [
    ...(branch.when === undefined ? [] : [`if ${guardText(branch.when)}`]),
    ...(branch.probability === undefined ? [] : [`with probability ${typeof branch.probability === 'string' ? `\`${branch.probability}\`` : String(branch.probability)}`]),
  ];
  if (parts.length > 0) return parts.join(' ');
  return index > 0 ? 'else' : '';
}

export function guardText(guard: Guard): string {
  if ('all' in guard) return guard.all.length === 0 ? 'always' : guard.all.map(guardText).join(' and ');
  if ('not' in guard) return `not (${guardText(guard.not)})`;
  if ('startable' in guard) return guard.startable ? 'all it needs to start is there' : 'something it needs to start is missing';
  if ('clustered' in guard) return guard.clustered ? 'it is clustered' : 'it is not clustered';
  if ('idle' in guard) return guard.idle ? 'no work is in hand' : 'work is in hand';
  if ('launchable' in guard) return guard.launchable ? 'what only a start needs is there' : 'something that a start needs is missing';
  if ('kept' in guard) return `its server is one of \`${guard.kept}\``;
  if ('relocatable' in guard) return guard.relocatable ? 'it can be moved to another server for good' : 'it cannot be moved to another server';
  if ('held' in guard) return guard.held ? 'a fault still holds it' : 'no fault holds it';
  if ('hosted' in guard) return guard.hosted ? 'what carries it is up' : 'what carries it is down';
  if ('need' in guard) return `${guard.need} is ${guard.met ? 'there' : 'missing'}`;
  if ('trip' in guard) return `${guard.trip} ${guard.tripped ? 'used up' : 'not used up'}`;
  if ('image' in guard) return guard.image ? 'a backup can be restored' : 'no backup can be restored';
  if ('candidate' in guard) return guard.candidate ? 'another server can take over' : 'no other server can take over';
  if ('current' in guard) return guard.current ? 'its server holds all data' : 'its server does not hold all data';
  if ('parameter' in guard) return `\`${guard.parameter}\` is ${flowText(guard.is)}`;
  return flowText(guard);
}

function actionText(action: LifeAction): string {
  switch (action.do) {
    case 'take-over': return 'the role passes to the next server';
    case 'reset': return `${action.trip} are counted anew`;
    case 'count': return `one more of ${action.trip}`;
    case 'free-own-locks': return 'locks of its earlier life come free';
    case 'forget': return 'what its store does not keep is gone';
    case 'tell-members': return `the other members hear of it (${action.event})`;
    case 'tell': return `${action.need} hears of it (${action.event})`;
    case 'keep': return `its server is one of \`${action.place}\` from now on`;
    case 'lose': return `its server is one of \`${action.place}\` no more`;
    case 'relocate': return 'it stands on its other server from now on';
    case 'restore': return 'the data goes back to the newest backup that can be had';
    case 'discard-images': return 'backups made before are of no use';
    default: return flowText(action);
  }
}
