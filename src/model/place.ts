/**
 * Where a member stands now: on its server, on the active server of its cluster, or where it was relocated to; and which servers keep
 * its data, so that it finds it there.
 *
 * Not here: when it moves (`life/`), and what it finds at its place (`graph/resolve.ts`).
 */
import type { Role } from './role.js';
import { valueAt } from './values.js';
import type { Member } from './world.js';

export class Place {
  relocated = false;
  /** Servers whose keeping of data has changed since the start, by parameter. */
  private readonly changed = new Map<string, Map<Member | null, boolean>>();

  constructor(
    private readonly member: Member, private readonly role: Role | null,
    /** Where it can be relocated to, if anywhere. */
    readonly elsewhere: Member | null,
  ) {}

  get server(): Member | null {
    if (this.relocated) return this.elsewhere;
    return this.role?.holder.member ?? this.member.server;
  }

  /** Whether the server it stands on keeps its data: as changed since, else as the parameter says; absent: every server does. */
  keeps(parameter: string): boolean {
    const { server } = this;
    const changed = this.changed.get(parameter)?.get(server);
    if (changed !== undefined) return changed;
    const named = valueAt(this.member.component.values, parameter);
    return named === undefined || server === null || [named].flat().includes(server.component.name);
  }

  keep(parameter: string, kept: boolean): void {
    const servers = this.changed.get(parameter) ?? new Map<Member | null, boolean>();
    servers.set(this.server, kept);
    this.changed.set(parameter, servers);
  }
}
