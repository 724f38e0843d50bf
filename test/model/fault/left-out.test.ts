/** A twin: the same run without one occurrence of one fault. What the fault does not touch draws the same numbers, at the same instants. */
import { expect } from 'chai';
import { record } from '../../../src/experiment/index.js';
import { catalogue } from '../../../src/kinds/index.js';
import { buildEngine } from '../../../src/model/index.js';
import type { LedgerReader, LeftOut } from '../../../src/model/index.js';
import { ONE_SERVER, read, scenario } from '../support.js';

interface Told { readonly lines: readonly string[]; readonly faults: readonly string[]; readonly operations: number }

const S = 1e6;
const TOPOLOGY = `
  bts1: { kind: server }
  db: { kind: server }
  sql: { kind: sql-server, on: [db], restart: 20s }
  group: { kind: biztalk-group, message-box: sql, management: sql }${ONE_SERVER}`;
const FLOWS = '  orders: { arrivals: { poisson: 2/s }, route: [http-in, fulfil, erp-port], client: { retry: 2, backoff: 2s, timeout: 20s } }';

/** The ledger as lines with their instants, and when which fault came, with its number. */
function tell(text: string, without: LeftOut = []): Told {
  const { definition } = read(text);
  const engine = buildEngine(definition, catalogue, { replication: 1, without });
  const recording = record(engine.map);
  const faults: string[] = [];
  let operations = 0;
  const reader: LedgerReader = {
    faultStarted: (time, occurrence) => {
      const { fault, number } = engine.map.occurrences[occurrence];
      faults.push(`${engine.map.faults[fault].id}#${String(number)} ${String(Math.round(time / S))}`);
    },
    operation: () => { operations += 1; },
  };
  engine.read(recording.reader);
  engine.read(reader);
  engine.run();
  return { lines: recording.lines, faults, operations };
}

const timeOf = (line: string): number => Number(line.slice(0, line.indexOf(' ')));

describe('a fault that is left out', () => {
  const text = scenario({
    run: '{ horizon: 4m, drain: 2m }', topology: TOPOLOGY, flows: FLOWS,
    faults: `  - { id: sql-dies, kind: crash, target: sql, at: 2m, for: 30s }
  - { id: bts-dies, kind: crash, target: process, at: 3m }`,
    more: 'allow: [L7]',
  });

  it('changes nothing before it would have come, and something after', () => {
    const [run, twin] = [tell(text), tell(text, [{ fault: 'sql-dies', number: 1 }])];
    const before = (told: Told): readonly string[] => told.lines.filter((line) => timeOf(line) < 120 * S);
    expect(before(run).length).to.be.above(1000);
    expect(before(twin)).to.deep.equal(before(run));
    expect(twin.lines).to.not.deep.equal(run.lines);
    // Offers are drawn by flow and number: no fault moves them.
    const offers = (told: Told): readonly string[] => told.lines.filter((line) => line.includes(' offered '));
    expect(offers(twin)).to.deep.equal(offers(run));
  });

  it('leaves the others where they are; without all none comes', () => {
    expect(tell(text).faults).to.deep.equal(['sql-dies#1 120', 'bts-dies#1 180']);
    expect(tell(text, [{ fault: 'sql-dies', number: 1 }]).faults).to.deep.equal(['bts-dies#1 180']);
    expect(tell(text, [{ fault: 'sql-dies', number: 2 }]).lines).to.deep.equal(tell(text).lines);
    expect(tell(text, 'all').faults).to.deep.equal([]);
  });

  it('is the same run as a file without the fault, where there is no other', () => {
    const lone = (faults: string): string => scenario({ run: '{ horizon: 3m }', topology: TOPOLOGY, flows: FLOWS, faults, more: 'allow: [L7]' });
    const none = tell(lone('')).lines;
    expect(tell(lone('  - { id: x, kind: hang, target: process, at: 1m, for: 1m }'), 'all').lines).to.deep.equal(none);
  });

  it('keeps the next ones of every, mttf and after where they were; what answers it is not done', () => {
    const random = scenario({
      run: '{ horizon: 2h, drain: 5m }', topology: TOPOLOGY, flows: '  orders: { arrivals: { every: 1m }, route: [http-in, fulfil, erp-port] }',
      faults: `  - { id: often, kind: crash, target: process, every: { uniform: [10m, 30m] } }
  - { id: after, kind: restart, target: transmit, after: { fault: often, by: 5m } }
  - { id: random, kind: crash, target: sql, mttf: { exponential: 20m }, mttr: { exponential: 3m } }`,
      operations: '  - { id: answer, do: deploy, target: group, after: { fault: often, by: 1m } }',
      more: 'allow: [L7]',
    });
    const run = tell(random);
    for (const fault of ['often', 'after', 'random']) {
      const number = 2;
      const own = run.faults.filter((line) => line.startsWith(`${fault}#`));
      expect(own.length, fault).to.be.above(3);
      expect(tell(random, [{ fault, number }]).faults, fault).to.deep.equal(run.faults.filter((line) => !line.startsWith(`${fault}#${String(number)} `)));
    }
    const answered = run.faults.filter((line) => line.startsWith('often#')).length;
    expect(run.operations).to.equal(answered);
    expect(tell(random, [{ fault: 'often', number: 2 }]).operations).to.equal(answered - 1);
  });
});
