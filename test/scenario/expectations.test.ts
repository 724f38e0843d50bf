import { expect } from 'chai';
import type { Expectation } from '../../src/experiment/expectation.js';
import { BASE, read, sound } from './kit.js';

const TEXT = `${BASE.replace('[entry, process, port]', '[entry, [[process, port], bus]]').replace('flows:', 'flows:\n  plain: { arrivals: { every: 1s }, route: [app] }')}faults: [{ id: f, kind: crash, target: sql1, at: 5m }]
operations: [{ id: o, do: failover, target: cluster, at: 10m }]
objectives: { orders: { deadline: 5m } }
expect:
`;
const one = (text: string): Expectation => sound(`${TEXT}  - ${text}\n`).expectations[0];
const told = (text: string): string[] => read(`${TEXT}  - ${text}\n`).diagnostics.map(({ at, code, message, suggestions }) =>
  `${String(at.column - 5)}-${String(at.endColumn - 5)} ${code} ${message}${suggestions.length > 0 ? ` (${suggestions.join(', ')})` : ''}`);

describe('scenario: expectations', () => {
  it('reads counts, durations, shares, rates and texts in the unit of the column', () => {
    expect(one('orders.lost == 0')).to.deep.include({ subject: { type: 'flow', name: 'orders' }, comparison: '==', bound: 0, boundText: '0' });
    expect(one('orders.delay.p99 < 30s')).to.deep.include({ comparison: '<', bound: 30 }).and.to.have.nested.property('column.name', 'delay_p99_s');
    expect(one('orders.availability >= 99.9%')).to.have.property('bound', 99.9 / 100);
    expect(one('orders.availability >= 0.999')).to.have.property('bound', 0.999);
    expect(one('orders.throughput > 3/min')).to.have.property('bound', 0.05);
    expect(one('faults.f.scope == group')).to.deep.include({ subject: { type: 'fault', name: 'f' }, bound: 'group' });
    expect(one('faults.f.blast_radius != work@bts1')).to.have.property('bound', 'work@bts1');
    expect(one('operations.o.result == failed')).to.deep.include({ subject: { type: 'operation', name: 'o' }, bound: 'failed' });
    expect(one('faults.f.lost >= -3')).to.have.property('bound', -3);
    expect(one('orders.rta <= 0')).to.have.property('bound', 0);
  });

  it('reads statistics, which are not the quantiles of the delay', () => {
    expect(one('faults.f.restore.p95 < 6m')).to.deep.include({ statistic: { quantile: 0.95 }, bound: 360 }).and.to.have.nested.property('column.name', 'restore_s');
    expect(one('orders.delay.p95.max < 6m')).to.deep.include({ statistic: 'max' }).and.to.have.nested.property('column.name', 'delay_p95_s');
    expect(one('orders.delay.max < 6m')).not.to.have.property('statistic');
    expect(one('orders.lost.mean < 1')).to.have.property('statistic', 'mean');
    // Messages are pooled for any percentile of the delay, not only for those that have a column.
    for (const p of ['p5', 'p90', 'p999']) expect(one(`orders.delay.${p} < 6m`)).to.have.nested.property('column.name', `delay_${p}_s`);
    expect(one('orders.delay.p90 < 6m')).not.to.have.property('statistic');
    expect(one('orders.delay.p90.max < 6m')).to.deep.include({ statistic: 'max' }).and.to.have.nested.property('column.name', 'delay_p90_s');
    for (const wrong of ['orders.delay.p0 < 1s', 'orders.delay.p100 < 1s', 'orders.lost.p90.p50 < 1', 'components.work.delay.p90 < 1s']) expect(told(wrong), wrong).to.have.length(1);
  });

  it('reads legs, members, gauges and ranges', () => {
    expect(one('orders/bus.lost == 0').subject).to.deep.equal({ type: 'flow', name: 'orders/bus' });
    expect(one('components.work@bts2.outages <= 1').subject).to.deep.equal({ type: 'component', name: 'work@bts2' });
    expect(one('components.bus@bts2.sessions at 40m == 2')).to.deep.include({ at: 2400e6, bound: 2, column: { name: 'sessions', unit: 'count', meaning: 'Sessions held.' } });
    expect(one('faults.f.restore between 240s and 360s')).to.deep.include({ comparison: 'between', bound: 240, upper: 360, boundText: '240s and 360s' });
    expect(one('orders.lost==0')).to.have.property('bound', 0);
  });

  it('reads true values, with the width that the interval may have', () => {
    expect(one('components.work.availability ~ 99.6% within 5%')).to.deep.include({ comparison: '~', bound: 0.996, within: 0.05, boundText: '99.6%' });
    expect(one('components.work.outages~3')).to.deep.include({ comparison: '~', bound: 3, within: 0.1 });
    expect(one('orders.delay.mean ~ 30s')).to.deep.include({ comparison: '~', bound: 30 });
  });

  it('reads states at an instant, of components, members and flows', () => {
    expect(one('components.work@bts2.availability at 40m >= 99%')).to.deep.include({ at: 2400e6, state: true, bound: 0.99 }).and.to.have.nested.property('column.name', 'availability');
    expect(one('orders.reliability at 1h ~ 50%')).to.deep.include({ subject: { type: 'flow', name: 'orders' }, at: 3600e6, state: true });
    expect(one('components.work.availability >= 99%')).not.to.have.property('state');
    expect(told('orders/bus.availability at 5m == 100%')).to.have.length(1);
    expect(told('components.work.reliability == 100%')).to.have.length(1);
  });

  it('keeps the text and its place', () => {
    expect(one('"orders.lost == 0"')).to.deep.include({ text: 'orders.lost == 0', place: { file: '<stdin>', line: 26, column: 5 } });
  });

  it('points into the text', () => {
    const cases: Record<string, string> = {
      'order.lost == 0': '0-5 HS081 unknown flow "order" (orders)',
      '"order.lost == 0"': '1-6 HS081 unknown flow "order" (orders)',
      'orders/buss.lost == 0': '0-11 HS081 unknown leg "orders/buss" (orders/bus)',
      'plain/app.lost == 0': '0-9 HS081 unknown leg "plain/app"',
      'orders.losst == 0': '7-12 HS082 a flow has no metric "losst" (lost)',
      'orders.delay.q98 < 5s': '7-16 HS082 a flow has no metric "delay.q98" (delay.p95, delay.p99, delay.max)',
      'orders.delay_p99_s < 5s': '7-18 HS082 a flow has no metric "delay_p99_s" (delay.p99)',
      'orders == 0': '0-6 HS081 "orders" names no metric',
      'faults.g.lost == 0': '7-8 HS081 unknown fault "g"',
      'fault.f.lost == 0': '0-5 HS081 unknown flow "fault" (faults)',
      'faults.f.delay.p99 < 5s': '9-18 HS082 a fault has no metric "delay.p99"',
      'components.wrk.outages == 0': '11-14 HS081 unknown component "wrk" (work)',
      'components.work@sql1.outages == 0': '11-20 HS081 unknown member "work@sql1" (work@bts1)',
      'components.bts.outages == 0': '11-14 HS081 unknown component "bts" (bts1)',
      'components.bus.sessions == 2': '15-23 HS082 "sessions" is a gauge: it has a value at an instant',
      'components.bus.outages at 5m == 2': '15-22 HS082 "outages" is a measure of the whole run: it has no value at an instant',
      'components.bus.sesions at 5m == 2': '15-22 HS082 a bus has no gauge "sesions" (sessions)',
      'components.bus.sessions at 5h == 2': '27-29 HS084 5h is after the end of the run at 1h10m',
      'components.bus.sessions at 5 == 2': '27-28 HS020 5 has no unit',
      'orders.lost == 5%': '15-17 HS083 "lost" is a plain number, and "5%" is not',
      'orders.delay.p99 < 30': '19-21 HS083 "delay.p99" is a duration: 30 has no unit',
      'orders.availability >= 99.9': '23-27 HS083 "availability" is a share: 99.9 is more than all (99.9%)',
      'orders.availability >= 3m': '23-25 HS083 "availability" is a share: "3m" is not a share',
      'orders.throughput > 5': '20-21 HS083 "throughput" is a rate: 5 has no unit',
      'faults.f.scope == grup': '18-22 HS083 "scope" is never "grup" (group)',
      'faults.f.scope < group': '17-22 HS083 "scope" is a text: it can only be compared with == and !=',
      'faults.f.scope.p95 == group': '9-18 HS082 "scope" is a text: it has no p95',
      'orders.lost = 0': '12-13 HS080 "=" is not a comparison (==)',
      'orders.lost is 0': '12-14 HS080 "is" is not a comparison',
      'orders.lost': '11-12 HS080 there is no comparison',
      'orders.lost ==': '12-14 HS080 there is no bound after ==',
      'orders.lost ~ 1 within 5': '23-24 HS023 5 is more than all (5%)',
      'orders.delay.p99 ~ 5s': '17-18 HS082 ~ compares a mean over replications with its true value, and this is no mean',
      'orders.lost.p50 ~ 5': '16-17 HS082 ~ compares a mean over replications with its true value, and this is no mean',
      'faults.f.scope ~ group': '17-22 HS083 "scope" is a text: it can only be compared with == and !=',
      'orders.lost between 1': '20-21 HS080 between takes two bounds: between 240s and 360s',
      'orders.lost between 5 and 1': '26-27 HS080 1 is less than 5',
      'constructor.lost == 0': '0-11 HS081 unknown flow "constructor"',
      'components.constructor.lost == 0': '11-22 HS081 unknown component "constructor"',
      'plain.late == 0': '6-10 HS085 plain has no deadline: nothing can be late',
    };
    for (const [text, message] of Object.entries(cases)) expect(told(text), text).to.deep.equal([message]);
  });

  it('wants text', () => {
    expect(read(`${TEXT}  - 5\n`).diagnostics.map((one_) => one_.code)).to.deep.equal(['HS011']);
    expect(read(`${TEXT}  - orders.lost: 0\n`).diagnostics.map((one_) => one_.code)).to.deep.equal(['HS011']);
  });
});
