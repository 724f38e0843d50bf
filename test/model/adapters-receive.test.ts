/** Receive locations that poll: who takes what, what a crash between commit and deletion repeats, when a location is disabled, and by whom it is enabled. */
import { expect } from 'chai';
import { CLUSTERED, FILE_IN, FTP, FTP_IN, SHARE, receiving } from './adapters-support.js';
import { micro, simulate } from './support.js';

const AT_ONCE = 'first-poll: 10s';

describe('receiving over FTP', () => {
  it('by two instances that poll at the same instants: each file twice, nothing lost (prediction 31)', () => {
    const run = simulate(receiving({ source: FTP, location: `${FTP_IN}, ${AT_ONCE}` }));
    expect(run.flow('files')).to.include({ offered: 5, delivered: 5, duplicates: 5, lost: 0, in_flight: 0 });
    expect(run.causes('duplicate')).to.deep.equal({ 'in > taken by several': 5 });
  });

  it('by three instances: each file three times (prediction 31)', () => {
    const run = simulate(receiving({ source: FTP, location: `${FTP_IN}, ${AT_ONCE}`, host: 'on: [bts1, bts2, bts3]', topology: '\n  bts3: { kind: server }' }));
    expect(run.flow('files')).to.include({ delivered: 5, duplicates: 10 });
  });

  it('by a clustered host: each file once, at the polls of one instance (prediction 31)', () => {
    const run = simulate(receiving({ source: FTP, location: `${FTP_IN}, ${AT_ONCE}`, host: CLUSTERED }));
    expect(run.flow('files')).to.include({ delivered: 5, duplicates: 0, lost: 0 });
    // Offered at 90 s, 150 s, …; polls at 10 s, 70 s, 130 s: taken 40 s later, published 1 s after that.
    expect(run.ledger.stepsOf('in', 'taken').map(({ time }) => time)).to.deep.equal([130, 190, 250, 310, 370]);
    expect(run.ledger.stepsOf('in', 'put').map(({ time }) => time)).to.deep.equal([131, 191, 251, 311, 371]);
  });

  it('who polls after the file was deleted finds none: polls that lie apart make no duplicates', () => {
    // Drawn phases of the two instances are apart by more than the second that a file takes.
    const run = simulate(receiving({ source: FTP, location: FTP_IN }));
    expect(run.flow('files')).to.include({ delivered: 5, duplicates: 0 });
  });

  it('of what both have listed, the slower finds deleted what it has not begun', () => {
    // Ten files at once. Each instance fetches one after the other; bts2 takes three times as long.
    const slow = '  - { id: slower, kind: slow, target: in@bts2, factor: 3, at: 0s }';
    const run = simulate(receiving({ source: FTP, location: `${FTP_IN}, ${AT_ONCE}`, arrivals: '{ batch: { every: 1m, size: 10 }, limit: 10 }', faults: slow }));
    const begun = run.ledger.stepsOf('in@bts2', 'put').length;
    // bts1 is done with file k after k seconds; bts2 begins with file 1, at 3 s with the next that is there, at 6 s and so on.
    // At 3 s it begins 4, at 6 s 7, at 9 s 10: with those that bts1 has in work at that instant or has not begun.
    expect(begun).to.equal(4);
    expect(run.ledger.stepsOf('in@bts1', 'put').length).to.equal(10);
    expect(run.flow('files')).to.include({ delivered: 10, duplicates: 4, lost: 0 });
  });

  it('a server that is away for 9 min: it goes on by itself (prediction 33)', () => {
    const run = simulate(receiving({ source: FTP, location: `${FTP_IN}, ${AT_ONCE}`, host: CLUSTERED, faults: '  - { id: away, kind: outage, target: source, at: 20m, for: 9m }' }));
    expect(run.ledger.statesOf('in')).to.deep.equal(['away', 'up']);
  });

  it('a server that is away for more than 10 polls: the location is disabled at the tenth, until somebody enables it (prediction 33)', () => {
    const away = '  - { id: away, kind: outage, target: source, at: 20m, for: 11m }';
    const nobody = simulate(receiving({ source: FTP, location: `${FTP_IN}, ${AT_ONCE}`, host: CLUSTERED, arrivals: '{ every: 1m, limit: 60 }', faults: away }));
    // Polls at 20m10s, 21m10s, …, the tenth at 29m10s.
    expect(nobody.ledger.lives.filter(({ member }) => member === 'in').map(({ time, to }) => [time, to])).to.deep.equal([[1200, 'away'], [1750, 'disabled']]);
    expect(nobody.flow('files')).to.include({ lost: 0, rejected: 0 });
    expect(nobody.flow('files').in_flight).to.be.greaterThan(40 - 2);
    const enabled = simulate(receiving({ source: FTP, location: `${FTP_IN}, ${AT_ONCE}`, host: CLUSTERED, arrivals: '{ every: 1m, limit: 60 }', faults: away, operations: '  - { id: by-hand, do: enable, target: in, at: 45m }' }));
    expect(enabled.operation('by-hand').result).to.equal('done');
    expect(enabled.flow('files')).to.include({ delivered: 60, lost: 0, duplicates: 0 });
    expect(enabled.ledger.statesOf('in')).to.deep.equal(['away', 'disabled', 'up']);
  });

  it('an operator enables it after his reaction', () => {
    const run = simulate(receiving({
      source: FTP, location: `${FTP_IN}, ${AT_ONCE}`, faults: '  - { id: away, kind: outage, target: source, at: 20m, for: 11m }', more: 'operator: { reaction: 30m }',
    }));
    expect(run.ledger.lives.filter(({ member }) => member === 'in@bts2').map(({ time, to }) => [time, to])).to.deep.equal([[1200, 'away'], [1750, 'disabled'], [3550, 'up']]);
  });

  it('a threshold of 0 never disables', () => {
    const run = simulate(receiving({ source: FTP, location: `${FTP_IN}, ${AT_ONCE}, error-threshold: 0`, faults: '  - { id: away, kind: outage, target: source, at: 20m, for: 1h }' }));
    expect(run.ledger.statesOf('in@bts1')).to.deep.equal(['away', 'up']);
  });

  const around = '  ftp: { kind: server }';
  const cut = '  - { id: cut, kind: network-partition, target: [bts1, ftp], at: 20m, for: 15m }';

  it('one instance that does not reach the server takes the location from all, or with fault tolerance only from itself (C14)', () => {
    const all = simulate(receiving({ source: `${FTP}, on: [ftp]`, location: `${FTP_IN}, ${AT_ONCE}`, around, faults: cut }));
    expect(all.ledger.statesOf('in@bts1')).to.deep.equal(['away', 'disabled']);
    expect(all.ledger.statesOf('in@bts2')).to.deep.equal(['disabled']);
    const one = simulate(receiving({ source: `${FTP}, on: [ftp]`, location: `${FTP_IN}, ${AT_ONCE}, fault-tolerance: true`, around, faults: cut }));
    expect(one.ledger.statesOf('in@bts2')).to.deep.equal([]);
    // Gave up at 29m10s, tries each minute; the network is whole again at 35 m.
    expect(one.ledger.lives.filter(({ member }) => member === 'in@bts1').map(({ time, to }) => [time, to])).to.deep.equal([[1200, 'away'], [1750, 'withdrawn'], [2110, 'up']]);
  });
});

describe('receiving from a file share', () => {
  it('by two instances at once: a file is locked while it is read, each comes once', () => {
    const run = simulate(receiving({ source: SHARE, location: `${FILE_IN}, ${AT_ONCE}` }));
    expect(run.flow('files')).to.include({ delivered: 5, duplicates: 0, lost: 0 });
  });

  it('a crash between commit and deletion: each file of the batch is read twice (prediction 40)', () => {
    const run = simulate(receiving({
      source: `${SHARE}, initial: 5`, location: 'kind: file-receive-location, work: 1s, deletion: 100ms, first-poll: 10s', arrivals: '{ every: 3h }',
      host: 'on: [bts1]', faults: '  - { id: dies, kind: crash, target: receive, at: 11.05s }',
    }));
    expect(run.flow('files')).to.include({ delivered: 5, duplicates: 5, lost: 0, in_flight: 0 });
    expect(run.causes('duplicate')).to.deep.equal({ 'dies > in@bts1 > put, not settled': 5 });
  });

  it('the same crash before the commit or after the deletion: each file once', () => {
    for (const at of ['10.5s', '11.2s']) {
      const run = simulate(receiving({
        source: `${SHARE}, initial: 5`, location: 'kind: file-receive-location, work: 1s, deletion: 100ms, first-poll: 10s', arrivals: '{ every: 3h }',
        host: 'on: [bts1]', faults: `  - { id: dies, kind: crash, target: receive, at: ${at} }`,
      }));
      expect(run.flow('files'), at).to.include({ delivered: 5, duplicates: 0, lost: 0, in_flight: 0 });
    }
  });

  it('a batch is published at one instant, when the slowest of its files is read; the next begins when it is deleted', () => {
    const run = simulate(receiving({
      source: `${SHARE}, initial: 8`, location: 'kind: file-receive-location, work: { uniform: [1s, 2s] }, deletion: 100ms, first-poll: 10s', arrivals: '{ every: 3h }', host: 'on: [bts1]',
    }));
    const times = run.ledger.stepsOf('in@bts1', 'put').map(({ time }) => time);
    const worked = run.ledger.stepsOf('in@bts1', 'worked').map(({ time }) => time);
    expect(times).to.deep.equal([...Array<number>(5).fill(worked[4]), ...Array<number>(3).fill(worked[7])]);
    // The first file of the second batch is read in 1 to 2 s, from the deletion of the first on.
    expect(worked[5] - worked[4]).to.be.at.least(1.1 - 1e-6);
  });

  it('what is found while a batch is under way is a batch of its own, after it', () => {
    // Three files at 0 s, read until 4 s and deleted until 4.1 s; two more at 1.5 s, found at 2 s.
    const run = simulate(receiving({
      source: `${SHARE}, initial: 3`, location: 'kind: file-receive-location, work: 4s, deletion: 100ms, first-poll: 0s, poll: 1s', host: 'on: [bts1]', arrivals: '{ batch: { every: 1500ms, size: 2 }, limit: 2 }',
    }));
    expect(run.ledger.stepsOf('in@bts1', 'put').map(({ time }) => micro(time))).to.deep.equal([4, 4, 4, 8.1, 8.1]);
  });

  it('one file of a batch that fails in the pipeline leaves all five untouched', () => {
    const run = simulate(receiving({
      source: `${SHARE}, initial: 5`, location: `${FILE_IN}, ${AT_ONCE}`, arrivals: '{ every: 3h }', host: 'on: [bts1]', faults: '  - { id: fails, kind: error, target: in, at: 0s, count: 1 }',
    }));
    expect(run.ledger.stepsOf('in@bts1', 'put').map(({ time }) => time)).to.deep.equal(Array(5).fill(71));
    expect(run.flow('files')).to.include({ delivered: 5, duplicates: 0, lost: 0, in_flight: 0 });
  });

  it('with a write cache a failure loses what was acknowledged and not written; a clean stop, and a share without one, nothing', () => {
    const lost = (source: string, faults: string): Readonly<Record<string, number>> => {
      const run = simulate(receiving({ source: `${source}, restart: 1m`, location: `${FILE_IN}, first-poll: 59s, poll: 1h`, arrivals: '{ every: 1s, limit: 60 }', faults }));
      expect(run.flow('files').lost).to.equal(run.causes('lost')[Object.keys(run.causes('lost'))[0]] ?? 0);
      return run.causes('lost');
    };
    const dies = '  - { id: dies, kind: crash, target: source, at: 20.5s }';
    // Of the files of 1 s to 20 s those after 10.5 s.
    expect(lost(`${SHARE}, write-cache: 10s`, dies)).to.deep.equal({ 'dies > source > acknowledged, not written': 10 });
    expect(lost(SHARE, dies)).to.deep.equal({});
    expect(lost(`${SHARE}, write-cache: 10s`, dies.replace('crash', 'restart'))).to.deep.equal({});
  });

  it('and with its server, or with the active server of its cluster', () => {
    for (const [place, around] of [['on: [fs]', '  fs: { kind: server, reboot: 1m }'], ['cluster: files', '  fs: { kind: server, reboot: 1m }\n  fs2: { kind: server }\n  files: { kind: cluster-group, on: [fs, fs2], failover: 1m }']]) {
      const run = simulate(receiving({ source: `${SHARE}, write-cache: 10s, ${place}`, around, location: `${FILE_IN}, first-poll: 59s, poll: 1h`, arrivals: '{ every: 1s, limit: 20 }', faults: '  - { id: dies, kind: crash, target: fs, at: 20.5s }' }));
      expect(run.causes('lost'), place).to.deep.equal({ 'dies > source > acknowledged, not written': 10 });
    }
  });

  it('a file that is still being written is locked: it is picked up at the first poll after that', () => {
    // Offered at 30 s, written for 90 s: not there at 70 s, there at 120 s, read at 130 s.
    const run = simulate(receiving({ source: 'kind: file-share, work: 90s', location: `${FILE_IN}, ${AT_ONCE}`, arrivals: '{ every: 30s, limit: 1 }', flows: '  files: { arrivals: { every: 30s, limit: 1 }, route: [source, in, port], client: { timeout: 5m } }' }));
    expect(run.ledger.stepsOf(/^in@/, 'taken').map(({ time }) => time)).to.deep.equal([130]);
  });

  it('an instance that is stopped in order ends none of what it reads, and the other reads it', () => {
    const run = simulate(receiving({
      source: `${SHARE}, initial: 5`, location: `${FILE_IN}, ${AT_ONCE}`, arrivals: '{ every: 3h }', faults: '  - { id: stops, kind: stop, target: receive@bts1, at: 10.5s }',
    }));
    expect(run.flow('files')).to.include({ delivered: 5, duplicates: 0, lost: 0, in_flight: 0 });
  });

  it('an instance that hangs during the deletion goes on with it: each file once, and later by as much', () => {
    const run = simulate(receiving({
      source: `${SHARE}, initial: 5`, location: 'kind: file-receive-location, work: 1s, deletion: 100ms, first-poll: 10s', arrivals: '{ every: 3h }',
      host: 'on: [bts1]', faults: '  - { id: hangs, kind: hang, target: receive, at: 11.05s, for: 7s }',
    }));
    expect(run.flow('files')).to.include({ delivered: 5, duplicates: 0, lost: 0, in_flight: 0 });
    expect(run.ledger.stepsOf('in@bts1', 'settled').map(({ time }) => micro(time))).to.deep.equal([18.1, 18.1, 18.1, 18.1, 18.1]);
  });

  it('polls that are computed find what real polls find', () => {
    for (const [source, location] of [[SHARE, FILE_IN], [FTP, `${FTP_IN}, error-threshold: 0`]]) {
      const text = receiving({
        source, location: `${location}, poll: 7s`, arrivals: '{ poisson: 6/min, limit: 100 }', run: '{ horizon: 30m, drain: 10m }',
        faults: '  - { id: away, kind: outage, target: source, at: 5m, for: 3m }\n  - { id: dies, kind: crash, target: receive@bts1, at: 12m }',
      });
      const [computed, real] = [false, true].map((realPolls) => simulate(text, { realPolls }).ledger);
      expect(computed.steps).to.deep.equal(real.steps);
      expect(computed.effects.length).to.be.at.least(100);
    }
  });

  const away = (time: string): string => `  - { id: away, kind: outage, target: source, at: 20m, for: ${time} }`;

  it('a share that is away for 20 min: it is found again by a try, 5 min apart from the poll that missed it', () => {
    const run = simulate(receiving({ source: SHARE, location: `${FILE_IN}, ${AT_ONCE}`, host: CLUSTERED, arrivals: '{ every: 1m, limit: 60 }', faults: away('20m') }));
    // Missed at 20m10s; tries at 25m10s, 30m10s, 35m10s, 40m10s: the share is back at 40 m.
    expect(run.ledger.lives.filter(({ member }) => member === 'in').map(({ time, to }) => [time, to])).to.deep.equal([[1200, 'away'], [1210, 'retrying'], [2410, 'up']]);
    expect(run.flow('files')).to.include({ delivered: 60, lost: 0, duplicates: 0 });
  });

  it('a share that is away for 30 min: disabled after five tries, 25 min after the poll that missed it', () => {
    const run = simulate(receiving({ source: SHARE, location: `${FILE_IN}, ${AT_ONCE}`, host: CLUSTERED, faults: away('30m') }));
    expect(run.ledger.lives.filter(({ member }) => member === 'in').map(({ time, to }) => [time, to])).to.deep.equal([[1200, 'away'], [1210, 'retrying'], [2710, 'disabled']]);
  });

  it('a share that is back at the instant of the last try: it goes on', () => {
    const run = simulate(receiving({ source: SHARE, location: `${FILE_IN}, ${AT_ONCE}`, host: CLUSTERED, faults: away('25m10s') }));
    expect(run.ledger.statesOf('in')).to.deep.equal(['away', 'retrying', 'up']);
  });

  it('its files are gone with its disk: they were accepted, and are lost', () => {
    const run = simulate(receiving({ source: `${SHARE}, restart: 1m`, location: `${FILE_IN}, first-poll: 59s, poll: 1h`, arrivals: '{ every: 1m, limit: 3 }', faults: '  - { id: disk, kind: disk-loss, target: source, at: 10m }' }));
    expect(run.flow('files')).to.include({ offered: 3, lost: 3 });
    expect(run.causes('lost')).to.deep.equal({ 'disk > source > stored, data gone': 3 });
  });
});

describe('a clustered host', () => {
  const states = (faults: string): readonly (readonly [number, string])[] => simulate(receiving({ source: FTP, location: FTP_IN, host: CLUSTERED, faults }))
    .ledger.lives.filter(({ member }) => member === 'receive').map(({ time, to }) => [micro(time), to]);

  it('is started again on the same server once within 15 min, then moves', () => {
    // Noticed after 5 s; a restart takes 20 s, a move 40 s.
    expect(states('  - { id: one, kind: crash, target: receive, at: 10m }\n  - { id: two, kind: crash, target: receive, at: 20m }')).to.deep.equal([[600, 'off'], [625, 'running'], [1200, 'off'], [1245, 'running']]);
    expect(states('  - { id: one, kind: crash, target: receive, at: 10m }\n  - { id: two, kind: crash, target: receive, at: 26m }')).to.deep.equal([[600, 'off'], [625, 'running'], [1560, 'off'], [1585, 'running']]);
  });

  it('moves when its server dies, and what it had in hand is still at the source', () => {
    const run = simulate(receiving({ source: `${FTP}, initial: 1`, location: `${FTP_IN}, ${AT_ONCE}`, host: CLUSTERED, arrivals: '{ every: 3h }', faults: '  - { id: dies, kind: crash, target: bts1, at: 10.5s }' }));
    // 10 s to notice, 40 s to move: up at 60.5 s, the next poll at 70 s.
    expect(run.ledger.stepsOf('in', 'put').map(({ time }) => time)).to.deep.equal([71]);
    expect(run.flow('files')).to.include({ delivered: 1, duplicates: 0, lost: 0 });
  });

  it('needs the single sign-on service of the active server only', () => {
    const run = simulate(receiving({
      source: FTP, location: FTP_IN, host: CLUSTERED, topology: '\n  sso: { kind: enterprise-sso, on: [bts1, bts2] }',
      faults: '  - { id: other, kind: stop, target: sso@bts2, at: 10m, for: 1m }\n  - { id: active, kind: stop, target: sso@bts1, at: 20m, for: 1m }',
    }));
    expect(run.ledger.downtimes('receive.run')).to.deep.equal([60]);
    expect(run.ledger.down('receive.run')[0]).to.deep.include({ from: 1200, causes: ['active'] });
  });
});
