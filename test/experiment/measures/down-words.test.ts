/** What a stop of a flow was spent on, where the component that it waits for says so: a group of two with a switch of 45 s, by hand. */
import { expect } from 'chai';
import { measureReplication } from '../../../src/experiment/measure.js';
import type { Row } from '../../../src/experiment/result.js';
import { definitionOf, engineOf } from '../../properties/support/simulate.js';

/** `a` serves, is away from 100 s to 1100 s, and `b` from 500 s to 600 s. */
function rows(): { readonly flow: (name: string) => Row; readonly pair: Row } {
  const definition = definitionOf({
    version: 1, name: 'pair', seed: 1, run: { warmup: '0s', horizon: '2000s', drain: '0s' } as never,
    topology: {
      a: { kind: 'server' }, b: { kind: 'server' }, c: { kind: 'server' },
      pair: { kind: 'redundancy-group', on: ['a', 'b'], standby: 'warm', switch: '45s' },
      station: { kind: 'service', work: '0s', needs: 'pair' },
      elsewhere: { kind: 'service', on: ['c'], work: '0s' },
    },
    flows: { waits: { arrivals: { every: '100s' }, route: ['station'] }, other: { arrivals: { every: '100s' }, route: ['elsewhere'] } },
    faults: [
      { id: 'one', kind: 'crash', target: 'a', at: '100s', for: '1000s' }, { id: 'two', kind: 'crash', target: 'b', at: '500s', for: '100s' },
      { id: 'three', kind: 'crash', target: 'c', at: '110s', for: '20s' },
    ],
  });
  const { flows, components } = measureReplication(engineOf(definition, { replication: 1 }), definition, { replication: 1 });
  return { flow: (name) => flows.find(({ flow }) => flow === name)!, pair: components.find(({ component }) => component === 'pair')! };
}

describe('experiment/measures: what a stop was spent on', () => {
  it('is what the group says of the same faults: its failover, then that nobody is left', () => {
    const { flow, pair } = rows();
    expect(pair.downtime_by_cause).to.equal('one+two>double-fault:100 one>failover:45');
    expect(flow('waits').stopped_by_cause).to.equal(pair.downtime_by_cause);
  });

  it('is not said of a stop that has another fault behind it, though a group is down at that time', () => {
    expect(rows().flow('other').stopped_by_cause).to.equal('three:20');
  });
});
