/** A destination in the transaction of its sender: whatever crashes at whatever step, nothing is lost and nothing has its effect twice. */
import { expect } from 'chai';
import fc from 'fast-check';
import { checkedFor, definitionOf, simulate } from './support/simulate.js';
import type { Document, Section } from './support/simulate.js';

const TARGETS = ['bts1', 'bts2', 'sql1', 'sql2', 'erp-server', 'cluster', 'erp-sql', 'transmit@bts1', 'transmit@bts2', 'dtc@bts1', 'dtc@bts2', 'sqldtc', 'erp-dtc', 'ledger'] as const;
const KINDS = ['crash', 'stop', 'hang'] as const;
const STEPS = ['taken', 'worked', 'put', 'prepared', 'committed', 'settled'] as const;

const ms = (count: number): string => `${String(count * 50)}ms`;
const fault = fc.record({
  target: fc.constantFrom(...TARGETS), kind: fc.constantFrom(...KINDS), component: fc.constantFrom('out', 'ledger'), step: fc.constantFrom(...STEPS),
  nth: fc.integer({ min: 1, max: 12 }), timed: fc.boolean(), at: fc.integer({ min: 1, max: 800 }), lasts: fc.integer({ min: 0, max: 400 }),
});
/** Room for everything, so that what ends late ends because of a fault: statements and votes fit into the timeouts, workers into the destination. */
const choices = fc.record({
  seed: fc.nat({ max: 999 }), every: fc.integer({ min: 2, max: 40 }), work: fc.integer({ min: 0, max: 40 }), port: fc.integer({ min: 0, max: 5 }),
  prepare: fc.integer({ min: 0, max: 20 }), commit: fc.integer({ min: 0, max: 20 }), timeout: fc.integer({ min: 80, max: 200 }), portTimeout: fc.integer({ min: 50, max: 200 }),
  threads: fc.integer({ min: 1, max: 4 }), concurrency: fc.constantFrom(0, 8), dtc: fc.boolean(), sqlDtc: fc.boolean(), together: fc.boolean(), database: fc.boolean(),
  faults: fc.array(fault, { minLength: 1, maxLength: 4 }),
});

/** Everything comes back: faults end, ports never give up. */
function documentOf(choice: typeof choices extends fc.Arbitrary<infer C> ? C : never): Document {
  const topology: Record<string, Section> = {
    bts1: { kind: 'server', reboot: '10s' }, bts2: { kind: 'server', reboot: '10s' }, sql1: { kind: 'server', reboot: '10s' }, sql2: { kind: 'server', reboot: '10s' }, 'erp-server': { kind: 'server', reboot: '10s' },
    // It never gives up for long.
    cluster: { kind: 'sql-cluster', on: ['sql1', 'sql2'], failovers: { count: 1000 }, 'retry-after': '10s', detection: '2s', 'service-detection': '1s', 'hang-detection': '3s', restart: '2s', failover: '3s' },
    'erp-sql': { kind: 'sql-server', on: ['erp-server'], restart: '3s' },
    dtc: { kind: 'msdtc', on: choice.dtc ? ['bts1', 'bts2'] : ['bts1'], restart: '4s', prepare: ms(choice.prepare), commit: ms(choice.commit), timeout: ms(choice.timeout) },
    ...(choice.sqlDtc ? { sqldtc: { kind: 'msdtc', cluster: 'cluster', restart: '2s' }, 'erp-dtc': { kind: 'msdtc', on: ['erp-server'], restart: '2s' } } : {}),
    ...(choice.database ? { books: { kind: 'sql-database', in: 'erp-sql', restart: '2s' } } : {}),
    group: { kind: 'biztalk-group', 'message-box': 'cluster', management: 'cluster' },
    receive: { kind: 'isolated-host', in: 'group', on: ['bts1', 'bts2'] },
    transmit: { kind: 'host', in: 'group', on: ['bts1', 'bts2'], threads: choice.threads, shutdown: '2s', 'restart-delay': '3s', 'start-up': '1s', heartbeat: '5s', 'dead-after': '10s', cleanup: '5s' },
    in: { kind: 'receive-location', host: 'receive' },
    out: { kind: 'send-port', host: 'transmit', adapter: 'sql', to: 'ledger', work: ms(choice.port), timeout: ms(choice.portTimeout), retry: { count: 1000, interval: '1s' } },
    ledger: { kind: 'sql-table', in: choice.together ? 'cluster' : choice.database ? 'books' : 'erp-sql', work: ms(choice.work), ...(choice.concurrency > 0 ? { concurrency: choice.concurrency } : {}) },
  };
  const faults = choice.faults.filter(({ target }) => topology[target.split('@')[0]] !== undefined && (target !== 'dtc@bts2' || choice.dtc)).map(({ target, kind, component, step, nth, timed, at, lasts }, i) => ({
    id: `fault-${String(i)}`, target, kind: target === 'ledger' ? 'stop' : kind, for: ms(lasts), ...(timed ? { at: ms(at) } : { when: { component, step, nth } }),
  }));
  return {
    version: 1, name: 'transactions', seed: choice.seed, run: { horizon: '60s', drain: '30m' }, topology,
    // A client that asks once offers nothing twice: what is delivered twice would be due to the port.
    flows: { orders: { arrivals: { every: ms(choice.every), limit: 30 }, route: ['in', 'out'], client: { retry: 0, timeout: '10m' } } }, faults,
  };
}

describe('property: transactions', () => {
  it('exactly once, whatever fails and when, and nothing stays behind', () => {
    fc.assert(fc.property(choices, (choice) => {
      const document = documentOf(choice);
      const { flows: [row] } = simulate(definitionOf(document), { checkAlways: true });
      const told = { lost: row.lost, duplicates: row.duplicates, suspended: row.suspended, in_flight: row.in_flight, delivered: row.delivered };
      // A request that broke off may have been published: its client counts it neither accepted nor, if it was, rejected.
      checkedFor(document, () => expect(told).to.deep.equal({ lost: 0, duplicates: 0, suspended: 0, in_flight: 0, delivered: Number(row.offered) - Number(row.rejected) }));
    }), { seed: 301, numRuns: 150 });
  });

  it('records kept for ever give the same ledgers as records reused', () => {
    fc.assert(fc.property(choices, (choice) => {
      const definition = definitionOf(documentOf(choice));
      expect(simulate(definition, { keepRecords: true }).digest).to.equal(simulate(definition).digest);
    }), { seed: 302, numRuns: 25 });
  });
});
