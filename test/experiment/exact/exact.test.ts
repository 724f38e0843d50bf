/**
 * The exact solver, from the text of a scenario to figures, against closed forms: those of the theory scenarios (known answers A1, A2, A3,
 * A6, Q8; a scenario for another row is one more line here) and some that can be worked out by hand.
 */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { explore } from '../../../src/experiment/exact/space.js';
import { solve } from '../../../src/experiment/exact/solve.js';
import type { Solution, Solved } from '../../../src/experiment/exact/solve.js';
import { steadyState } from '../../../src/stats/index.js';
import { distribution, kind } from '../../../src/model/index.js';
import type { KindDeclaration, ModelDefinition } from '../../../src/model/index.js';
import { exponential } from '../../../src/kernel/index.js';
import { catalogue } from '../../../src/kinds/index.js';
import { readScenario } from '../../../src/scenario/index.js';
import { definitionOf } from '../../properties/support/simulate.js';
import type { Section } from '../../properties/support/simulate.js';

const HOUR = 3600;
const YEAR = 8760 * HOUR;
const US = 1e6;

function theory(name: string, set: readonly string[] = []): ModelDefinition {
  const file = `scenarios/theory/${name}.yaml`;
  const { scenario, diagnostics } = readScenario({ file, text: readFileSync(file, 'utf8') }, { set }, catalogue);
  if (scenario === null) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return scenario.definition;
}

function solved(definition: ModelDefinition, at: readonly number[] = [], kinds: readonly KindDeclaration[] = catalogue): Solution {
  const outcome = solve(definition, kinds, { maxStates: 5000, at: at.map((hours) => hours * HOUR * US) });
  if (outcome.type !== 'solution') throw new Error(JSON.stringify(outcome));
  return outcome.solution;
}

const subject = ({ subjects }: Solution, name: string): Solved => subjects.find((one) => one.name === name)!;
const near = (value: number | null, truth: number, tolerance = 1e-9): void => { expect(Math.abs(Number(value) / truth - 1), `${String(value)} against ${String(truth)}`).to.be.below(tolerance); };
const definition = (topology: Readonly<Record<string, Section>>, faults: readonly Section[], rest: Section = {}): ModelDefinition =>
  definitionOf({ version: 1, name: 'exact', seed: 1, run: { horizon: '720h' }, topology, flows: {}, faults, ...rest });
const exp = (mean: string): Section => ({ exponential: mean });
const unit = (mttr: Section | string, rest: Section = {}): ModelDefinition => definition({ u: { kind: 'server' } }, [{ id: 'f', kind: 'crash', target: 'u', mttf: exp('1000h'), mttr, ...rest }]);

describe('exact: known answers', () => {
  it('A1: one repairable unit', () => {
    const { longRun } = subject(solved(theory('repairable-unit')), 'unit');
    near(longRun!.availability, 0.9960159362549801);
    near(longRun!.downtimePerYear / 60, 2094.023904382468);
    near(longRun!.outagesPerYear, 8.725099601593625);
    near(longRun!.meanUp, 1000 * HOUR);
    near(longRun!.meanDown, 4 * HOUR);
  });

  it('A1: from a new start, at 8 h, over 720 h, without a failure up to 720 h', () => {
    const { instants: [at8, at720], run, firstOutage } = subject(solved(theory('repairable-unit-new'), [8, 720]), 'unit');
    near(1 - at8.availability, 1 - 0.9965508243831642);
    near(1 - run.availability, 1 - 0.9960379817604306);
    near(at720.reliability, 0.4867522559599717);
    near(firstOutage, 1000 * HOUR);
  });

  it('A2: two units in hot standby, one crew and two', () => {
    const one = subject(solved(theory('hot-standby-one-crew')), 'app');
    near(one.longRun!.unavailability, 0.00012596838193613404);
    near(one.longRun!.downtimePerYear, 3972.538892737923);
    near(one.firstOutage, 64000 * HOUR);
    near(subject(solved(theory('hot-standby-two-crews')), 'app').longRun!.unavailability, 6.298815822625347e-05);
  });

  it('A3: three of five, a crew for each and one for all', () => {
    near(1 - subject(solved(theory('three-of-five-own-crews')), 'cluster').longRun!.unavailability, 0.9999268140522272, 1e-12);
    const one = subject(solved(theory('three-of-five-one-crew')), 'cluster');
    near(one.longRun!.downtimePerYear / 60, 236.8799719820907);
    near(one.firstOutage, 24558.333333333332 * HOUR);
  });

  it('A6: common cause in two units', () => near(subject(solved(theory('common-cause')), 'app').longRun!.unavailability, 3.1329704613161537e-05));

  it('Q8: ten machines, two crews, nine of which change places: one state for each way the tenth can be among them', () => {
    const solution = solved(theory('machine-repair'));
    const { longRun, alike } = subject(solution, 'm1');
    expect(alike).to.have.length(9);
    near(longRun!.availability, 0.8961362181373956);
    near(longRun!.outagesPerYear / 8760, 0.08961362181373957);
    near(longRun!.meanDown, 1.1590177894883378 * HOUR);
    // The tenth up with n = 0…9 others down; or under repair with 0…9; or waiting in place 1…n-1 among n ≥ 2 others.
    expect(solution.states).to.equal(10 + 10 + (1 + 2 + 3 + 4 + 5 + 6 + 7 + 8));
    const found = explore(theory('machine-repair'), catalogue, { maxStates: 1000 });
    if (found.type !== 'space') throw new Error(found.type);
    const { chain, outside } = found.space;
    const share = steadyState(chain);
    near(share.reduce((sum, p, state) => sum + (outside[state].works.every(Boolean) ? p : 0), 0), 0.3679545939542013);
    near(share.reduce((sum, p, state) => sum + p * outside[state].works.filter((works) => !works).length, 0), 1.0386378186260432);
  });
});

describe('exact: what is a chain, and what is none', () => {
  it('insensitivity: the shape of a repair moves no availability in the long run, but the course', () => {
    const shapes = [exp('100h'), { erlang: { k: 3, mean: '100h' } }, { hyperexponential: { mean: '100h', cv2: 4 } }].map((mttr) => subject(solved(unit(mttr), [50]), 'u'));
    for (const { longRun } of shapes) near(longRun!.unavailability, 1 / 11, 1e-12);
    expect(new Set(shapes.map(({ instants: [then] }) => then.availability.toFixed(6))).size).to.equal(3);
  });

  it('a stationary start begins in the long run', () => {
    const { instants: [then], firstOutage } = subject(solved(unit(exp('100h'), { start: 'stationary' }), [5]), 'u');
    near(then.availability, 10 / 11, 1e-12);
    near(then.reliability, (10 / 11) * Math.exp(-5 / 1000), 1e-12);
    near(firstOutage, (10 / 11) * 1000 * HOUR, 1e-12);
  });

  it('flows are stopped when their way is, and what is behind the other is', () => {
    const both = definitionOf({
      version: 1, name: 'series', seed: 1, run: { horizon: '720h' }, topology: { a: { kind: 'server' }, b: { kind: 'server' }, app: { kind: 'application', on: ['a', 'b'] }, solo: { kind: 'application', on: ['a'] } },
      flows: { any: { arrivals: { every: '1h' }, route: ['app'] }, one: { arrivals: { every: '1h' }, route: ['solo'] } },
      faults: [{ id: 'f', kind: 'crash', target: ['a', 'b'], mttf: exp('90h'), mttr: exp('10h') }],
    });
    const solution = solved(both);
    near(subject(solution, 'any').longRun!.unavailability, 0.01);
    near(subject(solution, 'one').longRun!.unavailability, 0.1);
  });

  it('an operator comes in an exponential time, and does what is possible by then', () => {
    const cluster = { kind: 'sql-cluster', on: ['s1', 's2'], detection: '0s', restart: '0s', failover: '0s', failovers: { count: 0, per: '0s' }, 'after-failure': 'operator', operator: { reaction: exp('2h') } };
    const { longRun } = subject(solved(definition({ s: { kind: 'server', count: 2 }, c: cluster }, [{ id: 'f', kind: 'crash', target: 's*', mttf: exp('100h'), mttr: exp('4h') }])), 'c');
    // By hand. No failover is allowed: when the active server goes and the other is there, only an operator helps; when none is there, the
    // first that comes back serves. Up with both (0) or one (1); no server (2); failed with both (3), the other (4), the active one (5), none (6).
    const [fail, mend, come] = [1 / 100, 1 / 4, 1 / 2];
    const rates = [[0, 4, fail], [0, 1, fail], [1, 2, fail], [1, 0, mend], [2, 1, 2 * mend], [4, 3, mend], [4, 6, fail], [4, 1, come], [3, 4, fail], [3, 5, fail], [3, 0, come], [5, 6, fail], [5, 3, mend], [5, 1, come], [6, 5, mend], [6, 4, mend], [6, 2, come]];
    const share = steadyState({ states: 7, transitions: rates.map(([from, to, rate]) => ({ from, to, rate })) });
    near(longRun!.unavailability, 1 - share[0] - share[1]);
  });

  it('chance at an instant is taken in all ways', () => {
    const coin = kind({
      name: 'coin', summary: 's', omits: 'o', placement: {},
      parameters: { life: distribution('l', {}), short: distribution('s', {}), long: distribution('l', {}) },
      functions: { run: { meaning: 'm', needs: [] } }, faults: {},
      lifecycle: {
        initial: 'up', states: { up: { meaning: 'u', offers: 'all', normal: true }, brief: { meaning: 'b', offers: 'none' }, lengthy: { meaning: 'l', offers: 'none' } },
        transitions: [
          { from: 'up', after: 'life', to: [{ probability: 0.75, to: 'brief' }, { to: 'lengthy' }] }, { from: 'brief', after: 'short', to: 'up' }, { from: 'lengthy', after: 'long', to: 'up' },
        ],
      },
    });
    const parameters = { life: exponential(90 * HOUR * US), short: exponential(4 * HOUR * US), long: exponential(28 * HOUR * US) };
    const solution = solved({ ...unit('0s'), components: [{ name: 'c', kind: 'coin', parameters }], faults: [] }, [], [coin]);
    expect(solution.states).to.equal(3);
    near(subject(solution, 'c').longRun!.unavailability, 0.1);
  });

  it('names what has a memory, all at once', () => {
    const outcome = solve(definition({ s: { kind: 'server', count: 2 }, c: { kind: 'sql-cluster', on: ['s1', 's2'] } }, [
      { id: 'a', kind: 'crash', target: 's1', mttf: exp('100h'), mttr: '3h' }, { id: 'b', kind: 'crash', target: 's2', at: '5h', for: exp('1h') },
      { id: 'd', kind: 'crash', target: 's2', mttf: { weibull: { shape: 2, scale: '10h' } }, mttr: exp('1h'), start: 'stationary' },
    ]), catalogue, { maxStates: 5000, at: [] });
    if (outcome.type !== 'obstacles') throw new Error(outcome.type);
    expect(outcome.obstacles.map(({ path, reason }) => `${path} ${reason}`)).to.include.members([
      'faults.a.mttr is constant', 'faults.b.at is constant', 'faults.d.mttf is weibull', 'faults.d.start is stationary, and mttf is weibull',
      'topology.c.detection is constant', 'topology.c.failover is lognormal', 'topology.c.failovers.per counts within a window of time',
    ]);
  });

  it('stops at a limit of states', () => {
    expect(solve(theory('machine-repair'), catalogue, { maxStates: 50, at: [] })).to.deep.equal({ type: 'too-many', limit: 50 });
  });

  it('servers that are told apart do not change places', () => {
    const topology = { s: { kind: 'server', count: 4 }, solo: { kind: 'application', on: ['s2'] } };
    const fails = (target: string[]): Section => ({ id: 'f', kind: 'crash', target, mttf: exp('10h'), mttr: exp('1h') });
    expect(subject(solved(definition(topology, [fails(['s*'])])), 's1').alike).to.deep.equal([]);
    expect(solved(definition({ s: { kind: 'server', count: 4 } }, [fails(['s*'])])).states).to.equal(8);
    expect(solved(definition({ s: { kind: 'server', count: 4 } }, [fails(['s1', 's2', 's3'])])).states).to.equal(8);
  });

  it('what never comes back has no long run, and a first outage all the same', () => {
    const { longRun, firstOutage } = subject(solved(definition({ u: { kind: 'server' } }, [{ id: 'f', kind: 'disaster', target: 'u', at: exp('5h') }])), 'u');
    near(firstOutage, 5 * HOUR);
    near(longRun!.unavailability, 1);
    void YEAR;
  });
});
