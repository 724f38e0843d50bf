/** Functions and their needs in sentences: what must work, where it is found, and what happens when it is gone. */
import type { Drop, FunctionDeclaration, NeedDeclaration, Provider } from '../../model/index.js';
import type { Paint } from '../paint.js';
import { wrap } from '../wrap.js';
import { guardText } from './life.js';

export function functionLines(functions: Readonly<Record<string, FunctionDeclaration>>, paint: Paint): string[] {
  return Object.entries(functions).flatMap(([name, declaration]) => [
    `  ${paint.strong(name)}  ${declaration.meaning}`,
    ...declaration.needs.flatMap((need) => wrap(`- ${needText(need)}`, 6)),
  ]);
}

/** `needs platform: the server it runs on (requires run of its server, always; lost: its process ends)`. */
export function needText(need: NeedDeclaration): string {
  const providers = [need.from].flat();
  const from = providers.map((provider) => providerText(provider, need.function)).join(' and ');
  const after = need.when === 'start' ? 'only to start' : `at every instant; when lost ${REACTIONS[need.reaction] ?? need.reaction}`;
  const extras = [
    ...(need.droppedOn === undefined ? [] : [`the copy is dropped on ${need.droppedOn.map(dropText).join(', ')}`]),
    ...(need.refresh === undefined ? [] : [`a copy that ${(need.staleOn ?? []).join(', ')} made old is renewed at the next \`${need.refresh}\``]),
    ...(need.lease === undefined ? [] : [`a lease lasts \`${need.lease}\``]),
    ...(need.renewAt === undefined ? [] : [`renewed after \`${need.renewAt}\` of it`]),
    ...(need.renewEvery === undefined ? [] : [`renewed each \`${need.renewEvery}\``]),
    ...(need.carriesData === true ? ['its data lies there'] : []),
  ];
  return `needs ${need.name} (${need.meaning}): ${wayText(need)} ${from}, ${[after, ...extras].join('; ')}`;
}

const REACTIONS: Readonly<Record<string, string>> = {
  pause: 'it waits in place', recycle: 'it restarts its process', stop: 'its process ends',
};

function wayText(need: NeedDeclaration): string {
  switch (need.way) {
    case 'requires': return '';
    case 'any-of': return 'any one of';
    case 'k-of-n': return need.k === 'majority' ? 'more than half of' : `${typeof need.k === 'string' ? `\`${need.k}\`` : String(need.k ?? 1)} of`;
    case 'cached': return 'a copy, once fetched, of';
    case 'leased': return 'a lease of';
    default: return need.way;
  }
}

const dropText = (drop: Drop): string => (typeof drop === 'string' ? drop : `${drop.event} (if ${guardText(drop.when)})`);

function providerText(provider: Provider, wanted: string): string {
  const text = placeText(provider, wanted);
  return provider.unless === undefined ? text : `${text} (without \`${provider.unless}\`)`;
}

function placeText(provider: Provider, wanted: string): string {
  const offered = `\`${provider.function ?? wanted}\``;
  switch (provider.at) {
    case 'server': return `${offered} of its server`;
    case 'container': return `${offered} of what it is \`in:\``;
    case 'parameter': return `${offered} of \`${provider.parameter}\``;
    case 'beside': return `${offered} of whatever offers it on the same server${provider.moving === true ? ', or in a cluster while this is its active server' : ''} (assumed to be there if nothing does)`;
    case 'active-server': return `${offered} of whatever offers it on the active server of its \`cluster:\``;
    case 'beside-parameter': return `${offered} of whatever offers it beside \`${provider.parameter}\` (assumed to be there if nothing does)`;
    case 'group': return `${offered} of its group (assumed to be there if the group names none)`;
    case 'self': return `its own ${offered}`;
    case 'holder': return `${offered} of the server that holds the role now`;
    case 'candidates': return `${offered} of the servers that may hold the role`;
    default: return offered;
  }
}
