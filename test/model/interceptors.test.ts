/** BAM interceptors: what becomes of messages and of their events while the BAM import database is away (3.13 of the facts). */
import { expect } from 'chai';
import { catalogue } from '../../src/kinds/index.js';
import { formatDiagnostics, readScenario } from '../../src/scenario/index.js';
import { scenario, simulate } from './support.js';
import type { Parts, Replication } from './support.js';

interface Service extends Omit<Parts, 'topology' | 'flows'> { readonly service?: string; readonly bam?: string; readonly client?: string; readonly topology?: string }

/** A message at every whole second from 1 to 1799, each of 50 ms. */
function intercepted({ service = '', bam = '', client = '', topology = '', ...parts }: Service): string {
  return scenario({
    run: '{ horizon: 30m, drain: 10m }', ...parts, flows: `  orders: { arrivals: { every: 1s }, route: [svc]${client} }`,
    topology: `
  sql: { kind: sql-server }
  conf: { kind: sql-server }
  bam: { kind: tracking-database, in: sql, ${bam} }
  svc: { kind: intercepted-service, bam: bam, ${service.includes('interceptor:') ? '' : 'interceptor: workflow, '}${service} }${topology}`,
  });
}

const ALL = 1799;
/** Away at 600 s, back at 1200 s: what ends between the two is the work of messages 600 to 1199. */
const AWAY = '  - { id: away, kind: outage, target: bam, at: 10m, for: 10m }';

function events(run: Replication, time = Infinity): Record<string, number> {
  return Object.fromEntries(['written', 'lost', 'missed', 'waiting'].map((what) => [what, run.ledger.gauges.filter((one) => one.gauge === `events-${what}` && one.time <= time).at(-1)!.value]));
}
const rows = (run: Replication, time = Infinity): number => run.ledger.gauges.filter((one) => one.member === 'bam' && one.gauge === 'rows' && one.time <= time).at(-1)!.value;
const whole = { offered: ALL, delivered: ALL, lost: 0, rejected: 0, duplicates: 0 };

describe('BAM interceptors: writing', () => {
  it('nothing fails: an event of each message, and a row of each event', () => {
    for (const service of ['', 'interceptor: wcf', 'transaction: ambient', 'retry-writes: true']) {
      const run = simulate(intercepted({ service }), { checkAlways: false });
      expect(run.flow('orders'), service).to.deep.include(whole);
      expect(events(run), service).to.deep.equal({ written: ALL, lost: 0, missed: 0, waiting: 0 });
      expect(rows(run)).to.equal(ALL);
    }
  });

  it('the database away: events are lost, messages are not, and no flow stops', () => {
    for (const service of ['', 'interceptor: wcf']) {
      const run = simulate(intercepted({ service, faults: AWAY }));
      expect(run.flow('orders'), service).to.deep.include(whole);
      expect(events(run), service).to.deep.equal({ written: ALL - 600, lost: 600, missed: 0, waiting: 0 });
      expect(rows(run)).to.equal(ALL - 600);
      expect(run.ledger.stops('orders')).to.deep.equal([]);
      expect(run.fault('away')).to.deep.include({ flows_stopped: 0, lost: 0 });
    }
  });

  it('with tries again: kept until the first try after the return', () => {
    const run = simulate(intercepted({ service: 'retry-writes: true, write-retry: 20s', faults: AWAY }));
    expect(run.flow('orders')).to.deep.include(whole);
    expect(events(run, 1199.9)).to.deep.equal({ written: 599, lost: 0, missed: 0, waiting: 600 });
    expect(events(run)).to.deep.equal({ written: ALL, lost: 0, missed: 0, waiting: 0 });
    const empty = run.ledger.gauges.find(({ gauge, value, time }) => gauge === 'events-waiting' && value === 0 && time > 600)!.time;
    expect(empty).to.be.within(1200, 1220);
  });

  it('with tries again: what was kept in memory is gone with the process', () => {
    for (const kind of ['crash', 'stop']) {
      // Its configuration is elsewhere, so it intercepts at once when it is back at 930 s.
      const run = simulate(intercepted({ service: 'retry-writes: true, config: conf', faults: `${AWAY}\n  - { id: ends, kind: ${kind}, target: svc, at: 15m, for: 30s }` }));
      expect(run.flow('orders'), kind).to.deep.include({ delivered: ALL - 30, rejected: 30, lost: 0 });
      expect(events(run, 1199.9), kind).to.deep.equal({ written: 599, lost: 300, missed: 0, waiting: 270 });
      expect(events(run), kind).to.deep.equal({ written: ALL - 30 - 300, lost: 300, missed: 0, waiting: 0 });
    }
  });

  it('a crash just before the effect or just after it: the event is where the effect is', () => {
    for (const [step, effects] of [['worked', ALL - 11], ['put', ALL - 10]] as const) {
      // Message 100 is in work, and 101 to 110 find nobody; what follows is worked on as before.
      const run = simulate(intercepted({ service: 'transaction: ambient', faults: `  - { id: dies, kind: crash, target: svc, when: { step: ${step}, component: svc, nth: 100 }, for: 10s }` }));
      expect(run.ledger.effects.length, step).to.equal(effects);
      expect(events(run), step).to.deep.equal({ written: effects, lost: 0, missed: 0, waiting: 0 });
    }
  });

  it('each member writes and loses its own', () => {
    // Two members in turn; the second one, which keeps its events, is gone for the last 100 s of the outage.
    const run = simulate(intercepted({
      service: 'retry-writes: true, config: conf, on: [one, two]', topology: '\n  one: { kind: server }\n  two: { kind: server }',
      faults: `${AWAY}\n  - { id: dies, kind: crash, target: 'svc@two', at: 1100s, for: 100s }`,
    }));
    const of = (member: string, what: string): number => run.ledger.gauges.filter((one) => one.member === member && one.gauge === `events-${what}`).at(-1)!.value;
    expect(of('svc@one', 'lost')).to.equal(0);
    expect(of('svc@two', 'lost')).to.equal(250);
    expect(of('svc@one', 'written') + of('svc@two', 'written')).to.equal(Number(run.flow('orders').delivered) - 250);
  });

  it('a full database is as good as none', () => {
    const lost = simulate(intercepted({ bam: 'limit: 500, keep: 1d' }));
    expect(events(lost)).to.deep.equal({ written: 500, lost: ALL - 500, missed: 0, waiting: 0 });
    expect(lost.flow('orders')).to.deep.include(whole);
    const failed = simulate(intercepted({ bam: 'limit: 500, keep: 1d', service: 'transaction: ambient' }));
    expect(events(failed)).to.deep.equal({ written: 500, lost: 0, missed: 0, waiting: 0 });
    expect(failed.flow('orders')).to.deep.include({ delivered: 500, rejected: ALL - 500 });
    expect(failed.causes('rejected')).to.deep.equal({ 'svc > worked, event not written': ALL - 500 });
    const kept = simulate(intercepted({ bam: 'limit: 500, keep: 20m', service: 'retry-writes: true, write-retry: 1s' }));
    // At 1200 to 1260 s the first of the rows are purged, and what has waited is written.
    expect(events(kept, 1199)).to.deep.include({ written: 500, lost: 0 });
    expect(kept.ledger.gauges.find(({ gauge, value, time }) => gauge === 'events-waiting' && value === 0 && time > 501)!.time).to.be.within(1201, 1262);
  });
});

describe('BAM interceptors: an ambient transaction', () => {
  it('the work fails with its event, and the flow is stopped so long', () => {
    for (const interceptor of ['workflow', 'wcf']) {
      const run = simulate(intercepted({ service: `interceptor: ${interceptor}, transaction: ambient`, faults: AWAY }));
      expect(run.flow('orders')).to.deep.include({ delivered: ALL - 600, rejected: 600, lost: 0, duplicates: 0 });
      expect(run.causes('rejected')).to.deep.equal({ 'away > svc > worked, event not written': 600 });
      expect(events(run)).to.deep.equal({ written: ALL - 600, lost: 0, missed: 0, waiting: 0 });
      expect(run.ledger.stops('orders').map(({ from, to, causes }) => [from, to, causes])).to.deep.equal([[600, 1200, ['away']]]);
    }
  });

  it('a caller that tries again has everything done once in the end', () => {
    const run = simulate(intercepted({ service: 'transaction: ambient', faults: AWAY, client: ', client: { retry: 100, backoff: 1m }' }));
    expect(run.flow('orders')).to.deep.include(whole);
    expect(events(run)).to.deep.equal({ written: ALL, lost: 0, missed: 0, waiting: 0 });
    expect(rows(run)).to.equal(ALL);
  });

  it('answered on receipt, the instance ends with what was accepted', () => {
    const run = simulate(intercepted({ service: 'transaction: ambient, answer: on-receipt', faults: AWAY }));
    expect(run.flow('orders')).to.deep.include({ accepted: ALL, delivered: ALL - 600, lost: 600, rejected: 0 });
    expect(run.causes('lost')).to.deep.equal({ 'away > svc > worked, event not written': 600 });
  });

  it('answered on receipt, without the transaction nothing is lost but events', () => {
    const run = simulate(intercepted({ service: 'answer: on-receipt', faults: AWAY }));
    expect(run.flow('orders')).to.deep.include(whole);
    expect(events(run)).to.deep.equal({ written: ALL - 600, lost: 600, missed: 0, waiting: 0 });
  });
});

describe('BAM interceptors: reading the configuration', () => {
  const restarted = `${AWAY}\n  - { id: restart, kind: crash, target: svc, at: 15m, for: 30s }`;

  it('a workflow without it looks again at its period: 930 s and three times 100 s', () => {
    const run = simulate(intercepted({ service: 'config-retry: 100s', faults: restarted }));
    // 1230 s is the first look that finds it: messages 930 to 1229 are worked on without interception.
    expect(run.ledger.statesOf('svc')).to.deep.equal(['down', 'starting', 'blind', 'up']);
    expect(run.ledger.lives.at(-1)!.time).to.equal(1230);
    expect(events(run)).to.deep.equal({ written: ALL - 30 - 300 - 300, lost: 300, missed: 300, waiting: 0 });
    expect(run.flow('orders')).to.deep.include({ delivered: ALL - 30, rejected: 30, lost: 0 });
  });

  it('a WCF service does not: without interception until it is started again, though the database is back', () => {
    const run = simulate(intercepted({ service: 'interceptor: wcf, config-retry: 100s', faults: `${restarted}\n  - { id: again, kind: stop, target: svc, at: 25m, for: 30s }` }));
    expect(run.ledger.statesOf('svc')).to.deep.equal(['down', 'starting', 'blind', 'stopped', 'starting', 'up']);
    // Messages 930 to 1499.
    expect(events(run)).to.deep.equal({ written: ALL - 60 - 300 - 570, lost: 300, missed: 570, waiting: 0 });
    expect(run.ledger.down('svc.intercept').at(-1)!.to).to.equal(1530);
  });

  it('without interception there is no event that an ambient transaction could wait for', () => {
    const run = simulate(intercepted({ service: 'interceptor: wcf, transaction: ambient', faults: restarted }));
    // 600 to 899 fail with their events, 900 to 929 find nobody.
    expect(run.flow('orders')).to.deep.include({ rejected: 330, delivered: ALL - 330 });
    expect(events(run)).to.deep.equal({ written: 599, lost: 0, missed: ALL - 929, waiting: 0 });
    expect(run.ledger.stops('orders').at(-1)!.to).to.equal(930);
  });

  it('a database that is away while it runs does not take its configuration', () => {
    const run = simulate(intercepted({ service: 'config: conf', faults: '  - { id: conf-away, kind: outage, target: conf, at: 10m, for: 10m }' }));
    expect(events(run)).to.deep.equal({ written: ALL, lost: 0, missed: 0, waiting: 0 });
  });

  it('what hangs goes on as it was, with interception or without', () => {
    const run = simulate(intercepted({ service: 'interceptor: wcf', faults: `${restarted}\n  - { id: hangs, kind: hang, target: svc, at: 25m, for: 10s }` }));
    expect(run.ledger.statesOf('svc').slice(2)).to.deep.equal(['blind', 'hung-blind', 'blind']);
  });

  it('a member that joins while the database is away begins without it', () => {
    const run = simulate(intercepted({ service: 'interceptor: wcf, starts: 15m', faults: AWAY }));
    expect(run.ledger.statesOf('svc')).to.deep.equal(['starting', 'blind']);
  });
});

describe('BAM interceptors: wrong input', () => {
  const said = (service: string): string => formatDiagnostics(readScenario({ text: intercepted({ service }), file: 'test.yaml' }, {}, catalogue).diagnostics, { color: false, texts: () => undefined });

  it('who cannot try again is told why', () => {
    expect(said('interceptor: wcf, retry-writes: true')).to.contain('"retry-writes" needs "interceptor: workflow"');
    expect(said('retry-writes: true, transaction: ambient')).to.contain('"retry-writes" with "transaction: ambient"');
    const both = said('interceptor: wcf, retry-writes: true, transaction: ambient');
    expect(both).to.contain('needs "interceptor: workflow"').and.to.contain('with "transaction: ambient"');
    expect(said('interceptor: wfc')).to.contain('"wcf"');
  });
});
