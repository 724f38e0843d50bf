import { expect } from 'chai';
import { effectOf, faultOf } from '../../src/cli/graph/fault.js';
import { catalogue } from '../../src/kinds/index.js';
import { readScenario } from '../../src/scenario/index.js';
import type { Scenario } from '../../src/scenario/index.js';
import { Sandbox } from './hasim.js';
import { small } from './scenarios.js';

const read = (text: string): { readonly scenario: Scenario; readonly source: { readonly text: string; readonly file: string } } => {
  const source = { text, file: 'x.yaml' };
  return { scenario: readScenario(source, {}, catalogue).scenario!, source };
};

describe('hasim graph', () => {
  const box = new Sandbox();
  after(() => box.remove());

  it('draws a scenario with what a fault does to it, on stdout alone', () => {
    box.write('small.yaml', small());
    const { code, out, err } = box.run(['graph', 'small.yaml', '--format', 'svg', '--fault', 'crash:server2']);
    expect([code, err]).to.deep.equal([0, '']);
    expect(out).to.match(/^<svg .*<\/svg>\n$/s).and.include('<g class="node down hit"><title>server2: server</title>').and.include('<g class="node degraded"><title>billing:');
    expect(out).to.include('crash of server2 at 5m · 0 down · 1 degraded · scope server');
  });

  it('refuses a wrong format, and a wrong scenario with its place', () => {
    const format = box.run(['graph', 'small.yaml', '--format', 'sgv']);
    expect(format).to.include({ code: 2, out: '' });
    expect(format.err).to.include('did you mean "svg"');
    const wrong = box.run(['graph', '-'], { input: small().replace('kind: crash', 'kind: crush') });
    expect(wrong).to.include({ code: 2, out: '' });
    expect(wrong.err).to.match(/:13:\d+ error HS013 /);
  });

  it('takes a fault of the scenario by its id, at its instant or in the middle, and nothing else with it', async () => {
    const { scenario, source } = read(`${small().replace('expect:', '  - { id: later, kind: crash, target: server2, after: { fault: server1-dies, by: 1m }, for: 1m }\nexpect:')}`);
    const first = faultOf('server1-dies', scenario, source, {});
    expect(first).to.equal(scenario.definition.faults[0]);
    const later = await effectOf(faultOf('later', scenario, source, {}), scenario.definition);
    expect(later).to.include({ kind: 'crash', targetText: 'server2', startSeconds: 300, scope: 'server', flowsStopped: 0 });
    expect([[...later.targets], later.down, later.degraded]).to.deep.equal([[['server2', true]], [], ['billing']]);
  });

  it('makes up a fault of a kind and a target, whatever the scenario says of its own faults', async () => {
    const { scenario, source } = read(small({ expect: ['faults.server1-dies.restore < 1h'] }).replace('replications: 2 }', 'precision: { half-width: 5%, of: [faults.server1-dies.restore] } }'));
    const whole = await effectOf(faultOf('outage:site', scenario, source, {}), scenario.definition);
    expect(whole).to.include({ kind: 'outage', targetText: 'site', scope: 'datacenter', flowsStopped: 1 });
    expect(whole.down).to.deep.equal(['billing', 'server1', 'server2']);
    const member = await effectOf(faultOf('crash:billing@server1', scenario, source, {}), scenario.definition);
    expect([...member.targets]).to.deep.equal([['billing', false]]);
  });

  it('says what is wrong with a fault', () => {
    const { scenario, source } = read(small().replace('at: 2m, for: 1m', 'mttf: 4m, mttr: 1m').replace('target: server1', 'target: "server*"'));
    const refused = (text: string): string => {
      try {
        faultOf(text, scenario, source, {});
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(refused('server1-died')).to.include('did you mean "server1-dies"');
    expect(refused('crush:server1')).to.include('did you mean "crash"');
    expect(refused('crash:server3')).to.include('"server3" matches nothing').and.include('"server1"');
    expect(refused('slow:server1')).to.include('cannot suffer "slow"');
    expect(refused('server1-dies')).to.include('name one: --fault crash:server1');
    expect(refused('crash:server1')).to.equal('');
  });
});
