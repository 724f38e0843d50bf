/** A single long run with batches, as a user sees it. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Sandbox } from './hasim.js';

/** M/M/1, 80 % busy: what is waiting now is waiting for minutes. */
const station = (run: string, bound: string): string => `version: 1
name: station
run: { warmup: 500s, ${run} }
topology: { station: { kind: service, work: { exponential: 1s } } }
flows: { calls: { arrivals: { poisson: 0.8/s }, route: [station], client: { timeout: 10d } } }
expect: [calls.delay.mean ~ 5s within ${bound}]
`;

describe('batches', () => {
  let box: Sandbox;
  beforeEach(() => (box = new Sandbox()));
  afterEach(() => box.remove());

  it('give a single run its interval, and an expectation of a true value its verdict', () => {
    box.write('long.yaml', station('horizon: 60500s, drain: 1h, batches: 20', '20%'));
    const { code, out, err } = box.run(['run', 'long.yaml', '--out', 'out']);
    expect(code, out + err).to.equal(0);
    expect(err).to.equal('');
    const [, mean, low, high] = /^calls,delay\.mean,s,([\d.]+),([\d.]+),([\d.]+),/m.exec(readFileSync(box.path('out', 'summary.csv'), 'utf8'))!.map(Number);
    expect(low).to.be.below(mean);
    expect(high - mean).to.be.closeTo(mean - low, 1e-9);
    expect(out).to.match(/met {2}calls\.delay\.mean ~ 5s within 20% +[\d.]+s \[[\d.]+s, [\d.]+s\]/);
  });

  it('that are too short are told of, also with --quiet; and there is no interval without them', () => {
    // 40 batches of 12 s: a queue of minutes goes through them.
    box.write('short.yaml', station('horizon: 980s, drain: 1h, batches: 40', '90%'));
    const { err } = box.run(['run', 'short.yaml', '--quiet', '--out', 'out']);
    expect(err).to.match(/^station: the interval of .* is too narrow: neighbouring batches go together \(correlation 0\.\d\d\)/);
    const without = box.run(['run', 'short.yaml', '--out', 'out', '--set', 'run.batches=null']);
    expect(without.code).to.equal(3);
    expect(without.out).to.include('one replication has no interval').and.include('run.batches gives it one');
  });

  it('are not for several replications', () => {
    box.write('long.yaml', station('horizon: 60500s, batches: 20', '20%'));
    const { code, err } = box.run(['run', 'long.yaml', '--replications', '3']);
    expect(code).to.equal(2);
    expect(err).to.include('--replications:1:1 error HS014 the scenario cuts a single run into 20 batches').and.include('--replications 1, or --set run.batches=null');
  });
});
