/** Hosts in a cluster: a start that takes too long, servers that cannot own it, a hang, and what is left when every attempt has failed. */
import { expect } from 'chai';
import { catalogue } from '../../src/kinds/index.js';
import { readScenario } from '../../src/scenario/index.js';
import { CLUSTERED, FTP, FTP_IN, receiving } from './adapters-support.js';
import type { Receiving } from './adapters-support.js';
import { micro, simulate } from './support.js';
import type { Replication } from './support.js';

const parts = (host: string, faults: string, more: Partial<Receiving> = {}): string => receiving({ source: FTP, location: FTP_IN, host, faults, run: '{ horizon: 3h, drain: 0s }', ...more });
const run = (host: string, faults: string, set: readonly string[] = [], more: Partial<Receiving> = {}): Replication => simulate(parts(host, faults, more), { set });
const livesOf = (replication: Replication, member: string): readonly (readonly [number, string])[] => replication.ledger.lives.filter((one) => one.member === member).map(({ time, to }) => [micro(time), to]);

const PROCESS = '  - { id: dies, kind: crash, target: receive, at: 10m }';
const SERVER = '  - { id: dies, kind: crash, target: bts1, at: 10m, for: 30m }';

describe('a clustered host whose start takes longer than its cluster waits (180 s)', () => {
  it('a restart in place that hangs: the group moves after the pending timeout', () => {
    // Noticed at 605 s, given up at 785 s, moved 40 s later.
    const one = run(CLUSTERED, PROCESS, ['topology.readers.restart=10m']);
    expect(livesOf(one, 'readers')).to.deep.equal([[600, 'process-lost'], [605, 'restarting'], [785, 'failing-over'], [825, 'recovering'], [825, 'online']]);
    expect(livesOf(one, 'receive')).to.deep.equal([[600, 'off'], [825, 'running']]);
    expect(one.ledger.failovers).to.deep.equal([{ time: 825, component: 'readers', to: 'bts2' }]);
  });

  it('a move that hangs: it is tried once more where it has moved to', () => {
    // Noticed at 610 s, given up at 790 s, started there in 20 s.
    const one = run(CLUSTERED, SERVER, ['topology.readers.failover=10m']);
    expect(livesOf(one, 'receive')).to.deep.equal([[600, 'off'], [810, 'running']]);
    expect(one.ledger.failovers).to.deep.equal([{ time: 790, component: 'readers', to: 'bts2' }]);
  });

  it('one of 179 s is waited for', () => {
    expect(livesOf(run(CLUSTERED, PROCESS, ['topology.readers.restart=179s']), 'receive')).to.deep.equal([[600, 'off'], [784, 'running']]);
  });

  it('when all attempts have failed: the next series after an hour, or by an operator (2003)', () => {
    const never = ['topology.readers.restart=10m', 'topology.readers.failover=10m'];
    // One restart, given up at 785 s; one move, given up at 965 s; nothing is left.
    const later = run(CLUSTERED, PROCESS, never);
    expect(livesOf(later, 'readers').slice(0, 5)).to.deep.equal([[600, 'process-lost'], [605, 'restarting'], [785, 'failing-over'], [965, 'failed'], [4565, 'restarting']]);
    const byHand = run(CLUSTERED, PROCESS, [...never, 'topology.readers.after-failure=operator'], { more: 'operator: { reaction: 20m }' });
    expect(livesOf(byHand, 'readers').slice(3, 5)).to.deep.equal([[965, 'failed'], [2165, 'restarting']]);
    expect(livesOf(run(CLUSTERED, PROCESS, [...never, 'topology.readers.after-failure=operator']), 'readers').at(-1)).to.deep.equal([965, 'failed']);
  });
});

describe('a clustered host without an instance on a server of its group', () => {
  const three = ['topology.readers.on=[bts1, bts2, bts3]'];
  const third = { topology: '\n  bts3: { kind: server }', more: 'allow: [L15]' };

  it('fails there, and moves on to the next', () => {
    // On bts2 at 650 s: noticed after 5 s, one restart of 20 s, noticed again after 5 s, moved to bts3 in 40 s.
    const one = run(`${CLUSTERED}, owners: [bts1, bts3]`, SERVER, three, third);
    expect(livesOf(one, 'receive').filter(([, to]) => to === 'unowned' || to === 'running')).to.deep.equal([[650, 'unowned'], [675, 'unowned'], [720, 'running']]);
    expect(one.ledger.failovers.map(({ to }) => to)).to.deep.equal(['bts2', 'bts3']);
    expect(one.flow('files')).to.include({ delivered: 5, lost: 0, duplicates: 0 });
  });

  it('with two servers there is no next: it has failed', () => {
    const one = run(`${CLUSTERED}, owners: [bts1]`, SERVER, [], { more: 'allow: [L15]' });
    expect(livesOf(one, 'readers').find(([, to]) => to === 'failed')).to.deep.equal([680, 'failed']);
    // Each hour it is tried again where it is, though the other server is back at 40 min.
    expect(one.ledger.statesOf('receive')).not.to.include('running');
  });

  it('L15: is told', () => {
    const told = (host: string): string[] => readScenario({ text: parts(host, ''), file: '<stdin>' }, {}, catalogue).diagnostics.filter(({ rule, code }) => rule?.name === 'L15' || code === 'HS040').map(({ severity, message }) => `${severity} ${message}`);
    expect(told(`${CLUSTERED}, owners: [bts1]`)).to.deep.equal(['error receive cannot start on bts2, to which its group can move it']);
    expect(told(`${CLUSTERED}, owners: [bts1, bts2]`)).to.deep.equal([]);
    expect(told('on: [bts1], owners: [bts1]')).to.deep.equal(['error receive: "owners" is for a clustered host, and this one has an instance on each of bts1']);
  });
});

describe('a clustered host that hangs', () => {
  const hangs = '  - { id: hangs, kind: hang, target: receive, at: 10m, for: 1h }';

  it('is not noticed: the cluster looks whether its process lives', () => {
    const one = run(CLUSTERED, hangs);
    expect(one.ledger.downtimes('receive.run')).to.deep.equal([3600]);
    expect(livesOf(one, 'readers')).to.deep.equal([]);
  });

  it('is ended and started again where somebody asks it', () => {
    // Ended after 60 s, noticed as a dead process 5 s later, started in 20 s.
    const one = run(`${CLUSTERED}, asked: 60s`, hangs);
    expect(livesOf(one, 'receive')).to.deep.equal([[600, 'hung'], [660, 'killed'], [685, 'running']]);
    expect(one.flow('files')).to.include({ delivered: 5, lost: 0, duplicates: 0 });
  });

  it('and comes back by itself before that: nothing happens', () => {
    expect(livesOf(run(`${CLUSTERED}, asked: 60s`, hangs.replace('1h', '59s')), 'receive')).to.deep.equal([[600, 'hung'], [659, 'running']]);
  });
});
