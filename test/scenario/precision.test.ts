/** `run.precision`: what is asked for, by how many replications at most, and what cannot be asked for. */
import { expect } from 'chai';
import type { PrecisionTarget } from '../../src/experiment/index.js';
import { explain } from '../../src/scenario/index.js';
import type { ReadOptions, Scenario } from '../../src/scenario/index.js';
import { BASE, codes, sound, wrong } from './kit.js';
import { catalogue } from './kinds.js';

const WITH = `${BASE}faults: [{ id: dies, kind: crash, target: sql1, at: 5m }]\nexpect: [orders.lost == 0, faults.dies.restore < 3m]\n`;
const run = (keys: string, base = WITH): string => base.replace('drain: 10m', `drain: 10m, ${keys}`);
const told = (target: PrecisionTarget): unknown => ('metric' in target ? [target.text, target.metric.subject.type, target.metric.column.name] : target.expectation);
function asked(keys: string, base = WITH): unknown {
  const { halfWidth, of } = sound(run(keys, base)).precision!;
  return [halfWidth, ...of.map(told)];
}
const limit = (scenario: Scenario): number => scenario.definition.run.replications;

describe('scenario: precision', () => {
  it('is absent unless it is written', () => {
    expect(sound(WITH).precision).to.equal(undefined);
    expect(limit(sound(WITH))).to.equal(1);
  });

  it('speaks of the expectations, without them of delays, without flows of components', () => {
    expect(asked('precision: 5%')).to.deep.equal([0.05, 0, 1]);
    expect(asked('precision: { half-width: 2% }')).to.deep.equal([0.02, 0, 1]);
    expect(asked('precision: 5%', BASE)).to.deep.equal([0.05, ['orders.delay.mean', 'flow', 'delay_mean_s']]);
    const idle = BASE.slice(0, BASE.indexOf('flows:'));
    expect(asked('precision: 5%', idle)).to.have.length(1 + sound(idle).definition.components.length).and.deep.include(['components.app.availability', 'component', 'availability']);
  });

  it('speaks of what is named: metrics, expectations as written, or all of them', () => {
    expect(asked('precision: { half-width: 1%, of: [orders.delay.p99, faults.dies.restore, components.q1.availability] }')).to.deep.equal([
      0.01, ['orders.delay.p99', 'flow', 'delay_p99_s'], ['faults.dies.restore', 'fault', 'restore_s'], ['components.q1.availability', 'component', 'availability'],
    ]);
    expect(asked('precision: { half-width: 1%, of: [orders.rta.mean, faults.dies.restore < 3m] }')).to.deep.equal([0.01, ['orders.rta.mean', 'flow', 'rta_s'], 1]);
    expect(asked('precision: { half-width: 1%, of: expectations }')).to.deep.equal([0.01, 0, 1]);
  });

  it('has a limit: max, else replications, else 1000; the command line has the last word', () => {
    const of = (keys: string, options: ReadOptions = {}): number => limit(sound(run(keys), options));
    expect(of('precision: 5%')).to.equal(1000);
    expect(of('precision: 5%, replications: 30')).to.equal(30);
    expect(of('replications: 30, precision: { half-width: 5%, max: 200 }')).to.equal(200);
    expect(of('precision: { half-width: 5%, max: 200 }', { replications: 40 })).to.equal(40);
    expect(sound(run('precision: 5%')).assumptions.map(({ parameter }) => parameter)).to.include.members(['run.precision.max', 'run.precision.of']).and.not.include('run.replications');
  });

  it('refuses what can never be reached', () => {
    expect(codes(run('precision: 0%'))).to.deep.equal(['HS014']);
    expect(codes(run('precision: { half-width: 0, of: [orders.lost] }'))).to.deep.equal(['HS014']);
    expect(codes(run('precision: { half-width: 5%, max: 4 }'))).to.deep.equal(['HS014']);
    expect(wrong(run('precision: 5%, replications: 4'))).to.deep.equal(['3:62 HS014 4 replications are too few to reach a precision: it is never judged before 5']);
    expect(codes(run('precision: 5'))).to.deep.equal(['HS023']);
    expect(codes(run('precision: 120%'))).to.deep.equal(['HS023']);
  });

  it('refuses what it cannot be about', () => {
    const of = (items: string, base = WITH): string[] => codes(run(`precision: { half-width: 5%, of: ${items} }`, base));
    expect(of('[oders.lost]')).to.deep.equal(['HS081']);
    expect(of('[orders.lots]')).to.deep.equal(['HS082']);
    expect(of('[orders.delay.max.p95]')).to.deep.equal(['HS086']);
    expect(of('[faults.dies.scope]')).to.deep.equal(['HS086']);
    expect(of('[orders.lost < 5]')).to.deep.equal(['HS086']);
    expect(of('expectations', BASE)).to.deep.equal(['HS086']);
    expect(of('[]')).to.deep.equal(['HS011']);
    expect(of('{ a: b }')).to.deep.equal(['HS011']);
    expect(codes(run('precision: { of: [orders.lost] }'))).to.deep.equal(['HS010']);
    expect(codes(run('precision: { half-width: 5%, most: 7 }'))).to.deep.equal(['HS012']);
    expect(codes(run('precision: [5%]'))).to.deep.equal(['HS011']);
  });

  it('says nothing more about an expectation that is wrong itself', () => {
    const text = run('precision: { half-width: 5%, of: [orders.lots == 0] }').replace('orders.lost == 0', 'orders.lots == 0');
    expect(codes(text)).to.deep.equal(['HS082']);
  });

  it('is explained', () => {
    expect(explain('run.precision', catalogue)).to.include('share, or map of half-width, of, max').and.include('absent: the number of replications is fixed');
    expect(explain('run.precision.half-width', catalogue)).to.include('required');
    expect(explain('run.precision.of', catalogue)).to.include('absent: the expectations');
    expect(explain('run.precision.max', catalogue)).to.include('at least 5');
    expect(explain('HS902', catalogue)).to.include('no longer reported');
  });
});
