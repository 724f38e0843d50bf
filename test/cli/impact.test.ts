/** `hasim impact` and `hasim run --attribute` as a user types them. */
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { Sandbox } from './hasim.js';
import { small } from './scenarios.js';

describe('hasim impact', () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
    box.write('small.yaml', small());
  });
  afterEach(() => box.remove());
  const text = (...path: string[]): string => readFileSync(box.path(...path), 'utf8');

  it('prints the table, the single points of failure and where the rows are; the same for any number of jobs', () => {
    const [one, two] = ['1', '2'].map((jobs) => {
      const ended = box.run(['impact', 'small.yaml', '--jobs', jobs, '--for', '1m', '--replications', '2']);
      return { ...ended, csv: text('results', 'small-impact', 'impact.csv') };
    });
    expect(one.code, one.err).to.equal(0);
    expect(two.out).to.equal(one.out);
    expect(two.csv).to.equal(one.csv);
    expect(one.csv.split('\r\n')[0]).to.equal(
      'target,kind,fault,scope,components_down,flows_stopped,flows_degraded,capacity_lost_s,lost,duplicates,late,restore_s,full_s,recover_s,blast_radius,'
      + 'components_degraded,rejected,suspended,stop_s,end_s,open,finding',
    );
    // A site has 3 kinds of faults of states, each of two servers 7, the application and its members 5 each.
    expect(one.csv.split('\r\n')).to.have.length(1 + 3 + 2 * 7 + 3 * 5 + 1);
    expect(one.out).to.match(/^hasim \S+ · small · seed 3 · scenario \w+ · impact\n32 faults, one at a time; each is compared with the same run without it/);
    expect(one.out).to.match(/\n {2}site +crash, outage +datacenter +1m +0 +0 +0\n/);
    expect(one.out).to.contain('\nSingle points of failure: site (disaster, crash, outage)\n');
    expect(one.out).to.match(/\n2 files in results\/small-impact\nseed 3 · scenario \w+ · hasim \S+ · 2 replications\n$/);
    for (const line of one.out.split('\n')) expect(line.length, line).to.be.at.most(80);
    const { complete, cases, reproduce, jobs } = JSON.parse(text('results', 'small-impact', 'run.json')) as Record<string, unknown>;
    expect({ complete, cases, reproduce }).to.deep.equal({ complete: true, cases: 32, reproduce: 'npx hasim impact small.yaml --seed 3 --replications 2 --for 1m' });
    expect(jobs).to.be.within(1, 2);
  });

  it('prints one document with --json, little with --quiet, and writes where it is told', () => {
    const json = box.run(['impact', 'small.yaml', '--json', '--only', 'server1,server2', '--faults', 'crash', '--order', '2', '--gap', '10s', '--out', 'there']);
    expect([json.code, json.err]).to.deep.equal([0, '']);
    const document = JSON.parse(json.out) as { impact: { target: string; finding: string | null }[]; single_points_of_failure: unknown[]; options: object; files: string[]; reproduce: string };
    expect(document.impact.map(({ target }) => target)).to.have.members(['server1', 'server2', 'server1 + server2']);
    expect(document.impact.find(({ target }) => target === 'server1 + server2')!.finding).to.match(/^stops orders; takes 1 more down/);
    expect(document.single_points_of_failure).to.deep.equal([]);
    expect(document.options).to.include({ order: 2, at_s: 60, gap_s: 10, replications: 1, with_faults: false });
    expect(document.reproduce).to.equal('npx hasim impact small.yaml --seed 3 --replications 1 --only server1,server2 --faults crash --order 2 --gap 10s');
    expect(box.has('there', 'impact.csv') && box.has('there', 'run.json') && !box.has('results')).to.equal(true);
    const quiet = box.run(['impact', 'small.yaml', '--quiet', '--only', 'server1', '--faults', 'crash']);
    expect(quiet.out).to.match(/^Single points of failure: none among the 1 fault\nseed 3 .*\n$/);
  });

  it('without a flow: what goes down with what, and no word of single points of failure', () => {
    box.write('bare.yaml', 'version: 1\nname: bare\nrun: { horizon: 1h }\ntopology: { a: { kind: server }, b: { kind: application, on: [a] } }\n');
    const { code, out, err } = box.run(['impact', 'bare.yaml', '--faults', 'crash']);
    expect(code, err).to.equal(0);
    expect(out).to.match(/\nImpact \(components other than the target\)\n +target +fault +scope +down +degraded\n +a +crash +server +1 +0\n\n +Faults that take nothing else with them: b\n/);
    expect(out).to.contain('The scenario has no flow: nothing can be stopped or lost');
    expect(out).to.not.contain('Single points');
  });

  it('says all that is wrong with the options, as of a scenario, and runs nothing', () => {
    const { code, err, out } = box.run(['impact', 'small.yaml', '--only', 'srver1', '--order', '3', '--json']);
    expect(code).to.equal(2);
    expect(err).to.contain('--only:1:1 error HS061 "srver1" matches nothing that can fail - did you mean "server1"');
    expect(err).to.contain('--order:1:1 error HS013 "3" is not an order\n  help: 1: one fault at a time; 2: all pairs\n\n2 errors');
    expect((JSON.parse(out) as { diagnostics: unknown[] }).diagnostics).to.have.length(2);
    expect(box.has('results')).to.equal(false);
    expect(box.run(['impact', 'small.yaml', 'small.yaml'])).to.include({ code: 2, err: 'hasim: impact takes one scenario; small.yaml would be a second\n' });
  });

  it('run --attribute: what is lost because of what, with the ids of the messages; a run without it removes them', () => {
    const { code, out, err } = box.run(['run', 'small.yaml', '--attribute', '--out', 'a', '--jobs', '1']);
    expect(code, err).to.equal(0);
    expect(out).to.contain('messages: this run minus its twin');
    expect(out).to.contain('9 files in a');
    expect(text('a', 'attribution.csv').split('\r\n')[0]).to.equal('replication,fault,occurrence,flow,n,what,sign');
    const attributed = ['flows.csv', 'faults.csv', 'attribution.csv', 'summary.csv'].map((name) => text('a', name));
    box.run(['run', 'small.yaml', '--attribute', '--out', 'a', '--jobs', '2']);
    expect(['flows.csv', 'faults.csv', 'attribution.csv', 'summary.csv'].map((name) => text('a', name))).to.deep.equal(attributed);
    expect(JSON.parse(text('a', 'run.json'))).to.have.nested.property('options.twins', 50);
    box.run(['run', 'small.yaml', '--out', 'a']);
    expect(box.has('a', 'attribution.csv')).to.equal(false);
    expect(text('a', 'flows.csv')).to.equal(attributed[0]);
    expect(box.run(['run', 'small.yaml', '--twins', '3']).err).to.equal('hasim: --twins says how many twins --attribute may run; it needs --attribute\n');
  });

  it('keeps at SIGINT the faults that are complete', async () => {
    box.write('long.yaml', small({ name: 'long', horizon: '30d', rate: '50/s' }));
    for (const after of [2500, 12_000]) {
      const ended = await box.interrupt(['impact', 'long.yaml', '--horizon', '2h', '--jobs', '1', '--out', 'cut'], after);
      expect(ended.code, ended.err).to.equal(130);
      if (!box.has('cut', 'run.json')) continue;
      expect(JSON.parse(text('cut', 'run.json'))).to.include({ complete: false });
      expect(ended.out).to.contain('interrupted: only the faults that were complete are here');
      break;
    }
  });
});
