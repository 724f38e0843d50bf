/** Where messages are kept: works while its function works, holds the queues of those who take from it. */
import type { FunctionNode } from '../graph/function-node.js';
import type { Component, Member } from '../world.js';
import type { JobTable } from '../throttle/stored.js';
import type { WorkQueue } from './queue.js';

export class Store {
  readonly queues: WorkQueue[] = [];
  /** Rows of the table that holds the messages of all queues. */
  spool: JobTable | null = null;

  constructor(
    readonly component: Component, readonly works: FunctionNode, readonly keeps: 'committed' | 'nothing',
    /** Of this member alone; null: of the whole component. */
    readonly member: Member | null = null,
    /** What was put so lately lies in a cache, and is gone with what carries it; µs. */
    readonly unwritten = 0,
  ) {}
}
