/** stdout is data and stderr is everything else; colour is for terminals; an interrupt keeps what is complete. */
import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { BIN, Sandbox } from './hasim.js';
import { small } from './scenarios.js';

describe('streams', () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
    box.write('a.yaml', small({ name: 'a' }));
    box.write('b.yaml', small({ name: 'b', expect: ['orders.offered < 1'] }));
  });
  afterEach(() => box.remove());

  it('prints exactly one JSON document with --json, whatever happens', () => {
    const one = JSON.parse(box.run(['run', 'a.yaml', '--json']).out) as Record<string, unknown>;
    expect(one).to.include({ name: 'a', seed: 3, exit_code: 0, complete: true });
    const two = JSON.parse(box.run(['run', 'a.yaml', 'b.yaml', '--json']).out) as Record<string, unknown>[];
    expect(two.map((run) => run.exit_code)).to.deep.equal([0, 1]);
    const invalid = JSON.parse(box.run(['run', 'none.yaml', '--json']).out) as Record<string, unknown>;
    expect(invalid).to.include({ exit_code: 2, valid: false });
    const refused = JSON.parse(box.run(['run', 'a.yaml', 'a.yaml', '--json']).out) as Record<string, unknown>;
    expect(refused.exit_code).to.equal(2);
    const checked = JSON.parse(box.run(['validate', 'a.yaml', 'none.yaml', '--json']).out) as { valid: boolean; diagnostics: unknown[] };
    expect(checked.valid).to.equal(false);
    expect(checked.diagnostics).to.have.length(1);
  });

  it('says nothing on stderr with --quiet, and little on stdout', () => {
    const { out, err } = box.run(['run', 'a.yaml', '--quiet']);
    expect(err).to.equal('');
    expect(out).to.match(/^seed 3 · scenario \w+ · hasim \S+ · digest \w+\n$/);
  });

  it('begins and ends with seed, scenario hash and version', () => {
    const lines = box.run(['run', 'a.yaml', '--seed', '11']).out.trimEnd().split('\n');
    expect(lines[0]).to.match(/^hasim \S+ · a · seed 11 · scenario \w+ · 2 replications of 10m$/);
    expect(lines.at(-1)).to.match(/^seed 11 · scenario \w+ · hasim \S+ · digest \w+$/);
  });

  it('has colour only where it is wanted', () => {
    const colour = '\u001b[';
    expect(box.run(['kinds']).out).not.to.include(colour);
    expect(box.run(['kinds'], { env: { FORCE_COLOR: '1' } }).out).to.include(colour);
    expect(box.run(['kinds'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).out).not.to.include(colour);
    expect(box.run(['kinds', '--no-color'], { env: { FORCE_COLOR: '1' } }).out).not.to.include(colour);
  });

  it('does not mind a reader that goes away', () => {
    const { stderr, stdout } = spawnSync('sh', ['-c', `"${process.execPath}" "${BIN}" kinds sql-cluster | true; "${process.execPath}" "${BIN}" kinds | head -n 1`], { encoding: 'utf8' });
    expect(stderr).to.equal('');
    expect(stdout.split('\n')).to.have.length(2);
  });

  it('waits for a slow writer on stdin', () => {
    const { stdout, stderr } = spawnSync('sh', ['-c', `(head -n 3 a.yaml; sleep 1; tail -n +4 a.yaml) | "${process.execPath}" "${BIN}" validate -`], { cwd: box.folder, encoding: 'utf8' });
    expect({ stdout, stderr }).to.deep.equal({ stdout: '<stdin>: valid\n', stderr: '' });
  });

  it('tells that stdout cannot be written, without a stack', function () {
    if (!existsSync('/dev/full')) this.skip();
    const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${BIN}" kinds > /dev/full`], { encoding: 'utf8' });
    expect({ status, stderr }).to.deep.equal({ status: 2, stderr: 'hasim: stdout cannot be written (ENOSPC)\n' });
  });

  it('writes the same bytes twice, and the wall clock only into run.json', () => {
    box.run(['run', 'a.yaml', '--out', 'first', '--trace']);
    box.run(['run', 'a.yaml', '--out', 'second', '--trace']);
    const names = readdirSync(box.path('first')).sort();
    expect(names).to.include.members(['events.csv', 'expectations.csv', 'faults.csv', 'flows.csv', 'gauges.csv', 'run.json', 'timeline.csv']);
    expect(readdirSync(box.path('second')).sort()).to.deep.equal(names);
    for (const name of names.filter((one) => one !== 'run.json')) {
      expect(readFileSync(box.path('first', name), 'utf8'), name).to.equal(readFileSync(box.path('second', name), 'utf8'));
    }
  });

  it('reproduces a run from the line it prints', () => {
    const { out } = box.run(['run', 'b.yaml', '--seed', '5', '--set', 'flows.orders.arrivals={ poisson: 2/s }']);
    const line = /reproduce: npx hasim (.*)/.exec(out)![1];
    const again = spawnSync('sh', ['-c', `"${process.execPath}" "${BIN}" ${line}`], { cwd: box.folder, encoding: 'utf8' }).stdout;
    expect(again.trimEnd().split('\n').at(-1)).to.equal(out.trimEnd().split('\n').at(-1));
  });

  it('ends soon after SIGINT with 130, keeps what is complete and says that the rest is missing', async () => {
    box.write('many.yaml', small({ name: 'many', replications: 1_000_000 }));
    let run = { complete: true, replications: 0 };
    // On a busy machine nothing may be complete, or even read, yet the first time.
    for (const after of [2500, 15_000]) {
      const ended = await box.interrupt(['run', 'many.yaml'], after);
      expect(ended.code, ended.err).to.equal(130);
      expect(ended.tookMs).to.be.below(2000);
      if (!box.has('results', 'many', 'run.json')) continue;
      run = JSON.parse(readFileSync(box.path('results', 'many', 'run.json'), 'utf8')) as typeof run;
      if (run.replications > 0) break;
    }
    expect(run.complete).to.equal(false);
    expect(run.replications).to.be.above(0);
    const rows = readFileSync(box.path('results', 'many', 'flows.csv'), 'utf8').trimEnd().split('\n');
    expect(rows).to.have.length(run.replications + 1);
    expect(readdirSync(box.path('results', 'many')).filter((name) => name.startsWith('.'))).to.deep.equal([]);
  });

  it('ends soon after SIGINT also within one long replication, and at any moment before it', async () => {
    box.write('long.yaml', small({ name: 'long', horizon: '10000h', rate: '50/s', replications: 1 }));
    for (const after of [500, 2500]) {
      const ended = await box.interrupt(['run', 'long.yaml'], after);
      expect(ended.code, ended.err).to.equal(130);
      expect(ended.tookMs).to.be.below(2000);
    }
  });
});
