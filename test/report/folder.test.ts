import { expect } from 'chai';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder, OutputError, RESULT_FILES, TraceFiles, writeResults } from '../../src/report/index.js';
import { about, experiment, replication } from './fixtures.js';

describe('result folder', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'hasim-report-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('writes all files under their names and leaves no temporary one', () => {
    const path = join(root, 'a', 'b');
    writeResults(openFolder(path, RESULT_FILES), experiment(), about(), { seconds: 1.5, jobs: 2 });
    expect(readdirSync(path).sort()).to.deep.equal([
      'components.csv', 'expectations.csv', 'faults.csv', 'flows.csv', 'operations.csv', 'run.json', 'summary.csv', 'timeline.csv',
    ]);
    expect(readFileSync(join(path, 'operations.csv'), 'utf8')).to.equal('replication,operation,target,start_s,end_s,result,reason\r\n');
    const run = JSON.parse(readFileSync(join(path, 'run.json'), 'utf8')) as Record<string, unknown>;
    expect(run).to.include({ version: '0.1.0', seed: 7, complete: true, wall_clock_s: 1.5, jobs: 2, stopped_by: 'replications', digest: '0123456789abcdef0123' });
    expect(run.scenario_hash).to.equal('3f2a00112233445566');
  });

  it('keeps the earlier files whole when one of the new ones cannot be written', () => {
    const folder = openFolder(root, []);
    folder.write([{ name: 'a.csv', chunks: ['old a'] }, { name: 'b.csv', chunks: ['old b'] }], []);
    const broken = (function* (): Generator<string> {
      yield 'half of';
      throw new Error('no more');
    })();
    expect(() => folder.write([{ name: 'a.csv', chunks: ['new a'] }, { name: 'b.csv', chunks: broken }], ['a.csv'])).to.throw('no more');
    expect(readdirSync(root).sort()).to.deep.equal(['a.csv', 'b.csv']);
    expect(readFileSync(join(root, 'a.csv'), 'utf8')).to.equal('old a');
    expect(readFileSync(join(root, 'b.csv'), 'utf8')).to.equal('old b');
  });

  it('removes the trace of an earlier run, and no file that is not its own', () => {
    writeFileSync(join(root, 'notes.txt'), 'mine');
    const folder = openFolder(root, RESULT_FILES);
    const trace = new TraceFiles(root);
    for (let i = 0; i < 5_000; i++) trace.event({ time_s: i, component: 'x', event: 'e', message: null, detail: 'a, b' });
    trace.finish();
    writeResults(folder, experiment({ replications: [replication(1)] }), about({ trace: true }), { seconds: 1, jobs: 1 });
    const events = readFileSync(join(root, 'events.csv'), 'utf8').split('\r\n');
    expect(events).to.have.length(5_002);
    expect(events[4_321]).to.equal('4320,x,e,,"a, b"');
    expect(readFileSync(join(root, 'gauges.csv'), 'utf8')).to.equal('time_s,component,gauge,value\r\n');
    writeResults(openFolder(root, RESULT_FILES), experiment(), about(), { seconds: 1, jobs: 1 });
    expect(existsSync(join(root, 'events.csv'))).to.equal(false);
    expect(existsSync(join(root, 'gauges.csv'))).to.equal(false);
    expect(readFileSync(join(root, 'notes.txt'), 'utf8')).to.equal('mine');
  });

  it('refuses a folder it cannot write into before anything is written', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => openFolder(join(root, 'file', 'x'), [])).to.throw(OutputError, 'a part of the path is a file');
    expect(() => openFolder(join(root, 'file'), [])).to.throw(OutputError);
    mkdirSync(join(root, 'flows.csv'));
    expect(() => openFolder(root, ['flows.csv'])).to.throw(OutputError, 'flows.csv is a folder');
  });

  it('neither overwrites nor removes what is no result, whatever its name', () => {
    for (const [name, content] of [['flows.csv', 'date,amount\n1,2\n'], ['events.csv', 'mine'], ['run.json', '{ "scripts": {} }']]) {
      writeFileSync(join(root, name), content);
      expect(() => openFolder(root, RESULT_FILES), name).to.throw(OutputError, `the ${name} there is not a result of hasim`);
      expect(readFileSync(join(root, name), 'utf8')).to.equal(content);
      rmSync(join(root, name));
    }
    // Results of a version that wrote other columns behind the first ones are results, and nothing is lost with an empty file.
    writeFileSync(join(root, 'flows.csv'), 'replication,flow,offered\r\n');
    writeFileSync(join(root, 'sweep.csv'), 'a path,subject,metric,unit\r\n');
    writeFileSync(join(root, 'summary.csv'), '');
    openFolder(root, [...RESULT_FILES, 'sweep.csv']);
  });

  it('takes away the folders it made when nothing is to be written, and only those', () => {
    mkdirSync(join(root, 'there'));
    openFolder(join(root, 'there', 'a', 'b'), []).abandon();
    expect(readdirSync(root)).to.deep.equal(['there']);
    expect(readdirSync(join(root, 'there'))).to.deep.equal([]);
  });

  it('knows whether results of an earlier run are there', () => {
    expect(openFolder(root, RESULT_FILES).holdsResults).to.equal(false);
    writeFileSync(join(root, 'run.json'), '{ "rng": 1 }');
    expect(openFolder(root, RESULT_FILES).holdsResults).to.equal(true);
  });
});
