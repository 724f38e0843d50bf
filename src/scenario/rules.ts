/**
 * The topology rules L1 to L27 and the one place where they will be checked.
 *
 * A rule looks at the finished definition, never at text. So far the names are known, so that `allow` can be read; a rule
 * is checked from the moment it stands in `CHECKS`.
 */
import type { KindDeclaration, ModelDefinition } from '../model/index.js';
import type { Severity } from './diagnostics/diagnostic.js';

export interface RuleFinding { readonly component: string; readonly message: string; readonly remedy?: string }
export interface RuleCheck {
  readonly rule: string;
  readonly level: Severity;
  readonly find: (definition: ModelDefinition, catalogue: ReadonlyMap<string, KindDeclaration>) => readonly RuleFinding[];
}

export const RULES: ReadonlySet<string> = new Set(Array.from({ length: 27 }, (_, index) => `L${String(index + 1)}`));

/** Checked rules, in the order of their names. */
export const CHECKS: readonly RuleCheck[] = [];
