import { expect } from 'chai';
import { measured, runOf, S, Script, World } from '../kit.js';

describe('experiment/measures/operations: operations.csv', () => {
  it('has what was tried in the order in which it ended, and what never ended last', () => {
    const world = new World();
    world.operations.push({ id: 'deploy-1', targetText: 'app' }, { id: 'never', targetText: 'x' }, { id: 'rotate', targetText: 'key' });
    const script = new Script(world, 100 * S);
    script.add('operation', 30 * S, 0, 'app@a', 10 * S, 'failed', 'no master secret').add('operation', 20 * S, 2, 'key', 20 * S, 'done', '');
    const empty = { start_s: null, end_s: null, result: null, reason: null };
    expect(measured(script, runOf(0, 100 * S)).operations).to.deep.equal([
      { replication: 1, operation: 'rotate', target: 'key', start_s: 20, end_s: 20, result: 'done', reason: null },
      { replication: 1, operation: 'deploy-1', target: 'app@a', start_s: 10, end_s: 30, result: 'failed', reason: 'no master secret' },
      { replication: 1, operation: 'never', target: 'x', ...empty },
    ]);
  });
});
