import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { readScenario } from '../../../src/scenario/index.js';
import type { ReadResult } from '../../../src/scenario/index.js';
import { catalogue } from '../kinds.js';
import { BASE } from '../kit.js';

describe('scenario: extends', () => {
  let folder = '';
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'hasim-')); });
  afterEach(() => { rmSync(folder, { recursive: true }); });
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const readWith = (text: string): ReadResult => readScenario({ file: write('main.yaml', text) }, {}, catalogue);
  const told = (result: ReadResult): string[] => result.diagnostics.map((one) => `${one.code} ${one.message}`);
  const FAULTS = 'faults:\n  - { id: a, kind: crash, target: sql1, at: 10m, for: 5m }\n  - { id: b, kind: crash, target: sql2, at: 20m }\n';

  it('merges maps deep, replaces lists, deletes with null', () => {
    write('_base.yaml', `${BASE}expect: [orders.lost == 0]\nobjectives: { orders: { rto: 3m, rpo: 0s } }\n`);
    const { scenario, diagnostics } = readWith('version: 1\nextends: _base.yaml\nname: child\nrun: { warmup: 1m }\ntopology: { other: null, cluster: { detection: 20s } }\nexpect: [orders.duplicates == 0]\nobjectives: { orders: { rpo: null } }\n');
    expect(diagnostics).to.deep.equal([]);
    const { definition, expectations, files } = scenario!;
    expect(definition.name).to.equal('child');
    expect(definition.run).to.include({ horizon: 3600e6, warmup: 60e6 });
    expect(definition.components.find((one) => one.name === 'other')).to.equal(undefined);
    expect(definition.components.find((one) => one.name === 'cluster')!.parameters).to.include({ detection: 20e6, disk: 'san' });
    expect(expectations.map((one) => one.text)).to.deep.equal(['orders.duplicates == 0']);
    expect(definition.flows[0].objectives).to.deep.equal({ rto: 180e6 });
    expect(files).to.deep.equal([join(folder, 'main.yaml'), join(folder, '_base.yaml')]);
  });

  it('merges faults and operations by id, the moment whole', () => {
    write('_base.yaml', `${BASE}${FAULTS}`);
    const { faults } = readWith('version: 1\nextends: _base.yaml\nfaults:\n  - { id: b, every: 5m }\n  - { id: c, kind: crash, target: bts1, at: 1m }\n').scenario!.definition;
    expect(faults.map((one) => one.id)).to.deep.equal(['a', 'b', 'c']);
    expect(faults[1]).to.deep.include({ kind: 'crash', targetText: 'sql2' });
    expect(faults[1].moment.type).to.equal('every');
    expect(faults[0].for?.mean).to.equal(300e6);
  });

  it('replaces tagged maps whole', () => {
    write('_base.yaml', BASE.replace('disk: san', 'disk: san, failover: {lognormal: {median: 45s, p95: 180s}}'));
    const { definition } = readWith('version: 1\nextends: _base.yaml\ntopology: { cluster: { failover: {exponential: 30s} } }\nflows: { orders: { arrivals: { every: 1s } } }\n').scenario!;
    expect(definition.components.find((one) => one.name === 'cluster')!.parameters.failover).to.include({ family: 'exponential' });
    expect(definition.flows[0].arrivals).to.deep.equal({ type: 'every', interval: 1e6 });
  });

  it('takes a list, the later on top, each relative to the file that names it', () => {
    write('shared/_a.yaml', `extends: _deep.yaml\nversion: 1\nseed: 5\n`);
    write('shared/_deep.yaml', `${BASE}seed: 3\n`);
    write('_b.yaml', 'run: { drain: 3m }\n');
    const { definition } = readWith('version: 1\nextends: [shared/_a.yaml, _b.yaml]\n').scenario!;
    expect(definition.seed).to.equal(5);
    expect(definition.run.drain).to.equal(180e6);
  });

  it('shows mistakes in the file where they stand', () => {
    write('_base.yaml', BASE.replace('detection', 'detection').replace('disk: san', 'disk: san, detecton: 5s'));
    const { diagnostics } = readWith('version: 1\nextends: _base.yaml\ntopology: { cluster: { restarts: { coun: 1 } } }\n');
    expect(diagnostics.map((one) => [one.at.file, one.at.line, one.message])).to.deep.equal([
      [join(folder, '_base.yaml'), 10, 'unknown key "detecton"'], [join(folder, 'main.yaml'), 3, 'unknown key "coun"'],
    ]);
  });

  it('refuses circles with the chain, missing files and other versions', () => {
    write('a.yaml', 'version: 1\nextends: b.yaml\n');
    write('b.yaml', 'version: 1\nextends: main.yaml\n');
    expect(told(readWith('version: 1\nextends: a.yaml\n'))).to.deep.equal(['HS006 files extend each other in a circle: main.yaml > a.yaml > b.yaml > main.yaml']);
    expect(told(readWith('version: 1\nextends: main.yaml\n'))).to.deep.equal(['HS006 files extend each other in a circle: main.yaml > main.yaml']);
    expect(told(readWith('version: 1\nextends: nowhere.yaml\n'))[0]).to.match(/^HS005 .*nowhere\.yaml cannot be used: there is no such file/);
    write('_two.yaml', 'version: 2\n');
    expect(told(readWith('version: 1\nextends: _two.yaml\n'))).to.deep.equal(['HS007 version 2 of the scenario language is not known: this program reads version 1']);
    expect(told(readWith('version: 1\nextends: [5]\n'))).to.deep.equal(['HS011 extends takes a file name, or a list of file names']);
    expect(told(readWith('version: 1\nextends: .\n'))[0]).to.match(/it is a directory/);
  });

  it('warns of a null that deletes nothing, but not of an empty section', () => {
    const result = readWith(`${BASE.replace('disk: san', 'detection:')}expect:\nfaults: null\n`.replace('detection: }', 'disk: san, detection: null }'));
    expect(told(result)).to.deep.equal(['HS017 "detection" has no value and there is nothing to delete']);
    expect(result.scenario).not.to.equal(null);
  });

  it('refuses what is too large before reading it', () => {
    write('main.yaml', '');
    const big = join(folder, 'big.yaml');
    writeFileSync(big, Buffer.alloc(50 * 1024 * 1024, '#'));
    const began = performance.now();
    const { diagnostics } = readScenario({ file: big }, {}, catalogue);
    expect(performance.now() - began).to.be.below(200);
    expect(diagnostics.map((one) => `${one.code} ${one.message}`)).to.deep.equal([`HS004 ${big} cannot be used: it has 50.0 MiB, and the limit is 5 MiB`]);
    const text = '#'.repeat(6 * 1024 * 1024);
    expect(readScenario({ text, file: '<stdin>' }, {}, catalogue).diagnostics[0].code).to.equal('HS004');
  });

  it('refuses bytes that are no text', () => {
    writeFileSync(join(folder, 'main.yaml'), Buffer.from([0xff, 0xfe, 0x00, 0x41]));
    expect(readScenario({ file: join(folder, 'main.yaml') }, {}, catalogue).diagnostics[0].message).to.match(/it is not UTF-8 text/);
  });

  it('names a scenario after its file', () => {
    expect(readWith(BASE.replace('name: base\n', '')).scenario!.definition.name).to.equal('main');
  });
});
