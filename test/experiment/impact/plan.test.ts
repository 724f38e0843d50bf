/** Which cases there are, when they come, what they are compared with; and what is wrong with options. */
import { expect } from 'chai';
import { faultText } from '../../../src/experiment/index.js';
import { analyse, reading } from './support.js';

const MINUTE = 60e6;

/** A service on two servers, a third server that nobody needs, and a fault of its own that rejects all there is for a minute. */
const TWO = `version: 1
name: two
run: { horizon: 1h, warmup: 5m }
topology:
  server1: { kind: server }
  server2: { kind: server }
  spare: { kind: server }
  nlb: { kind: load-balancer, on: [server1, server2], probe: 1s }
  billing: { kind: application, on: [server1, server2], work: { exponential: 100ms } }
flows: { orders: { arrivals: { poisson: 5/s }, route: [billing], client: { retry: 0, timeout: 2s } } }
objectives: { orders: { deadline: 300ms } }
faults:
  - { id: own, kind: outage, target: billing, at: 400s, for: 1m }
`;
const casesOf = (options: Parameters<typeof reading>[1]): string[] => reading(TWO, options).plan!.cases.map(({ blows }) => blows.map((blow) => `${blow.target} ${faultText(blow)}`).join(' + '));

describe('experiment/impact: cases', () => {
  it('has every component, and each of several members, with every fault of a state that its kind declares', () => {
    const servers = ['server1', 'server2', 'spare'].flatMap((name) => ['crash', 'stop', 'restart', 'hang', 'outage', 'disaster', 'disk-loss'].map((fault) => `${name} ${fault}`));
    const plain = ['billing', 'billing@server1', 'billing@server2', 'nlb', 'nlb@server1', 'nlb@server2'].flatMap((name) => ['crash', 'stop', 'restart', 'hang', 'outage'].map((fault) => `${name} ${fault}`));
    expect(casesOf({}).sort()).to.deep.equal([...servers, ...plain].sort());
  });

  it('chooses: a name brings the members, a member alone, globs, lists, kinds of faults, faults of steps', () => {
    expect(casesOf({ only: ['billing'], faults: ['crash'] })).to.deep.equal(['billing crash', 'billing@server1 crash', 'billing@server2 crash']);
    expect(casesOf({ only: ['billing@server2', 'spare'], faults: ['hang', 'crash'] })).to.deep.equal(['billing@server2 crash', 'billing@server2 hang', 'spare crash', 'spare hang']);
    expect(casesOf({ only: ['serv*,spare'], faults: ['disaster'] })).to.deep.equal(['server1 disaster', 'server2 disaster', 'spare disaster']);
    expect(casesOf({ only: ['*@server1'], faults: ['error', 'ack-loss', 'slow'], steps: true })).to.deep.equal([
      'billing@server1 slow', 'billing@server1 ack-loss (settled)', 'billing@server1 error (worked)', 'billing@server1 error (taken)',
    ]);
    // Of pairs only single members, the plainest failure of each; the parts stand before them.
    expect(casesOf({ order: '2', only: ['spare', 'billing'] })).to.deep.equal([
      'billing@server1 crash', 'billing@server2 crash', 'spare crash',
      'billing@server1 crash + billing@server2 crash', 'billing@server1 crash + spare crash', 'billing@server2 crash + spare crash',
    ]);
    // Two faults of one target are no pair.
    expect(casesOf({ order: '2', only: ['spare'], faults: ['crash', 'hang'] })).to.deep.equal(['spare crash', 'spare hang']);
  });

  it('comes a minute after the warm-up, for ten minutes at most, and ends ten minutes later or with the scenario', () => {
    expect(reading(TWO).plan).to.include({ at: 6 * MINUTE, horizon: 26 * MINUTE, gap: 0, hold: null });
    expect(reading(TWO, { for: '2m', at: '50m' }).plan).to.include({ at: 50 * MINUTE, horizon: 60 * MINUTE, hold: 2 * MINUTE });
    expect(reading(TWO, { horizon: '6m' }).plan).to.include({ at: 5.25 * MINUTE, horizon: 6 * MINUTE });
    const holds = (options: Parameters<typeof reading>[1]): unknown => reading(TWO, { only: ['spare'], ...options }).plan!.cases.map(({ blows: [{ fault, hold }] }) => [fault, hold]);
    // A server reboots, restarts and is built anew by itself; a disaster is for good whatever is asked for.
    const own = (hold: number | null): unknown => ['crash', 'stop', 'restart', 'hang', 'outage', 'disaster', 'disk-loss'].map((fault) => [fault, fault === 'disaster' ? null : hold]);
    expect(holds({ for: '3m' })).to.deep.equal(own(3 * MINUTE));
    expect(reading(TWO, { only: ['nlb@server1'] }).plan!.cases.map(({ blows: [{ fault, hold }] }) => [fault, hold])).to.deep.equal([
      ['crash', 10 * MINUTE], ['stop', 10 * MINUTE], ['restart', null], ['hang', 10 * MINUTE], ['outage', 10 * MINUTE],
    ]);
  });

  it('a component without dependants: its scope is itself, and not one message differs', () => {
    const { row } = analyse(TWO, { only: ['spare'], horizon: '15m', for: '1m' });
    for (const fault of ['crash', 'stop', 'disaster', 'disk-loss']) {
      expect(row('spare', fault)).to.include({ scope: 'component', components_down: 0, flows_stopped: 0, flows_degraded: 0, lost: 0, late: 0, rejected: 0, recover_s: null, finding: null });
    }
    const pair = analyse(TWO, { only: ['spare', 'server1'], horizon: '15m', for: '1m', order: '2', gap: '10s' });
    expect(pair.row('server1 + spare', 'crash + crash')).to.include({ finding: null, blast_radius: pair.row('server1', 'crash').blast_radius });
    expect(pair.row('server1 + spare', 'crash + crash').rejected).to.equal(pair.row('server1', 'crash').rejected);
  });

  it('a pair is one: what either does belongs to it, and the second comes a gap later', () => {
    const { row } = analyse(TWO, { only: ['nlb@server1', 'server*'], horizon: '15m', for: '1m', order: '2', gap: '30s' });
    // Nobody uses the balancer: all that the first pair does is done by its second fault.
    const alone = Number(row('server1', 'crash').full_s);
    expect(alone).to.be.at.least(60);
    expect(row('nlb@server1 + server1', 'crash + crash')).to.include({ flows_degraded: 1, full_s: 30 + alone, lost: 0 });
    // From the second crash to the end of the first there is no server left, and so neither balancer nor service.
    expect(row('server1 + server2', 'crash + crash')).to.include({ flows_stopped: 1, stop_s: 30, restore_s: 60, finding: 'stops orders; takes 2 more down; costs 30 s more of capacity' });
  });

  it('leaves the faults of the scenario out, or has them in the run and in its twin', () => {
    const options = { only: ['billing'], faults: ['outage'], at: '7m', for: '2m', horizon: '12m' };
    const [without, kept] = [analyse(TWO, options), analyse(TWO, { ...options, withFaults: true })];
    // From 420 s to 540 s without the own one; it covers the first 40 s of them, which are then no difference.
    const [alone, beside] = [without, kept].map(({ row }) => Number(row('billing', 'outage').rejected));
    expect(alone).to.be.within(500, 700);
    expect(beside).to.be.within(300, 500);
    expect(alone - beside).to.be.within(150, 250);
    expect(without.row('billing', 'outage').restore_s).to.equal(120);
  });

  it('reports all that is wrong with the options at once', () => {
    expect(reading(TWO, { only: ['server9', 'nix'], order: '3', at: '5', for: '0s', faults: ['crahs'], during: 'maintenance of servr1', gap: '1m' }).wrong).to.have.members([
      '--at HS020 5 has no unit', '--during HS030 unknown component "servr1" (server1, server2)', '--faults HS013 unknown kind of fault "crahs" (crash)',
      '--for HS014 a time after 0 is expected', '--gap HS065 a gap lies between the two faults of a pair',
      '--only HS061 "server9" matches nothing that can fail (server1, server2)', '--only HS061 "nix" matches nothing that can fail', '--order HS013 "3" is not an order',
    ]);
    expect(reading(TWO, { at: '2h' }).wrong).to.deep.equal(['--at HS064 the fault would come at 2h, and the run ends at 1h']);
    expect(reading(TWO, { horizon: '5m' }).wrong).to.deep.equal(['--horizon HS014 a warm-up of 5m leaves nothing to measure before 5m']);
    expect(reading(TWO, { only: ['spare'], faults: ['error'] }).wrong).to.deep.equal(['--faults HS062 nothing of what is chosen can suffer that']);
    expect(reading(TWO, { only: [','] }).wrong).to.deep.equal(['--only HS061 nothing is named']);
    expect(reading(TWO, { only: ['spare'], during: 'spare' }).wrong).to.deep.equal(['--only HS061 all that is chosen is stopped meanwhile']);
    expect(reading(TWO, { order: '2', gap: '2h' }).wrong).to.deep.equal(['--gap HS064 the fault would come at 2h6m, and the run ends at 1h']);
  });
});
