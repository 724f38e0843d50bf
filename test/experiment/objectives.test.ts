import { expect } from 'chai';
import { objectiveOutcomes } from '../../src/experiment/objectives.js';
import type { ObjectiveDefinition } from '../../src/model/index.js';
import { replicationsOf } from './judged.js';
import type { ReplicationText } from './judged.js';
import { S } from './kit.js';

function outcomes(objectives: ObjectiveDefinition, ...texts: readonly ReplicationText[]): unknown[] {
  const flow = { name: 'orders', objectives } as never;
  return objectiveOutcomes([flow], replicationsOf(...texts)).map(({ objective, bound, measured, met }) => [objective, bound, measured, met]);
}
const flow = (...cells: Record<string, number>[]): ReplicationText[] => cells.map((each) => ({ flows: [each] }));

describe('experiment/objectives', () => {
  it('look at the worst replication', () => {
    const both = flow({ rta_s: 10, rpa_s: 1, rpa_msgs: 2, late: 0, availability: 0.9 }, { rta_s: 20, rpa_s: 3, rpa_msgs: 0, late: 4, availability: 0.8 });
    expect(outcomes({ rto: 20 * S, rpo: 3 * S, deadline: 5 * S, availability: 0.8 }, ...both)).to.deep.equal([
      ['rto', 20, 20, true], ['rpo', 3, 3, true], ['deadline', 5, 4, false], ['availability', 0.8, 0.8, true],
    ]);
    expect(outcomes({ rto: 19 * S, rpo: 2 * S, availability: 0.81 }, ...both)).to.deep.equal([
      ['rto', 19, 20, false], ['rpo', 2, 3, false], ['availability', 0.81, 0.8, false],
    ]);
    expect(outcomes({ deadline: 5 * S }, ...flow({ late: 0 }))).to.deep.equal([['deadline', 5, 0, true]]);
  });

  it('with an rpo of 0 ask that nothing was lost, also what has no age', () => {
    expect(outcomes({ rpo: 0 }, ...flow({ rpa_s: 0, rpa_msgs: 1 }))).to.deep.equal([['rpo', 0, 0, false]]);
    expect(outcomes({ rpo: 0 }, ...flow({ rpa_s: 0, rpa_msgs: 0 }))).to.deep.equal([['rpo', 0, 0, true]]);
    expect(outcomes({ rpo: S }, ...flow({ rpa_s: 0, rpa_msgs: 1 }))).to.deep.equal([['rpo', 1, 0, true]]);
  });

  it('are not met when nothing was measured', () => {
    expect(outcomes({ rto: S, rpo: 0, deadline: S, availability: 0.5 })).to.deep.equal([
      ['rto', 1, null, false], ['rpo', 0, null, false], ['deadline', 1, null, false], ['availability', 0.5, null, false],
    ]);
  });

  it('that a flow does not have are not listed', () => {
    expect(outcomes({}, ...flow({ rta_s: 1 }))).to.deep.equal([]);
  });
});
