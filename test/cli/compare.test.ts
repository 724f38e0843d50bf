import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { exitOf } from '../../src/cli/commands/compare.js';
import { comparisonOptions } from '../../src/cli/compare/margins.js';
import { Sandbox } from './hasim.js';
import { small } from './scenarios.js';

interface Document { readonly exit_code: number; readonly paired: boolean; readonly verdicts: Readonly<Record<string, number>>; readonly measures: readonly { readonly subject: string; readonly metric: string; readonly difference: number; readonly verdict: string }[] }

describe('hasim compare', () => {
  const box = new Sandbox();
  before(() => {
    box.write('small.yaml', small());
    expect(box.run(['run', 'small.yaml', '--quiet', '--out', 'base']).code).to.equal(0);
  });
  after(() => box.remove());

  it('finds a result the same as itself, and as the scenario run again with its seed and replications', () => {
    const again = box.run(['compare', 'base', 'small.yaml', '--json']);
    expect(again.code).to.equal(0);
    const { paired, verdicts, measures } = JSON.parse(again.out) as Document;
    expect(paired).to.equal(true);
    expect(verdicts).to.deep.equal({ better: 0, same: measures.length, worse: 0, different: 0, undecided: 0 });
    expect(measures.length).to.be.greaterThan(50);
    const itself = box.run(['compare', 'base', 'base', '--strict']);
    expect(itself.code).to.equal(0);
    expect(itself.out).to.include('same, entry for entry').and.match(/\d+ measures: \d+ same\n/).and.not.include('Worse');
    expect(itself.err).to.equal('');
  });

  it('finds 10 ms more of work in the delays, and writes the same bytes whether the base is run or read, for any number of jobs', () => {
    // Nobody waits for a worker, so every message takes exactly that much longer.
    const one = box.run(['compare', 'small.yaml', 'small.yaml', '--candidate-set', 'topology.billing.work=30ms', '--out', 'one', '--jobs', '1']);
    const two = box.run(['compare', 'base', 'small.yaml', '--set', 'topology.billing.work=30ms', '--out', 'two', '--jobs', '2']);
    expect([one.code, two.code]).to.deep.equal([1, 1]);
    expect(one.out).to.match(/Worse \(\d+\)\n/).and.match(/orders\.delay\.p50 +20ms +30ms +\+10ms +\[\+10ms, \+10ms\]/);
    const csv = readFileSync(box.path('one', 'compare.csv'), 'utf8');
    expect(readFileSync(box.path('two', 'compare.csv'), 'utf8')).to.equal(csv);
    expect(csv.split('\r\n')[0]).to.equal('subject,metric,unit,base_mean,candidate_mean,difference,ci95_low,ci95_high,verdict,replications,margin,onesided');
    expect(csv).to.match(/^orders,delay\.p50,s,0\.02,0\.03,0\.00999\d*,0\.00999\d*,0\.00999\d*,worse,2,0,0\r$/m).and.match(/^orders,lost,count,0,0,0,0,0,same,2,0,0\r$/m);
  });

  it('leaves within the margin what the margin holds; what is undecided counts with --strict only', () => {
    const held = box.run(['compare', 'base', 'small.yaml', '--set', 'topology.billing.work=30ms', '--metric', 'orders.delay.p*', '--margin', 'delay.*=5ms', '--margin', 'delay.p99=20ms', '--quiet']);
    expect(held).to.include({ code: 1, err: '' });
    expect(held.out).to.match(/^Worse \(2\)\n/).and.match(/3 measures: 2 worse, 1 same\n/);
    expect(exitOf({ worse: 0, undecided: 3, all: 9 }, false)).to.equal(0);
    expect(exitOf({ worse: 0, undecided: 3, all: 9 }, true)).to.equal(3);
    expect(exitOf({ worse: 1, undecided: 3, all: 9 }, true)).to.equal(1);
    expect(exitOf({ worse: 0, undecided: 0, all: 0 }, false)).to.equal(3);
  });

  it('says that means are compared where the seeds differ', () => {
    cpSync(box.path('base'), box.path('other'), { recursive: true });
    writeFileSync(box.path('other', 'run.json'), readFileSync(box.path('base', 'run.json'), 'utf8').replace('"seed": 3', '"seed": 99'));
    const { out } = box.run(['compare', 'base', 'other']);
    expect(out).to.include('2 and 2 replications of different seeds').and.include('Welch');
  });

  it('refuses what cannot be compared before it runs anything, with every reason and exit code 2', () => {
    box.write('longer.yaml', small({ horizon: '1000h' }).replaceAll('orders', 'bills'));
    const structure = box.run(['compare', 'base', 'longer.yaml', '--json']);
    expect(structure.code).to.equal(2);
    expect(structure.err).to.include('another horizon: 600 s in base, 3600000 s in longer.yaml').and.include('a flow is not in longer.yaml: orders').and.include('a flow is not in base: bills');
    expect(JSON.parse(structure.out)).to.include({ exit_code: 2 });
    const missing = box.run(['compare', 'nowhere', box.folder, '--out', 'made']);
    expect(missing).to.include({ code: 2, out: '' });
    expect(missing.err).to.include('nowhere: there is neither').and.include('has no run.json');
    expect(box.has('made'), 'a folder was left behind').to.equal(false);
    const idle = box.run(['compare', 'base', 'base', '--seed', '4', '--candidate-set', 'x=1']);
    expect(idle.err).to.include('--seed has no meaning').and.include('--candidate-set has no meaning');
    const wrong = box.run(['compare', box.write('wrong.yaml', small().replace('kind: crash', 'kind: crush')), 'small.yaml']);
    expect(wrong).to.include({ code: 2, out: '' });
    expect(wrong.err).to.include('did you mean "crash"');
  });

  it('refuses an incomplete result, and a table that is damaged by its line', () => {
    cpSync(box.path('base'), box.path('other'), { recursive: true });
    const record = readFileSync(box.path('base', 'run.json'), 'utf8');
    writeFileSync(box.path('other', 'run.json'), record.replace('"complete": true', '"complete": false'));
    expect(box.run(['compare', 'other', 'base'])).to.include({ code: 2 }).and.property('err').to.include('other is incomplete');
    writeFileSync(box.path('other', 'run.json'), record);
    writeFileSync(box.path('other', 'flows.csv'), `${readFileSync(box.path('base', 'flows.csv'), 'utf8')}1,orders\r\n`);
    expect(box.run(['compare', 'other', 'base'])).to.include({ code: 2 }).and.property('err').to.include('flows.csv:4: 2 cells');
  });

  it('reads margins in every unit, and tells all mistakes at once', () => {
    const read = (margin: string): unknown => comparisonOptions({ metrics: [], margins: [margin], relative: undefined }).margins.rules[0].margin;
    expect(read('orders.delay.p95=1m')).to.deep.equal({ type: 's', value: 60 });
    expect(read('availability=0.01%')).to.deep.equal({ type: 'percent', value: 0.0001 });
    expect(read('throughput=6/min')).to.deep.equal({ type: 'per_s', value: 0.1 });
    expect(read('*.lost=2')).to.deep.equal({ type: 'number', value: 2 });
    expect(comparisonOptions({ metrics: [], margins: [], relative: '2%' }).margins.relative).to.equal(0.02);
    expect(() => comparisonOptions({ metrics: ['orders.delay.p59'], margins: ['lost', 'lost=-1', 'availabilty=1%'], relative: '5' })).to.throw(
      /orders\.delay\.p59.*did you mean "delay\.p50"[^]*--margin lost: written as[^]*"-1" is no margin[^]*did you mean "availability"[^]*--relative-margin 5/,
    );
  });
});
