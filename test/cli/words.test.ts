import { expect } from 'chai';
import { Exit, gravest } from '../../src/cli/exit.js';
import { replications, seed, text, texts } from '../../src/cli/arguments.js';
import { reproduceCommand, shellQuoted } from '../../src/cli/reproduce.js';
import { bugText } from '../../src/cli/bug.js';
import { folderPaths } from '../../src/cli/run/destination.js';

describe('words of the command line', () => {
  it('lets the gravest outcome decide: 130, 4, 2, 1, 3, 0', () => {
    expect(gravest([])).to.equal(0);
    expect(gravest([Exit.done, Exit.undecided])).to.equal(3);
    expect(gravest([Exit.undecided, Exit.missed])).to.equal(1);
    expect(gravest([Exit.missed, Exit.user])).to.equal(2);
    expect(gravest([Exit.user, Exit.bug, Exit.missed])).to.equal(4);
    expect(gravest([Exit.bug, Exit.interrupted])).to.equal(130);
  });

  it('quotes for the shell only what needs it', () => {
    expect(shellQuoted('scenarios/x.yaml')).to.equal('scenarios/x.yaml');
    expect(shellQuoted('a b')).to.equal("'a b'");
    expect(shellQuoted("it's")).to.equal(String.raw`'it'\''s'`);
    expect(reproduceCommand({ file: 'x.yaml', seed: 7, replications: 20, set: ['topology.a.work={ exponential: 5s }'] }))
      .to.equal("npx hasim run x.yaml --seed 7 --replications 20 --set 'topology.a.work={ exponential: 5s }'");
  });

  it('reads seeds as numbers only when they are whole numbers', () => {
    expect(seed({ seed: '7' })).to.equal(7);
    expect(seed({ seed: 'abc' })).to.equal('abc');
    expect(seed({ seed: '0x7' })).to.equal('0x7');
    expect(seed({})).to.equal(undefined);
    expect(() => seed({ seed: '99999999999999999999' })).to.throw('15 digits');
  });

  it('refuses what is no number of replications, and an option given twice', () => {
    expect(replications({ replications: '20' })).to.equal(20);
    for (const value of ['0', '-1', '1.5', 'x', '1e3']) expect(() => replications({ replications: value })).to.throw('whole number');
    expect(() => text({ out: ['a', 'b'] }, 'out')).to.throw('twice');
    expect(texts({ set: ['a=1', 'b=2'] }, 'set')).to.deep.equal(['a=1', 'b=2']);
  });

  it('refuses two scenarios of one name, and names that are no folder', () => {
    const both = [{ name: 'x', file: 'a.yaml' }, { name: 'x', file: 'b.yaml' }];
    expect(() => folderPaths(both, undefined)).to.throw('a.yaml and b.yaml');
    expect(() => folderPaths(both, 'out')).to.throw('named "x"');
    expect(() => folderPaths([{ name: '../x', file: 'a.yaml' }], undefined)).to.throw('folder');
    expect(folderPaths([{ name: 'x', file: 'a' }], undefined)).to.deep.equal(['results/x']);
    expect(folderPaths([{ name: 'x', file: 'a' }], 'out')).to.deep.equal(['out']);
    expect(folderPaths([{ name: 'x', file: 'a' }, { name: 'y', file: 'b' }], 'out')).to.deep.equal(['out/x', 'out/y']);
  });

  it('tells a bug with seed, replication, simulated time and the line that shows it, without a stack', () => {
    const shown = bugText({ error: new Error('sum is wrong'), command: 'npx hasim run x.yaml --seed 7', seed: 7, replication: 3, simulatedSeconds: 95 });
    expect(shown).to.include('this is a bug of hasim').and.include('seed 7, replication 3, simulated time 1m35s (95 s)');
    expect(shown).to.include('npx hasim run x.yaml --seed 7').and.not.match(/\n\s+at .*:\d+/);
  });
});
