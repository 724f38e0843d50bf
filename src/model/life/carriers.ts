/** What carries most things, as needs of their functions: data that several kinds share. Not here: needs that only one kind has. */
import type { NeedDeclaration } from '../graph/declaration.js';

/** The server of the member: without it the process ends. */
export const onItsServer: NeedDeclaration = { name: 'platform', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'the server it runs on' };

/** The datacenter that the component is `in:`. */
export const inItsSite: NeedDeclaration = { name: 'site', way: 'requires', from: { at: 'container' }, function: 'site', when: 'always', reaction: 'stop', meaning: 'power and network of its site' };
