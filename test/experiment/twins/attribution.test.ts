/** Attribution by twins over real runs: what two faults add together, how many get a twin, and what the rows add up to. */
import { expect } from 'chai';
import { runReplication } from '../../../src/experiment/index.js';
import type { ReplicationResult, Row } from '../../../src/experiment/index.js';
import { catalogue } from '../../../src/kinds/index.js';
import { buildEngine } from '../../../src/model/index.js';
import { read } from '../../model/support.js';

const HARMS = ['lost', 'duplicates', 'late', 'rejected', 'suspended'] as const;
type Harm = (typeof HARMS)[number];

/** One message a second, at 1 s, 2 s …, to an application on two servers behind nothing: the source takes turns. Nobody tries again. */
function pair(faults: string, more = ''): string {
  return `version: 1
name: pair
run: { horizon: 5m }
topology:
  server1: { kind: server }
  server2: { kind: server }
  nlb: { kind: load-balancer, on: [server1, server2], probe: 1s }
  billing: { kind: application, on: [server1, server2], work: 10ms }
flows: { orders: { arrivals: { every: 1s }, route: [billing], client: { retry: 0, timeout: 2s } } }
objectives: { orders: { deadline: 1m } }
faults:
${faults}${more}`;
}

function run(text: string, attribute: number | null): ReplicationResult {
  const { definition } = read(text);
  return runReplication(definition, catalogue, buildEngine, [], 1, { attribute })!;
}

const toll = (rows: readonly Row[], fault: string, occurrence?: number): Record<Harm, number> => {
  const found = rows.filter((row) => row.fault === fault && (occurrence === undefined || row.occurrence === occurrence));
  return Object.fromEntries(HARMS.map((harm) => [harm, found.reduce((sum, row) => sum + Number(row[harm]), 0)])) as Record<Harm, number>;
};
const listed = ({ attribution }: ReplicationResult, fault: string, what: string): number =>
  (attribution?.rows ?? []).filter((row) => row.fault === fault && row.what === what).reduce((sum, row) => sum + Number(row.sign), 0);

describe('experiment/twins/attribution', () => {
  const both = pair('  - { id: one, kind: outage, target: billing@server1, at: 60500ms, for: 1m }\n  - { id: two, kind: outage, target: billing@server2, at: 60500ms, for: 1m }\n');

  it('without another fault: all that went wrong belongs to the one', () => {
    // Both targets at once: the 60 messages from 61 s to 120 s are refused.
    const result = run(pair('  - { id: one, kind: outage, target: billing, at: 60500ms, for: 1m }\n'), 50);
    expect(result.flows[0]).to.include({ rejected: 60, lost: 0 });
    expect(result.faults).to.have.length(1);
    expect(toll(result.faults, 'one')).to.deep.equal({ lost: 0, duplicates: 0, late: 60, rejected: 60, suspended: 0 });
    expect(result.attribution).to.include({ twinned: 1, occurrences: 1 });
    const rejected = result.attribution!.rows.filter(({ what }) => what === 'rejected');
    expect(rejected.map(({ n }) => n)).to.deep.equal(Array.from({ length: 60 }, (_, i) => 60 + i));
    expect(rejected[0]).to.deep.equal({ replication: 1, fault: 'one', occurrence: 1, flow: 'orders', n: 60, what: 'rejected', sign: 1 });
  });

  it('of two that overlap each has its own; where they do not need each other nothing is left', () => {
    // The source takes turns and does not try again: 30 of the 60 messages belong to either server.
    const result = run(both, 50);
    expect(result.flows[0].rejected).to.equal(60);
    expect([toll(result.faults, 'one').rejected, toll(result.faults, 'two').rejected]).to.deep.equal([30, 30]);
    expect(result.faults.map(({ fault }) => fault)).to.deep.equal(['one', 'two']);
  });

  it('of two that only together do harm each is accountable for all of it, and the interaction takes it back', () => {
    // Whoever is refused asks the other server: with one of them up nothing is rejected.
    const result = run(both.replace('retry: 0,', 'retry: 1, backoff: 0s,'), 50);
    expect(result.flows[0].rejected).to.equal(60);
    expect(['one', 'two', '(interaction)'].map((fault) => toll(result.faults, fault).rejected)).to.deep.equal([60, 60, -60]);
    for (const fault of ['one', 'two', '(interaction)']) {
      for (const harm of HARMS) expect(listed(result, fault, harm === 'duplicates' ? 'duplicate' : harm), `${fault} ${harm}`).to.equal(toll(result.faults, fault)[harm]);
    }
  });

  it('changes neither flows nor digest, and without it rows go by cause path', () => {
    const [twinned, without] = [run(both, 50), run(both, null)];
    expect(twinned.flows).to.deep.equal(without.flows);
    expect(twinned.digest).to.equal(without.digest);
    expect(without.attribution).to.equal(undefined);
    expect(toll(without.faults, '(interaction)').rejected).to.be.at.least(0);
  });

  it('gives a twin to the first so many; the others are counted by cause path, and the rows still add up', () => {
    const every = pair('  - { id: often, kind: outage, target: billing, every: 59500ms, for: 10s }\n');
    const [limited, all] = [run(every, 2), run(every, 50)];
    expect(all.faults.filter(({ fault }) => fault === 'often')).to.have.length(5);
    expect(all.attribution).to.include({ twinned: 5, occurrences: 5 });
    expect(limited.attribution).to.include({ twinned: 2, occurrences: 5 });
    expect([...new Set(limited.attribution!.rows.map(({ occurrence }) => occurrence))]).to.deep.equal([1, 2]);
    for (const result of [limited, all]) {
      const sum = result.faults.reduce((total, row) => total + Number(row.rejected), 0);
      expect(sum).to.equal(result.flows[0].rejected);
    }
    // Ten messages fall into each outage of ten seconds, whoever counts.
    expect(all.faults.map(({ rejected }) => rejected)).to.deep.equal([10, 10, 10, 10, 2]);
  });

  it('can be stopped in the middle of a twin', () => {
    const { definition } = read(both);
    const seen: number[] = [];
    const onProgress = (fraction: number): boolean => {
      seen.push(fraction);
      return fraction < 0.6;
    };
    expect(runReplication(definition, catalogue, buildEngine, [], 1, { attribute: 50, onProgress })).to.equal(null);
    expect(seen.at(-1)).to.be.within(0.6, 0.7);
  });

  it('recovers when the backlog is no larger than the twin\'s, not when it is merely short', () => {
    // Asked at 61 s to 70 s, nobody answers; each gives up after a minute, the last at 130 s. Normal is a backlog of one: at 129 s.
    const text = pair('  - { id: one, kind: hang, target: billing, at: 60500ms, for: 10s }\n').replace('timeout: 2s', 'timeout: 1m');
    expect([run(text, 50), run(text, null)].map(({ faults: [row] }) => [row.restore_s, row.recover_s])).to.deep.equal([[10, 69.5], [10, 68.5]]);
  });
});
