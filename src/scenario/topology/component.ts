/** The components of a scenario while it is read: names, kinds, where they stand; and what to say about a name that is not there. */
import type { KindDeclaration, OperatorDefinition } from '../../model/index.js';
import type { Extra } from '../diagnostics/diagnostic.js';
import type { Position } from '../diagnostics/position.js';
import { nearest } from '../diagnostics/suggest.js';
import { child } from '../text/located.js';
import type { LocatedMap } from '../text/located.js';
import { textValue } from '../values/scalar.js';
import { compareNames, globPattern } from './order.js';

export interface Component {
  readonly name: string;
  /** The key in the file; `count` makes several components of it. */
  readonly declared: string;
  /** Null: unknown, and already reported. */
  readonly kind: KindDeclaration | null;
  readonly node: LocatedMap;
  readonly key: Position;
  /** Its declaration has the right form. */
  readonly readable: boolean;
  /** The form of where it stands is right, whatever else is wrong. */
  readonly placeable: boolean;
  /** Nothing wrong was found about it so far. */
  sound: boolean;
  in?: string;
  on?: readonly string[];
  cluster?: string;
  starts?: Readonly<Record<string, number>>;
  operator?: OperatorDefinition;
  values?: Readonly<Record<string, unknown>>;
}

/** Whether others can stand on the server that is active in it now: it is not components of any sort that hold its role. */
export const hasActiveServer = ({ kind, node }: Component): boolean =>
  kind?.role !== undefined && (kind.role.among ?? []).every((parameter) => kind.parameters[parameter].required !== true && child(node, parameter) === undefined);

export class Topology {
  readonly #byName = new Map<string, Component>();
  /** Declared with `count`, and how many came of it; null: unreadable, so that any number may exist. */
  readonly #counted = new Map<string, number | null>();

  /** There is no topology that could be read: any component may exist. */
  unreadable = false;

  add(component: Component): void {
    this.#byName.set(component.name, component);
  }

  count(declared: string, count: number | null): void {
    this.#counted.set(declared, count);
  }

  get(name: string): Component | undefined {
    return this.#byName.get(name);
  }

  all(): Component[] {
    return [...this.#byName.values()];
  }

  /** In natural order. */
  matching(glob: string): Component[] {
    const pattern = globPattern(glob);
    return this.all().filter((one) => pattern.test(one.name)).sort((a, b) => compareNames(a.name, b.name));
  }

  /** It is not known, but a declaration that cannot be read might have made it: nothing is said about it. */
  mayExist(name: string): boolean {
    return this.unreadable || [...this.#counted].some(([declared, count]) => count === null && name.startsWith(declared));
  }

  /** Some components could not be counted: nothing is said about how many there are. */
  get uncounted(): boolean {
    return [...this.#counted.values()].includes(null);
  }

  offers(component: Component, functions: readonly string[]): boolean {
    return component.kind === null || functions.length === 0 || functions.some((one) => Object.hasOwn(component.kind?.functions ?? {}, one));
  }

  /** Servers with a member of this component; none: it is a single instance. */
  serversOf(name: string, seen: readonly string[] = []): readonly string[] {
    const component = this.get(name);
    const placement = component?.kind?.placement;
    if (component === undefined || placement === undefined || seen.includes(name)) return [];
    if (component.on !== undefined) return placement.on?.meaning === 'members' ? component.on : [];
    const followed = placement.follows === undefined ? undefined : textValue(child(component.node, placement.follows));
    return followed === undefined ? [] : this.serversOf(followed, [...seen, name]);
  }

  members(name: string): string[] {
    return this.serversOf(name).map((server) => `${name}@${server}`);
  }

  allMembers(): string[] {
    return this.all().flatMap((component) => this.members(component.name));
  }

  /** What a user may have meant by a name that is not there. */
  meant(name: string, among: readonly Component[] = this.all()): Extra {
    const count = this.#counted.get(name);
    if (count !== undefined && count !== null) return { remedy: `"${name}" is declared with count: its components are ${name}1 to ${name}${String(count)}`, suggestions: [`${name}1`] };
    return { suggestions: nearest(name, among.map((one) => one.name)) };
  }
}
