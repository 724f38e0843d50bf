/**
 * Boxes for the scope of a failure: the server, group or datacenter that a component or member is inside of.
 *
 * A group holds what is `in:` it, what follows that, the servers all this stands on, and what its parameters name, with what those refer to.
 * Read off placement and the `box` declarations; no kind is known by name here.
 */
import type { MapMember } from './ledger.js';
import type { Component, Member, World } from './world.js';

type Box = MapMember['boxes'][number];
type Scope = Box['scope'];

const SMALLEST_FIRST: readonly Scope[] = ['server', 'group', 'namespace', 'datacenter'];

export class Boxes {
  /** Members by box component. */
  private readonly inside = new Map<Component, ReadonlySet<Member>>();
  /** The boxes that a member is inside of, by its index. */
  private readonly around: readonly Component[][];

  constructor(private readonly world: World) {
    this.around = world.members.map(() => []);
    const boxes = world.components.filter((component) => component.kind.box !== undefined);
    const ofScope = (...scopes: Scope[]): Component[] => boxes.filter((component) => scopes.includes(component.kind.box!.scope));
    const servers = new Map(ofScope('server').map((box) => [box, new Set<Member>()]));
    for (const member of world.members) for (const component of this.standsOn(member)) servers.get(component)?.add(member);
    for (const [box, members] of servers) this.inside.set(box, members);
    for (const box of ofScope('group', 'namespace')) this.inside.set(box, this.heldBy(box));
    for (const box of ofScope('datacenter')) this.inside.set(box, new Set(world.members.filter((member) => this.inSite(member, box, new Set()))));
    // A group whose other parts are all in one site is in that site itself.
    for (const site of ofScope('datacenter')) {
      const members = new Set(this.inside.get(site));
      for (const group of ofScope('group', 'namespace')) {
        const others = [...this.inside.get(group)!].filter((member) => member.component !== group);
        if (others.length > 0 && others.every((member) => members.has(member))) for (const member of group.members) members.add(member);
      }
      this.inside.set(site, members);
    }
    for (const [box, members] of this.inside) for (const member of members) this.around[member.index].push(box);
  }

  ofMember(member: Member): readonly Box[] {
    return this.sorted(this.around[member.index]);
  }

  /** The boxes that all members are inside of. */
  ofComponent(component: Component): readonly Box[] {
    const [first, ...others] = component.members;
    return this.sorted(this.around[first.index].filter((box) => others.every((member) => this.inside.get(box)!.has(member))));
  }

  private sorted(boxes: readonly Component[]): readonly Box[] {
    return boxes
      .map((box) => ({ scope: box.kind.box!.scope, box: box.index, size: this.inside.get(box)!.size }))
      .sort((a, b) => SMALLEST_FIRST.indexOf(a.scope) - SMALLEST_FIRST.indexOf(b.scope) || a.size - b.size || a.box - b.box)
      .map(({ scope, box }) => ({ scope, box }));
  }

  /** What it is, its server, what contains it, and the servers of that: those of them that are boxes fail with it inside. */
  private standsOn(member: Member): Component[] {
    const containers = this.containers(member.component);
    const servers = [member, ...containers.flatMap(({ members }) => members)].flatMap(({ server }) => server?.component ?? []);
    return [member.component, ...containers, ...servers];
  }

  /** What it is `in:`, and what that is in, as far as that is containment. */
  private containers(component: Component): Component[] {
    const { in: name } = component.definition;
    if (name === undefined || component.kind.placement.in?.meaning !== 'containment') return [];
    const container = this.world.component(name);
    return [container, ...this.containers(container)];
  }

  private heldBy(box: Component): ReadonlySet<Member> {
    const held = new Set<Component>([box]);
    for (const parameter of box.kind.box!.holds ?? []) for (const name of [box.values[parameter] ?? []].flat()) this.addNamed(held, this.world.component(String(name)));
    let before = -1;
    while (before !== held.size) {
      before = held.size;
      for (const component of this.world.components) {
        const { in: container } = component.definition;
        const { follows } = component.kind.placement;
        if (container !== undefined && held.has(this.world.component(container)) && this.world.component(container).kind.box?.scope !== 'datacenter') held.add(component);
        if (follows !== undefined && held.has(this.world.component(String(component.values[follows])))) held.add(component);
        if (component.definition.cluster !== undefined && held.has(this.world.component(component.definition.cluster))) held.add(component);
        // A cluster all of whose servers belong to it.
        if (component.role?.candidates.every((node) => held.has(node.member.component)) === true) held.add(component);
      }
      for (const component of [...held]) for (const server of this.serversOf(component)) held.add(server);
    }
    return new Set(this.world.members.filter((member) => held.has(member.component) || (member.server !== null && held.has(member.server.component))));
  }

  /** A component that a group names, with everything that it refers to or is contained in. */
  private addNamed(held: Set<Component>, component: Component): void {
    if (held.has(component)) return;
    held.add(component);
    for (const container of this.containers(component)) if (container.kind.box?.scope !== 'datacenter') this.addNamed(held, container);
    if (component.definition.cluster !== undefined) this.addNamed(held, this.world.component(component.definition.cluster));
    for (const [name, spec] of Object.entries(component.kind.parameters)) {
      if (spec.type !== 'reference') continue;
      for (const one of [component.values[name] ?? []].flat()) this.addNamed(held, this.world.component(String(one)));
    }
  }

  private serversOf(component: Component): Component[] {
    const servers = [...component.members.flatMap((member) => member.server ?? []), ...(component.role?.candidates.map((node) => node.member) ?? [])];
    return servers.map((member) => member.component);
  }

  private inSite(member: Member, site: Component, seen: Set<Component>): boolean {
    const { component } = member;
    if (component === site) return true;
    if (seen.has(component)) return false;
    seen.add(component);
    const { in: container, cluster } = component.definition;
    if (container !== undefined && component.kind.placement.in?.meaning === 'containment') {
      return this.world.component(container).members.every((one) => this.inSite(one, site, seen));
    }
    if (member.server !== null) return this.inSite(member.server, site, seen);
    if (cluster !== undefined) return this.world.component(cluster).members.every((one) => this.inSite(one, site, seen));
    const candidates = component.role?.candidates ?? [];
    return candidates.length > 0 && candidates.every((node) => this.inSite(node.member, site, new Set(seen)));
  }
}
