/** Room `scenario`: text → scenario, units, diagnostics; the schema for editors and explanations. It knows no clock. */
export { CODES } from './diagnostics/codes.js';
export type { Diagnostic, Severity } from './diagnostics/diagnostic.js';
export { formatDiagnostics, formatWarnings } from './diagnostics/format.js';
export type { FormatOptions } from './diagnostics/format.js';
export { diagnosticsJson } from './diagnostics/json.js';
export type { DiagnosticsDocument } from './diagnostics/json.js';
export type { Position } from './diagnostics/position.js';
export { explain, explainSuggestions } from './explain.js';
export { formatDuration, parseDuration } from './quantities/duration.js';
export { readScenario } from './read.js';
export type { ReadResult } from './read.js';
export { rulesOf } from './rules.js';
export type { KnownRule } from './rules.js';
export type { ReadOptions, Scenario } from './scenario.js';
export { jsonSchema } from './schema/json-schema.js';
export type { Source } from './text/load.js';
export { SET, STDIN } from './text/file.js';
export { readImpact, type ImpactReading, type ImpactText } from './impact/read.js';
