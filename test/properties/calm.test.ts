/** Without faults, and with room for everything, nothing goes wrong and a message takes what its stages take (domain law 91). */
import { expect } from 'chai';
import fc from 'fast-check';
import type { Engine } from '../../src/model/engine.js';
import { checkedFor, definitionOf, simulate } from './support/simulate.js';
import type { Document } from './support/simulate.js';
import { topologies } from './support/topologies.js';

interface Polled { readonly routes: { readonly pools: readonly { readonly member: { readonly name: string }; readonly polling: { readonly period: number; readonly phase: number } | null }[] } }

/** First tick of a member at or after a time. */
function tickOf(engine: Engine, member: string, time: number): number {
  const { period, phase } = (engine as unknown as Polled).routes.pools.find((pool) => pool.member.name === member)!.polling!;
  let tick = phase;
  while (tick < time) tick += period;
  return tick;
}

function nothingHappens(document: Document): void {
  const { flows, recording } = simulate(definitionOf(document), { checkAlways: true });
  for (const row of flows) {
    const told = { delivered: row.delivered, lost: row.lost, duplicates: row.duplicates, suppressed: row.suppressed, rejected: row.rejected, suspended: row.suspended, in_flight: row.in_flight };
    expect(told, String(row.flow)).to.deep.equal({ delivered: row.offered, lost: 0, duplicates: 0, suppressed: 0, rejected: 0, suspended: 0, in_flight: 0 });
    if (row.availability !== null) expect([row.availability, row.accept_availability, row.rta_s]).to.deep.equal([1, 1, 0]);
  }
  expect(recording.lines.filter((line) => /^\d+ (suspended|lifecycle|functionChanged|flowChanged|acceptChanged|failover) /.test(line))).to.deep.equal([]);
}

describe('property: no fault', () => {
  for (const deterministic of [true, false]) {
    it(`no fault, no loss, no duplicate, no suspension, everything delivered (${deterministic ? 'fixed' : 'random'} times)`, () => {
      fc.assert(fc.property(topologies({ deterministic, roomy: true }), (random) => {
        const document = { ...random, run: { horizon: '60s', drain: '5m' } };
        checkedFor(document, () => nothingHappens(document));
      }), { seed: 201, numRuns: 60 });
    });
  }

  it('latency = receive + wait for the poll + steps + wait for the poll + port + destination, to the microsecond', () => {
    const ms = fc.integer({ min: 0, max: 2_000_000 });
    const values = fc.record({ seed: fc.nat({ max: 999 }), at: fc.integer({ min: 1, max: 5_000_000 }), receive: ms, steps: fc.array(ms, { minLength: 1, maxLength: 3 }), port: ms, work: ms, poll: fc.integer({ min: 1, max: 900_000 }) });
    fc.assert(fc.property(values, ({ seed, at, receive, steps, port, work, poll }) => {
      const us = (value: number): string => `${String(value)}us`;
      const document: Document = {
        version: 1, name: 'single', seed, run: { horizon: '1m', drain: '1m' },
        topology: {
          bts: { kind: 'server' }, box: { kind: 'sql-server' }, group: { kind: 'biztalk-group', 'message-box': 'box', management: 'box' },
          receive: { kind: 'isolated-host', in: 'group', on: ['bts'] }, process: { kind: 'host', in: 'group', on: ['bts'], poll: us(poll) }, transmit: { kind: 'host', in: 'group', on: ['bts'], poll: us(poll) },
          in: { kind: 'receive-location', host: 'receive', work: us(receive) }, flow: { kind: 'orchestration', host: 'process', steps: steps.map((step) => ({ work: us(step) })) },
          out: { kind: 'send-port', host: 'transmit', to: 'erp', work: us(port) }, erp: { kind: 'application', work: us(work) },
        },
        flows: { one: { arrivals: { every: us(at), limit: 1 }, route: ['in', 'flow', 'out'] } },
      };
      let engine!: Engine;
      const { recording } = simulate(definitionOf(document), {}, (built) => (engine = built));
      const taken = tickOf(engine, 'process@bts', at + receive);
      const sent = tickOf(engine, 'transmit@bts', taken + steps.reduce((sum, step) => sum + step, 0));
      const effect = recording.lines.find((line) => line.includes(' effect '))!;
      expect(effect).to.equal(`${String(sent + port + work)} effect one 0 0 ${String(at)} 1 -`);
    }), { seed: 202, numRuns: 150 });
  });
});
