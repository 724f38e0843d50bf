import { expect } from 'chai';
import { stripVTControlCharacters } from 'node:util';
import { createPaint, PLAIN, quietText, runDocument, summaryText } from '../../src/report/index.js';
import type { Row } from '../../src/experiment/result.js';
import { about, experiment, replication } from './fixtures.js';

const written = { out: 'results/x', files: ['flows.csv', 'run.json'] };
const text = (change = {}): string => summaryText(experiment(change), about(), written, PLAIN);

describe('summary on the terminal', () => {
  it('begins and ends with seed, scenario hash and version', () => {
    const lines = text().trimEnd().split('\n');
    expect(lines[0]).to.equal('hasim 0.1.0 · biztalk-sql-failover · seed 7 · scenario 3f2a00112233 · 2 replications of 2h');
    expect(lines.at(-1)).to.equal('seed 7 · scenario 3f2a00112233 · hasim 0.1.0 · digest 0123456789ab');
  });

  it('tells question, story, figures, causes, objectives, verdicts and assumptions in one screen', () => {
    const shown = text();
    expect(shown).to.include('The active SQL server dies. What stops?');
    expect(shown).to.match(/31m35s\s+orders is served again/);
    expect(shown).to.match(/orders\s+1000\s+–\s+998\s+0/);
    expect(shown).to.match(/sql1-dies\s+2\s+10s\s+–\s+1m35s\s+\[1m20s, 1m50s\]\s+2m50s\s+2m51s/);
    expect(shown).to.include('crash of sql1; affected: cluster, mss, process@bts1');
    expect(shown).to.match(/3\s+duplicate\s+orders\s+sql1-dies > erp-port@bts2 > put, not settled/);
    expect(shown).to.match(/met\s+orders\s+rto\s+3m\s+measured 1m35s\n\s+missed\s+orders\s+deadline\s+5m\s+12 late/);
    expect(shown).to.match(/missed\s+faults.sql1-dies.restore.p95 < 2m\s+2m50s \[2m40s, 3m\]/);
    expect(shown).to.include('2m50s is not less than 2m (scenarios/x.yaml:46)');
    expect(shown).to.match(/cluster.detection\s+10s\s+cluster thresholds/);
    expect(shown).to.include('2 files in results/x');
    expect(shown.split('\n').length).to.be.at.most(50);
  });

  it('without flows: the components that were down, the worst first', () => {
    const row = (component: string, availability: number): Row => ({ replication: 1, component, kind: 'server', availability });
    const summary = [['s1', 0.999, 31_536, 8760], ['s2', 0.99, 315_360, 87.6], ['s3', 1, 0, 0]].flatMap(([name, availability, downtime, outages]) => [
      { subject: `components.${String(name)}`, metric: 'availability', unit: 'share', mean: Number(availability) },
      { subject: `components.${String(name)}`, metric: 'downtime_per_year', unit: 's', mean: Number(downtime) },
      { subject: `components.${String(name)}`, metric: 'outages_per_year', unit: 'count', mean: Number(outages) },
    ]);
    const bare = { ...replication(1), flows: [], components: [row('s1', 0.999), row('s2', 0.99), row('s3', 1)] };
    const shown = text({ replications: [bare], summary });
    expect(shown).to.match(/Components that were down\n.*\n\s+s2\s+99%\s+3d16h\s+87\.6 .*\n\s+s1\s+99\.9%\s+8h46m\s+8760 /);
    expect(shown).not.to.match(/\n\s+s3 /);
    expect(text()).not.to.include('Components that were down');
  });

  it('prints the line that reproduces a run only when an expectation is not met', () => {
    expect(text()).to.include('reproduce: npx hasim run scenarios/x.yaml --seed 7 --replications 2\n');
    expect(text({ expectations: [] })).not.to.include('reproduce');
  });

  it('says why replications ended, and what is not precise enough', () => {
    const figure = { text: 'orders.delay.mean', verdict: null, mean: 2, halfWidth: 0.166, settled: false };
    const precision = { halfWidth: 0.05, limit: 1000, reached: true, figures: [{ ...figure, settled: true }] };
    expect(text()).not.to.include('Precision');
    expect(text({ precision, expectations: [] })).to.include('Precision ± 5% reached after 2 replications\n').and.not.include('reproduce');
    expect(text({ precision: { ...precision, figures: [{ ...figure, verdict: 'met', settled: true }] } })).to.include('after 2 replications: every verdict is decided\n');
    const none = { text: 'orders.lost == 0', verdict: 'no-data' as const, mean: null, halfWidth: null, settled: false };
    const missed = { precision: { ...precision, reached: false, figures: [figure, none] }, expectations: [] };
    const line = 'Precision ± 5% not reached in 2 replications, the most allowed: orders.delay.mean is known to ± 8.3%; orders.lost == 0 has no interval\n';
    expect(text(missed)).to.include(line).and.include('reproduce: ');
    expect(quietText(experiment(missed), about(), PLAIN).split('\n').slice(0, 2).join('\n')).to.equal(`${line}reproduce: ${about().reproduce}`);
    expect(text({ ...missed, complete: false })).to.include('not reached in the 2 replications that were complete').and.include('interrupted');
    expect(text({ precision: { ...precision, reached: false } })).to.include('the most allowed; it is never judged before 5');
    const document = runDocument(experiment({ precision }), about(), written, 0);
    expect(document).to.include({ stopped_by: 'precision' }).and.have.nested.property('precision.figures[0].half_width', 0.166);
    expect(runDocument(experiment(), about(), written, 0)).to.include({ stopped_by: 'replications' }).and.not.have.property('precision');
    expect(runDocument(experiment(missed), about(), written, 3)).to.include({ stopped_by: 'limit' });
    expect(runDocument(experiment({ complete: false }), about(), written, 130)).to.include({ stopped_by: 'interrupted' });
  });

  it('hides fates that nothing met with, but never losses and duplicates', () => {
    const header = text().split('\n').find((line) => line.includes('offered'))!;
    expect(header).to.include('lost').and.include('duplicates').and.not.include('expired');
  });

  it('says that an interrupted run is not complete', () => {
    const shown = summaryText(experiment({ complete: false }), about({ replications: 20 }), null, PLAIN);
    expect(shown).to.include('2 of 20 replications').and.include('interrupted').and.include('· incomplete');
  });

  it('marks a time that was not reached as a lower bound', () => {
    const open = experiment();
    const faults = open.replications[0].faults.map((row) => ({ ...row, open: 'restore_s recover_s' }));
    expect(text({ replications: [{ ...open.replications[0], faults }] })).to.include('≥1m35s');
  });

  it('differs with colour in nothing but escape codes', () => {
    const coloured = summaryText(experiment(), about(), written, createPaint(true));
    expect(coloured).to.include('\u001b[');
    expect(stripVTControlCharacters(coloured)).to.equal(text());
  });

  it('copes with a run that has nothing to show', () => {
    const empty = experiment({ replications: [], summary: [], expectations: [], objectives: [] });
    expect(summaryText(empty, about({ assumptions: [] }), null, PLAIN)).to.include('0 of 2 replications');
  });

  it('is short when quiet: what was not met, and the last line', () => {
    const lines = quietText(experiment(), about(), PLAIN).trimEnd().split('\n');
    expect(lines).to.have.length(4);
    expect(lines[0]).to.include('missed');
    expect(quietText(experiment({ expectations: [] }), about(), PLAIN).trimEnd().split('\n')).to.have.length(1);
  });

  it('gives one document without the wall clock', () => {
    const document = JSON.stringify(runDocument(experiment(), about(), written, 1));
    expect(document).to.include('"exit_code":1').and.include('"verdict":"missed"').and.not.include('wall');
    expect(JSON.parse(document)).to.include({ name: 'biztalk-sql-failover', seed: 7, scenario_hash: '3f2a00112233445566' });
  });
});
