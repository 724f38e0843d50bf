/**
 * Servers that can change places without anybody noticing: alike in all they are, and nowhere told apart. What stands on them goes along.
 *
 * The first of those that are alike keeps its place: what is asked of one of them is asked of it, and holds for all.
 * Careful rather than thorough: whatever is named by itself anywhere counts as told apart.
 */
import type { ComponentDefinition, ModelDefinition } from '../definition.js';
import type { Explored } from './explored.js';
import type { Member } from '../world.js';

export class Symmetry {
  /** Members that go along with an instance that can change places. */
  readonly owners = new Map<Member, number>();
  /** By instance: which of the sets of instances it is of. */
  private readonly orbitOf: number[] = [];
  /** Names of components and members that are alike, the one that stands for all first. */
  readonly alike: readonly (readonly string[])[];

  constructor(definition: ModelDefinition, { world }: Explored) {
    const groups = orbits(definition, world.members);
    this.alike = groups.flatMap((names) => [names, ...onServers(names, world.members)]);
    groups.forEach((names, orbit) => {
      for (const name of names.slice(1)) {
        const instance = this.orbitOf.push(orbit) - 1;
        for (const member of world.members) if (member.name === name || member.server?.name === name) this.owners.set(member, instance);
      }
    });
  }

  get instances(): number {
    return this.orbitOf.length;
  }

  /** What of an instance the member is. */
  prefixOf(member: Member): string {
    return member.server === null ? '' : `${member.component.name}@`;
  }

  /** A label for each instance: its set, and its place in it by what is said of it. Where that is the same, any order will do. */
  labelled(signatures: readonly string[]): readonly string[] {
    const places = new Map<number, number>();
    const labels: string[] = [];
    const order = signatures.map((_, instance) => instance).sort((a, b) => this.orbitOf[a] - this.orbitOf[b] || (signatures[a] < signatures[b] ? -1 : signatures[a] > signatures[b] ? 1 : a - b));
    for (const instance of order) {
      const orbit = this.orbitOf[instance];
      const place = places.get(orbit) ?? 0;
      places.set(orbit, place + 1);
      labels[instance] = `${String(orbit)}.${String(place)}`;
    }
    return labels;
  }
}

/** At least three: one keeps its place, the others can change theirs. */
const FEWEST = 3;

function orbits(definition: ModelDefinition, members: readonly Member[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const component of definition.components) {
    if (members.filter((member) => member.component.name === component.name).length !== 1 || members.some((member) => member.name === component.name && member.server !== null)) continue;
    const text = JSON.stringify({ ...component, name: '' }, (_, value: unknown) => (typeof value === 'function' ? undefined : value));
    groups.set(text, [...(groups.get(text) ?? []), component.name]);
  }
  return [...groups.values()].filter((names) => names.length >= FEWEST).filter((names) => !toldApart(names, definition, members)).map((names) => [...names].sort());
}

function toldApart(names: readonly string[], definition: ModelDefinition, members: readonly Member[]): boolean {
  const some = (listed: readonly string[]): boolean => listed.some((name) => names.includes(name));
  const every = (listed: readonly string[]): boolean => names.every((name) => listed.includes(name));
  const first = members.find((member) => member.name === names[0])!.component;
  const { parameters, ...own } = first.definition;
  void parameters;
  if (own.cluster !== undefined || first.role !== null) return true;
  const apartIn = (component: ComponentDefinition): boolean => {
    const kind = members.find((member) => member.component.name === component.name)?.component.kind;
    const onAll = kind?.placement.on?.meaning === 'members' && component.on !== undefined && every(component.on);
    const { on, ...rest } = component;
    if (on !== undefined && some(on) && !onAll) return true;
    return names.some((name) => !names.includes(component.name) && mentions({ ...rest, name: '', starts: Object.keys(rest.starts ?? {}) }, name));
  };
  if (definition.components.some(apartIn)) return true;
  if (definition.flows.some(({ route }) => names.some((name) => mentions(route, name)))) return true;
  if (definition.operations.some(({ targets }) => names.some((name) => mentions(targets, name)))) return true;
  return definition.faults.some(({ targets, moment, crew }) => {
    const hit = targets.map((target) => (target.type === 'name' ? target.name : ''));
    if (hit.some((name) => names.some((one) => name.endsWith(`@${one}`)))) return true;
    // Who of several that fail at once comes first to the crew is decided by name.
    const atOnce = moment.type !== 'renewal' || moment.together || moment.beta > 0;
    return some(hit) && (!every(hit) || (atOnce && crew !== undefined));
  });
}

/** A text that stands anywhere in a value. */
function mentions(value: unknown, name: string): boolean {
  if (typeof value === 'string') return value === name;
  return typeof value === 'object' && value !== null && Object.values(value).some((item) => mentions(item, name));
}

/** Members of components that stand on all of them. */
function onServers(names: readonly string[], members: readonly Member[]): readonly (readonly string[])[] {
  const components = new Set(members.filter((member) => member.server?.name === names[0]).map((member) => member.component));
  return [...components].map((component) => names.flatMap((name) => component.members.filter((member) => member.server?.name === name).map((member) => member.name)));
}
