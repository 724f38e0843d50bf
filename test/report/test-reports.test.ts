/** One test of four scenarios, as each reporter tells it. Texts are as nasty as users can make them. */
import { expect } from 'chai';
import { githubText, junitText, markdownText, movedLines, PLAIN, specScenario, specTotal, testDocument } from '../../src/report/index.js';
import type { ScenarioOutcome, TestReport } from '../../src/report/index.js';
import { parseXml } from './xml.js';
import type { Element } from './xml.js';

const identity = { name: 'a', seed: 7, hash: '0123456789abcdef', replications: 20, digest: 'dd' };
const quiet = { findings: [], baseline: null, reproduce: 'npx hasim run a.yaml --seed 7', seconds: 2 } as const;
const met = { text: 'orders.lost == 0', verdict: 'met', value: 0, ci95Low: null, ci95High: null, bound: '0', samples: 20, reason: '' } as const;
const missed = {
  text: 'orders/x|y.delay.p99 < 30s', verdict: 'missed', value: 95, ci95Low: 90, ci95High: 100, bound: '30s', samples: 20,
  reason: 'mean 95 s, 95 % interval 90 s to 100 s, outside < 30s', place: { file: 'sc/base, old:1.yaml', line: 12, column: 5 },
} as const;
const silent = { text: 'faults.f.restore < 1s', verdict: 'no-data', value: null, ci95Low: null, ci95High: null, bound: '1s', samples: 0, reason: 'fault f never came' } as const;

const scenarios: readonly ScenarioOutcome[] = [
  { ...quiet, file: 'a.yaml', identity, status: 'passed', expectations: [met] },
  { ...quiet, file: 'b.yaml', identity: { ...identity, name: 'b' }, status: 'failed', expectations: [met, missed, silent], findings: [{ status: 'passed', title: 'idle fault', message: 'the fault "f" never happened' }] },
  { ...quiet, file: 'c.yaml', identity: null, status: 'wrong', expectations: [], findings: [{ status: 'wrong', title: 'error HS012', message: 'unknown key "<a>&\u0001\uD800"', place: { file: 'c.yaml', line: 3, column: 2 } }] },
  {
    ...quiet, file: 'd.yaml', identity: { ...identity, name: 'd' }, status: 'failed', expectations: [], seconds: 0,
    baseline: { folder: 'results/d', state: 'moved', moved: [{ file: 'flows.csv', differences: [{ row: 'flow orders', column: 'lost', from: '0', to: '3' }] }] },
    findings: [{ status: 'failed', title: 'results moved', message: '1 difference in 1 file from results/d\nflows.csv: 1 difference\n  flow orders: lost 0 → 3' }],
  },
];
const report: TestReport = { version: '1.2.3', scenarios, exitCode: 2, started: new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678)) };

describe('reports of a test', () => {
  describe('JUnit', () => {
    let xml: Element;
    before(() => (xml = parseXml(junitText(report))));
    const suite = (name: string): Element => xml.children.find(({ attributes }) => attributes.name === name)!;

    /** What the schema of Ant (and that of Jenkins, which asks for less) wants of these elements. */
    it('has the structure that Ant and Jenkins read', () => {
      expect(xml.name).to.equal('testsuites');
      for (const one of xml.children) {
        expect(one.name).to.equal('testsuite');
        expect(one.attributes).to.include.all.keys('name', 'package', 'id', 'timestamp', 'hostname', 'tests', 'failures', 'errors', 'time');
        expect(one.attributes.timestamp).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
        const names = one.children.map(({ name }) => name);
        expect(names).to.deep.equal(['properties', ...names.filter((name) => name === 'testcase'), 'system-out', 'system-err']);
        const cases = one.children.filter(({ name }) => name === 'testcase');
        expect(cases.length).to.be.above(0);
        for (const each of cases) {
          expect(Object.keys(each.attributes).sort()).to.deep.equal(['classname', 'name', 'time']);
          expect(each.children.length).to.be.at.most(1);
          for (const { name, attributes } of each.children) {
            expect(name).to.be.oneOf(['failure', 'error']);
            expect(Object.keys(attributes).sort()).to.deep.equal(['message', 'type']);
          }
        }
        const count = (name: string): string => String(cases.flatMap(({ children }) => children).filter((child) => child.name === name).length);
        expect(one.attributes).to.include({ tests: String(cases.length), failures: count('failure'), errors: count('error') });
        expect(one.children[0].children.every(({ name, attributes }) => name === 'property' && 'name' in attributes && 'value' in attributes)).to.equal(true);
      }
      expect(xml.attributes).to.include({ tests: '6', failures: '2', errors: '2', time: '6.000' });
    });

    it('has a case per expectation, with value, bound, interval and place where it is missed', () => {
      const cases = suite('b').children.filter(({ name }) => name === 'testcase');
      expect(cases.map(({ attributes }) => attributes.name)).to.deep.equal([met.text, missed.text, silent.text]);
      const [failure] = cases[1].children;
      expect(failure.attributes).to.include({ type: 'missed', message: missed.reason });
      expect(failure.text).to.include('1m35s [1m30s, 1m40s] (bound 30s)').and.include('(sc/base, old:1.yaml:12)');
      expect(cases[2].children[0]).to.deep.include({ name: 'error' }).and.nested.include({ 'attributes.type': 'no-data' });
    });

    it('tells what is no expectation as a case, too, and replaces what XML cannot hold', () => {
      const [, wrong] = suite('c.yaml').children;
      expect(wrong.children[0].name).to.equal('error');
      expect(wrong.children[0].attributes.message).to.equal('unknown key "<a>&\uFFFD\uFFFD"');
      const [, moved] = suite('d').children;
      expect(moved.children[0].name).to.equal('failure');
      expect(moved.children[0].text).to.include('lost 0 → 3');
    });
  });

  it('is annotated for GitHub on the line of the expectation, escaped, warnings as warnings, what is met not at all', () => {
    const lines = githubText(report, (file) => `sub/${file}`).trimEnd().split('\n');
    expect(lines).to.deep.equal([
      '::error file=sub/sc/base%2C old%3A1.yaml,line=12,col=5,title=b%3A missed::orders/x|y.delay.p99 < 30s%0Amean 95 s, 95 %25 interval 90 s to 100 s, outside < 30s%0Areproduce: npx hasim run a.yaml --seed 7',
      '::error file=sub/b.yaml,line=1,col=1,title=b%3A no-data::faults.f.restore < 1s%0Afault f never came%0Areproduce: npx hasim run a.yaml --seed 7',
      '::warning file=sub/b.yaml,line=1,col=1,title=b%3A idle fault::the fault "f" never happened',
      `::error file=sub/c.yaml,line=3,col=2,title=c.yaml%3A error HS012::unknown key "<a>&\u0001\uD800"%0Areproduce: npx hasim run a.yaml --seed 7`,
      '::error file=sub/d.yaml,line=1,col=1,title=d%3A results moved::1 difference in 1 file from results/d%0Aflows.csv: 1 difference%0A  flow orders: lost 0 → 3%0Areproduce: npx hasim run a.yaml --seed 7',
    ]);
    const stdin = githubText({ ...report, scenarios: [{ ...scenarios[3], file: '<stdin>' }] }, (file) => file);
    expect(stdin).to.match(/^::error title=/);
  });

  it('is Markdown with tables whose cells stay cells', () => {
    const text = markdownText(report);
    expect(text).to.match(/^## hasim: 4 scenarios, 1 passed, 2 failed, 1 wrong\n/);
    const cells = text.split('\n').filter((line) => line.startsWith('|')).map((line) => line.replaceAll('\\|', '').split('|').length - 2);
    // Two tables with a header and a rule: four scenarios, two expectations and three findings.
    expect(cells).to.deep.equal(Array.from({ length: 13 }, () => 5));
    expect(text).to.include('`orders/x\\|y.delay.p99 < 30s` missed | 1m35s [1m30s, 1m40s] | 30s |').and.include('"&lt;a>&').and.include('1 file from results/d<br>flows.csv');
  });

  it('is one document without the clock on the wall', () => {
    const document = testDocument(report) as { totals: object; scenarios: object[] };
    expect(document).to.deep.include({ exit_code: 2, totals: { scenarios: 4, passed: 1, undecided: 0, failed: 2, wrong: 1, broken: 0, interrupted: 0, expectations: { met: 2, missed: 1, undecided: 0, 'no-data': 1 } } });
    expect(document.scenarios[1]).to.nested.include({ 'expectations[1].place.line': 12, 'expectations[1].verdict': 'missed', status: 'failed' });
    expect(document.scenarios[3]).to.nested.include({ 'baseline.state': 'moved', 'baseline.files[0].count': 1 });
    expect(JSON.stringify(testDocument({ ...report, started: new Date(0), scenarios: scenarios.map((one) => ({ ...one, seconds: 99 })) }))).to.equal(JSON.stringify(document));
  });

  it('is a line per scenario for people, and below it what is not as it should be', () => {
    expect(specScenario(scenarios[0], PLAIN)).to.equal('passed a · 1 of 1 met · seed 7 · scenario 0123456789ab · 20 replications\n');
    const failed = specScenario(scenarios[1], PLAIN);
    expect(failed).to.match(/^failed b · 1 of 3 met, 1 missed, 1 no-data · /).and.include('  missed  orders/x|y.delay.p99 < 30s  1m35s [1m30s, 1m40s]\n')
      .and.include('(sc/base, old:1.yaml:12)').and.include('  idle fault\n').and.include('  reproduce: npx hasim run a.yaml --seed 7\n');
    expect(specTotal(report, PLAIN)).to.equal('\nnot passed: b, c.yaml, d\n4 scenarios: 1 passed, 2 failed, 1 wrong · expectations: 2 of 4 met, 1 missed, 1 no-data · hasim 1.2.3\n');
  });

  it('shows the first differences of each file and counts the others', () => {
    const differences = [1, 2, 3, 4, 5].map((n) => ({ row: `row ${String(n)}`, column: 'lost', from: '', to: String(n) }));
    expect(movedLines([{ file: 'flows.csv', differences }, { file: 'new.csv', differences: null }])).to.deep.equal([
      'flows.csv: 5 differences', '  row 1: lost (empty) → 1', '  row 2: lost (empty) → 2', '  row 3: lost (empty) → 3', '  … 2 more', 'new.csv: not in the baseline',
    ]);
  });
});
