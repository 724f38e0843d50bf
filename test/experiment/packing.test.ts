import { expect } from 'chai';
import { buffersOf, packReplication, unpackReplication } from '../../src/experiment/packing.js';
import type { ReplicationResult } from '../../src/experiment/result.js';
import { QuantileHistogram } from '../../src/stats/index.js';
import { replicationsOf } from './judged.js';

function histogram(...values: readonly number[]): QuantileHistogram {
  const result = new QuantileHistogram();
  for (const value of values) result.add(value);
  return result;
}

const [bare] = replicationsOf({ flows: [{ lost: 3, delay_p99_s: Infinity, late: -0 }], faults: [{ scope: 'group', open: 'restore full' }, { scope: 'group', open: '' }] });
const whole: ReplicationResult = {
  ...bare,
  delays: new Map([['orders', histogram(1, 2, Infinity)], ['bills', histogram(3)]]), undelivered: new Map([['orders', histogram(9)], ['bills', histogram()]]),
  gaugeValues: [4, null], story: [{ timeSeconds: 1, text: 'x' }], causes: [{ flow: 'orders', effect: 'lost', path: 'a > b > c', count: 2 }],
  timeline: [{ time_s: 0, flow: 'orders', capacity: Infinity }, { time_s: 60, flow: 'orders', capacity: null }, { time_s: 0, other: 'columns' }],
};
const everything = new Set(['orders', 'bills']);

describe('experiment/packing: replications on their way to another thread', () => {
  it('come out as they went in, cell by cell and column by column', () => {
    const packed = packReplication(whole, everything);
    const back = unpackReplication(structuredClone(packed, { transfer: buffersOf(packed) }));
    const { delays, undelivered, ...rows } = back;
    const { delays: wanted, undelivered: ages, ...wantedRows } = whole;
    expect(rows).to.deep.equal(wantedRows);
    expect(Object.keys(back.flows[0])).to.deep.equal(Object.keys(whole.flows[0]));
    expect(Object.is(back.flows[0].late, -0)).to.equal(true);
    expect([...delays].map(([name, each]) => [name, each.toJSON()])).to.deep.equal([...wanted].map(([name, each]) => [name, each.toJSON()]));
    expect(undelivered?.get('orders')?.toJSON()).to.deep.equal(ages?.get('orders')?.toJSON());
  });

  it('are handed over where they are large, and copied where they are small', () => {
    const timeline = Array.from({ length: 10_000 }, (_, i) => ({ time_s: i, flow: 'orders' }));
    const packed = packReplication({ ...whole, timeline }, everything);
    const back = unpackReplication(structuredClone(packed, { transfer: buffersOf(packed) }));
    expect(back.timeline).to.deep.equal(timeline);
    expect(packed.tables.timeline[0].values).to.have.length(0);
    expect(packed.tables.flows[0].values).not.to.have.length(0);
  });

  it('take along only the delays that are asked for', () => {
    const packed = packReplication(whole, new Set(['orders']));
    expect([...unpackReplication(packed).delays.keys()]).to.deep.equal(['orders']);
    expect([...unpackReplication(packed).undelivered!.keys()]).to.deep.equal(['orders']);
    const { replication: number, flows, faults, components, operations, delays, gaugeValues, digest, events, timeline, causes, story } = replicationsOf({})[0];
    const without = { replication: number, flows, faults, components, operations, delays, gaugeValues, digest, events, timeline, causes, story };
    expect(unpackReplication(packReplication(without, everything))).not.to.have.any.keys('undelivered');
  });
});
