/** Another member of a host never raises the loss from a single fault (domain law 90). */
import { expect } from 'chai';
import fc from 'fast-check';
import { checkedFor, definitionOf, simulate } from './support/simulate.js';
import type { Document, Section } from './support/simulate.js';

const SERVERS = ['bts1', 'bts2', 'bts3', 'bts4'];

/** What can lose something, and what must not. Threads are plenty: one member more only takes messages earlier. */
const FAULTS: readonly Section[] = [
  { kind: 'disk-loss', target: 'box' }, { kind: 'disaster', target: 'box' }, { kind: 'crash', target: 'box' }, { kind: 'hang', target: 'box' },
  { kind: 'crash', target: 'bts1' }, { kind: 'disaster', target: 'bts1' }, { kind: 'stop', target: 'bts1' }, { kind: 'crash', target: 'process@bts1' }, { kind: 'hang', target: 'process@bts1' },
  { kind: 'crash', target: 'transmit@bts1' }, { kind: 'crash', target: 'receive@bts1' }, { kind: 'slow', target: 'process', factor: 3 }, { kind: 'crash', target: 'erp' }, { kind: 'ack-loss', target: 'erp', probability: 0.5 },
];

describe('property: monotone', () => {
  it('adding a host member never raises loss', () => {
    const cases = fc.record({
      seed: fc.nat({ max: 9999 }), fault: fc.constantFrom(...FAULTS), at: fc.integer({ min: 1, max: 60_000 }), lasts: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined }),
      receivers: fc.integer({ min: 1, max: 2 }), members: fc.integer({ min: 1, max: 3 }), grown: fc.constantFrom('process', 'transmit', 'both'), every: fc.integer({ min: 20, max: 400 }), work: fc.integer({ min: 0, max: 3000 }), retry: fc.nat({ max: 2 }),
    });
    let lost = 0;
    fc.assert(fc.property(cases, ({ seed, fault, at, lasts, receivers, members, grown, every, work, retry }) => {
      const host = (on: number): Section => ({ kind: 'host', in: 'group', on: SERVERS.slice(0, on), threads: 1000, 'queue-size': 1000, heartbeat: '5s', 'dead-after': '10s', cleanup: '5s', shutdown: '2s', 'start-up': '2s', 'restart-delay': '3s' });
      const document = (more: number): Document => ({
        version: 1, name: 'monotone', seed, run: { horizon: '60s', drain: '5m' },
        topology: {
          ...Object.fromEntries(SERVERS.map((server) => [server, { kind: 'server', reboot: '15s' }])), box: { kind: 'sql-server', restart: '5s' }, group: { kind: 'biztalk-group', 'message-box': 'box', management: 'box' },
          receive: { kind: 'isolated-host', in: 'group', on: SERVERS.slice(0, receivers), threads: 1000, queue: 1000 },
          process: host(members + (grown === 'transmit' ? 0 : more)), transmit: host(members + (grown === 'process' ? 0 : more)),
          in: { kind: 'receive-location', host: 'receive', work: '10ms' }, flow: { kind: 'orchestration', host: 'process', steps: [{ work: `${String(work)}ms` }] },
          out: { kind: 'send-port', host: 'transmit', to: 'erp', timeout: '10s', retry: { count: 3, interval: '10s' } }, erp: { kind: 'application', work: '50ms' },
        },
        flows: { orders: { arrivals: { every: `${String(every)}ms` }, route: ['in', 'flow', 'out'], client: { retry, backoff: '2s', timeout: '5s' } } },
        faults: [{ id: 'f', at: `${String(at)}ms`, ...fault, ...(lasts === undefined || fault.kind === 'disaster' ? {} : { for: `${String(lasts)}ms` }) }],
      });
      const [few, many] = [document(0), document(1)].map((one) => Number(simulate(definitionOf(one)).flows[0].lost));
      lost += few;
      checkedFor(document(0), () => expect(many, 'lost with one member more').to.be.at.most(few));
    }), { seed: 601, numRuns: 50 });
    expect(lost, 'there was something to lose').to.be.above(20);
  });
});
