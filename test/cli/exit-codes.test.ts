/** What a user types, what it ends with, and on which stream the answer stands. */
import { expect } from 'chai';
import { Sandbox } from './hasim.js';
import { small } from './scenarios.js';

interface Case { readonly args: readonly string[]; readonly code: number; readonly out?: RegExp; readonly err?: RegExp; readonly input?: string }

describe('exit codes', () => {
  const box = new Sandbox();
  before(() => {
    box.write('met.yaml', small({ name: 'met' }));
    box.write('missed.yaml', small({ name: 'missed', expect: ['orders.offered < 1'] }));
    box.write('same.yaml', small({ name: 'met' }));
    box.write('wrong.yaml', small({ name: 'wrong' }).replace('horizon', 'horizn'));
    box.write('old.yaml', small().replace('version: 1', 'version: 9'));
    box.write('not.yaml', ': : [');
    box.write('file', '');
  });
  after(() => box.remove());

  const cases: readonly Case[] = [
    { args: [], code: 0, out: /Commands:/ },
    { args: ['--help'], code: 0, out: /hasim run/ },
    { args: ['run', '--help'], code: 0, out: /--replications/ },
    { args: ['--version'], code: 0, out: /^\d+\.\d+\.\d+\n$/ },
    { args: ['kinds'], code: 0, out: /sql-cluster/ },
    { args: ['kinds', 'server'], code: 0, out: /Life cycle/ },
    { args: ['schema'], code: 0, out: /"\$schema"/ },
    { args: ['explain', 'run.warmup'], code: 0, out: /warm/ },
    { args: ['validate', 'met.yaml'], code: 0, out: /met\.yaml: .*valid/ },
    { args: ['run', 'met.yaml'], code: 0, out: /1 of 1 met/ },
    { args: ['run', '-', '--out', 'from-stdin'], input: small({ name: 'piped' }), code: 0, out: /piped/ },
    { args: ['run', 'missed.yaml'], code: 1, out: /reproduce: npx hasim run missed\.yaml --seed 3 --replications 2/ },
    { args: ['test', 'met.yaml'], code: 0, out: /1 scenario: 1 passed/ },
    { args: ['run', 'met.yaml', 'missed.yaml'], code: 1, out: /missed/ },
    { args: ['rnu'], code: 2, err: /unknown command "rnu" - did you mean "run"/ },
    { args: ['swap', 'met.yaml'], code: 2, err: /unknown command "swap"[^]*commands: run, test, validate/ },
    { args: ['test', 'met.yaml', '--reporter', 'html'], code: 2, err: /unknown reporter "html"/ },
    { args: ['run'], code: 2, err: /run <files/ },
    { args: ['run', 'met.yaml', '--sede', '7'], code: 2, err: /--seed/ },
    { args: ['run', 'met.yaml', '--replications', 'many'], code: 2, err: /whole number/ },
    { args: ['run', 'met.yaml', '--set', 'run.horizn=1h'], code: 2, err: /horizn/ },
    { args: ['run', 'met.yaml', '--out', 'file/x'], code: 2, err: /cannot write results/ },
    { args: ['run', 'missing.yaml'], code: 2, err: /missing\.yaml/ },
    { args: ['run', '.'], code: 2, err: /directory/ },
    { args: ['run', 'wrong.yaml'], code: 2, err: /HS012.*did you mean "horizon"/ },
    { args: ['run', 'old.yaml'], code: 2, err: /version 9/ },
    { args: ['run', 'not.yaml'], code: 2, err: /HS001/ },
    { args: ['run', 'met.yaml', 'same.yaml'], code: 2, err: /two scenarios are named "met"/ },
    { args: ['run', '-', '-'], code: 2, err: /only once/ },
    { args: ['run', '-'], input: '', code: 2, err: /<stdin>/ },
    { args: ['validate', 'wrong.yaml'], code: 2, out: /HS012/ },
    { args: ['validate', 'met.yaml', 'wrong.yaml'], code: 2, out: /met\.yaml: .*valid[^]*HS012|HS012[^]*met\.yaml: .*valid/ },
    { args: ['kinds', 'sql-clutser'], code: 2, err: /did you mean "sql-cluster"/ },
    { args: ['explain', 'run.warmpu'], code: 2, err: /did you mean "run\.warmup"/ },
    { args: ['init', 'met.yaml'], code: 2, err: /not overwritten/ },
  ];
  for (const { args, code, out, err, input } of cases) {
    it(`hasim ${args.join(' ')} ends with ${String(code)}`, () => {
      const ended = box.run(args, input === undefined ? {} : { input });
      expect(ended.code, ended.err + ended.out).to.equal(code);
      if (out !== undefined) expect(ended.out).to.match(out);
      if (err !== undefined) expect(ended.err).to.match(err);
      // Stacks are for developers, and what failed has nothing to say on stdout.
      expect(ended.err + ended.out).not.to.match(/\n\s+at \S+ \(|node:internal/);
      if (code === 2 && args[0] !== 'validate') expect(ended.out).to.equal('');
    });
  }

  it('tells options without a value, flags with one and files in the way, and never calls them a bug', () => {
    box.write('in-the-way', '');
    for (const [args, message] of [
      [['run', 'x.yaml', '--seed'], '--seed needs a value'], [['run', 'x.yaml', '--out'], '--out needs a value'],
      [['run', 'x.yaml', '--json=5'], '--json takes no value'], [['run', ''], 'name of a scenario file is empty'],
      [['validate', 'x.yaml', '--replications', '1000001'], 'from 1 to 1000000'],
    ] as const) {
      const ended = box.run(args);
      expect(ended.code, ended.err).to.equal(2);
      expect(ended.err).to.include(message);
    }
    box.write('fine.yaml', small({ name: 'fine' }));
    const ended = box.run(['run', 'fine.yaml', '--out', 'in-the-way']);
    expect(ended).to.deep.include({ code: 2, err: 'hasim: cannot write results to in-the-way: it is a file\n' });
  });

  it('takes flags in front of the command', () => {
    box.write('front.yaml', small({ name: 'front' }));
    expect(JSON.parse(box.run(['--json', '--quiet', 'validate', 'front.yaml']).out)).to.deep.equal({ valid: true, diagnostics: [] });
  });

  it('says when a fault never happened, even with --quiet', () => {
    box.write('idle.yaml', small({ name: 'idle' }).replace('at: 2m, for: 1m', 'when: { component: billing, step: worked, nth: 1000000 }'));
    const { code, err } = box.run(['run', 'idle.yaml', '--quiet']);
    expect({ code, err }).to.deep.equal({ code: 0, err: 'idle: the fault "server1-dies" never happened: its moment did not come before the end of the run\n' });
  });

  it('writes nothing when anything is wrong', () => {
    const clean = new Sandbox();
    clean.write('met.yaml', small({ name: 'met' }));
    clean.write('same.yaml', small({ name: 'met' }));
    clean.write('wrong.yaml', 'version: 1');
    for (const args of [['met.yaml', 'same.yaml'], ['met.yaml', 'wrong.yaml'], ['met.yaml', '--out', 'wrong.yaml/x'], ['met.yaml', '--bad']]) {
      expect(clean.run(['run', ...args]).code).to.equal(2);
      expect(clean.has('results')).to.equal(false);
    }
    clean.remove();
  });
});
