/** `hasim test` as users call it: what is red and why, what is compared, what is written where. */
import { expect } from 'chai';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { parseXml } from '../report/xml.js';
import { readReporters, Reporting } from '../../src/cli/test/reporters.js';
import { selectFiles } from '../../src/cli/test/select.js';
import { Sandbox } from './hasim.js';
import { small } from './scenarios.js';

interface Document {
  readonly exit_code: number;
  readonly scenarios: readonly { readonly name: string | null; readonly status: string; readonly findings: readonly { readonly title: string }[]; readonly expectations: readonly { readonly verdict: string }[] }[];
}

describe('hasim test', () => {
  let box: Sandbox;
  before(() => {
    box = new Sandbox();
    for (const folder of ['all', 'good', 'empty']) mkdirSync(box.path(folder));
    const silent = (name: string): string => small({ name, horizon: '3m', expect: [] }).replace('expect:\n', '');
    box.write('all/missed.yaml', small({ name: 'missed', horizon: '3m', expect: ['orders.offered > 0', 'orders.offered < 1'] }));
    // With two replications and this interval nothing is decided.
    box.write('all/open.yaml', small({ name: 'open', horizon: '3m', expect: ['orders.offered between 850 and 950'] }));
    box.write('all/silent.json', JSON.stringify({ version: 1, extends: '../silent.yaml', name: 'silent' }));
    box.write('silent.yaml', silent('silent'));
    box.write('all/wrong.yml', small({ name: 'wrong' }).replace('horizon', 'horizn'));
    box.write('all/_base.yaml', small({ name: 'base', horizon: '3m', expect: ['orders.lost == 0', 'orders.offered > 1000000'] }));
    box.write('all/extended.yaml', 'version: 1\nname: extended\nextends: _base.yaml\n');
    box.write('all/notes.txt', 'not a scenario');
    box.write('good/a.yaml', small({ name: 'good-a', horizon: '3m', replications: 1 }));
    box.write('good/b.yaml', small({ name: 'good-b', horizon: '3m', replications: 1 }));
  });
  after(() => box.remove());

  // One thread is enough, and quicker to start than several.
  const test = (...args: readonly string[]): ReturnType<Sandbox['run']> => box.run(['test', '--jobs', '1', ...args]);
  const json = (...args: readonly string[]): Document => JSON.parse(box.run(['test', '--json', ...args]).out) as Document;

  it('runs all scenarios of a folder in order, though one is wrong, and the gravest decides', () => {
    const document = json('all', '--jobs', '3');
    const { exit_code: exit, scenarios } = document;
    expect(scenarios.map(({ name, status }) => `${name ?? '-'} ${status}`)).to.deep.equal([
      'extended failed', 'missed failed', 'open undecided', 'silent undecided', '- wrong',
    ]);
    expect(exit).to.equal(2);
    expect(scenarios[1].expectations.map(({ verdict }) => verdict)).to.deep.equal(['met', 'missed']);
    expect(scenarios[3].findings.map(({ title }) => title)).to.deep.equal(['nothing to judge']);
    // Several threads or one: the same document.
    expect(json('all', '--jobs', '1')).to.deep.equal(document);
  });

  it('ends with 1 when one is missed, with 3 when nothing decides, with 0 when all are met', () => {
    const both = test('all', '--only', '?*ed', '--quiet');
    expect({ code: both.code, err: both.err }).to.deep.equal({ code: 1, err: '' });
    expect(test('silent.yaml', 'all/open.yaml').code).to.equal(3);
    const good = test('good', 'silent.yaml', '--pass-without-expectations', '--out', 'tables');
    expect(good.code).to.equal(0);
    expect(good.out).to.match(/^hasim \S+ · test of 3 scenarios\n\npassed good-a · 1 of 1 met · .*\npassed good-b · .*\npassed silent · .*\n\n3 scenarios: 3 passed · expectations: 2 of 2 met · hasim \S+\n$/);
    expect(box.has('results')).to.equal(false);
    expect(readdirSync(box.path('tables', 'good-b'))).to.include.members(['flows.csv', 'run.json']);
  });

  it('gives every report at once, each to its file, and annotates the lines of expectations on GitHub without being asked', () => {
    const { out, code } = box.run(
      ['test', '--jobs', '1', 'all/extended.yaml', 'good/a.yaml', 'all/missed.yaml', '--reporter', 'junit=out/deep/j.xml', '--reporter', 'markdown=out/m.md', '--reporter', 'json=out/t.json'],
      { env: { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: box.path('..') } },
    );
    expect(code).to.equal(1);
    expect(out).to.match(/failed missed/);
    const folder = box.folder.split('/').at(-1)!;
    const lineOf = (file: string, text: string): number => readFileSync(box.path(file), 'utf8').split('\n').findIndex((line) => line.includes(text)) + 1;
    const annotations = out.split('\n').filter((line) => line.startsWith('::'));
    expect(annotations).to.have.length(2);
    // The file that holds the expectation is the one that is extended.
    expect(annotations[0]).to.match(new RegExp(`^::error file=${folder}/all/_base\\.yaml,line=${String(lineOf('all/_base.yaml', '1000000'))},col=5,title=extended%3A missed::orders\\.offered > 1000000%0Amean`));
    expect(annotations[1]).to.include(`file=${folder}/all/missed.yaml,line=${String(lineOf('all/missed.yaml', 'offered < 1'))},`);

    const suites = parseXml(readFileSync(box.path('out', 'deep', 'j.xml'), 'utf8')).children;
    expect(suites.map(({ attributes: { name, tests, failures, errors } }) => [name, tests, failures, errors])).to.deep.equal([['extended', '2', '1', '0'], ['good-a', '1', '0', '0'], ['missed', '2', '1', '0']]);
    expect(readFileSync(box.path('out', 'm.md'), 'utf8')).to.match(/\| missed \| \*\*failed\*\* \| 1 of 2 met, 1 missed \|/);
    expect((JSON.parse(readFileSync(box.path('out', 't.json'), 'utf8')) as Document).exit_code).to.equal(1);
    expect(readdirSync(box.path('out')).sort()).to.deep.equal(['deep', 'm.md', 't.json']);
  });

  it('compares with a baseline, says what moved, and writes it only when told to', () => {
    const compare = (...args: readonly string[]): { code: number | null; out: string } => test('good', 'silent.yaml', '--baseline', 'base', ...args);
    // A scenario without expectations is judged by the comparison, but nothing is compared yet.
    expect(compare('--update').code).to.equal(3);
    expect(readdirSync(box.path('base', 'good-a'))).to.have.length(7);
    expect(compare().code).to.equal(0);

    const before = statSync(box.path('base', 'good-a', 'flows.csv')).mtimeMs;
    const slower = ['--set', 'topology.billing.work=30ms', '--only', 'good-a'];
    const moved = compare(...slower);
    expect(moved.code).to.equal(1);
    expect(moved.out).to.match(/failed good-a [^]*results moved\n {4}\d+ differences in \d files from base\/good-a\n[^]*flows\.csv: \d+ differences\n {6}replication 1, flow orders: \w+ [\d.]+ → [\d.]+\n/);
    expect(statSync(box.path('base', 'good-a', 'flows.csv')).mtimeMs).to.equal(before);

    const updated = compare(...slower, '--update');
    expect(updated.code).to.equal(0);
    expect(updated.out).to.match(/baseline written\n {4}base\/good-a: \d+ differences in \d files\n/);
    expect(compare('--quiet').out).to.match(/^failed good-a [^]*3 scenarios: 2 passed, 1 failed/);
    const none = test('all/missed.yaml', '--baseline', 'base', '--quiet', '--set', 'expect=null');
    expect(none.code).to.equal(3);
    expect(none.out).to.include('no baseline').and.not.include('nothing to judge');
  });

  it('refuses what cannot be meant, before anything runs', () => {
    for (const [args, message] of [
      ['good --reporter json --only x*', /--only x\* matches no scenario\nscenarios: good-a, good-b/],
      ['good --update', /--update needs --baseline/],
      ['good --watch --json', /--watch goes on until it is ended/],
    ] as const) {
      const { code, err, out } = box.run(['test', ...args.split(' ')]);
      expect(code, args).to.equal(2);
      // Whoever asked for a document gets one.
      if (args.includes('json')) expect(JSON.parse(out)).to.include({ exit_code: 2 });
      expect(err, args).to.match(message);
    }
  });

  it('takes files once, passes over what can only be extended, and wants something to be left', () => {
    const [good, all, empty] = ['good', 'all', 'empty'].map((folder) => box.path(folder));
    expect(selectFiles([`${good}/b.yaml`, good, `${all}/_base.yaml`])).to.deep.equal({ files: [`${good}/b.yaml`, `${good}/a.yaml`], passedOver: [`${all}/_base.yaml`] });
    expect(selectFiles(['-', 'not-there.yaml']).files).to.deep.equal(['-', 'not-there.yaml']);
    expect(() => selectFiles([empty])).to.throw('holds no scenario');
    expect(() => selectFiles([`${all}/_base.yaml`])).to.throw('can only be extended');
  });

  it('refuses reports that cannot be told apart, or that would take the place of something', () => {
    const read = (...values: readonly string[]): unknown => readReporters(values, false, ['good/a.yaml'], {});
    expect(read()).to.deep.equal([{ format: 'spec', to: 'stdout' }]);
    expect(read('junit=x.xml')).to.deep.equal([{ format: 'spec', to: 'stdout' }, { format: 'junit', to: { file: 'x.xml' } }]);
    expect(read('markdown', 'spec')).to.have.length(2);
    // A document stays alone on stdout; the runner reads commands from stderr, too.
    expect(readReporters(['json'], false, [], { GITHUB_ACTIONS: 'true' })).to.deep.equal([{ format: 'json', to: 'stdout' }, { format: 'github', to: 'stderr' }]);
    expect(readReporters(['github=x'], false, [], { GITHUB_ACTIONS: 'true' })).to.have.length(2);
    expect(() => read('junt')).to.throw(/unknown reporter "junt" - did you mean "junit"\?\nreporters: spec, junit/);
    expect(() => read('junit', 'spec')).to.throw('junit on stdout must stand alone');
    expect(() => readReporters(['markdown'], true, [], {})).to.throw('json on stdout must stand alone');
    expect(() => read('junit=')).to.throw('names no file');
    expect(() => read('junit=x', 'json=./x')).to.throw('two reports would go to');
    expect(() => read('junit=./good/a.yaml')).to.throw('is a scenario');
    expect(() => new Reporting([{ format: 'junit', to: { file: box.path('all') } }])).to.throw('it is no file');
  });
});
