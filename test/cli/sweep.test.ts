/** `hasim sweep` as a user meets it: equal to single runs, whole again after a kill and from shards, all mistakes at once. */
import { expect } from 'chai';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Arguments } from '../../src/cli/arguments.js';
import { sweepRequest } from '../../src/cli/sweep/request.js';
import { sweepCommand } from '../../src/cli/commands/sweep.js';
import { isUserError } from '../../src/cli/errors.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { PLAIN } from '../../src/report/index.js';
import { Sandbox } from './hasim.js';
import type { Ended } from './hasim.js';
import { small } from './scenarios.js';

const WORK = 'topology.billing.work';
/** As cheap as it can be; `spare` is used by nothing. */
const scenario = (extra = ''): string => small({ name: 'tiny', horizon: '90s', rate: '2/s' }).replace('at: 2m, for: 1m', 'at: 20s, for: 10s').replace('flows:', '  spare: { kind: application, on: [server1], work: 1s }\nflows:') + extra;

interface Document {
  readonly exit_code: number;
  readonly variants: readonly { readonly values: Readonly<Record<string, string>>; readonly digest: string; readonly verdict?: string }[];
  readonly find: { readonly answers: readonly { readonly outcome: string; readonly value: string | null; readonly others: Readonly<Record<string, string>> }[] } | null;
}

/** In this process, which has read all of the program already: for what does not need the real one. */
async function sweepHere(box: Sandbox, options: Arguments): Promise<Ended> {
  const texts = { out: '', err: '' };
  const terminal: Terminal = {
    out: (text) => (texts.out += text), err: (text) => (texts.err += text), paintOut: PLAIN, paintErr: PLAIN, colourOut: false, colourErr: false, interactive: false, width: 80,
  };
  const args = { jobs: '1', ...options, files: [box.path('a.yaml')], ...(options.out === undefined ? {} : { out: box.path(String(options.out)) }) };
  try {
    return { code: await sweepCommand.run(args, terminal), ...texts };
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { code: 2, ...texts, err: `${texts.err}${error.message}` };
  }
}

describe('sweep', () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
    box.write('a.yaml', scenario());
  });
  afterEach(() => box.remove());
  const csv = (folder: string, name = 'sweep.csv'): string => readFileSync(box.path(folder, name), 'utf8');

  it('gives for each variant what a run of it gives, byte for byte, and changes nothing by what nothing uses', () => {
    const { code, out, err } = box.run(['sweep', 'a.yaml', '--vary', `${WORK}=10ms,20ms`, '--vary', 'topology.spare.work=1s,2s', '--jobs', '1', '--json']);
    expect(code, err).to.equal(0);
    box.run(['run', 'a.yaml', '--set', `${WORK}=20ms`, '--set', 'topology.spare.work=2s', '--out', 'one', '--jobs', '1']);
    const [, ...rows] = csv('one', 'summary.csv').split('\r\n').slice(0, -1);
    expect(rows.length).to.be.above(30);
    const swept = csv('results/tiny-sweep').split('\r\n');
    expect(swept[0]).to.equal(`${WORK},topology.spare.work,subject,metric,unit,mean,ci95_low,ci95_high,min,p50,p95,p99,max,replications`);
    expect(swept.filter((row) => row.startsWith('20ms,2s,'))).to.deep.equal(rows.map((row) => `20ms,2s,${row}`));
    const [a, b, c, d] = (JSON.parse(out) as Document).variants.map(({ digest }) => digest);
    expect([a, c]).to.deep.equal([b, d]);
    expect(a).to.not.equal(c);
    expect(readdirSync(box.path('results/tiny-sweep')).sort()).to.deep.equal(['run.json', 'sweep.csv']);
  });

  it('is the same from shards, after a kill, and with other numbers of jobs; parts of another sweep are refused', async () => {
    const sweep = (options: Arguments): Promise<Ended> => sweepHere(box, { vary: [`${WORK}=10ms,20ms,40ms`], quiet: true, ...options });
    expect((await sweep({ out: 'whole' })).code).to.equal(0);
    expect((await sweep({ out: 'parts', jobs: '2', shard: '1/2' })).code).to.equal(0);
    expect(readdirSync(box.path('parts'))).to.deep.equal(['parts']);
    expect(readdirSync(box.path('parts/parts'))).to.deep.equal(['000001.json', '000003.json']);
    // What a process leaves that is killed while it writes, and what is not ours.
    box.write('parts/parts/.000002.json.1.tmp', '{"format":1,"of');
    box.write('parts/parts/mine.txt', 'mine');
    const kept = readFileSync(box.path('parts/parts/000001.json'), 'utf8');
    const refused = async (options: Arguments): Promise<string> => {
      const { code, out, err } = await sweep({ out: 'parts', ...options });
      expect([code, out], err).to.deep.equal([2, '']);
      return err;
    };
    expect(await refused({})).to.include('parts/parts holds 2 finished variants').and.include('--resume goes on');
    writeFileSync(box.path('parts/parts/000001.json'), kept.replace(/"version":"[^"]*"/, '"version":"0.0.1"'));
    expect(await refused({ resume: true, seed: '4' })).to.match(/000001\.json is of another version: 0\.0\.1 there, \d.*000003\.json is of another seed: 3 there, 4 here\n/s);
    writeFileSync(box.path('parts/parts/000001.json'), kept.slice(0, 99));
    expect(await refused({ shard: '2/2' })).to.match(/000001\.json is not a part of a sweep\n/);
    writeFileSync(box.path('parts/parts/000001.json'), kept);
    const { code, err } = await sweep({ out: 'parts', resume: true });
    expect(code, err).to.equal(0);
    expect(csv('parts')).to.equal(csv('whole'));
    expect(readdirSync(box.path('parts')).sort()).to.deep.equal(['parts', 'run.json', 'sweep.csv']);
    expect(readdirSync(box.path('parts/parts'))).to.deep.equal(['mine.txt']);
    expect(await refused({ resume: true })).to.match(/^nothing to resume: there are no parts of a sweep in .*; the sweep there is complete$/);
  });

  it('finds the first value that is good enough, and ends with what the answer is', async () => {
    const find = async (question: string, options: Arguments): Promise<Document> => {
      const { code, out, err } = await sweepHere(box, { find: question, json: true, out: 'found', ...options });
      expect(err).to.equal('');
      const document = JSON.parse(out) as Document;
      expect(document.exit_code).to.equal(code);
      return document;
    };
    // At this load hardly a message waits, so the median is the work; the largest value is looked at first.
    const searched = await find(`max ${WORK} in 1ms..16ms..1ms where orders.delay.p50 < 2500us`, { set: ['topology.spare=null', 'faults=[]'] });
    expect(searched.exit_code).to.equal(0);
    expect(searched.find!.answers).to.deep.equal([{ others: {}, outcome: 'found', value: '2ms', undecided: [], contrary: [] }]);
    expect(searched.variants.map(({ values }) => values[WORK])).to.include.members(['2ms', '3ms', '16ms']).and.have.length.below(10);
    expect((await find(`min ${WORK} where orders.delay.p50 < 1ms`, { vary: [`${WORK}=10ms,20ms`] })).exit_code).to.equal(1);
    // The expectations of the scenario, on a mean of two replications near the bound.
    const undecided = await find(`min ${WORK}`, { vary: [`${WORK}=10ms`], set: ['expect=[orders.offered > 180]'] });
    expect([undecided.exit_code, undecided.variants[0].verdict]).to.deep.equal([3, 'undecided']);
  });

  it('ends with 3 and says so when a precision is not reached', async () => {
    const { code, out } = await sweepHere(box, { vary: [`${WORK}=10ms`], set: ['run.precision={half-width: 0.01%, max: 5, of: [orders.offered]}'], out: 'precise' });
    expect(code).to.equal(3);
    expect(out).to.match(/ 1 variant of 5 replications of [^]*\nthe precision asked for was not reached in 1 variant\n/);
  });

  it('lays alternatives over the scenario, or leaves it as it is', async () => {
    const over = box.path(box.write('b.yaml', 'topology: { server2: null, billing: { on: [server1] } }\n'));
    const { code, out, err } = await sweepHere(box, { alternative: ['as-is', `single=${over}`], show: ['faults.server1-dies.restore,orders.rejected'], out: 'alternatives' });
    expect(code, err).to.equal(0);
    // A single server is away for the ten seconds of its crash.
    expect(out).to.match(/\n {2}alternative +restore +rejected\n {2}as-is +– +\d+\n {2}single +10s +\d+\n/);
    expect(csv('alternatives')).to.match(/^alternative,subject/);
  });

  it('tells all mistakes of a command line at once, before anything is read', () => {
    const { code, out, err } = box.run(['sweep', 'nowhere.yaml', '--vary', 'a.b=8..1', '--vary', 'c', '--shard', '3/2', '--find', 'mni x', '--show', 'a,,b', '--alternative', '=x']);
    expect([code, out]).to.deep.equal([2, '']);
    for (const part of ['--vary a.b: the range "8..1" is empty', '--vary c: it is not path=values', '--shard 3/2', '"mni" is neither min nor max', '--show a,,b', '--alternative =x']) expect(err).to.include(part);
    const wrong = (args: Arguments): string => {
      try {
        sweepRequest(args);
        return '';
      } catch (error) {
        return String(error);
      }
    };
    expect(wrong({})).to.match(/^UserError: nothing is varied\n/);
    expect(wrong({ vary: ['a=1..1000', 'b=1..1000'] })).to.match(/^UserError: 1000000 variants \(1000 × 1000\) are too many: at most 1000 are run\n.*--limit 1000000/);
    expect(wrong({ vary: ['a=1..1000', 'b=1..1000'], limit: '1000000' })).to.equal('');
    expect(wrong({ vary: ['a=1..3', 'a=4', 'a.b=1', 'seed=1,2'], seed: '3', find: 'min b' }))
      .to.match(/a is varied twice\n[^]*a\.b and a are varied, and one lies inside the other\nseed is varied, and --seed fixes it\n[^]*--find asks about b, which is not varied/);
    expect(wrong({ vary: ['a=1s..9s'] })).to.include('the range of a has no step');
    expect(wrong({ vary: ['a=1s..9s'], sample: '4' })).to.equal('');
    expect(wrong({ vary: ['a=b,c'], find: 'min a' })).to.include('the values of a have no order: b, c');
    expect(wrong({ find: 'min a in 1..4', shard: '1/2' })).to.include('it cannot be run in shards');
    expect(wrong({ vary: ['a=1'], limit: '0' })).to.include('--limit 0: a whole number from 1 to 1000000 is expected');
  });

  it('tells all mistakes in all variants at once, each with the variants that have it, and runs none', async () => {
    const { code, out, err } = await sweepHere(box, { vary: [`${WORK}=10ms,5,6x`, 'topology.biling.on=1,2'], show: ['orders.lsot'], out: 'none' });
    expect([code, out]).to.deep.equal([2, '']);
    expect(err).to.match(/^--show:1:8 error HS082 [^]*--vary:2:10 error HS009 there is no "topology.biling" in the scenario - did you mean "billing"\?\n/);
    expect(err).to.match(/in the variants topology\.billing\.work=5, topology\.biling\.on=1; topology\.billing\.work=5, topology\.biling\.on=2:\n--vary:1:23 error HS020 5 has no unit/);
    expect(err).to.include('hasim: 6 of 6 variants cannot be run; none was\n');
    expect(box.has('none')).to.equal(false);
  });

  it('keeps what is finished at SIGINT and says how to go on', async () => {
    const words = ['sweep', 'a.yaml', '--vary', `${WORK}=10ms..90ms..1ms`, '--set', 'run.horizon=3h'];
    let ended: Ended = { code: null, out: '', err: '' };
    // On a busy machine nothing may be finished yet the first time.
    for (const after of [2500, 8000, 25_000]) if (!box.has('results')) ended = await box.interrupt([...words, '--jobs', '1'], after);
    expect(ended.code, ended.err).to.equal(130);
    const finished = readdirSync(box.path('results/tiny-sweep/parts')).length;
    expect(finished).to.be.within(1, 80);
    expect(ended.err).to.match(new RegExp(`^interrupted: ${String(finished)} finished variants? \\(${String(finished)} of this call\\) in results/tiny-sweep/parts; go on: npx hasim ${words.join(' ')} --resume\n$`));
    expect(box.has('results', 'tiny-sweep', 'sweep.csv')).to.equal(false);
  });
});
