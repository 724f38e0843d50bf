/**
 * One crash, at every step of every hop of a way from a source to a table, of everything that has a part in it, one by one.
 *
 * The run before the crash is the run without it, so which messages are between two steps is known from that: what may be lost or come
 * twice follows, and is compared with what did. Not here: several faults (`transactions.test.ts`).
 */
import { expect } from 'chai';
import type { FaultDefinition, ModelDefinition, Step } from '../../src/model/index.js';
import { definitionOf, simulate } from './support/simulate.js';
import type { Document, Section } from './support/simulate.js';

const MESSAGES = 2;

interface Adapter {
  readonly name: string;
  readonly source: Section;
  readonly location: Section;
  /** exactly once; at least once: what is published and not deleted is read again; at most once: what is taken and not published is gone. */
  readonly promises: 'exactly' | 'at-least' | 'at-most';
}

const ADAPTERS: readonly Adapter[] = [
  { name: 'MSMQ, transactional', source: { kind: 'msmq', delivery: 'transactional', write: '0s', on: ['files'] }, location: { kind: 'msmq-receive-location', transactional: true, 'error-threshold': 0 }, promises: 'exactly' },
  { name: 'MQSeries', source: { kind: 'mqseries-queue', on: ['files'] }, location: { kind: 'mqseries-receive-location', poll: '1s' }, promises: 'exactly' },
  { name: 'SQL, destructive', source: { kind: 'sql-source', in: 'books' }, location: { kind: 'sql-receive-location', poll: '2s', batch: 2 }, promises: 'exactly' },
  { name: 'SAP', source: { kind: 'sap-system', on: ['files'], repeat: '5s' }, location: { kind: 'sap-receive-location', confirmation: '100ms' }, promises: 'exactly' },
  { name: 'MSMQ, not transactional', source: { kind: 'msmq', delivery: 'recoverable', write: '0s', on: ['files'] }, location: { kind: 'msmq-receive-location', 'error-threshold': 0 }, promises: 'at-most' },
  { name: 'FTP', source: { kind: 'ftp-server', on: ['files'] }, location: { kind: 'ftp-receive-location', poll: '2s', deletion: '100ms', 'error-threshold': 0 }, promises: 'at-least' },
  { name: 'FILE', source: { kind: 'file-share', on: ['files'] }, location: { kind: 'file-receive-location', poll: '2s', deletion: '100ms', retry: { count: 100, interval: '2s' } }, promises: 'at-least' },
  { name: 'POP3', source: { kind: 'mailbox', on: ['files'] }, location: { kind: 'pop3-receive-location', poll: '2s', deletion: '100ms', 'error-threshold': 0 }, promises: 'at-least' },
];

function documentOf({ source, location }: Adapter): Document {
  const server = { kind: 'server', reboot: '10s' };
  return {
    version: 1, name: 'single-crash', seed: 1, run: { horizon: '30s', drain: '10m' },
    topology: {
      bts1: server, dbs: server, files: server, 'erp-server': server,
      sql: { kind: 'sql-server', on: ['dbs'], restart: '3s' }, books: { kind: 'sql-server', on: ['files'], restart: '3s' }, 'erp-sql': { kind: 'sql-server', on: ['erp-server'], restart: '3s' },
      dtc: { kind: 'msdtc', on: ['bts1', 'dbs', 'erp-server'], restart: '3s', prepare: '20ms', commit: '20ms', timeout: '5s' },
      group: { kind: 'biztalk-group', 'message-box': 'sql', management: 'sql' },
      ...Object.fromEntries(['receive', 'transmit'].map((host) => [host, { kind: 'host', in: 'group', on: ['bts1'], shutdown: '2s', 'restart-delay': '3s', 'start-up': '1s' }])),
      source: { work: '10ms', ...(source.kind === 'msmq' ? {} : { restart: '3s' }), ...source },
      in: { ...location, host: 'receive', from: 'source', work: { uniform: ['100ms', '300ms'] } },
      port: { kind: 'send-port', adapter: 'sql', host: 'transmit', to: 'ledger', retry: { count: 1000, interval: '1s' }, timeout: '10s' },
      ledger: { kind: 'sql-table', in: 'erp-sql', work: '50ms' },
    },
    // Who asks once offers nothing twice himself.
    flows: { orders: { arrivals: { batch: { every: '1s', size: MESSAGES }, limit: MESSAGES }, route: ['source', 'in', 'port'], client: { retry: 0, timeout: '1m' } } },
    faults: [{ id: 'dies', kind: 'crash', target: 'bts1', when: { component: 'in', step: 'taken', nth: 1 } }],
  };
}

interface Point { readonly component: string; readonly step: Step; readonly nth: number; readonly time: number; readonly n: number }

/** Every step of the run without a fault, in its order. */
function pointsOf(definition: ModelDefinition): readonly Point[] {
  const seen = new Map<string, number>();
  const points: Point[] = [];
  simulate({ ...definition, faults: [] }, { traceSteps: true }, (engine) => {
    engine.read({
      step: (time, member, step, _flow, n) => {
        const component = engine.map.members[member].name.split('@')[0];
        const nth = (seen.get(`${component} ${step}`) ?? 0) + 1;
        seen.set(`${component} ${step}`, nth);
        points.push({ component, step: step as Step, nth, time, n });
      },
    });
  });
  return points;
}

/** Messages that are between two steps at the location when the crash comes: the first has happened, the second has not. What is put in one transaction is put at once. */
function between(points: readonly Point[], at: Point, from: 'put' | 'settled', to: 'put' | 'settled'): number {
  const index = points.indexOf(at);
  const count = (step: Step): number => points.filter((one, i) => one.component === 'in' && one.step === step && (i <= index || (from === 'put' && step === 'put' && at.step === 'put' && one.time === at.time))).length;
  return count(from) - count(to);
}

/** Who has a part in a hop: he who works, his server, the database, the other side, the coordinator. A reader ends what it has in hand also when it loses the database or the coordinator. */
const PARTS = {
  source: ['source', 'files'], in: ['receive', 'bts1', 'sql', 'source', 'files', 'dtc'], port: ['transmit', 'bts1', 'sql', 'dtc'], ledger: ['erp-sql', 'transmit', 'dtc'],
} as const;

describe('property: one crash at every step', () => {
  for (const adapter of ADAPTERS) {
    it(`${adapter.name}: ${adapter.promises} once`, () => {
      const document = documentOf(adapter);
      const definition = definitionOf(document);
      const [like] = definition.faults;
      const points = pointsOf(definition);
      let [tried, lostOnce, twice] = [0, 0, 0];
      for (const point of points) {
        for (const target of PARTS[point.component as keyof typeof PARTS]) {
          // A table stands where its database stands.
          if (target === 'source' && adapter.source.kind === 'sql-source') continue;
          const fault: FaultDefinition = { ...like, targetText: target, targets: [{ type: 'name', name: target }], moment: { type: 'when', component: point.component, step: point.step, nth: point.nth } };
          const { flows: [row] } = simulate({ ...definition, faults: [fault] });
          tried++;
          const what = `${target} dies after ${point.component} ${point.step} ${String(point.nth)}`;
          const { offered, delivered, rejected, lost, duplicates, in_flight: left, suspended } = row;
          expect({ missing: Number(offered) - Number(rejected) - Number(lost) - Number(delivered), left, suspended }, what).to.deep.equal({ missing: 0, left: 0, suspended: 0 });
          [lostOnce, twice] = [lostOnce + Number(lost), twice + Number(duplicates)];
          const published = between(points, point, 'put', 'settled');
          const taken = between(points, point, 'settled', 'put');
          expect(Number(duplicates), what).to.be.at.most(adapter.promises === 'at-least' ? published : 0);
          expect(Number(lost), what).to.be.at.most(adapter.promises === 'at-most' ? taken : 0);
          // Who ends the reader at one of its steps ends all that it has in hand.
          if (point.component !== 'in' || (target !== 'receive' && target !== 'bts1')) continue;
          if (adapter.promises === 'at-least') expect(Number(duplicates), what).to.equal(published);
          if (adapter.promises === 'at-most') expect(Number(lost), what).to.equal(taken);
        }
      }
      expect(tried).to.be.above(60);
      expect([lostOnce > 0, twice > 0]).to.deep.equal([adapter.promises === 'at-most', adapter.promises === 'at-least']);
    });
  }
});
