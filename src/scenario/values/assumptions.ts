/** What a run rests on without the user having said it: every default that was filled in, and what is taken never to fail. */
import type { Assumption } from '../../experiment/result.js';

export class AssumptionList {
  readonly #found = new Map<string, Assumption>();

  /** @param parameter path as in the scenario; the first entry for a path counts */
  add(parameter: string, value: unknown, source: string | undefined): void {
    if (!this.#found.has(parameter)) this.#found.set(parameter, { parameter, value: flowText(value), source: source ?? 'assumption: not documented' });
  }

  /** What was entered for a path turned out to be another value. */
  replace(parameter: string, value: unknown, source: string): void {
    this.#found.set(parameter, { parameter, value: flowText(value), source });
  }

  /** In the order of their paths, so that neither keys nor files change it. */
  sorted(): Assumption[] {
    return [...this.#found.values()].sort((a, b) => (a.parameter < b.parameter ? -1 : a.parameter > b.parameter ? 1 : 0));
  }
}

/** As one would write it in a scenario, on one line. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `{${Object.entries(value).map(([key, item]) => `${key}: ${flowText(item)}`).join(', ')}}`;
  return String(value);
}
