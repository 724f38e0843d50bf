/** Replications on several threads: the same bytes for any number of them, whatever ends the run. */
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { Sandbox } from './hasim.js';
import { group, small } from './scenarios.js';

interface RunJson {
  readonly replications: number;
  readonly complete: boolean;
  readonly digest: string;
  readonly stopped_by: string;
  readonly jobs: number;
  readonly precision?: { readonly reached: boolean; readonly figures: readonly { readonly half_width: number; readonly mean: number }[] };
}

describe('jobs and precision', () => {
  let box: Sandbox;
  beforeEach(() => (box = new Sandbox()));
  afterEach(() => box.remove());

  const runJson = (folder: string): RunJson => JSON.parse(readFileSync(box.path(folder, 'run.json'), 'utf8')) as RunJson;
  /** All tables of a folder, by name. */
  const tables = (folder: string): Record<string, string> =>
    Object.fromEntries(readdirSync(box.path(folder)).filter((name) => name.endsWith('.csv')).map((name) => [name, readFileSync(box.path(folder, name), 'utf8')]));

  it('gives the same bytes for 1, 2 and 3 jobs: tables, verdicts, story, trace, summary', () => {
    box.write('group.yaml', group());
    const ended = [1, 2, 3].map((jobs) => {
      const { code, out, err } = box.run(['run', 'group.yaml', '--trace', '--out', 'same', '--jobs', String(jobs)]);
      expect(code, out + err).to.equal(0);
      expect(runJson('same').jobs).to.be.at.most(jobs);
      const traced = tables('same');
      return { out, traced, digest: runJson('same').digest, document: box.run(['run', 'group.yaml', '--json', '--out', 'same', '--jobs', String(jobs)]).out };
    });
    expect(Object.keys(ended[0].traced)).to.have.length(9);
    expect(ended[0].traced['events.csv'].length).to.be.above(100_000);
    // Every sort of verdict has been judged on something.
    expect(ended[0].traced['expectations.csv'].split('\r\n').slice(1, -1).filter((line) => line.includes(',met,'))).to.have.length(6);
    expect(ended[1]).to.deep.equal(ended[0]);
    expect(ended[2]).to.deep.equal(ended[0]);
  });

  it('runs as many threads as asked, but no more than there are replications', () => {
    box.write('few.yaml', group({ replications: 2, horizon: '30m' }));
    box.run(['run', 'few.yaml', '--jobs', '8', '--out', 'few']);
    expect(runJson('few').jobs).to.be.within(1, 2);
    box.run(['run', 'few.yaml', '--jobs', '1', '--out', 'one']);
    expect(runJson('one').jobs).to.equal(1);
  });

  it('stops after the same number of replications for any number of jobs, and not before five', () => {
    box.write('p.yaml', small({ name: 'p', expect: [] }).replace('expect:\n', '').replace('work: 20ms', 'work: { exponential: 20ms }').replace('replications: 2', 'precision: { half-width: 2%, of: [orders.delay.mean] }'));
    const ended = [1, 2, 3].map((jobs) => {
      const { code, err } = box.run(['run', 'p.yaml', '--out', String(jobs), '--jobs', String(jobs)]);
      expect(code, err).to.equal(0);
      const { replications, stopped_by: by, precision, digest } = runJson(String(jobs));
      return { replications, by, precision, digest, tables: tables(String(jobs)) };
    });
    expect(ended[1]).to.deep.equal(ended[0]);
    expect(ended[2]).to.deep.equal(ended[0]);
    const { replications, by, precision } = ended[0];
    expect(by).to.equal('precision');
    // More than the least number, so that it was the width that decided; and one replication less is not enough.
    expect(replications).to.be.within(6, 20);
    expect(precision!.figures[0].half_width).to.be.at.most(0.02 * precision!.figures[0].mean);
    const before = box.run(['run', 'p.yaml', '--out', 'before', '--replications', String(replications - 1)]);
    expect(before.code).to.equal(3);
    expect(runJson('before')).to.include({ stopped_by: 'limit', replications: replications - 1 });

    expect(box.run(['run', 'p.yaml', '--set', 'run.precision=50%', '--out', 'wide']).code).to.equal(0);
    expect(runJson('wide').replications).to.equal(5);
  });

  it('ends with 3 and says what is not precise enough when the limit comes first', () => {
    box.write('p.yaml', small({ name: 'p', expect: [] }).replace('expect:\n', '').replace('work: 20ms', 'work: { exponential: 20ms }').replace('replications: 2', 'precision: { half-width: 0.01%, max: 6 }'));
    const { code, out } = box.run(['run', 'p.yaml', '--quiet']);
    expect(code).to.equal(3);
    expect(out).to.match(/^Precision ± 0\.01% not reached in 6 replications, the most allowed: orders\.delay\.mean is known to ± [\d.]+%\nreproduce: .* --replications 6\n/);
    expect(box.run(['run', 'p.yaml', '--set', 'run.precision=0%']).code).to.equal(2);
  });

  it('keeps at SIGINT the leading replications: the same as a run of so many', async () => {
    box.write('many.yaml', small({ name: 'many', replications: 1_000_000 }));
    // On a busy machine nothing may be complete, or even read, yet the first time.
    for (const after of [2000, 15_000]) {
      const ended = await box.interrupt(['run', 'many.yaml', '--jobs', '2', '--out', 'cut'], after);
      expect(ended.code, ended.err).to.equal(130);
      if (box.has('cut', 'run.json') && runJson('cut').replications > 0) break;
    }
    const { replications, complete, stopped_by: by, digest } = runJson('cut');
    expect({ complete, by }).to.deep.equal({ complete: false, by: 'interrupted' });
    expect(replications).to.be.above(0);
    box.run(['run', 'many.yaml', '--replications', String(replications), '--out', 'whole']);
    expect(runJson('whole')).to.include({ complete: true, digest });
    expect(tables('cut')).to.deep.equal(tables('whole'));
  });

  it('refuses what is no number of jobs', () => {
    box.write('a.yaml', small());
    for (const value of ['0', '-1', '1.5', 'all', '257']) {
      const { code, err } = box.run(['run', 'a.yaml', '--jobs', value]);
      expect([code, err], value).to.deep.equal([2, `hasim: --jobs ${value}: a whole number from 1 to 256 is expected\n`]);
    }
  });
});
