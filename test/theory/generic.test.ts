/**
 * The generic kinds against queueing and availability theory, from the files of `scenarios/theory`, shortened. Each figure is judged by
 * its own 95 % interval over replications (Student's t); seeds are fixed. The files themselves run long enough for narrower bounds.
 */
import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { FOLDER, rowsOfFile, theoryFile } from './support/file.js';
import { mustContain } from './support/station.js';

/** Seconds of a year of 365 days. */
const YEAR = 31_536_000;

/** M/M/1 with breakdowns at any time of mean r and second moment r2: mean number present. Avi-Itzhak and Naor 1963. */
function withBreakdowns(lambda: number, mu: number, failures: number, r: number, r2: number): number {
  const down = (failures * r) / (1 + failures * r);
  const load = (lambda / mu) * (1 + failures * r);
  return (load + (down * lambda * r2) / (2 * r)) / (1 - load);
}

/** M/M/1 that a catastrophe at rate θ empties: mean number present. */
function wiped(lambda: number, mu: number, theta: number): number {
  const sum = lambda + mu + theta;
  const root = (sum - Math.sqrt(sum * sum - 4 * lambda * mu)) / (2 * mu);
  return root / (1 - root);
}

describe('theory: generic kinds', function () {
  this.timeout(120_000);

  it('every file can be read', () => {
    const names = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')).map((name) => name.replace('.yaml', ''));
    expect(names.length).to.be.at.least(16);
    for (const name of names) expect(theoryFile(name).expectations, name).to.not.be.empty;
  });

  it('M/M/c/K, λ = 12/s, μ = 2/s, c = 4, K = 10: P(reject) = p(K), W of who is let in = L/(λ(1 − p(K)))', () => {
    const p = [1];
    for (let n = 1; n <= 10; n++) p.push((p[n - 1] * 12) / (Math.min(n, 4) * 2));
    const total = p.reduce((sum, share) => sum + share, 0);
    const present = p.reduce((sum, share, n) => sum + (n * share) / total, 0);
    const rows = rowsOfFile('limited-room', { seed: 61, replications: 20, set: ['run.horizon=900s'] });
    mustContain((800 * 12 * p[10]) / total, rows.flow('arrivals', 'rejected'));
    mustContain(present / (12 * (1 - p[10] / total)), rows.flow('arrivals', 'delay_mean_s'));
  });

  it('M/M/1 with breakdowns at any time, λ = 0.5/s, μ = 1/s, MTTF = 20 s, MTTR = 2 s: W = L/λ', () => {
    const rows = rowsOfFile('breakdowns', { seed: 62, replications: 20, set: ['run.horizon=11000s'] });
    mustContain(withBreakdowns(0.5, 1, 0.05, 2, 8) / 0.5, rows.flow('arrivals', 'delay_mean_s'), 0.05);
  });

  it('M/M/1 with a failover of fixed length: W = L/λ; here every minute and of 10 s', () => {
    expect(withBreakdowns(5, 10, 1 / 3600, 30, 900), 'the case of the file').to.be.closeTo(2.2668935342732133, 1e-9);
    const set = ['run.horizon=11000s', 'run.warmup=1000s', 'flows.arrivals.arrivals.poisson=0.5/s', 'topology.station.work.exponential=1s', 'faults.0.mttf.exponential=60s', 'faults.0.mttr=10s'];
    const rows = rowsOfFile('breakdowns-fixed-failover', { seed: 63, replications: 20, set });
    mustContain(withBreakdowns(0.5, 1, 1 / 60, 10, 100) / 0.5, rows.flow('arrivals', 'delay_mean_s'), 0.05);
  });

  it('M/M/c+M, λ = 10/s, μ = 1/s, c = 10, time to live of mean 2 s: P(expire) = θLq/λ, Palm 1957', () => {
    const rows = rowsOfFile('impatience', { seed: 74, replications: 20, set: ['run.horizon=1100s'] });
    mustContain(0.10391321232630812 * 10_000, rows.flow('arrivals', 'expired'), 0.04);
    mustContain((0.10391321232630812 * 10) / 0.5, rows.component('station', 'queue_mean'), 0.04);
  });

  it('M/M/1 whose crash wipes the queue: lost = θL; here λ = 5/s, μ = 6/s, a crash every minute', () => {
    expect(wiped(50, 60, 1 / 3600), 'the case of the file').to.be.closeTo(4.999166921199244, 1e-8);
    const set = ['run.horizon=12100s', 'flows.arrivals.arrivals.poisson=5/s', 'topology.station.work.exponential=166667us', 'faults.0.every.exponential=60s'];
    const rows = rowsOfFile('volatile-queue', { seed: 65, replications: 20, set });
    mustContain((wiped(5, 6, 1 / 60) / 60) * 12_000, rows.flow('arrivals', 'lost'), 0.05);
    for (const rejected of rows.flow('arrivals', 'rejected')) expect(rejected, 'it is back at once').to.equal(0);
  });

  it('fluid limit of an outage: 50/s in, 80/s, 120 s away: backlog 6000, nothing later than 120 s, nothing lost', () => {
    const rows = rowsOfFile('outage-backlog', { seed: 66, replications: 1 });
    expect(rows.flow('arrivals', 'backlog_max')[0]).to.be.closeTo(6000, 6);
    expect(rows.flow('arrivals', 'delay_max_s')[0]).to.be.closeTo(120, 0.05);
    expect(rows.flow('arrivals', 'delivered')).to.deep.equal(rows.flow('arrivals', 'offered'));
  });

  for (const [name, crews, seed] of [['cold-standby-1-crew', 1, 67], ['cold-standby-2-crews', 2, 72]] as const) {
    it(`two units in cold standby, λ = 1/1000 h, μ = 1/8 h, ${String(crews)} crew(s): U, birth and death`, () => {
      const rho = 8 / 1000;
      const both = rho ** 2 / crews;
      const rows = rowsOfFile(name, { seed, replications: 60 * crews });
      mustContain(both / (1 + rho + both), rows.component('pair', 'availability').map((share) => 1 - share), 0.15);
    });
  }

  describe('active and passive with imperfect switch: MTTF 2000 h and 4000 h, repair 4 h, 45 s, coverage 95 %, by hand 30 min', () => {
    const u = 2.4363813169806258e-5;
    let rows: ReturnType<typeof rowsOfFile>;
    before(() => { rows = rowsOfFile('imperfect-switch', { seed: 69, replications: 80 }); });
    /** Seconds a year, per replication. */
    const spent = (on: string): number[] => rows.texts('pair', 'downtime_by_cause')
      .map((text) => text.split(' ').filter((part) => part.split(':')[0].endsWith(`>${on}`)).reduce((sum, part) => sum + Number(part.split(':')[1]), 0) / 100);

    it('outages of a year', () => mustContain(4.379893286498317, rows.component('pair', 'outages_per_year')));
    it('U', () => mustContain(u, rows.component('pair', 'availability').map((share) => 1 - share), 0.12));
    it('of which failover', () => mustContain(u * YEAR * 0.24296675191815845, spent('failover'), 0.05));
    it('failed switch', () => mustContain(u * YEAR * 0.5115089514066498, spent('failed-switch'), 0.15));
    it('double fault', () => mustContain(u * YEAR * 0.2455242966751917, spent('double-fault'), 0.35));
  });

  it('retries, q1 = 2 % lost before the effect, q2 = 1 % not answered, 4 attempts: E[attempts], E[duplicates]', () => {
    const rows = rowsOfFile('retries', { seed: 70, replications: 10 });
    mustContain(20_000 * 1.0309270000000001, rows.flow('orders', 'sends'), 0.001);
    mustContain(20_000 * 0.010308620000000102, rows.flow('orders', 'duplicates'), 0.08);
  });

  it('three repeats, 5 min apart: of an outage of 20 min 25 % are given up, of one of 12 min all are 8.75 min late on average', () => {
    const rows = rowsOfFile('fixed-retry', { seed: 71, replications: 1 });
    expect([rows.flow('gives-up', 'offered'), rows.flow('gives-up', 'rejected')]).to.deep.equal([[1200], [300]]);
    expect(rows.flow('waits', 'delay_mean_s')[0]).to.be.closeTo(8.75 * 60, 1e-6);
  });
});
