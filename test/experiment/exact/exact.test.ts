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

  it('A6 without the common cause: U = (λ/(λ + μ))²', () => near(subject(solved(theory('common-cause', ['faults.0.beta=null'])), 'app').longRun!.unavailability, 1.4365502108616288e-06));

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

describe('exact: redundancy groups', () => {
  it('A2: two units in cold standby, one crew and two: who stands by does not fail', () => {
    const one = subject(solved(theory('cold-standby-1-crew')), 'pair');
    near(one.longRun!.unavailability, 6.348803250587264e-05);
    near(one.longRun!.downtimePerYear, 2002.1585931051995);
    near(one.firstOutage, 127000 * HOUR);
    const two = subject(solved(theory('cold-standby-2-crews')), 'pair');
    near(two.longRun!.unavailability, 3.17450239674931e-05);
    near(two.longRun!.downtimePerYear, 1001.1110758388623);
    // With nobody's switch to wait for or to fail, all of it is a double fault.
    expect(two.longRun!.spent).to.deep.equal([{ on: 'double-fault', share: 1 }]);
  });

  // Per hour: who works fails, who stands by fails, repair, switch, switch by hand; coverage.
  const [works, stands, mend, move, hand, c] = [1 / 2000, 1 / 4000, 1 / 4, 3600 / 45, 2, 0.95];

  it('active and passive with imperfect switch: failures and repairs go on during the switch; a chain of eleven states by hand', () => {
    const { longRun } = subject(solved(theory('imperfect-switch', ['run.horizon=100h'])), 'pair');
    // Both (0), one (1), none (2). During a switch: the lost one in repair (3), both there (4), who stood by in repair (5). The same during
    // a failed switch (6, 7, 8), and none there, in repair who worked (9) or who stood by (10): only a hand ends it, and finds nobody.
    const rates = [
      [0, 3, c * works], [0, 6, (1 - c) * works], [0, 1, stands], [1, 0, mend], [1, 2, works], [2, 1, mend],
      [3, 1, move], [3, 2, stands], [3, 4, mend], [4, 0, move], [4, 3, c * works], [4, 6, (1 - c) * works], [4, 5, stands], [5, 1, move], [5, 2, works], [5, 4, mend],
      [6, 1, hand], [6, 7, mend], [6, 9, stands], [7, 0, hand], [7, 6, works], [7, 8, stands], [8, 1, hand], [8, 7, mend], [8, 10, works],
      [9, 2, hand], [9, 8, mend], [10, 2, hand], [10, 6, mend],
    ];
    const share = steadyState({ states: 11, transitions: rates.map(([from, to, rate]) => ({ from, to, rate })) });
    const down = 1 - share[0] - share[1];
    near(longRun!.unavailability, down);
    near(longRun!.outagesPerYear, (share[0] + share[1]) * works * 8760);
    const spent = Object.fromEntries(longRun!.spent.map(({ on, share: part }) => [on, part]));
    near(spent.failover, (share[3] + share[4] + share[5]) / down);
    near(spent['failed-switch'], share.slice(6).reduce((sum, p) => sum + p, 0) / down);
    near(spent['double-fault'], share[2] / down);
  });

  it('A5: the same where nothing fails and no repair ends during a switch, as the textbook has it', () => {
    const found = explore(theory('imperfect-switch'), catalogue, { maxStates: 100 });
    if (found.type !== 'space') throw new Error(found.type);
    const { chain, outside, map } = found.space;
    const pair = map.members.findIndex(({ name }) => name === 'pair');
    const word = (state: number): string | null => outside[state].spentOn[pair];
    const isSwitch = ({ from, rate }: { readonly from: number; readonly rate: number }): boolean => Math.abs(rate * 3600 / (word(from) === 'failover' ? move : hand) - 1) < 1e-9;
    const transitions = chain.transitions.filter((one) => word(one.from) === null || word(one.from) === 'double-fault' || isSwitch(one));
    const share = steadyState({ states: chain.states, transitions });
    const spent = (on: string): number => share.reduce((sum, p, state) => sum + (word(state) === on ? p : 0), 0);
    const down = spent('failover') + spent('failed-switch') + spent('double-fault');
    near(down, 2.4363813169806258e-05);
    near(spent('failover') / down, 0.24296675191815845);
    near(spent('failed-switch') / down, 0.5115089514066498);
    near(spent('double-fault') / down, 0.2455242966751917);
    near((1 - down) * works * 8760, 4.379893286498317);
  });

  it('any dormancy, and rates of a common cause: a part of them is spent slowly, too', () => {
    // Needed: both servers of a group of one that works; 1 - (share of both up or only one up) of a chain by hand, at dormancy 0.3.
    const group = { kind: 'redundancy-group', on: ['s1', 's2'], standby: 'warm', dormancy: 0.3 };
    const { longRun } = subject(solved(definition({ s: { kind: 'server', count: 2 }, g: group }, [{ id: 'f', kind: 'crash', target: 's*', mttf: exp('100h'), mttr: exp('5h') }])), 'g');
    const share = steadyState({ states: 3, transitions: [[0, 1, 1.3 / 100], [1, 0, 1 / 5], [1, 2, 1 / 100], [2, 1, 2 / 5]].map(([from, to, rate]) => ({ from, to, rate })) });
    near(longRun!.unavailability, share[2]);
  });

  it('a time to failure of several stages that is spent at several rates is none of a chain, and named', () => {
    const outcome = (standby: string): ReturnType<typeof solve> => solve(definition({ s: { kind: 'server', count: 2 }, g: { kind: 'redundancy-group', on: ['s1', 's2'], standby } }, [
      { id: 'f', kind: 'crash', target: 's*', mttf: { erlang: { k: 2, mean: '100h' } }, mttr: exp('5h') },
    ]), catalogue, { maxStates: 100, at: [] });
    expect(outcome('cold')).to.deep.equal({ type: 'obstacles', obstacles: [{ path: 'faults.f.mttf', reason: 'is erlang, and who stands by spends it at another rate' }] });
    expect(outcome('hot').type).to.equal('solution');
  });
});

describe('exact: what is a chain, and what is none', () => {
  it('a network that is cut now and then: part of the state, and back again', () => {
    const topology = { a: { kind: 'server' }, b: { kind: 'server' }, inner: { kind: 'service', on: ['a'], work: '0s' }, outer: { kind: 'service', on: ['b'], needs: ['inner'], work: '0s' } };
    const solution = solved(definition(topology, [
      { id: 'cut', kind: 'network-partition', target: ['a', 'b'], mttf: exp('90h'), mttr: exp('10h') }, { id: 'fails', kind: 'crash', target: 'a', mttf: exp('100h'), mttr: exp('5h') },
    ]));
    expect(solution.states).to.equal(4);
    near(subject(solution, 'outer').longRun!.unavailability, 1 - 0.9 * (100 / 105));
    near(subject(solution, 'inner').longRun!.unavailability, 5 / 105);
  });

  it('how often somebody was not let in decides nothing', () => {
    const topology = {
      site: { kind: 'datacenter' }, ns: { kind: 'service-bus-namespace', in: 'site' }, q: { kind: 'queue', in: 'ns' },
      shop: { kind: 'service-bus-sender', to: 'q' }, ledger: { kind: 'service-bus-receiver', from: 'q', work: '1s' },
    };
    const flows = { keys: { arrivals: { every: '1h' }, route: ['shop', 'ledger'] } };
    const solution = solved(definition(topology, [{ id: 'f', kind: 'outage', target: 'ns', mttf: exp('90h'), mttr: exp('10h') }], { flows }));
    expect(solution.states).to.equal(2);
    near(subject(solution, 'keys').longRun!.unavailability, 0.1);
  });

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
