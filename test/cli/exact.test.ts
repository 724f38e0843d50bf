import { expect } from 'chai';
import { Sandbox } from './hasim.js';

const UNIT = `version: 1
name: unit
run: { horizon: 365d, replications: 30 }
topology: { u: { kind: server } }
faults: [{ id: f, kind: crash, target: u, mttf: { exponential: 90h }, mttr: { exponential: 10h }, start: stationary }]
`;

describe('hasim exact, run --exact', function () {
  this.timeout(60_000);
  const box = new Sandbox();
  after(() => box.remove());
  before(() => {
    box.write('unit.yaml', UNIT);
    box.write('fixed.yaml', UNIT.replace('{ exponential: 10h }', '10h'));
  });

  it('prints the long run and the course from time 0', () => {
    const { code, out, err } = box.run(['exact', 'unit.yaml', '--at', '8h']);
    expect([code, err]).to.deep.equal([0, '']);
    expect(out).to.match(/^hasim \S+ · unit · scenario \w{12} · exact: 2 states, 2 transitions\n/);
    // 8760 h / 100 h, a tenth of a year.
    expect(out).to.match(/\n {2}u +90% +36d12h +87\.6 +3d18h +10h\n/);
    // 0.9 e^(-8/90).
    expect(out).to.match(/\n +at 8h +90% +82\.34525059%\n/);
  });

  it('gives one JSON document with full figures', () => {
    const { code, out } = box.run(['exact', 'unit.yaml', '--json', '--at', '8h', '--at', '0s']);
    const { solved, states, subjects: [unit], exit_code: exit } = JSON.parse(out) as { solved: boolean; states: number; exit_code: number; subjects: { long_run: { unavailability: number }; instants: { time_s: number; reliability: number }[] }[] };
    expect([code, exit, solved, states]).to.deep.equal([0, 0, true, 2]);
    expect(unit.long_run.unavailability).to.be.closeTo(0.1, 1e-15);
    expect(unit.instants.map(({ time_s: time }) => time)).to.deep.equal([28_800, 0]);
    expect(unit.instants[0].reliability).to.be.closeTo(0.9 * Math.exp(-8 / 90), 1e-12);
  });

  it('names what has a memory; a limit, not a mistake: exit code 3', () => {
    const { code, out, err } = box.run(['exact', 'fixed.yaml']);
    expect([code, out]).to.deep.equal([3, '']);
    expect(err).to.contain('unit is no Markov chain').and.to.contain('\n  faults.f.mttr is constant\n');
    expect(JSON.parse(box.run(['exact', 'fixed.yaml', '--json']).out)).to.deep.include({ solved: false, exit_code: 3, obstacles: [{ path: 'faults.f.start', reason: 'is stationary, and mttr is constant' }, { path: 'faults.f.mttr', reason: 'is constant' }] });
    expect(box.run(['exact', 'unit.yaml', '--max-states', '1'])).to.deep.include({ code: 3 });
  });

  it('refuses wrong arguments and wrong scenarios', () => {
    expect(box.run(['exact', 'unit.yaml', '--at', '8'])).to.deep.include({ code: 2, err: 'hasim: --at 8: 8 has no unit\n' });
    expect(box.run(['exact', 'unit.yaml', '--max-states', 'many'])).to.deep.include({ code: 2 });
    expect(box.run(['exact', 'unit.yaml', '--set', 'topology.u.kind=serve']).code).to.equal(2);
    expect(box.run(['exact', 'nothing.yaml']).code).to.equal(2);
  });

  it('run --exact puts both side by side and agrees', () => {
    const { code, out } = box.run(['run', 'unit.yaml', '--exact', '--out', 'results']);
    expect(code).to.equal(0);
    expect(out).to.match(/Simulation and exact solution[^\n]*\n[^\n]*\n {2}components\.u\.availability +90% +\S+% +\S+% to \S+% +(yes|apart)\n {2}components\.u\.outages_per_year +87\.6 /);
    const fixed = box.run(['run', 'fixed.yaml', '--exact', '--json', '--replications', '2', '--out', 'results']);
    expect(fixed.code).to.equal(3);
    expect((JSON.parse(fixed.out) as { exact: unknown }).exact).to.deep.include({ solved: false });
  });
});
