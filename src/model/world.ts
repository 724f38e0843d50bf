/**
 * The components and members of one replication: names, placement and parameter values, without behaviour.
 *
 * Order and rank come from sorted names, so the order of keys in a file changes nothing. Behaviour (functions, life cycles,
 * workers, stores) is attached by the builders of the other folders.
 */
import type { ComponentDefinition, ModelDefinition } from './definition.js';
import type { KindDeclaration } from './kind.js';
import type { Fields, Values } from './parameter.js';
import type { FunctionNode } from './graph/function-node.js';
import type { Lifecycle } from './life/lifecycle.js';
import type { Pool } from './hop/pool.js';
import type { Store } from './hop/store.js';
import type { Shipping } from './image/shipping.js';
import type { Place } from './place.js';
import type { Role } from './role.js';
import type { Trip } from './trip.js';
import type { View } from './view.js';
import { ModelError } from './errors.js';

export class Component {
  readonly members: Member[] = [];
  role: Role | null = null;
  view: View | null = null;
  store: Store | null = null;
  shipping: Shipping | null = null;
  readonly trips = new Map<string, Trip>();

  constructor(
    readonly index: number,
    readonly name: string,
    readonly kind: KindDeclaration,
    readonly definition: ComponentDefinition,
  ) {}

  /** Parameter values; their types are known where the kind is declared, and there only. */
  get values(): Values<Fields> & Readonly<Record<string, unknown>> {
    return this.definition.parameters as Values<Fields> & Readonly<Record<string, unknown>>;
  }

  /** The member on this server, if there is one. */
  memberOn(server: Member | null): Member | null {
    return server === null ? null : (this.members.find((member) => member.server === server) ?? null);
  }
}

export class Member {
  readonly functions = new Map<string, FunctionNode>();
  life!: Lifecycle;
  place!: Place;
  pool: Pool | null = null;
  /** Counters of its own. */
  readonly trips = new Map<string, Trip>();
  /** Faults that hold it now. */
  holds = 0;
  /** Product of the factors of `slow` faults. */
  slow = 1;

  constructor(
    readonly index: number,
    readonly name: string,
    readonly component: Component,
    /** Where it stands (`on:`), if anywhere. */
    readonly server: Member | null,
  ) {}

  /** A counter of its own, or of its component. */
  trip(name: string): Trip {
    return (this.trips.get(name) ?? this.component.trips.get(name))!;
  }

  /** Orders events of one instant: the place among sorted names. */
  get rank(): number {
    return this.index + 1;
  }
}

/** By code units: the same everywhere, unlike a locale's order. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

export class World {
  readonly components: Component[] = [];
  readonly members: Member[] = [];
  private readonly byComponentName = new Map<string, Component>();
  private readonly byMemberName = new Map<string, Member>();

  constructor(definition: ModelDefinition, catalogue: readonly KindDeclaration[]) {
    const kinds = new Map(catalogue.map((kind) => [kind.name, kind]));
    for (const one of [...definition.components].sort(byName)) {
      const kind = kinds.get(one.kind);
      if (kind === undefined) throw new ModelError(`component ${one.name}: unknown kind ${one.kind}`);
      const component = new Component(this.components.length, one.name, kind, one);
      this.components.push(component);
      this.byComponentName.set(one.name, component);
    }
    const plan = this.components.flatMap((component) => this.places(component).map((server) => ({
      name: server === null ? component.name : `${component.name}@${server}`, component, server,
    }))).sort(byName);
    // Servers first: members refer to them. Indices follow names all the same.
    const made = new Map<string, Member>();
    for (const pass of [true, false]) {
      plan.forEach(({ name, component, server }, index) => {
        if ((server === null) !== pass) return;
        made.set(name, new Member(index, name, component, server === null ? null : made.get(server)!));
      });
    }
    for (const { name } of plan) this.members.push(made.get(name)!);
    for (const member of this.members) this.byMemberName.set(member.name, member);
    for (const component of this.components) {
      for (const server of this.places(component)) {
        component.members.push(this.member(server === null ? component.name : `${component.name}@${server}`));
      }
    }
  }

  component(name: string): Component {
    const found = this.byComponentName.get(name);
    if (found === undefined) throw new ModelError(`unknown component ${name}`);
    return found;
  }

  member(name: string): Member {
    const found = this.byMemberName.get(name);
    if (found === undefined) throw new ModelError(`unknown member ${name}`);
    return found;
  }

  /** Component or member by name; null when there is neither. */
  find(name: string): Component | Member | null {
    return this.byComponentName.get(name) ?? this.byMemberName.get(name) ?? null;
  }

  /** Servers of the members of a component: those it names, or those of the component it follows; [null] for a single instance. */
  private places(component: Component): readonly (string | null)[] {
    const { placement } = component.kind;
    if (placement.follows !== undefined) {
      return this.places(this.component(String(component.values[placement.follows])));
    }
    const on = component.definition.on;
    return on === undefined || placement.on?.meaning === 'candidates' ? [null] : on;
  }
}
