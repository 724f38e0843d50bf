import { expect } from 'chai';
import { ExceptionMeasure } from '../../../src/experiment/measures/exceptions.js';
import { runOf, S, Script, World } from '../kit.js';

function script(): Script {
  const world = new World();
  world.flow('orders', { deadline: 10 * S });
  const script = new Script(world, 100 * S);
  script.message({ n: 0, offered: 5 * S, delivered: 50 * S }); // warm-up
  script.message({ n: 1, offered: 10 * S, delivered: 20 * S }); // ordinary
  script.message({ n: 2, offered: 10 * S, delivered: 21 * S }).add('effect', 30 * S, 0, 0, 2, 10 * S, 2, 0).add('effect', 31 * S, 0, 0, 2, 10 * S, 3, 0);
  script.message({ n: 3, offered: 11 * S, delivered: 12 * S }).add('effect', 30 * S, 0, 0, 3, 11 * S, 2, 0);
  script.message({ n: 4, offered: 12 * S, accepted: 12 * S, fate: 'lost', closed: 13 * S });
  script.message({ n: 5, offered: 95 * S });
  return script;
}

describe('experiment/measures/exceptions', () => {
  it('lists what was not delivered once, in time', () => {
    const measure = new ExceptionMeasure(script().world, runOf(10 * S, 100 * S));
    script().play(measure);
    const of = { flow: 0, leg: 0 };
    expect(measure.exceptions()).to.deep.equal([
      { ...of, n: 2, fate: 'delivered', effects: 3, late: true }, { ...of, n: 3, fate: 'delivered', effects: 2, late: false },
      { ...of, n: 4, fate: 'lost', effects: 0, late: true }, { ...of, n: 5, fate: 'in_flight', effects: 0, late: false },
    ]);
    expect(measure.overflow).to.equal(0);
  });

  it('is bounded and says so', () => {
    const measure = new ExceptionMeasure(script().world, runOf(10 * S, 100 * S), 2);
    script().play(measure);
    expect(measure.exceptions().map(({ n }) => n)).to.deep.equal([2, 4]); // 4 came first (13 s), then 2 (21 s)
    expect(measure.overflow).to.be.greaterThan(0);
  });
});
