/** Topology rules: their contract, what they see, and those that several kinds share. */
export * from './declaration.js';
export * from './topology.js';
export * from './hosts.js';
export * from './clusters.js';
export * from './load.js';
