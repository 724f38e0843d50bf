/** What converting a value may need besides the value itself. */
import type { ReferenceSpec } from '../../model/index.js';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import type { Located } from '../text/located.js';
import type { AssumptionList } from './assumptions.js';
import type { DataFiles } from './data.js';

export interface ValueContext {
  readonly diagnostics: DiagnosticList;
  readonly data: DataFiles;
  readonly assumptions: AssumptionList;
  /** The components that a reference names, checked against what they must offer. */
  readonly resolve: (spec: ReferenceSpec, node: Located) => string | readonly string[];
}
