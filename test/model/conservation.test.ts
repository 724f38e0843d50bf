/** When the books are checked: a breach is found at the first fault that comes after it, or else at the end. The breach is made by hand. */
import { expect } from 'chai';
import { catalogue } from '../../src/kinds/index.js';
import { InvariantError, buildEngine } from '../../src/model/index.js';
import type { Engine } from '../../src/model/index.js';
import { readScenario } from '../../src/scenario/index.js';
import { scenario } from './support.js';

const SECOND = 1_000_000;

/** A message each second, worked on for 500 ms. */
function build(faults?: string): Engine {
  const text = scenario({
    run: '{ horizon: 10m, drain: 1m }', topology: '  app: { kind: application, work: 500ms }', flows: '  orders: { arrivals: { every: 1s }, route: [app] }',
    ...(faults === undefined ? {} : { faults }),
  });
  const read = readScenario({ text, file: 'test.yaml' }, {}, catalogue);
  return buildEngine(read.scenario!.definition, catalogue, { replication: 1 });
}

/** From now on one more copy is said to live than there is. */
function falsify(engine: Engine): void {
  const { copies } = (engine as unknown as { readonly fates: { readonly copies: { live: number } } }).fates;
  copies.live++;
}

function breachOf(engine: Engine): InvariantError {
  try {
    engine.run();
  } catch (error) {
    if (error instanceof InvariantError) return error;
    throw error;
  }
  throw new Error('no breach was found');
}

describe('conservation', () => {
  it('is checked after a fault: the breach is that of its instant', () => {
    const engine = build('  - { id: dies, kind: crash, target: app, at: 5m, for: 20s }');
    engine.advance(60 * SECOND);
    falsify(engine);
    const { message, simulatedTime } = breachOf(engine);
    expect(message).to.match(/^conservation: \d+ copies should live but \d+ do$/);
    expect(simulatedTime).to.equal(300 * SECOND);
  });

  it('is checked at the end, where no fault comes', () => {
    const engine = build();
    engine.advance(60 * SECOND);
    falsify(engine);
    expect(breachOf(engine).simulatedTime).to.equal(660 * SECOND);
  });

  it('finds nothing where nothing is wrong', () => {
    expect(() => breachOf(build('  - { id: dies, kind: crash, target: app, at: 5m, for: 20s }'))).to.throw('no breach was found');
  });
});
