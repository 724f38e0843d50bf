/** Where messages are kept: works while its function works, holds the queues of those who take from it. */
import type { FunctionNode } from '../graph/function-node.js';
import type { Component } from '../world.js';
import type { WorkQueue } from './queue.js';

export class Store {
  readonly queues: WorkQueue[] = [];

  constructor(readonly component: Component, readonly works: FunctionNode, readonly keeps: 'committed' | 'nothing') {}
}
