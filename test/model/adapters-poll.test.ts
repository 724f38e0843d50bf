/** Mailboxes and tables that are polled: who gets the same message twice, and what a transaction changes. */
import { expect } from 'chai';
import { CLUSTERED, FILE_IN, FTP, FTP_IN, MAIL_IN, ROWS, ROWS_IN, SAP, SAP_IN, SHARE, receiving } from './adapters-support.js';
import { simulate } from './support.js';

const mailbox = (concurrent: boolean): string => `kind: mailbox, work: 0s, concurrent-sessions: ${String(concurrent)}`;

describe('receiving over POP3', () => {
  it('by two instances: no duplicates where the server lets one in at a time, each mail twice where it lets in both (prediction 34)', () => {
    expect(simulate(receiving({ source: mailbox(false), location: MAIL_IN })).flow('files')).to.include({ delivered: 5, duplicates: 0, lost: 0 });
    expect(simulate(receiving({ source: mailbox(true), location: MAIL_IN })).flow('files')).to.include({ delivered: 5, duplicates: 5, lost: 0 });
    expect(simulate(receiving({ source: mailbox(true), location: MAIL_IN, host: CLUSTERED })).flow('files')).to.include({ delivered: 5, duplicates: 0, lost: 0 });
  });

  it('a mail that could not be deleted is read again at the next poll, 5 min later', () => {
    const run = simulate(receiving({ source: `${mailbox(false)}, initial: 1`, location: MAIL_IN, arrivals: '{ every: 3h }', faults: '  - { id: kept, kind: ack-loss, target: in, at: 0s, for: 1m, probability: 100% }' }));
    expect(run.ledger.stepsOf(/^in@/, 'put').map(({ time }) => time)).to.deep.equal([11, 311]);
    expect(run.causes('duplicate')).to.deep.equal({ 'kept > in@bts1 > put, answer lost': 1 });
  });

  it('is disabled at the tenth poll in vain: 45 min after the first', () => {
    const run = simulate(receiving({ source: mailbox(false), location: MAIL_IN, host: CLUSTERED, faults: '  - { id: away, kind: outage, target: source, at: 10m, for: 50m }' }));
    // Polls at 10m10s, 15m10s, …, the tenth at 55m10s.
    expect(run.ledger.lives.filter(({ member }) => member === 'in').map(({ time, to }) => [time, to])).to.deep.equal([[600, 'away'], [3310, 'disabled']]);
  });
});

describe('receiving rows of a table', () => {
  const around = '  books: { kind: sql-server, restart: 20s }';

  it('a destructive statement in the transaction: each row once; a plain select: each row twice (prediction 85)', () => {
    expect(simulate(receiving({ around, source: ROWS, location: ROWS_IN })).flow('files')).to.include({ delivered: 5, duplicates: 0, lost: 0 });
    expect(simulate(receiving({ around, source: ROWS, location: `${ROWS_IN}, statement: plain` })).flow('files')).to.include({ delivered: 5, duplicates: 5, lost: 0 });
  });

  const crashed = (statement: string, step: string): string => receiving({
    around, source: `${ROWS}, initial: 3`, location: `${ROWS_IN}, statement: ${statement}`, host: 'on: [bts1]', arrivals: '{ every: 3h }',
    faults: `  - { id: dies, kind: crash, target: receive, when: { component: in, step: ${step}, nth: 2 } }`,
  });

  it('a crash after the rows are published: undone with the transaction, or read again (predictions 38, 85)', () => {
    const undone = simulate(crashed('destructive', 'put'));
    expect(undone.flow('files')).to.include({ delivered: 3, duplicates: 0, lost: 0, in_flight: 0 });
    expect(undone.ledger.stepsOf('in@bts1', 'put').length).to.equal(4);
    const again = simulate(crashed('plain', 'put'));
    expect(again.flow('files')).to.include({ delivered: 3, duplicates: 1, lost: 0, in_flight: 0 });
    expect(again.causes('duplicate')).to.deep.equal({ 'dies > in@bts1 > put, not settled': 1 });
  });

  it('a database that goes away during the work takes the transaction with it, and every row comes once', () => {
    const run = simulate(receiving({ around, source: `${ROWS}, initial: 3`, location: ROWS_IN, arrivals: '{ every: 3h }', faults: '  - { id: away, kind: outage, target: books, at: 10.5s, for: 1m }' }));
    expect(run.flow('files')).to.include({ delivered: 3, duplicates: 0, lost: 0, in_flight: 0 });
    expect(run.ledger.stepsOf(/^in@/, 'committed').every(({ time }) => time > 70)).to.equal(true);
  });
});

describe('receiving from SAP', () => {
  // Forty units; each crash comes after the commit of the tenth and before its confirmation, and ends with the process that was hit.
  const run = (host: string): ReturnType<typeof simulate> => simulate(receiving({
    source: `${SAP}, initial: 40`, location: SAP_IN, host, arrivals: '{ every: 3h }',
    faults: '  - { id: dies, kind: crash, target: receive, when: { component: in, step: put, nth: 10 } }', more: 'allow: [L5]',
  }));

  it('by a clustered host: a unit that was published and not confirmed is known when it is repeated (prediction 42)', () => {
    expect(run(CLUSTERED).flow('files')).to.include({ delivered: 40, duplicates: 0, lost: 0, in_flight: 0, suppressed: 10 });
  });

  it('by two instances: what is repeated to the other is published again (prediction 42)', () => {
    const flow = run('on: [bts1, bts2]').flow('files');
    expect(flow).to.include({ delivered: 40, lost: 0, in_flight: 0 });
    // Of the units in doubt each is repeated to the instance that knows it, or to the other: as a coin falls.
    expect(Number(flow.duplicates)).to.be.within(1, 9);
    expect(Number(flow.duplicates) + Number(flow.suppressed)).to.equal(10);
  });

  it('units are spread over the listeners at random', () => {
    const puts = simulate(receiving({ source: SAP, location: SAP_IN, arrivals: '{ every: 20s, limit: 200 }', more: 'allow: [L5]' })).ledger.stepsOf('in@bts1', 'put').length;
    // 200 fair coins: 100, give or take three and a half standard deviations.
    expect(puts).to.be.within(75, 125);
  });
});

describe('a crash at every step of a polled way', () => {
  const around = '  books: { kind: sql-server, restart: 20s }';
  const SOURCES = [
    { name: 'FTP', source: FTP, location: `${FTP_IN}, first-poll: 10s`, repeats: ['put 1: 1', 'put 2: 1', 'put 3: 1'] },
    // Three files are published in one transaction, then deleted one after the other.
    { name: 'FILE', source: SHARE, location: `${FILE_IN}, first-poll: 10s`, repeats: ['put 1: 3', 'put 2: 3', 'put 3: 3', 'settled 1: 2', 'settled 2: 1'] },
    { name: 'POP3', source: mailbox(false), location: MAIL_IN, repeats: ['put 1: 1', 'put 2: 1', 'put 3: 1'] },
    { name: 'SAP', source: SAP, location: SAP_IN, repeats: [] },
    { name: 'SQL, destructive', source: ROWS, location: ROWS_IN, repeats: [] },
  ];
  for (const { name, source, location, repeats } of SOURCES) {
    it(`of ${name}: nothing is lost, and ${repeats.length === 0 ? 'nothing comes twice' : 'only a crash between the commit and the deletion repeats'}`, () => {
      const repeated: string[] = [];
      for (const step of ['taken', 'worked', 'put', 'committed', 'settled']) {
        for (const nth of [1, 2, 3]) {
          // Steps that this hop does not make never come.
          const run = simulate(receiving({
            around, source: `${source}, initial: 3`, location, host: 'on: [bts1]', arrivals: '{ every: 3h }', run: '{ horizon: 20m, drain: 0s }',
            faults: `  - { id: dies, kind: crash, target: receive, when: { component: in, step: ${step}, nth: ${nth} } }`,
          }));
          expect(run.flow('files'), `${step} ${nth}`).to.include({ delivered: 3, lost: 0, in_flight: 0 });
          if (run.flow('files').duplicates !== 0) repeated.push(`${step} ${nth}: ${String(run.flow('files').duplicates)}`);
        }
      }
      expect(repeated).to.deep.equal(repeats);
    });
  }
});
