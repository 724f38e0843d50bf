/** What has nothing to do with something leaves it alone: strangers in the same scenario, and a fault once its effects have passed. */
import { expect } from 'chai';
import fc from 'fast-check';
import { troubled } from './support/faults.js';
import { record } from '../../src/experiment/index.js';
import { definitionOf, engineOf, simulate, yamlOf } from './support/simulate.js';
import type { Document, Outcome, Section } from './support/simulate.js';
import { topologies } from './support/topologies.js';

type Plain = Section[string];

/** The same scenario with every name of its own prefixed. */
function renamed(document: Document, prefix: string): Document {
  const names = new Set([...Object.keys(document.topology), ...(document.faults ?? []).map(({ id }) => String(id)), ...(document.operations ?? []).map(({ id }) => String(id))]);
  const value = (plain: Plain, key: string): Plain => {
    if (typeof plain === 'string') return ['kind', 'do', 'secondary-loss'].includes(key) ? plain : plain.replace(/[\w-]+/g, (word) => (names.has(word) ? prefix + word : word));
    if (Array.isArray(plain)) return (plain as readonly Plain[]).map((one) => value(one, key));
    return typeof plain === 'object' ? section(plain as Section) : plain;
  };
  const section = (plain: Section): Section => Object.fromEntries(Object.entries(plain).map(([key, one]) => [key, value(one, key)]));
  const keyed = (plain: Readonly<Record<string, Section>>): Record<string, Section> => Object.fromEntries(Object.entries(plain).map(([key, one]) => [prefix + key, section(one)]));
  return {
    ...document, topology: keyed(document.topology), flows: keyed(document.flows),
    ...(document.faults === undefined ? {} : { faults: document.faults.map(section) }), ...(document.operations === undefined ? {} : { operations: document.operations.map(section) }),
  };
}

/** Lines that name nobody of the other side; the end of a run belongs to both. */
const own = (outcome: Outcome, stranger: string): string[] => outcome.recording.lines.filter((line) => !line.includes(stranger));

/** Lines about effects alone. */
function effectsOf(document: Document): readonly string[] {
  const engine = engineOf(definitionOf(document));
  const { reader: { effect }, lines } = record(engine.map);
  engine.read({ effect: effect! });
  engine.run();
  return lines;
}

function firstOther(left: readonly string[], right: readonly string[]): string {
  const at = left.findIndex((line, i) => line !== right[i]);
  const index = at < 0 ? left.length : at;
  return `${String(left[index])} against ${String(right[index])}`;
}

describe('property: independence', () => {
  for (const [where, prefix] of [['before', 'aa-'], ['after', 'zz-']] as const) {
    for (const deterministic of [true, false]) {
      it(`strangers whose names sort ${where} change nothing (${deterministic ? 'fixed' : 'random'} times)`, () => {
        const one = (): fc.Arbitrary<Document> => troubled(topologies({ deterministic }), 3);
        fc.assert(fc.property(one(), one(), (document, other) => {
          const stranger = renamed(other, prefix);
          const both: Document = {
            ...document, topology: { ...stranger.topology, ...document.topology }, flows: { ...stranger.flows, ...document.flows },
            faults: [...(stranger.faults ?? []), ...(document.faults ?? [])], operations: [...(stranger.operations ?? []), ...(document.operations ?? [])],
          };
          const alone = own(simulate(definitionOf(document)), prefix);
          const beside = own(simulate(definitionOf(both)), prefix);
          if (alone.join('\n') !== beside.join('\n')) throw new Error(`alone and beside strangers: ${firstOther(alone, beside)}\n${yamlOf(both)}`);
        }), { seed: 501, numRuns: 30 });
      });
    }
  }

  it('a run and its twin without the fault agree before the fault, and again once the backlog is gone', () => {
    const kinds: readonly (readonly [target: string, kind: string])[] = [
      ['bts1', 'crash'], ['bts2', 'outage'], ['box', 'crash'], ['box', 'hang'], ['sql1', 'crash'], ['process@bts1', 'crash'], ['process@bts2', 'hang'], ['process', 'stop'], ['transmit', 'slow'], ['out', 'stop'],
      ['erp', 'crash'], ['erp', 'slow'], ['erp', 'hang'], ['receive@bts1', 'crash'], ['lb', 'crash'], ['in', 'stop'], ['sso@bts2', 'crash'], ['dtc@bts1', 'crash'], ['site', 'outage'], ['in', 'ack-loss'], ['erp', 'ack-loss'], ['out', 'error'],
    ];
    const cases = fc.record({ seed: fc.nat({ max: 9999 }), kind: fc.constantFrom(...kinds), at: fc.integer({ min: 200_000, max: 400_000 }), lasts: fc.integer({ min: 1, max: 60_000 }) });
    fc.assert(fc.property(cases, ({ seed, kind: [target, kind], at, lasts }) => {
      const document: Document = {
        version: 1, name: 'twin', seed, run: { horizon: '25m', drain: '5m' },
        topology: {
          site: { kind: 'datacenter' }, bts1: { kind: 'server', in: 'site' }, bts2: { kind: 'server', in: 'site' }, sql1: { kind: 'server', in: 'site' }, sql2: { kind: 'server', in: 'site' },
          box: { kind: 'sql-cluster', on: ['sql1', 'sql2'], failover: { uniform: ['5s', '20s'] }, restart: { uniform: ['2s', '5s'] } },
          group: { kind: 'biztalk-group', 'message-box': 'box', management: 'box' }, sso: { kind: 'enterprise-sso', on: ['bts1', 'bts2'] }, dtc: { kind: 'msdtc', on: ['bts1', 'bts2'] }, lb: { kind: 'load-balancer', on: ['bts1', 'bts2'] },
          receive: { kind: 'isolated-host', in: 'group', on: ['bts1', 'bts2'] }, process: { kind: 'host', in: 'group', on: ['bts1', 'bts2'], threads: 3 }, transmit: { kind: 'host', in: 'group', on: ['bts1', 'bts2'], threads: 3 },
          in: { kind: 'receive-location', host: 'receive', behind: 'lb', work: { exponential: '20ms' } },
          flow: { kind: 'orchestration', host: 'process', steps: [{ work: { exponential: '100ms' }, persist: true }, { work: { exponential: '100ms' } }] },
          out: { kind: 'send-port', host: 'transmit', to: 'erp', timeout: '20s', retry: { count: 3, interval: { exponential: '10s' } } },
          erp: { kind: 'application', in: 'site', work: { exponential: '80ms' }, concurrency: 4 },
        },
        flows: { orders: { arrivals: { poisson: '8/s' }, route: ['in', 'flow', 'out'], client: { retry: 2, backoff: '3s', timeout: '20s' } } },
      };
      const details: Section = kind === 'slow' ? { factor: 3 } : kind === 'ack-loss' || kind === 'error' ? { probability: 0.5 } : {};
      const faulty: Document = { ...document, faults: [{ id: 'f', kind, target, at: `${String(at)}ms`, for: `${String(lasts)}ms`, ...details }] };
      const start = at * 1000;
      // The longest that anything lasts after a fault: dead-after, sweep, restarts of hosts, retries and the backlog behind them.
      const settled = start + lasts * 1000 + 15 * 60_000_000;
      const effects = (lines: readonly string[], wanted: (time: number, offeredAt: number) => boolean): string[] => lines.filter((line) => {
        const [time, , , , , offeredAt] = line.split(' ');
        return wanted(Number(time), Number(offeredAt));
      });
      const [run, twin] = [faulty, document].map(effectsOf);
      for (const wanted of [(time: number): boolean => time < start, (_time: number, offeredAt: number): boolean => offeredAt >= settled]) {
        const [left, right] = [effects(run, wanted), effects(twin, wanted)];
        expect(right.length, 'there is something to compare').to.be.above(500);
        if (left.join('\n') !== right.join('\n')) throw new Error(`with and without the fault: ${firstOther(left, right)}\n${yamlOf(faulty)}`);
      }
    }), { seed: 502, numRuns: 10 });
  });
});
