/**
 * A finished topology as rules see it: components with their kinds, who names whom, and where everything stands at time 0.
 *
 * Read-only, and without a run: states, views and moves are not known here.
 */
import type { ComponentDefinition, FlowDefinition, RouteDefinition } from '../definition.js';
import type { KindDeclaration } from '../kind.js';

export interface PlacedComponent {
  readonly name: string;
  readonly kind: KindDeclaration;
  readonly definition: ComponentDefinition;
  /** Parameter values after defaults. */
  readonly values: Readonly<Record<string, unknown>>;
}

export class PlacedTopology {
  readonly components: readonly PlacedComponent[];
  readonly flows: readonly FlowDefinition[];
  /** Names of the components that stand in a route. */
  readonly routed: ReadonlySet<string>;
  private readonly byName: ReadonlyMap<string, PlacedComponent>;

  constructor(definition: { readonly components: readonly ComponentDefinition[]; readonly flows: readonly FlowDefinition[] }, catalogue: readonly KindDeclaration[]) {
    const kinds = new Map(catalogue.map((kind) => [kind.name, kind]));
    this.components = definition.components.flatMap((one) => {
      const kind = kinds.get(one.kind);
      return kind === undefined ? [] : [{ name: one.name, kind, definition: one, values: one.parameters }];
    });
    this.byName = new Map(this.components.map((one) => [one.name, one]));
    this.flows = definition.flows;
    this.routed = new Set(definition.flows.flatMap((flow) => namesIn(flow.route)));
  }

  get(name: string | undefined): PlacedComponent | undefined {
    return name === undefined ? undefined : this.byName.get(name);
  }

  offering(name: string): PlacedComponent[] {
    return this.components.filter((one) => Object.hasOwn(one.kind.functions, name));
  }

  /** The components that a parameter names: one, several, or none. */
  named(component: PlacedComponent, parameter: string): PlacedComponent[] {
    return [component.values[parameter] ?? []].flat().flatMap((name) => this.get(String(name)) ?? []);
  }

  /** The components that it names where it asks for this function. */
  namedFor(component: PlacedComponent, asked: string): PlacedComponent[] {
    return askingFor(component.kind, asked).flatMap((parameter) => this.named(component, parameter));
  }

  /** The component whose role moves this one between servers: itself, what it is placed in, or what contains it. */
  cluster(component: PlacedComponent): PlacedComponent | undefined {
    const first = this.holder(component);
    if (first !== undefined) return this.cluster(first);
    if (component.kind.role !== undefined) return component;
    const around = this.get(component.definition.cluster) ?? this.container(component);
    return around === undefined ? undefined : this.cluster(around);
  }

  /** Servers on which it has a member, or on which its one instance may stand. */
  servers(component: PlacedComponent): readonly string[] {
    const { on, cluster } = component.definition;
    if (on !== undefined) return on;
    const first = this.holder(component);
    if (first !== undefined) return this.servers(first);
    const { follows } = component.kind.placement;
    const around = this.get(cluster) ?? (follows === undefined ? undefined : this.named(component, follows).at(0)) ?? this.container(component);
    if (around !== undefined) return this.servers(around);
    return component.kind.box?.scope === 'server' ? [component.name] : [];
  }

  /** Of what has one instance: the server that carries it at time 0. */
  first(component: PlacedComponent): string | undefined {
    const servers = this.servers(component);
    return servers.length === 1 || this.cluster(component) !== undefined ? servers.at(0) : undefined;
  }

  /** Servers that both stand on, or may stand on. */
  shared(a: PlacedComponent, b: PlacedComponent): readonly string[] {
    const others = this.servers(b);
    return this.servers(a).filter((server) => others.includes(server));
  }

  /** It lies in the other one, directly or through what lies between, and fails with it. */
  within(component: PlacedComponent, other: PlacedComponent): boolean {
    const container = this.container(component);
    return container !== undefined && (container === other || this.within(container, other));
  }

  /** Of a role that moves between components: the one that holds it at time 0. */
  private holder(component: PlacedComponent): PlacedComponent | undefined {
    const [parameter] = component.kind.role?.among ?? [];
    return parameter === undefined ? undefined : this.named(component, parameter).at(0);
  }

  /** What it is `in:`, if it fails with that, and that is not a whole site. */
  private container(component: PlacedComponent): PlacedComponent | undefined {
    if (component.kind.placement.in?.meaning !== 'containment') return undefined;
    const container = this.get(component.definition.in);
    return container?.kind.box?.scope === 'datacenter' ? undefined : container;
  }
}

/** Parameters of a kind that name components for this function. */
export function askingFor(kind: KindDeclaration, asked: string): string[] {
  return Object.entries(kind.parameters).flatMap(([name, spec]) => (spec.type === 'reference' && spec.offers.includes(asked) ? [name] : []));
}

function namesIn(route: RouteDefinition): string[] {
  return [route.component, ...route.next.flatMap(namesIn)];
}
