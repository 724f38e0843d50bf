import { expect } from 'chai';
import { EVENT_COLUMNS, GAUGE_COLUMNS } from '../../../src/experiment/columns.js';
import { FlowStatus } from '../../../src/model/index.js';
import { KeptTrace, measured, runOf, S, Script, World } from '../kit.js';

function script(): Script {
  const world = new World();
  world.flow('orders', { legs: ['erp', 'archive'] });
  world.flow('acks');
  world.component({ name: 'host', wholeGauges: ['queued'], members: [{ name: 'host@a' }] });
  world.component({ name: 'a' });
  world.operations.push({ id: 'deploy', targetText: 'host' });
  const crash = world.fault('crash', 10 * S);
  const causes = world.causes(crash);
  return new Script(world, 100 * S)
    .add('faultStarted', 10 * S, crash, true).add('functionChanged', 10 * S, 0, false, causes).add('lifecycle', 10 * S, 0, 'running', 'crashed', causes)
    .add('flowChanged', 10 * S, 0, FlowStatus.stopped, 0, causes).add('acceptChanged', 10 * S, 0, FlowStatus.degraded, 0)
    .add('believed', 11 * S, 0, 0, false).add('noticed', 12 * S, crash).add('failover', 13 * S, 0, 1)
    .add('sessionMoved', 13 * S, 0, 1, -1, 0, -1).add('sessionMoved', 13 * S, 0, 1, 0, -1, -1).add('sessionMoved', 13 * S, 0, 1, 0, 1, -1).add('sessionMoved', 13 * S, 0, 1, 1, 1, 0).add('slowed', 14 * S, 1, 4, causes)
    .add('functionChanged', 15 * S, 0, true, 0).add('faultEnded', 16 * S, crash).add('operation', 17 * S, 0, 'host@a', 16 * S, 'failed', 'not startable')
    .add('flowChanged', 18 * S, 1, FlowStatus.served, Infinity, 0)
    .add('step', 20 * S, 0, 'put', 0, 7, 1, 'refused').add('step', 20 * S, 0, 'taken', 1, 8, 0, '')
    .add('gauge', 30 * S, 0, 'sessions', 2).add('gauge', 40 * S, 0, 'queued', 3);
}

describe('experiment/measures/trace: events.csv and gauges.csv', () => {
  it('has a row per state change and step, in words', () => {
    const trace = new KeptTrace();
    measured(script(), runOf(0, 100 * S), { trace });
    expect(Object.keys(trace.events[0])).to.deep.equal(EVENT_COLUMNS.map(({ name }) => name));
    expect(trace.events.map((row) => Object.values(row))).to.deep.equal([
      [10, 'target of crash', 'fault-start', null, 'crash#1 crash'],
      [10, 'host@a', 'function-down', null, 'run {crash#1}'],
      [10, 'host@a', 'state', null, 'running > crashed {crash#1}'],
      [10, 'orders', 'flow-stopped', null, 'capacity 0/s {crash#1}'],
      [10, 'orders', 'accept-degraded', null, null],
      [11, 'host', 'believes-down', null, 'host@a'],
      [12, 'target of crash', 'noticed', null, 'crash#1'],
      [13, 'host', 'failover', null, 'to a'],
      [13, 'host', 'session', null, 'a: to host@a'],
      [13, 'host', 'session', null, 'a: host@a has it no more'],
      [13, 'host', 'session', null, 'a: from host@a to a'],
      [13, 'host', 'session', null, 'a into host: to a'],
      [14, 'a', 'slowed', null, 'factor 4 {crash#1}'],
      [15, 'host@a', 'function-up', null, 'run'],
      [16, 'target of crash', 'fault-end', null, 'crash#1'],
      [17, 'host@a', 'operation', null, 'deploy failed, tried at 16 s: not startable'],
      [18, 'acks', 'flow-served', null, 'capacity unlimited'],
      [20, 'host@a', 'put', 'orders:7:1', 'refused'],
      [20, 'host@a', 'taken', 'acks:8', null],
    ]);
    expect(Object.keys(trace.gauges[0])).to.deep.equal(GAUGE_COLUMNS.map(({ name }) => name));
    expect(trace.gauges.map((row) => Object.values(row))).to.deep.equal([[30, 'host@a', 'sessions', 2], [40, 'host', 'queued', 3]]);
  });
});
