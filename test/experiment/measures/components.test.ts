import { expect } from 'chai';
import { COMPONENT_COLUMNS } from '../../../src/experiment/columns.js';
import type { Row } from '../../../src/experiment/result.js';
import { measured, pick, runOf, S, Script, World } from '../kit.js';

/** `host` on two servers, one function and two workers each; `db` with two functions and no workers. Warm-up 10 s, horizon 110 s. */
function host(): { world: World; script: Script; rows: () => readonly Row[] } {
  const world = new World();
  world.component({ name: 'host', kind: 'biztalk-host', members: [{ name: 'host@a', slots: 2 }, { name: 'host@b', slots: 2 }] });
  world.component({ name: 'db', members: [{ functions: ['read', 'write'] }] });
  const script = new Script(world, 130 * S);
  return { world, script, rows: () => measured(script, runOf(10 * S, 110 * S, 20 * S)).components };
}

describe('experiment/measures/components: components.csv', () => {
  it('has every column in order, for the component and each member, computed by hand', () => {
    const { script, rows } = host();
    script.add('functionChanged', 20 * S, 0, false, 0).add('functionChanged', 30 * S, 1, false, 0); // host down from 30 s
    script.add('functionChanged', 40 * S, 0, true, 0).add('functionChanged', 60 * S, 1, true, 0);
    script.add('busy', 5 * S, 0, 1, 2).add('busy', 50 * S, 0, 2, 2).add('busy', 90 * S, 0, 0, 2).add('busy', 110 * S, 1, 2, 2);
    script.add('waiting', 5 * S, 0, 4).add('waiting', 20 * S, 0, 1).add('waiting', 20 * S, 1, 2).add('waiting', 30 * S, 1, 0).add('waiting', 60 * S, 0, 0);
    script.add('failover', 9 * S, 0, 1).add('failover', 30 * S, 0, 1).add('failover', 120 * S, 0, 1);
    for (const time of [9, 10, 50, 110, 111]) script.add('worked', time * S, 0, false);
    script.add('worked', 60 * S, 1, true);
    const [whole, a, b, db] = rows();
    expect(Object.keys(whole)).to.deep.equal(COMPONENT_COLUMNS.map(({ name }) => name));
    // Busy while up, a: [10,20) 1 + [40,50) 1 + [50,90) 2 = 100; up 80 s × 2. b: nothing busy in the window; up 70 s × 2.
    expect(whole).to.deep.equal({
      replication: 1, component: 'host', kind: 'biztalk-host', availability: 0.9, downtime_s: 10, outages: 1, failovers: 1, utilisation: 100 / 300,
      queue_mean: (10 * 4 + 10 * 3 + 30 * 1) / 100, queue_max: 4, operations: 4, reworked: 1,
      // 100 s are one 315 360th of 365 days; down from 30 s to 40 s, warm-up ends at 10 s.
      outages_per_year: 315_360, downtime_per_year_s: 3_153_600, mttf_s: 90, mttr_s: 10, first_outage_s: 20, downtime_by_cause: '(none):10',
    });
    expect(a).to.deep.equal({
      replication: 1, component: 'host@a', kind: 'biztalk-host', availability: 0.8, downtime_s: 20, outages: 1, failovers: null,
      utilisation: 100 / 160, queue_mean: (10 * 4 + 40) / 100, queue_max: 4, operations: 3, reworked: 0,
      outages_per_year: 315_360, downtime_per_year_s: 6_307_200, mttf_s: 80, mttr_s: 20, first_outage_s: 10, downtime_by_cause: '(none):20',
    });
    expect(pick(b, 'component', 'availability', 'downtime_s', 'outages', 'utilisation', 'queue_mean', 'queue_max', 'operations', 'reworked')).to.deep.equal({
      component: 'host@b', availability: 0.7, downtime_s: 30, outages: 1, utilisation: 0, queue_mean: 0.2, queue_max: 2, operations: 1, reworked: 1,
    });
    expect(db).to.deep.equal({
      replication: 1, component: 'db', kind: 'thing', availability: 1, downtime_s: 0, outages: 0, failovers: 0, utilisation: null,
      queue_mean: null, queue_max: null, operations: null, reworked: null,
      outages_per_year: 0, downtime_per_year_s: 0, mttf_s: null, mttr_s: null, first_outage_s: null, downtime_by_cause: null,
    });
    expect(rows()).to.have.length(4);
  });

  it('counts a session that passes to another as a failover, not one that is gone, is there for the first time, or comes back', () => {
    const { script, rows } = host();
    script.add('sessionMoved', 20 * S, 0, 1, -1, 0, -1).add('sessionMoved', 30 * S, 0, 1, 0, -1, -1).add('sessionMoved', 40 * S, 0, 1, 0, 0, -1);
    expect(rows()[0].failovers).to.equal(0);
    script.add('sessionMoved', 50 * S, 0, 1, 0, 1, -1).add('sessionMoved', 120 * S, 0, 1, 1, 0, -1);
    expect(rows()[0].failovers).to.equal(1);
  });

  it('gives a single member named after its server a row of its own', () => {
    const world = new World();
    world.component({ name: 'sso', members: [{ name: 'sso@bts1' }] });
    expect(measured(new Script(world, S), runOf(0, S)).components.map(({ component }) => component)).to.deep.equal(['sso', 'sso@bts1']);
  });

  it('is down only when no function works', () => {
    const { script, rows } = host();
    script.add('functionChanged', 20 * S, 2, false, 0).add('functionChanged', 50 * S, 3, false, 0).add('functionChanged', 51 * S, 2, true, 0);
    expect(pick(rows()[3], 'availability', 'downtime_s', 'outages')).to.deep.equal({ availability: 0.99, downtime_s: 1, outages: 1 });
  });

  it('counts outages that begin after warm-up, and time down within [warmup, horizon]', () => {
    const { script, rows } = host();
    for (const fn of [2, 3]) {
      script.add('functionChanged', 5 * S, fn, false, 0).add('functionChanged', 15 * S, fn, true, 0);
      script.add('functionChanged', 100 * S, fn, false, 0);
    }
    expect(pick(rows()[3], 'downtime_s', 'outages')).to.deep.equal({ downtime_s: 15, outages: 1 });
  });

  it('splits the time down by the set of faults behind it, each stretch once', () => {
    const { world, script, rows } = host();
    const [first, power, second] = [world.fault('dies', 0), world.fault('power', 20 * S), world.fault('dies', 40 * S)];
    const sets = [world.causes(first), world.causes(first, power), world.causes(power), world.causes(second)];
    const both = (time: number, works: boolean, a: number, b: number): void => {
      script.add('functionChanged', time * S, 2, works, a).add('functionChanged', time * S, 3, works, b);
    };
    // dies alone before warm-up and 10-20, with the power 20-32, the power alone 32-35; later two machines dead at once: 50-57.
    both(5, false, sets[0], sets[0]);
    both(20, false, sets[0], sets[1]);
    both(32, false, sets[2], sets[2]);
    both(35, true, 0, 0);
    both(50, false, sets[0], sets[3]);
    both(57, true, 0, 0);
    expect(pick(rows()[3], 'downtime_s', 'outages', 'first_outage_s', 'downtime_by_cause')).to.deep.equal({
      downtime_s: 32, outages: 1, first_outage_s: 0, downtime_by_cause: 'dies+power:12 dies:10 dies+dies:7 power:3',
    });
  });

  it('first outage: the first that reaches beyond warm-up and begins by the horizon', () => {
    const { script, rows } = host();
    for (const [time, works] of [[3, false], [9, true], [115, false]] as const) for (const fn of [2, 3]) script.add('functionChanged', time * S, fn, works, 0);
    expect(pick(rows()[3], 'outages', 'first_outage_s', 'mttf_s', 'downtime_by_cause')).to.deep.equal({ outages: 0, first_outage_s: null, mttf_s: null, downtime_by_cause: null });
  });

  it('does not count an outage that lasts no time', () => {
    const { script, rows } = host();
    script.add('functionChanged', 20 * S, 2, false, 0);
    script.add('functionChanged', 30 * S, 3, false, 0).add('functionChanged', 30 * S, 2, true, 0);
    expect(rows()[3].outages).to.equal(0);
  });

  it('adds the queue that members share to what waits inside them', () => {
    const { script, rows } = host();
    script.add('queued', 20 * S, 0, 5).add('waiting', 30 * S, 0, 2).add('queued', 40 * S, 0, 1).add('waiting', 60 * S, 0, 0);
    const [whole, a] = rows();
    expect(pick(whole, 'queue_mean', 'queue_max')).to.deep.equal({ queue_mean: (50 + 70 + 20 * 3 + 50) / 100, queue_max: 7 });
    expect(pick(a, 'queue_mean', 'queue_max')).to.deep.equal({ queue_mean: 0.6, queue_max: 2 });
  });

  it('knows the state of the instant before it weighs busy workers', () => {
    const { script, rows } = host();
    // Down from 20 s on; the workers report at 60 s only.
    script.add('busy', 10 * S, 0, 2, 2).add('functionChanged', 20 * S, 0, false, 0).add('busy', 60 * S, 0, 0, 2);
    expect(rows()[1].utilisation).to.equal(1);
  });
});
