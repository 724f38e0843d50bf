/** What V8 is told before a long run, and the rehearsal: how long a run is, and that neither changes a result. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { budgetFor, messagesOf } from '../../src/cli/run/compiler.js';
import { rehearse } from '../../src/cli/run/rehearsal.js';
import { responsiveEngine } from '../../src/cli/run/responsive.js';
import { runReplication } from '../../src/experiment/index.js';
import { catalogue } from '../../src/kinds/index.js';
import { readScenario } from '../../src/scenario/index.js';
import { BIN, Sandbox } from './hasim.js';
import { group } from './scenarios.js';

function messages(arrivals: readonly string[]): number {
  const text = `version: 1
name: long
run: { horizon: 2h }
topology:
  erp: { kind: application, work: 50ms }
flows:
${arrivals.map((one, i) => `  flow${String(i)}: { arrivals: ${one}, route: [erp] }\n`).join('')}`;
  const { scenario, diagnostics } = readScenario({ text, file: 'test.yaml' }, {}, catalogue);
  if (scenario === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return messagesOf(scenario.definition);
}

describe('preparing for a long run', () => {
  it('is by the messages of all flows', () => {
    expect(messages(['{ poisson: 10/s }'])).to.equal(10 * 7200);
    expect(messages(['{ every: 200ms }', '{ batch: { every: 1h, size: 500 } }'])).to.be.closeTo(5 * 7200 + 2 * 500, 1e-6);
    expect(messages(['{ profile: [{ for: 30m, poisson: 4/s }, { for: 30m, poisson: 0/s }], repeat: true }'])).to.be.closeTo(2 * 7200, 1e-6);
    expect(messages(['{ poisson: 1000/s, limit: 5 }'])).to.equal(0);
  });

  it('goes further the longer a replication is, and less far for many short ones; there is nothing to prepare where there is little to do', () => {
    expect(budgetFor(999_999, 999_999)).to.equal(null);
    const many = budgetFor(10_000, 1_000_000)!;
    const long = budgetFor(1_000_000, 1_000_000)!;
    const longest = budgetFor(4_000_000, 4_000_000)!;
    expect(budgetFor(999_999, 400_000_000)).to.deep.equal(many);
    expect(budgetFor(3_999_999, 400_000_000)).to.deep.equal(long);
    expect([many.often, many.all, -many.watched]).to.satisfy((less: number[]) => less.every((value, i) => value < [long.often, long.all, -long.watched][i]));
    expect(long.often).to.be.lessThan(longest.often);
    expect(long.all).to.be.lessThan(longest.all);
  });

  it('changes no byte: what is computed does not hang on how it was compiled', () => {
    const box = new Sandbox();
    try {
      box.write('group.yaml', group({ replications: 2 }));
      const files = [[], ['--max-inlined-bytecode-size-cumulative=8000', '--max-inlined-bytecode-size-absolute=20000', '--interrupt-budget=1000'], ['--max-inlined-bytecode-size-cumulative=0', '--interrupt-budget=10000000']].map((flags, i) => {
        const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, BIN, 'run', 'group.yaml', '--quiet', '--trace', '--out', String(i)], { cwd: box.folder, encoding: 'utf8' });
        expect(status, stderr).to.equal(0);
        return { stdout, tables: readdirSync(box.path(String(i))).filter((name) => name !== 'run.json').sort().map((name) => readFileSync(box.path(String(i), name), 'utf8')) };
      });
      expect(files[1]).to.deep.equal(files[0]);
      expect(files[2]).to.deep.equal(files[0]);
    } finally {
      box.remove();
    }
  });

  it('a rehearsal leaves no trace in what is simulated after it, and throws nothing', () => {
    const box = new Sandbox();
    try {
      box.write('group.yaml', group());
      const { scenario } = readScenario({ file: box.path('group.yaml') }, {}, catalogue);
      const { definition, expectations } = scenario!;
      const once = (): unknown => runReplication(definition, catalogue, responsiveEngine, expectations, 1);
      const before = once();
      rehearse(definition, catalogue, expectations);
      expect(once()).to.deep.equal(before);
      expect(() => rehearse(definition, [], expectations)).not.to.throw();
    } finally {
      box.remove();
    }
  });
});
