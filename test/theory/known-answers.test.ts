/**
 * What theory knows, and where each answer is proven: an expectation of a file of `scenarios/theory`, whose bound is the answer times a factor,
 * or a test or program, by its title. A row without a place, a place that is no longer there and a bound that is another number are errors.
 */
import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { theoryFile } from './support/file.js';

/** `factor`: what the answer is multiplied by to give the bound. */
interface Expected { readonly file: string; readonly metric: string; readonly factor?: number }
interface Tested { readonly test: string; readonly title: string }
type Row = readonly [what: string, answer: number, ...where: readonly (Expected | Tested)[]];

const expected = (file: string, metric: string, factor = 1): Expected => ({ file, metric, factor });
const test = (name: string, title: string): Tested => ({ test: `test/${name}.test.ts`, title });
/** Of `npm run validate:theory`. */
const program = (title: string): Tested => ({ test: 'bench/theory/programs.ts', title });
const stations = (title: string): Tested => test('theory/stations', title);
const crews = (title: string): Tested => test('theory/crews', title);
const generic = (title: string): Tested => test('theory/generic', title);
const bus = (title: string): Tested => test('theory/service-bus', title);
const outages = (title: string): Tested => test('theory/outages', title);
const exact = (title: string): Tested => test('experiment/exact/exact', title);
const MINUTES = 60;

const KNOWN: Readonly<Record<string, readonly Row[]>> = {
  'M/M/c, λ = 3/s, μ = 1/s, c = 4': [
    ['P(wait)', 0.5094339622641509, stations('P(wait) = C(c, λ/μ)')],
    ['mean wait', 0.5094339622641509, stations('Wq = C/(cμ − λ)')],
    ['mean stay', 1.509433962264151, expected('erlang-c', 'arrivals.delay.mean')],
    ['mean number waiting', 1.528301886792453, expected('erlang-c', 'components.station.queue_mean')],
    ['mean number present', 4.528301886792454, stations('L = λWq + λ/μ')],
    ['P(wait > 0.5 s)', 0.30898731721209627, stations('P(Wq > t) = C e^(−(cμ − λ)t), t = 0.5 s')],
  ],
  'M/M/c, λ = 90/s, μ = 10/s, c = 10': [
    ['P(wait)', 0.668731524107697, stations('P(wait) = C(c, λ/μ)'), stations("'λ = 90/s, μ = 10/s, c = 10'")],
    ['mean wait', 0.0668731524107697, stations('Wq = C/(cμ − λ)')],
    ['mean stay', 0.1668731524107697, expected('erlang-c-busy', 'arrivals.delay.mean')],
    ['mean number waiting', 6.018583716969275, expected('erlang-c-busy', 'components.station.queue_mean')],
    ['mean number present', 15.018583716969275, stations('L = λWq + λ/μ')],
    ['P(wait > 0.5 s)', 0.004505877566055308, stations('P(Wq > t) = C e^(−(cμ − λ)t), t = 0.5 s'), program('erlang-c-busy: waits')],
  ],
  'M/M/c/K, λ = 12/s, μ = 2/s, c = 4, K = 10': [
    ['P(reject)', 0.34204535580849765, expected('limited-room', 'arrivals.rejected', 12 * 4000), stations('P(reject) = p(K)')],
    ['mean number present', 8.232444174124598, stations('L = Σ n p(n)')],
    ['mean stay of who is let in', 1.0426813163594106, expected('limited-room', 'arrivals.delay.mean'), stations('W accepted')],
    ['refused a second', 4.104544269701972, expected('limited-room', 'arrivals.rejected', 4000), stations('loss rate = λ p(K)')],
  ],
  'M/G/1, λ = 0.8/s, E[S] = 1 s': [
    ['constant work: mean wait', 2, expected('deterministic-work', 'arrivals.delay.mean', 3 / 2), stations('M/D/1: Wq')],
    ['constant work: mean number present', 2.4, expected('deterministic-work', 'arrivals.delay.mean', 1 / 0.8), stations('L = λ(Wq + E[S])')],
    ['exponential work: mean wait', 4, expected('exponential-work', 'arrivals.delay.mean', 5 / 4), stations('M/M/1: Wq')],
    ['squared coefficient of variation 4: mean wait', 10, expected('varied-work', 'arrivals.delay.mean', 11 / 10), stations('M/H2/1: Wq')],
  ],
  'M/M/1 with breakdowns': [
    ['MTTF 20 s, MTTR 2 s: mean number present', 1.4242424242424243, expected('breakdowns', 'arrivals.delay.mean', 1 / 0.5)],
    ['MTTF 20 s, MTTR 2 s: mean stay', 2.8484848484848486, expected('breakdowns', 'arrivals.delay.mean')],
    ['a failover of 30 s: mean number present', 2.2668935342732133, expected('breakdowns-fixed-failover', 'arrivals.delay.mean', 1 / 5)],
    ['a failover of 30 s: mean stay', 0.45337870685464265, expected('breakdowns-fixed-failover', 'arrivals.delay.mean')],
  ],
  'M/M/c+M, λ = 10/s, μ = 1/s, c = 10, time to live of mean 2 s': [
    ['P(expire)', 0.10391321232630812, expected('impatience', 'arrivals.expired', 10 * 4000), expected('impatience', 'components.station.queue_mean', 10 / 0.5)],
  ],
  'M/M/1 whose crash wipes the queue, λ = 50/s, μ = 60/s, a crash every hour': [
    ['mean number present', 4.999166921199244, expected('volatile-queue', 'components.station.queue_mean', 4.999166921199244 / 5.999166921199244)],
    ['lost an hour', 4.999166921199244, expected('volatile-queue', 'arrivals.lost', 12), generic('M/M/1 whose crash wipes the queue')],
    ['share lost', 2.777314956221802e-5, expected('volatile-queue', 'arrivals.lost', 12 * 180_000)],
  ],
  'ten machines, two crews, λ = 0.1/h, μ = 1/h': [
    ['mean number down', 1.0386378186260432, crews('mean number down'), exact('Q8')],
    ['availability of a machine', 0.8961362181373956, expected('machine-repair', 'components.m1.availability'), exact('Q8')],
    ['P(all up)', 0.3679545939542013, crews('P(all up)'), exact('Q8')],
    ['failures an hour', 0.8961362181373957, expected('machine-repair', 'components.m1.outages_per_year', 876), crews('failures per hour')],
    ['mean time down, hours', 1.1590177894883378, crews('mean time down'), exact('Q8')],
  ],
  'an outage of 120 s, 50/s in, capacity 80/s': [
    ['largest backlog', 6000, expected('outage-backlog', 'arrivals.backlog_max')],
    ['seconds from the restore until it is gone', 200, outages('of which 200 s drain')],
    ['seconds until all is as before', 320, expected('outage-backlog', 'faults.outage.recover.max')],
    ['longest delay, seconds', 120, expected('outage-backlog', 'arrivals.delay.max')],
    ['all delays together, message seconds', 960_000, outages('delay integral')],
  ],
  'one repairable unit, MTTF 1000 h, MTTR 4 h': [
    ['availability', 0.9960159362549801, expected('repairable-unit', 'components.unit.availability'), exact('A1: one repairable unit')],
    ['minutes down a year', 2094.023904382468, expected('repairable-unit', 'components.unit.downtime_per_year', MINUTES)],
    ['availability at 8 h', 0.9965508243831642, expected('repairable-unit-new', 'components.unit.availability at 8h'), program('repairable-unit-new: at 8 h'), exact('A1: from a new start')],
    ['mean availability over 720 h', 0.9960379817604306, expected('repairable-unit-new', 'components.unit.availability ~'), exact('A1: from a new start')],
    ['failures a year', 8.725099601593625, expected('repairable-unit', 'components.unit.outages_per_year')],
    ['P(no failure in 720 h)', 0.4867522559599717, expected('repairable-unit-new', 'components.unit.reliability at 720h'), exact('A1: from a new start')],
  ],
  'two units, λ = 1/1000 h, μ = 1/8 h': [
    ['hot, one crew: unavailability', 0.00012596838193613404, expected('hot-standby-one-crew', 'components.app.downtime_per_year', 31_536_000), exact('A2: two units in hot standby')],
    ['hot, one crew: hours to the first outage', 64_000, test('theory/standby', 'time to the first outage = (3λ + μ)/(2λ²)'), program('hot-standby-one-crew: first outage'), exact('A2: two units in hot standby')],
    ['hot, one crew: seconds down a year', 3972.538892737923, expected('hot-standby-one-crew', 'components.app.downtime_per_year')],
    ['hot, two crews: unavailability', 6.298815822625347e-5, expected('hot-standby-two-crews', 'components.app.downtime_per_year', 31_536_000), exact('A2: two units in hot standby')],
    ['hot, two crews: seconds down a year', 1986.3945578231294, expected('hot-standby-two-crews', 'components.app.downtime_per_year')],
    ['cold, one crew: unavailability', 6.348803250587264e-5, expected('cold-standby-1-crew', 'components.pair.downtime_per_year', 31_536_000), exact('A2: two units in cold standby')],
    ['cold, one crew: hours to the first outage', 127_000, exact('A2: two units in cold standby'), program('cold-standby-1-crew: first outage')],
    ['cold, one crew: seconds down a year', 2002.1585931051995, expected('cold-standby-1-crew', 'components.pair.downtime_per_year')],
    ['cold, two crews: unavailability', 3.17450239674931e-5, expected('cold-standby-2-crews', 'components.pair.downtime_per_year', 31_536_000), exact('A2: two units in cold standby')],
    ['cold, two crews: seconds down a year', 1001.1110758388623, expected('cold-standby-2-crews', 'components.pair.downtime_per_year')],
  ],
  'three of five, λ = 1/500 h, μ = 1/10 h': [
    ['a crew for each: availability', 0.9999268140522272, crews('a crew for each: U'), exact('A3')],
    ['a crew for each: minutes down a year', 38.466534149402506, expected('three-of-five-own-crews', 'components.cluster.downtime_per_year', MINUTES)],
    ['one crew: availability', 0.9995493151217997, crews('one crew: birth and death'), exact('A3')],
    ['one crew: minutes down a year', 236.8799719820907, expected('three-of-five-one-crew', 'components.cluster.downtime_per_year', MINUTES)],
    ['one crew: hours to the first outage', 24_558.333333333332, exact('A3'), program('three-of-five-one-crew: first outage')],
  ],
  'active and passive with imperfect switch': [
    ['unavailability', 2.4363813169806258e-5, expected('imperfect-switch', 'components.pair.downtime_per_year', 31_536_000), exact('A5')],
    ['minutes down a year', 12.805620202050168, expected('imperfect-switch', 'components.pair.downtime_per_year', MINUTES)],
    ['share of failovers', 0.24296675191815845, generic('of which failover'), exact('A5'), program('imperfect-switch: time down')],
    ['share of failed switches', 0.5115089514066498, generic('failed switch'), exact('A5'), program('imperfect-switch: time down')],
    ['share of double faults', 0.2455242966751917, generic('double fault'), exact('A5'), program('imperfect-switch: time down')],
    ['outages a year', 4.379893286498317, expected('imperfect-switch', 'components.pair.outages_per_year'), exact('A5')],
  ],
  'common cause in two units, λ = 1/5000 h, μ = 1/6 h, β = 5 %, two crews': [
    ['unavailability', 3.1329704613161537e-5, expected('common-cause', 'components.app.downtime_per_year', 31_536_000), exact('A6')],
    ['unavailability without the common cause', 1.4365502108616288e-6, exact('A6 without the common cause')],
  ],
  'four attempts, q1 = 2 % lost before the effect, q2 = 1 % not answered': [
    ['P(lost)', 1.6e-7, bus('never delivered q1⁴')],
    ['P(delivered, and the sender gave up)', 6.5e-7, bus('delivered though the sender gave up f⁴ − q1⁴')],
    ['attempts', 1.030927, expected('retries', 'orders.sends', 20_000), bus('E[attempts]')],
    ['duplicates of a message', 0.01030862, expected('retries', 'orders.duplicates', 20_000), bus('duplicates = ')],
    ['P(at least one duplicate)', 0.01020376, bus('P(at least one duplicate)')],
  ],
  'three repeats, 5 min apart': [
    ['away for 20 min: share given up', 0.25, expected('fixed-retry', 'gives-up.rejected', 1200)],
    ['away for 12 min: minutes late on average', 8.75, expected('fixed-retry', 'waits.delay.mean', MINUTES)],
  ],
  'log shipping, 20/s, a backup every 15 min, 2 min to copy and restore it': [
    ['lost on average', 11_400, test('theory/log-shipping', 'loses 11 400 on average')],
    ['lost at most', 20_400, test('theory/log-shipping', 'at most 20 400')],
    ['lost at least', 2400, test('theory/log-shipping', 'at least 2400')],
  ],
};

describe('theory: known answers', () => {
  it('are 77, each with a place', () => {
    const rows = Object.values(KNOWN).flat();
    expect(rows).to.have.length(77);
    for (const [what, answer, ...where] of rows) {
      expect(where, what).not.to.deep.equal([]);
      expect(answer, what).to.be.above(0);
    }
  });

  for (const [system, rows] of Object.entries(KNOWN)) {
    it(system, () => {
      for (const [what, answer, ...where] of rows) for (const place of where) proven(what, answer, place);
    });
  }
});

function proven(what: string, answer: number, place: Expected | Tested): void {
  if ('test' in place) {
    expect(existsSync(place.test), `${what}: ${place.test}`).to.equal(true);
    expect(readFileSync(place.test, 'utf8'), `${what}: a title in ${place.test}`).to.include(place.title);
    return;
  }
  const found = theoryFile(place.file).expectations.find(({ text }) => text.startsWith(place.metric));
  expect(found, `${what}: ${place.metric} in ${place.file}`).not.to.equal(undefined);
  const { comparison, bound, upper } = found!;
  const truth = comparison === 'between' ? (Number(bound) + Number(upper)) / 2 : Number(bound);
  expect(truth / (answer * (place.factor ?? 1)), `${what}: the bound of ${found!.text}`).to.be.closeTo(1, 1e-6);
}
