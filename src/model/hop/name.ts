/** A name under which takers know one of several buffers: that of the component which holds a role. Not here: who calls by a name (`route.ts`). */
import type { FunctionNode } from '../graph/function-node.js';
import type { Component } from '../world.js';

export class Name {
  constructor(private readonly component: Component, /** The name can be used while this works. */ readonly works: FunctionNode) {}

  /** Whoever uses the name now comes to this component. */
  means(component: Component): boolean {
    return this.works.works && this.component.role!.holder.member.component === component;
  }
}
