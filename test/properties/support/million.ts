/** A program of its own, so that its heap can be limited: a million messages through one hop, all measures listening. Prints what is left. */
import { measureReplication } from '../../../src/experiment/index.js';
import type { Engine } from '../../../src/model/engine.js';
import { definitionOf, engineOf } from './simulate.js';

interface Inside {
  readonly fates: { readonly copies: { readonly live: number; readonly bound: number }; readonly records: readonly { readonly live: number; readonly bound: number }[] };
}

const definition = definitionOf({
  version: 1, name: 'million', seed: 1, run: { horizon: '1000s', drain: '60s' }, topology: { erp: { kind: 'application', work: { exponential: '50ms' } } },
  flows: { orders: { arrivals: { poisson: '1000/s' }, route: ['erp'], client: { retry: 0, timeout: '1m' } } },
});
const engine = engineOf(definition);
const result = measureReplication(engine, definition, { replication: 1 });
const { fates } = engine as Engine as unknown as Inside;
const { rss, arrayBuffers } = process.memoryUsage();
console.log(JSON.stringify({
  offered: result.flows[0].offered, delivered: result.flows[0].delivered, copies: fates.copies.live, copySlots: fates.copies.bound,
  records: fates.records[0].live, recordSlots: fates.records[0].bound, rss, arrayBuffers,
}));
