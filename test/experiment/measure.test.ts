import { expect } from 'chai';
import type { EngineOptions } from '../../src/model/index.js';
import { assemble } from '../../src/experiment/assemble.js';
import { runExperiment } from '../../src/experiment/replications.js';
import type { ExperimentOptions } from '../../src/experiment/replications.js';
import type { ExperimentResult } from '../../src/experiment/result.js';
import { expects } from './judged.js';
import { definitionOf, FakeEngine, KeptTrace, runOf, S, Script, World } from './kit.js';

const run = runOf(0, 100 * S, 0, { replications: 3 });

/** A message that takes as many seconds as the number of the replication. */
function engineOf(replication: number, built: EngineOptions[] = []): FakeEngine {
  const world = new World();
  world.flow('orders');
  world.component({ name: 'host' });
  const script = new Script(world, 100 * S).message({ n: 0, offered: 0, accepted: 0, delivered: replication * S });
  script.add('gauge', S, 0, 'sessions', replication);
  script.add('faultStarted', 5 * S, world.fault('crash', 5 * S), true);
  built.push({ replication });
  return new FakeEngine(script);
}

function experiment(options: ExperimentOptions = {}, built: EngineOptions[] = []): ExperimentResult {
  const factory = (_definition: unknown, _catalogue: unknown, engineOptions: EngineOptions): FakeEngine => {
    built.push(engineOptions);
    return engineOf(engineOptions.replication);
  };
  const expectations = [expects('flow', 'lost', '==', 0), expects('component', 'sessions', '==', 2, { at: 10 * S })];
  return runExperiment(definitionOf(run), [], factory, expectations, options);
}

describe('experiment/measure: an experiment', () => {
  it('runs every replication and adds them up', () => {
    const built: EngineOptions[] = [];
    const result = experiment({}, built);
    expect(built).to.deep.equal([1, 2, 3].map((replication) => ({ replication, traceSteps: false })));
    expect(result).to.include({ name: 'test', seed: 1, complete: true });
    expect(result.replications.map(({ replication }) => replication)).to.deep.equal([1, 2, 3]);
    expect(result.replications.map(({ flows }) => flows[0].delay_max_s)).to.deep.equal([1, 2, 3]);
    expect(result.replications.map(({ flows }) => flows[0].replication)).to.deep.equal([1, 2, 3]);
    expect(result.replications.map(({ gaugeValues }) => gaugeValues)).to.deep.equal([[1], [2], [3]]);
    expect(result.replications.map(({ events }) => events)).to.deep.equal([7, 7, 7]);
    expect(result.expectations.map(({ verdict }) => verdict)).to.deep.equal(['met', 'missed']);
    expect(result.summary.find(({ metric }) => metric === 'delay.max')).to.include({ mean: 2, replications: 3 });
  });

  it('keeps timeline, story and trace of the first replication only', () => {
    const built: EngineOptions[] = [];
    const trace = new KeptTrace();
    const { replications } = experiment({ trace }, built);
    expect(replications.map(({ timeline }) => timeline.length)).to.deep.equal([10, 0, 0]);
    expect(replications.map(({ story }) => story.length)).to.deep.equal([1, 0, 0]);
    expect(trace.gauges).to.have.length(1);
    expect(built.map(({ traceSteps }) => traceSteps)).to.deep.equal([true, false, false]);
  });

  it('has a digest over all replications, in their order, the same for the same run', () => {
    const { digest, replications } = experiment();
    expect(new Set(replications.map((replication) => replication.digest)).size).to.equal(3);
    expect(experiment().digest).to.equal(digest);
    expect(experiment({ trace: new KeptTrace() }).digest).to.equal(digest);
    const other = assemble(definitionOf(run), [], [replications[1], replications[0], replications[2]], true);
    expect(other.digest).to.not.equal(digest);
  });

  it('tells how far it is', () => {
    const told: number[][] = [];
    experiment({ onProgress: (...progress) => told.push(progress) });
    expect(told).to.deep.equal([[1, 3, 0.5], [2, 3, 0.5], [3, 3, 0.5]]);
  });

  it('stopped between replications holds those that were complete', () => {
    let asked = 0;
    // Asked before and within each replication: the fifth time is before the third.
    const result = experiment({ shouldStop: () => ++asked >= 5 });
    expect(result.complete).to.equal(false);
    expect(result.replications.map(({ replication }) => replication)).to.deep.equal([1, 2]);
  });

  it('stopped within a replication throws it away', () => {
    let asked = 0;
    const result = experiment({ shouldStop: () => ++asked >= 4 });
    expect(result.complete).to.equal(false);
    expect(result.replications.map(({ replication }) => replication)).to.deep.equal([1]);
  });

  it('stopped before anything has no data', () => {
    const result = experiment({ shouldStop: () => true });
    expect(result).to.deep.include({ complete: false, replications: [], summary: [] });
    expect(result.expectations.map(({ verdict }) => verdict)).to.deep.equal(['no-data', 'no-data']);
  });
});
