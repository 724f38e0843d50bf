import { expect } from 'chai';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutputError, TraceFiles, openFolder } from '../../src/report/index.js';

const event = (time: number): Record<string, string | number | null> => ({ time_s: time, component: 'a', event: 'e', message: null, detail: null });

describe('report/trace-files', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'hasim-trace-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('grow while rows come, under names that nobody takes for results', () => {
    const trace = new TraceFiles(root);
    const size = (): number => readdirSync(root).reduce((sum, name) => sum + readFileSync(join(root, name)).length, 0);
    const empty = size();
    for (let i = 0; i < 10_000; i++) trace.event(event(i));
    expect(size()).to.be.above(empty + 50_000);
    expect(readdirSync(root).every((name) => name.startsWith('.'))).to.equal(true);
    trace.finish();
    trace.discard();
    expect(readdirSync(root)).to.deep.equal([]);
  });

  it('are taken away with the folder that nothing is written into', () => {
    const path = join(root, 'results', 'x');
    const folder = openFolder(path, ['events.csv', 'gauges.csv']);
    new TraceFiles(path).finish();
    folder.abandon();
    expect(readdirSync(root)).to.deep.equal([]);
  });

  it('that cannot be written are an error of the user', () => {
    expect(() => new TraceFiles(join(root, 'nowhere'))).to.throw(OutputError, 'cannot write results to');
  });
});
