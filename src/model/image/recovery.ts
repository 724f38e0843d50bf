/**
 * All log shipping of a model: who keeps images of what, and what a loss of data means for them.
 *
 * Not here: one component's marks, sets and images (`shipping.ts`).
 */
import type { Context } from '../context.js';
import type { ModelDefinition } from '../definition.js';
import type { DataLoss } from '../fault/data-loss.js';
import type { Impairments } from '../fault/impairments.js';
import type { FunctionNode } from '../graph/function-node.js';
import type { Breakage } from '../hop/breakage.js';
import type { Store } from '../hop/store.js';
import type { CauseSetId } from '../ledger.js';
import type { Operators } from '../operator.js';
import { valueAt } from '../values.js';
import type { Component, Member, World } from '../world.js';
import { DATA_LOST } from './declaration.js';
import type { ImagePlace } from './declaration.js';
import type { Image, ImageParts } from './image.js';
import { Shipping } from './shipping.js';

export interface RecoveryParts extends ImageParts {
  readonly context: Context;
  readonly breakage: Breakage;
  readonly operators: Operators;
  readonly dataLoss: DataLoss<Store>;
  readonly impairments: ReadonlyMap<Component, Impairments>;
}

interface Kept { readonly component: Component; readonly shipping: Shipping; readonly share: readonly FunctionNode[]; readonly standby: readonly FunctionNode[] }

export class Recovery {
  private readonly all: Kept[] = [];

  constructor(world: World, definition: ModelDefinition, private readonly parts: RecoveryParts) {
    for (const component of world.components) {
      const { images } = component.kind;
      if (images === undefined) continue;
      const share = nodesAt(world, component, images.share);
      const standby = nodesAt(world, component, images.standby);
      const byHand = definition.operations.some((operation) => operation.do === images.operation
        && operation.targets.some((target) => target.type === 'name' && target.name === component.name));
      const shipping = new Shipping(component, {
        ...parts, impairments: parts.impairments.get(component)!, share, standby,
        stores: parts.dataLoss.on(component.members[0], new Set()), recoverable: byHand || parts.operators.exists(component),
      });
      component.shipping = shipping;
      this.all.push({ component, shipping, share, standby });
    }
  }

  get shippings(): readonly Shipping[] {
    return this.all.map(({ shipping }) => shipping);
  }

  /** Every image that holds messages now. */
  get images(): readonly Image[] {
    return this.all.flatMap(({ shipping }) => shipping.images);
  }

  start(): void {
    for (const { shipping } of this.all) shipping.start();
  }

  /** The data of a member is gone, and with it the databases or the sets that lay on it. */
  dataLost(member: Member, causes: CauseSetId, gone: ReadonlySet<Component>): void {
    const { dataLoss } = this.parts;
    for (const { component, shipping, share, standby } of this.all) {
      if (dataLoss.carries(member, share, gone)) shipping.shareLost();
      if (dataLoss.carries(member, standby, gone)) shipping.standbyLost();
      if (dataLoss.carries(member, [component.store!.works], gone)) component.members[0].life.raise(DATA_LOST, causes);
    }
  }

  /** The run is over: a recovery that is under way, or for which somebody will come, will restore its image; no other will. */
  settleAccounts(): void {
    for (const { component, shipping } of this.all) {
      const { life } = component.members[0];
      shipping.settleAccounts(life.state !== component.kind.images!.while && !life.normal);
    }
  }
}

function nodesAt(world: World, component: Component, { parameter, function: name }: ImagePlace): readonly FunctionNode[] {
  const value = valueAt(component.values, parameter);
  return value === undefined ? [] : world.component(String(value)).members.flatMap((member) => member.functions.get(name) ?? []);
}
