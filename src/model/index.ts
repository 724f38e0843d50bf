/** Room `model`: graph of functions, hops, shared parts, ledgers, faults, and the contract of a kind. */
export * from './parameter.js';
export * from './definition.js';
export * from './kind.js';
export * from './declare.js';
export * from './life/connected.js';
export * from './life/tables.js';
export * from './rule/index.js';
export * from './life/role-life.js';
export * from './ledger.js';
export * from './fault/declaration.js';
export type { TokenHabits } from './hop/access.js';
export * from './hop/declaration.js';
export * from './hop/spread.js';
export * from './image/declaration.js';
export * from './errors.js';
export { throttleGauges, throttling } from './throttle/parameters.js';
export { buildEngine, Engine } from './engine.js';
export type { EngineOptions } from './engine.js';
