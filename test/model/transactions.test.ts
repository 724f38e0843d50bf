/**
 * Transactions between the MessageBox and a destination that enlists: who dies at which step, what becomes of the message, and when.
 *
 * One message, sent by bts1 alone. Times are told from the fault (F) or from the begin of the transaction (B), which is when the port
 * takes the message. By hand: the statements last 1 s (`put` at B + 1), votes 2 s (`prepared` at B + 3), the commit record 3 s
 * (`committed` at B + 6). A coordinator restarts in 30 s, SQL Server in 20 s, a server in 300 s; a crashed instance of a host is back
 * after 60 + 20 s, on a returning server after 20 s, after a database loss 10 + 60 + 20 s; a failed attempt is made again after 100 s.
 */
import { expect } from 'chai';
import { FlowStatus } from '../../src/model/index.js';
import { micro, simulate, withCluster, withSql } from './support.js';
import type { Parts, Replication } from './support.js';

const DESTINATION = `
  erp-server: { kind: server }
  erp-sql: { kind: sql-server, on: [erp-server], restart: 20s }
  ledger: { kind: sql-table, in: erp-sql, work: 1s }
  dtc: { kind: msdtc, on: [bts1, bts2], restart: 30s, prepare: 2s, commit: 3s }`;

const SETTINGS = [
  'topology.transmit.on=[bts1]', 'topology.erp-port.adapter=sql', 'topology.erp-port.to=ledger',
  'topology.erp-port.retry={count: 3, interval: 100s}',
];

/** The second instance comes later than the message, so that the first takes it. */
const BOTH = 'topology.transmit={kind: host, in: group, on: [bts1, bts2], shutdown: 10s, start-up: 20s, starts: {bts2: 2m}}';

const ONE = '  orders: { arrivals: { every: 10s, limit: 1 }, route: [http-in, fulfil, erp-port] }';

interface Extra extends Parts { readonly set?: readonly string[] }

const run = (faults: string, { set = [], topology = '', ...parts }: Extra = {}): Replication =>
  simulate(withSql({ flows: ONE, faults, run: '{ horizon: 2h, drain: 30m }', topology: DESTINATION + topology, ...parts }), { set: [...SETTINGS, ...set] });

const when = (step: string, kind: string, target: string, more = ''): string =>
  `  - { id: fault, kind: ${kind}, target: ${target}, when: { component: erp-port, step: ${step}, nth: 1 }${more} }`;

const times = (replication: Replication, step: string, member: string | RegExp = /^erp-port/): number[] => replication.ledger.stepsOf(member, step).map(({ time }) => time);
const effects = (replication: Replication): number[] => replication.ledger.effects.map(({ time }) => time);

/** An effect expected exactly so long after the fault, or by an attempt that begins within a poll from then on. */
type After = { readonly exactly: number } | { readonly takenAgain: number };

const CASES: readonly { readonly step: string; readonly dies: string; readonly target: string; readonly effect: After; readonly deleted?: number }[] = [
  // Not prepared: all is undone, the message is sent again.
  { step: 'put', dies: 'the host instance', target: 'transmit@bts1', effect: { takenAgain: 80 } },
  { step: 'put', dies: 'its server, coordinator and all', target: 'bts1', effect: { takenAgain: 320 } },
  { step: 'put', dies: 'the coordinator', target: 'dtc@bts1', effect: { takenAgain: 59 + 100 } },
  { step: 'put', dies: 'the MessageBox', target: 'sql', effect: { takenAgain: 90 } },
  { step: 'put', dies: 'the destination', target: 'erp-sql', effect: { takenAgain: 100 } },
  // Prepared: it goes on without whoever dies, but not without the decision.
  { step: 'prepared', dies: 'the host instance', target: 'transmit@bts1', effect: { exactly: 3 } },
  { step: 'prepared', dies: 'its server, coordinator and all', target: 'bts1', effect: { takenAgain: 320 } },
  { step: 'prepared', dies: 'the coordinator', target: 'dtc@bts1', effect: { takenAgain: 30 + 100 } },
  { step: 'prepared', dies: 'the MessageBox', target: 'sql', effect: { exactly: 3 }, deleted: 20 },
  { step: 'prepared', dies: 'the destination', target: 'erp-sql', effect: { exactly: 20 }, deleted: 3 },
  // Committed: only the outcome is still to be told.
  { step: 'committed', dies: 'the host instance', target: 'transmit@bts1', effect: { exactly: 0 } },
  { step: 'committed', dies: 'its server, coordinator and all', target: 'bts1', effect: { exactly: 300 } },
  { step: 'committed', dies: 'the coordinator', target: 'dtc@bts1', effect: { exactly: 30 } },
  { step: 'committed', dies: 'the MessageBox', target: 'sql', effect: { exactly: 0 }, deleted: 20 },
  { step: 'committed', dies: 'the destination', target: 'erp-sql', effect: { exactly: 20 }, deleted: 0 },
  // Settled: nothing is left to undo.
  { step: 'settled', dies: 'the host instance', target: 'transmit@bts1', effect: { exactly: 0 } },
  { step: 'settled', dies: 'its server, coordinator and all', target: 'bts1', effect: { exactly: 0 } },
  { step: 'settled', dies: 'the coordinator', target: 'dtc@bts1', effect: { exactly: 0 } },
  { step: 'settled', dies: 'the MessageBox', target: 'sql', effect: { exactly: 0 } },
  { step: 'settled', dies: 'the destination', target: 'erp-sql', effect: { exactly: 0 } },
];

describe('transactions: a crash immediately after each step', () => {
  for (const { step, dies, target, effect, deleted } of CASES) {
    const outcome = 'exactly' in effect ? `effect at F + ${String(effect.exactly)} s` : `taken again at F + ${String(effect.takenAgain)} s`;
    it(`${step}, ${dies}: ${outcome}; once, nothing lost`, () => {
      const replication = run(when(step, 'crash', target));
      const [fault] = times(replication, step);
      expect(replication.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0, suspended: 0, in_flight: 0 });
      const [done] = effects(replication);
      const taken = times(replication, 'taken');
      if ('exactly' in effect) {
        expect(taken).to.have.length(1);
        expect(micro(done - fault)).to.equal(effect.exactly);
        expect(micro(times(replication, 'settled')[0] - fault)).to.equal(deleted ?? effect.exactly);
      } else {
        expect(taken).to.have.length(2);
        expect(micro(taken[1] - fault)).to.be.at.least(effect.takenAgain).and.at.most(effect.takenAgain + 0.5);
        expect(micro(done - taken[1])).to.equal(6);
      }
    });
  }

  it('without a fault: put, prepared, committed, settled at B + 1, 3, 6, 6 s, on both sides', () => {
    const replication = run('  - { id: later, kind: crash, target: erp, at: 1h }');
    const [begin] = times(replication, 'taken');
    const after = (member: string): (readonly [string, number])[] => replication.ledger.steps.filter((each) => each.member === member && each.time >= begin).map(({ step, time }) => [step, micro(time - begin)] as const);
    expect(after('erp-port@bts1')).to.deep.equal([['taken', 0], ['worked', 0], ['put', 1], ['prepared', 3], ['committed', 6], ['settled', 6]]);
    expect(after('ledger')).to.deep.equal([['taken', 0], ['worked', 1], ['put', 1], ['prepared', 3], ['committed', 6], ['settled', 6]]);
    expect(effects(replication).map((time) => micro(time - begin))).to.deep.equal([6]);
  });
});

describe('predictions 14 and 15: crash after the destination has done it and before the delete', () => {
  it('15. enlisted: 0 duplicates, 0 lost', () => {
    const replication = run(when('put', 'crash', 'transmit@bts1'));
    expect(replication.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
    // The statements were executed twice, and took effect once.
    expect(times(replication, 'put', 'ledger')).to.have.length(2);
    expect(effects(replication)).to.have.length(1);
  });

  for (const [how, set] of [['by plain calls to an application', ['adapter=http', 'to=erp']], ['by the SQL adapter outside of transactions', ['enlist=false']]] as const) {
    it(`14. ${how}: exactly 1 duplicate, 0 lost`, () => {
      const replication = run(when('put', 'crash', 'transmit@bts1'), { set: [...set.map((one) => `topology.erp-port.${one}`)] });
      expect(replication.flow('orders')).to.deep.include({ delivered: 1, duplicates: 1, lost: 0 });
      expect(replication.causes('duplicate')).to.deep.equal({ 'fault > erp-port@bts1 > put, not settled': 1 });
    });
  }

  it('15. any application that enlists; one that does not has its duplicate', () => {
    const application = (enlists: string): Replication => run(when('put', 'crash', 'transmit@bts1'), { set: ['topology.erp-port.to=erp', `topology.erp.enlists=${enlists}`] });
    expect(application('true').flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
    expect(application('false').flow('orders')).to.deep.include({ delivered: 1, duplicates: 1, lost: 0 });
  });

  it('without a declared coordinator: one that takes no time and never fails', () => {
    const replication = run(when('put', 'crash', 'bts1'), { set: ['topology.dtc=null'] });
    expect(replication.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
    const taken = times(replication, 'taken');
    expect(micro(effects(replication)[0] - taken[1])).to.equal(1);
  });
});

describe('transactions: what holds what, and how long', () => {
  it('a worker that dies alone frees the destination at once; one that dies with server and coordinator leaves it to the timeout of 60 s (3.10)', () => {
    const busy = (target: string): number[] => {
      const spans: number[] = [];
      let since = 0;
      simulate(withSql({ flows: ONE, faults: when('put', 'crash', target), run: '{ horizon: 2h, drain: 0s }', topology: DESTINATION }), {
        set: SETTINGS,
        readers: (map) => [{
          busy: (time, member, count) => {
            if (map.members[member].name !== 'ledger') return;
            if (count > 0) since = time;
            else spans.push((time - since) / 1e6);
          },
        }],
      });
      return spans;
    };
    expect(busy('transmit@bts1')).to.deep.equal([1, 6]);
    expect(busy('bts1')).to.deep.equal([60, 6]);
  });

  it('in doubt: neither done nor taken again, counted by the gauge, until the coordinator is back', () => {
    const replication = run(when('prepared', 'crash', 'dtc@bts1', ', for: 20m'));
    const [fault] = times(replication, 'prepared');
    const doubt = replication.ledger.gauges.filter(({ gauge, time }) => gauge === 'in-doubt' && time > 0).map(({ time, member, value }) => [micro(time - fault), member, value]);
    expect(doubt, 'after the zeros of the start').to.deep.equal([[0, 'dtc@bts1', 1], [1200, 'dtc@bts1', 0]]);
    const active = replication.ledger.gauges.filter(({ gauge, member }) => gauge === 'active' && member === 'dtc@bts1').flatMap(({ time, value }) => (time > 0 ? [value] : []));
    expect(active).to.deep.equal([1, 0, 1, 0]);
    expect(micro(times(replication, 'taken')[1] - fault)).to.be.at.least(1300).and.at.most(1300.5);
  });

  it('in doubt at the end of the run: in flight, and stranded', () => {
    const replication = run(when('prepared', 'crash', 'dtc@bts1', ', for: 1d'));
    expect(replication.flow('orders')).to.deep.include({ delivered: 0, lost: 0, in_flight: 1, stranded: 1, duplicates: 0 });
  });

  it('neither the restart of its instance nor the sweep frees what a transaction holds', () => {
    // The decision takes 1000 s: the instance is back after 80 s, and the sweep comes within 661 s where it stays dead.
    for (const lasts of ['', ', for: 1d']) {
      const replication = run(when('prepared', 'crash', 'transmit@bts1', lasts), { set: [BOTH, 'topology.dtc.commit=1000s'] });
      expect(times(replication, 'taken')).to.have.length(1);
      expect(micro(effects(replication)[0] - times(replication, 'prepared')[0])).to.equal(1000);
    }
  });

  it('aborted while its instance is dead: the message stays locked until the sweep, 540-660 s after the death (3.3)', () => {
    const replication = run(`${when('prepared', 'crash', 'dtc@bts1')}\n  - { id: host-dies, kind: crash, target: transmit@bts1, after: { fault: fault, by: 1s }, for: 1d }`, { set: [BOTH] });
    const [fault] = times(replication, 'prepared');
    expect(micro(times(replication, 'taken', 'erp-port@bts2')[0] - fault)).to.be.at.least(541).and.at.most(661.5);
    expect(replication.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
  });

  it('who dies between the question and the votes is undone: both vote in one instant', () => {
    // The question comes at B + 1, the votes would at B + 51; the next fault 5 s after the question, over before the votes.
    const early = (target: string): Replication => run(`${when('put', 'crash', 'erp', ', for: 1s')}\n  - { id: early, kind: crash, target: ${target}, after: { fault: fault, by: 5s } }`, { set: ['topology.dtc.prepare=50s'] });
    for (const [target, again] of [['erp-sql', 105], ['sql', 95]] as const) {
      const replication = early(target);
      const [fault] = times(replication, 'put');
      // A destination: a failed attempt. The MessageBox: the attempt cannot be noted, and the instance is back after 90 s.
      expect(micro(times(replication, 'taken')[1] - fault), target).to.be.at.least(again).and.at.most(again + 0.5);
      expect(replication.flow('orders'), target).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
    }
    // The instance alone: the question is asked, and it is not needed for the answer.
    expect(times(early('transmit@bts1'), 'taken')).to.have.length(1);
  });

  it('an instance that is stopped in order ends its transaction first', () => {
    const replication = run(when('put', 'stop', 'transmit@bts1', ', for: 1h'));
    expect(times(replication, 'taken')).to.have.length(1);
    expect(micro(effects(replication)[0] - times(replication, 'put')[0])).to.equal(5);
  });

  it('a failed attempt per abort: four of them, then suspended (3.10)', () => {
    // Statements of 61 s are never done within the timeout of 60 s.
    const replication = run('  - { id: later, kind: crash, target: erp, at: 1h }', { set: ['topology.ledger.work=61s'] });
    expect(replication.flow('orders')).to.deep.include({ suspended: 1, delivered: 0, duplicates: 0 });
    const taken = times(replication, 'taken');
    expect(taken).to.have.length(4);
    for (const [i, time] of taken.slice(1).entries()) expect(micro(time - taken[i])).to.be.at.least(160).and.at.most(160.5);
  });

  it('an answer that is lost, or comes later than the timeout of the port, undoes the work: no duplicate', () => {
    const lost = run('  - { id: ack, kind: ack-loss, target: ledger, at: 0s, probability: 100%, for: 30s }');
    expect(lost.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0 });
    const [begin] = times(lost, 'taken');
    expect(micro(times(lost, 'taken')[1] - begin)).to.be.at.least(160).and.at.most(160.5);
    const slow = run('  - { id: slow, kind: slow, factor: 10, target: ledger, at: 0s, for: 30s }', { set: ['topology.erp-port.timeout=5s'] });
    expect(slow.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0 });
    expect(micro(times(slow, 'taken')[1] - times(slow, 'taken')[0])).to.be.at.least(105).and.at.most(105.5);
  });
});

describe('transactions: coordinators that hang, stop, and move', () => {
  it('one that hangs for a while: both wait, then it goes on', () => {
    const replication = run(when('put', 'hang', 'dtc@bts1', ', for: 20s'));
    const [fault] = times(replication, 'put');
    expect(micro(effects(replication)[0] - fault)).to.equal(23);
  });

  it('one that hangs for long: the transaction ends at its timeout, B + 60 s', () => {
    const replication = run(when('put', 'hang', 'dtc@bts1', ', for: 70s'));
    const [begin, again] = times(replication, 'taken');
    expect(micro(again - begin)).to.be.at.least(160).and.at.most(160.5);
    expect(replication.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
  });

  it('one that is stopped in order tells at once: a failed attempt', () => {
    const replication = run(when('put', 'stop', 'dtc@bts1', ', for: 5s'));
    const [fault] = times(replication, 'put');
    expect(micro(times(replication, 'taken')[1] - fault)).to.be.at.least(100).and.at.most(100.5);
  });

  it('one that is away when the call begins: a failed attempt', () => {
    // The port works 5 s before it calls; the coordinator goes meanwhile and is back at 100 s.
    const replication = run('  - { id: away, kind: crash, target: dtc@bts1, when: { component: erp-port, step: taken, nth: 1 }, for: 50s }', { set: ['topology.erp-port.work=5s'] });
    const taken = times(replication, 'taken');
    expect(micro(taken[1] - taken[0])).to.be.at.least(105).and.at.most(105.5);
    expect(times(replication, 'taken', 'ledger')).to.have.length(1);
  });

  it('time to read its log passes before it answers', () => {
    const replication = run(when('committed', 'crash', 'dtc@bts1'), { set: ['topology.dtc.recovery=15s'] });
    const [fault] = times(replication, 'committed');
    expect(replication.ledger.statesOf('dtc@bts1')).to.deep.equal(['down', 'recovering', 'up']);
    expect(micro(effects(replication)[0] - fault)).to.equal(45);
  });

  it('destination and MessageBox on one cluster whose node dies when prepared: the outcome waits for the move, 45 s, and is kept', () => {
    const replication = simulate(withCluster({
      flows: ONE, faults: when('prepared', 'crash', 'sql1', ', for: 1h'), run: '{ horizon: 2h, drain: 30m }',
      topology: '\n  ledger: { kind: sql-table, in: cluster, work: 1s }\n  dtc: { kind: msdtc, on: [bts1, bts2], prepare: 2s, commit: 3s }\n  sqldtc: { kind: msdtc, cluster: cluster }',
    }), { set: SETTINGS });
    const [fault] = times(replication, 'prepared');
    expect(effects(replication).map((time) => micro(time - fault))).to.deep.equal([45]);
    expect(times(replication, 'settled').map((time) => micro(time - fault))).to.deep.equal([45]);
    expect(replication.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
  });

  it('a coordinator beside the destination that is down: first attempts fail, the flow is stopped', () => {
    const replication = run('  - { id: away, kind: crash, target: erp-dtc, at: 5s, for: 60s }', { topology: '\n  erp-dtc: { kind: msdtc, on: [erp-server] }' });
    expect(replication.ledger.stops('orders')).to.deep.equal([{ from: 5, to: 65, causes: ['away'] }]);
    expect(times(replication, 'taken')).to.have.length(2);
    expect(replication.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0 });
  });
});

describe('transactions: what they cost', () => {
  it('a worker is held until the outcome: 1 + 2 + 3 s a message, and half of that capacity without one of two coordinators', () => {
    const replication = run('  - { id: away, kind: crash, target: dtc@bts2, at: 100s, for: 50s }', { set: ['topology.transmit.on=[bts1, bts2]', 'topology.transmit.threads=1', 'topology.dtc.restart=1s'] });
    const states = replication.ledger.flowStates.map(({ time, status, capacity }) => [time, status, micro(capacity)]);
    expect(states).to.deep.equal([[100, FlowStatus.degraded, micro(1 / 6)], [150, FlowStatus.served, micro(2 / 6)]]);
  });

  it('what answers on receipt cannot enlist', () => {
    expect(() => run(when('put', 'crash', 'sql'), { set: ['topology.erp.enlists=true', 'topology.erp.answer=on-receipt'] })).to.throw('cannot enlist');
  });
});

describe('transactions: the log of the coordinator is gone', () => {
  const lost = (set: readonly string[], more = ''): Replication => run(when('prepared', 'disk-loss', 'dtc@bts1'), { set, ...(more === '' ? {} : { more }) });

  it('nobody can say: in doubt for ever without a person', () => {
    const replication = lost([]);
    expect(replication.flow('orders')).to.deep.include({ delivered: 0, lost: 0, duplicates: 0, in_flight: 1, stranded: 1 });
  });

  it('a person aborts after his reaction', () => {
    const replication = lost([], 'operator: { reaction: 30m }');
    const [fault] = times(replication, 'prepared');
    expect(micro(times(replication, 'taken')[1] - fault)).to.be.at.least(1900).and.at.most(1900.5);
    expect(replication.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
  });

  it('both databases presume the same: exactly once', () => {
    const commit = lost(['topology.sql.in-doubt-resolution=commit', 'topology.erp-sql.in-doubt-resolution=commit']);
    expect(effects(commit)).to.deep.equal(times(commit, 'prepared'));
    expect(commit.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
    const abort = lost(['topology.sql.in-doubt-resolution=abort', 'topology.erp-sql.in-doubt-resolution=abort']);
    const [fault] = times(abort, 'prepared');
    expect(micro(times(abort, 'taken')[1] - fault)).to.be.at.least(100).and.at.most(100.5);
    expect(abort.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
  });

  it('they presume differently: a loss one way, a duplicate the other, each with its cause', () => {
    const loss = lost(['topology.sql.in-doubt-resolution=commit', 'topology.erp-sql.in-doubt-resolution=abort']);
    expect(loss.flow('orders')).to.deep.include({ delivered: 0, lost: 1 });
    expect(loss.causes('lost')).to.deep.equal({ 'fault > dtc@bts1 > in doubt, log gone': 1 });
    const twice = lost(['topology.sql.in-doubt-resolution=abort', 'topology.erp-sql.in-doubt-resolution=commit']);
    expect(twice.flow('orders')).to.deep.include({ delivered: 1, duplicates: 1, lost: 0 });
    expect(twice.causes('duplicate')).to.deep.equal({ 'fault > dtc@bts1 > in doubt, log gone': 1 });
  });

  it('the setting is that of the instance that contains a database', () => {
    const replication = lost(['topology.ledger.in=books', 'topology.erp-sql.in-doubt-resolution=commit', 'topology.sql.in-doubt-resolution=commit'].concat('topology.books={kind: sql-database, in: erp-sql}'));
    expect(effects(replication)).to.deep.equal(times(replication, 'prepared'));
  });

  it('gone with its server for good: aborted by the setting, and sent by the other server after the sweep', () => {
    const replication = run(when('prepared', 'disaster', 'bts1'), { set: [BOTH, 'topology.sql.in-doubt-resolution=abort', 'topology.erp-sql.in-doubt-resolution=abort'] });
    const [fault] = times(replication, 'prepared');
    expect(micro(times(replication, 'taken', 'erp-port@bts2')[0] - fault)).to.be.at.least(540).and.at.most(660.5);
    expect(replication.flow('orders')).to.deep.include({ delivered: 1, duplicates: 0, lost: 0 });
  });

  it('data of the destination gone after its vote: committed without it, so the message is lost, with the cause', () => {
    const replication = run(when('prepared', 'disk-loss', 'erp-sql'));
    expect(replication.flow('orders')).to.deep.include({ delivered: 0, lost: 1, duplicates: 0 });
    expect(replication.causes('lost')).to.deep.equal({ 'fault > ledger > prepared, data gone': 1 });
  });

  it('data of the MessageBox gone after its vote: the destination still commits', () => {
    const replication = run(when('prepared', 'disk-loss', 'sql'));
    const [fault] = times(replication, 'prepared');
    expect(replication.flow('orders')).to.deep.include({ delivered: 1, lost: 0, duplicates: 0 });
    expect(effects(replication).map((time) => micro(time - fault))).to.deep.equal([3]);
  });

  it('data of the MessageBox gone before the vote: undone, and lost', () => {
    const replication = run(when('put', 'disk-loss', 'sql'));
    expect(replication.flow('orders')).to.deep.include({ delivered: 0, lost: 1, duplicates: 0 });
  });
});
