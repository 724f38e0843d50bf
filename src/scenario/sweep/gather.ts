/**
 * The findings about many variants of one scenario, each told once: with the variants that have it, or as one of all.
 *
 * Not here: how a variant is named, and how findings are shown.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.js';

export interface VariantFindings {
  /** Places in the list of variants; null: all of them. */
  readonly variants: readonly number[] | null;
  readonly diagnostics: readonly Diagnostic[];
}

export class FindingsGatherer {
  readonly #found = new Map<string, { readonly diagnostic: Diagnostic; readonly variants: number[] }>();
  #count = 0;

  /** Of the next variant. */
  add(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) {
      const key = JSON.stringify(diagnostic);
      const known = this.#found.get(key);
      if (known === undefined) this.#found.set(key, { diagnostic, variants: [this.#count] });
      else known.variants.push(this.#count);
    }
    this.#count += 1;
  }

  /** Groups of the same variants: those of all first, then in the order of their first variant. */
  groups(): VariantFindings[] {
    const groups = new Map<string, { readonly variants: readonly number[]; readonly diagnostics: Diagnostic[] }>();
    for (const { diagnostic, variants } of this.#found.values()) {
      const key = variants.join();
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { variants, diagnostics: [diagnostic] });
      else group.diagnostics.push(diagnostic);
    }
    const shared = ({ variants }: VariantFindings): boolean => variants === null;
    const all: VariantFindings[] = [...groups.values()].map(({ variants, diagnostics }) => ({ variants: variants.length === this.#count ? null : variants, diagnostics }));
    return [...all.filter(shared), ...all.filter((group) => !shared(group))];
  }
}
