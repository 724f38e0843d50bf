/** The topology rules by name, and what the kinds of a catalogue declare of them. Checking them is `lint`'s business. */
import type { KindDeclaration, Refusal, RuleDeclaration } from '../model/index.js';
import type { Extra, RuleNote } from './diagnostics/diagnostic.js';
import { compareNames } from './topology/order.js';

/** All names that `allow` takes, also those of rules that no kind of this version declares. */
export const RULES: ReadonlySet<string> = new Set(Array.from({ length: 27 }, (_, index) => `L${String(index + 1)}`));

export interface KnownRule { readonly rule: RuleDeclaration; /** Kinds that declare it. */ readonly kinds: readonly KindDeclaration[] }

/** In the order of their names; parts of one rule in the order of the catalogue. */
export function rulesOf(catalogue: readonly KindDeclaration[]): KnownRule[] {
  const found = new Map<RuleDeclaration, KindDeclaration[]>();
  for (const kind of catalogue) for (const rule of kind.rules ?? []) found.set(rule, [...(found.get(rule) ?? []), kind]);
  return [...found].map(([rule, kinds]) => ({ rule, kinds })).sort((a, b) => compareNames(a.rule.name, b.rule.name));
}

/** What a diagnostic says of the rule behind it. */
export function noteOf({ name, reason, source }: RuleDeclaration): RuleNote {
  return { name, reason, source };
}

/** What the rule of a kind adds to a mistake that breaks it, too; its remedy is for those who know no better one. */
export function broken(kind: KindDeclaration | null, refusal: Refusal, remedy: string | undefined): Extra {
  const rule = kind?.rules?.find((one) => one.refuses === refusal);
  return rule === undefined ? { remedy } : { remedy: remedy ?? rule.remedy, rule: noteOf(rule) };
}
