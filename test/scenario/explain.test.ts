import { expect } from 'chai';
import { CODES, explain, explainSuggestions } from '../../src/scenario/index.js';
import { catalogue } from './kinds.js';

const said = (path: string): string => explain(path, catalogue) ?? '';

describe('scenario: explain', () => {
  it('tells type, meaning, default, source and example of a key', () => {
    expect(said('run.horizon')).to.equal('run.horizon\n  duration, at least 1us; required\n  How long messages arrive.\n  example: horizon: 2h\n');
    expect(said('run.timeline-bin')).to.contain('default: 1m').and.to.contain('source: assumption:');
    expect(said('faults.for')).to.contain('absent: until the recovery of the component itself');
    expect(said('cluster.detection')).to.contain('duration, at least 1s, at most 1h').and.to.contain('default: 10s');
  });

  it('finds paths with and without the names that the user gives', () => {
    expect(said('flows.client.timeout')).to.contain('default: 60s');
    expect(said('flows.orders.client.timeout')).to.contain('default: 60s');
    expect(said('faults.sql1-dies.after.by')).to.contain('distribution');
    expect(said('topology.cluster.restarts.per')).to.contain('default: 15m');
    expect(said('topology.x.failover')).to.contain('Time to move.');
    expect(said('objectives.rto')).to.contain('Recovery time objective');
    expect(said('flows.arrivals.poisson')).to.contain('50/s');
    expect(said('operator.hours')).to.contain('midnight of a Monday');
  });

  it('says of which kinds it speaks when they differ', () => {
    expect(said('topology.x.in')).to.contain('of: server').and.to.contain('of: queue');
    expect(said('topology.x.on')).to.contain('of: cluster').and.to.contain('of: bus');
  });

  it('explains kinds and codes', () => {
    expect(said('cluster')).to.contain('A cluster.').and.to.contain('faults: crash, stop');
    expect(said('HS012')).to.equal('HS012: unknown key\n');
  });

  it('has nothing to say about the rest, but a guess', () => {
    for (const path of ['run.horzon', 'nonsense', '', '.', 'constructor', 'run.constructor', 'topology.x.nothing', 'cluster.disc']) expect(explain(path, catalogue), path).to.equal(null);
    expect(explainSuggestions('run.horzon', catalogue)).to.include('run.horizon');
    expect(explainSuggestions('cluster.detecton', catalogue)).to.include('cluster.detection');
    expect(explainSuggestions('x.failover', catalogue)).to.include('cluster.failover');
  });

  it('has one meaning per code', () => {
    expect(new Set(Object.values(CODES)).size).to.equal(Object.keys(CODES).length);
  });
});
