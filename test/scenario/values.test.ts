import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Distribution } from '../../src/kernel/index.js';
import { readScenario } from '../../src/scenario/index.js';
import { BASE, codes, sound, wrong } from './kit.js';
import { catalogue } from './kinds.js';

const failover = (text: string): string => BASE.replace('disk: san', `disk: san, failover: ${text}`);
const distributionOf = (text: string): Distribution =>
  sound(failover(text)).definition.components.find((one) => one.name === 'cluster')!.parameters.failover as Distribution;
const arrivals = (text: string): string => BASE.replace('{ poisson: 20/s }', text);

describe('scenario: distributions and arrivals', () => {
  it('reads every form of a distribution', () => {
    expect(distributionOf('45s')).to.include({ family: 'constant', mean: 45e6 });
    expect(distributionOf('{exponential: 30d}')).to.include({ family: 'exponential', mean: 30 * 86_400e6 });
    expect(distributionOf('{uniform: [0s, 60s]}')).to.include({ family: 'uniform', mean: 30e6 });
    expect(distributionOf('{triangular: [5s, 15s, 40s]}')).to.include({ family: 'triangular', mean: 20e6 });
    expect(distributionOf('{lognormal: {median: 45s, p95: 180s}}').sample(0.5)).to.be.closeTo(45e6, 1);
    expect(distributionOf('{weibull: {shape: 2, scale: 1000h}}')).to.include({ family: 'weibull' });
    expect(distributionOf('{erlang: {k: 2, mean: 4s}}')).to.include({ family: 'erlang', mean: 4e6 });
    expect(distributionOf('{hyperexponential: {mean: 1s, cv2: 4}}').mean).to.be.closeTo(1e6, 1e-3);
  });

  it('tells one mistake once', () => {
    const cases: Record<string, string> = {
      '{exponental: 30d}': '10:69 HS024 "exponental" does not begin a distribution',
      '{exponential: 30}': '10:82 HS020 30 has no unit',
      '{exponential: 0s}': '10:82 HS020 must be longer than 0',
      '{uniform: [60s, 0s]}': '10:84 HS024 0s is less than the 1m before it',
      '{uniform: [60s]}': '10:78 HS011 expected exactly 2 items, found 1',
      '{lognormal: {median: 45s, p95: 30s}}': '10:99 HS024 30s is less than the 45s before it',
      '{lognormal: {median: 45s}}': '10:69 HS010 missing key "p95" in topology.cluster.failover.lognormal',
      '{hyperexponential: {mean: 1s, cv2: 0.5}}': '10:103 HS014 0.5 is too small: at least 1',
      '{erlang: {k: 1.5, mean: 4s}}': '10:81 HS014 expected a whole number, found 1.5',
      '{weibull: {shape: .inf, scale: 4s}}': '10:86 HS014 expected a finite number, found Infinity',
      '{exponential: 1s, uniform: [1s, 2s]}': '10:69 HS024 more than one tag: exponential and uniform',
      '[1s, 2s]': '10:68 HS024 expected a distribution: a duration, or a map with one tag like {exponential: 30d}, found a list',
      'true': '10:68 HS020 expected a duration, like 30s, found true',
      '{}': '10:68 HS024 expected a distribution: a duration, or a map with one tag like {exponential: 30d}, found an empty map',
      '-5s': '10:68 HS020 "-5s" is negative',
      '.nan': '10:68 HS020 expected a duration, like 30s, found NaN',
    };
    for (const [text, message] of Object.entries(cases)) expect(wrong(failover(text)), text).to.deep.equal([message]);
  });

  it('reads every form of arriving', () => {
    const of = (text: string): unknown => sound(arrivals(text)).definition.flows[0].arrivals;
    expect(of('{poisson: 30/min, from: 1m, until: 50m, limit: 10}')).to.deep.equal({ type: 'poisson', ratePerSecond: 0.5, from: 60e6, until: 3000e6, limit: 10 });
    expect(of('{every: 200ms}')).to.deep.equal({ type: 'every', interval: 200e3 });
    expect(of('{profile: [{for: 8h, poisson: 5/s}, {for: 8h, every: 1s}, {for: 8h}], repeat: true}')).to.deep.equal({
      type: 'profile', repeat: true, steps: [{ for: 8 * 3600e6, ratePerSecond: 5 }, { for: 8 * 3600e6, interval: 1e6 }, { for: 8 * 3600e6 }],
    });
    expect(of('{batch: {every: 1h, size: 500}}')).to.deep.equal({ type: 'batch', interval: 3600e6, size: 500 });
  });

  it('refuses arrivals that cannot be', () => {
    expect(codes(arrivals('{poison: 5/s}'))).to.deep.equal(['HS025']);
    expect(codes(arrivals('{poisson: 0/s}'))).to.deep.equal(['HS021']);
    expect(codes(arrivals('{every: 0}'))).to.deep.equal(['HS020']);
    expect(codes(arrivals('{poisson: 5/s, every: 1s}'))).to.deep.equal(['HS025']);
    expect(codes(arrivals('{poisson: 5/s, from: 10m, until: 5m}'))).to.deep.equal(['HS054']);
    expect(codes(arrivals('{poisson: 5/s, from: 2h}'))).to.deep.equal(['HS054']);
    expect(codes(arrivals('{profile: [{for: 1h}]}'))).to.deep.equal(['HS054']);
    expect(codes(arrivals('{profile: [{for: 1h, poisson: 1/s, every: 1s}]}'))).to.deep.equal(['HS025']);
    expect(codes(arrivals('{batch: {every: 1h, size: 0}}'))).to.deep.equal(['HS014']);
    expect(codes(arrivals('50/s'))).to.deep.equal(['HS025']);
  });

  describe('with data files', () => {
    let folder = '';
    beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'hasim-')); });
    afterEach(() => { rmSync(folder, { recursive: true }); });
    const readFile = (text: string) => {
      const file = join(folder, 'scenario.yaml');
      writeFileSync(file, text);
      return readScenario({ file }, {}, catalogue);
    };

    it('reads them beside the file that names them, and hashes their content', () => {
      writeFileSync(join(folder, 'repairs.csv'), 'repair\n1m\n3m\n');
      const first = readFile(failover('{empirical: repairs.csv}')).scenario!;
      expect((first.definition.components.find((one) => one.name === 'cluster')!.parameters.failover as Distribution).mean).to.equal(120e6);
      expect(first.files).to.deep.equal([join(folder, 'scenario.yaml'), join(folder, 'repairs.csv')]);
      writeFileSync(join(folder, 'repairs.csv'), 'repair\n1m\n4m\n');
      expect(readFile(failover('{empirical: repairs.csv}')).scenario!.hash).not.to.equal(first.hash);
    });

    it('replays arrivals that are in order', () => {
      writeFileSync(join(folder, 'a.csv'), '1s\n1s\n5s\n');
      expect(readFile(arrivals('{replay: a.csv}')).scenario!.definition.flows[0].arrivals).to.deep.equal({ type: 'replay', times: [1e6, 1e6, 5e6] });
      writeFileSync(join(folder, 'a.csv'), '5s\n1s\n');
      expect(readFile(arrivals('{replay: a.csv}')).diagnostics.map((one) => one.message)).to.deep.equal(['value 2 of the file is 1s, before the 5s above it']);
    });

    it('shows the line of a file that is wrong, and what is missing', () => {
      writeFileSync(join(folder, 'a.csv'), '1s\n2\n');
      const [wrongCell] = readFile(arrivals('{replay: a.csv}')).diagnostics;
      expect(wrongCell).to.deep.include({ code: 'HS026' });
      expect(wrongCell.at).to.include({ file: join(folder, 'a.csv'), line: 2 });
      expect(readFile(arrivals('{replay: b.csv}')).diagnostics[0].message).to.match(/b\.csv cannot be used: there is no such file/);
    });
  });
});
