import { expect } from 'chai';
import { resolve } from 'node:path';
import { diagnosticsJson, formatDiagnostics, readScenario } from '../../src/scenario/index.js';
import type { Diagnostic } from '../../src/scenario/index.js';
import { catalogue } from './kinds.js';
import { BASE, read } from './kit.js';

const at = (file: string, line: number, column: number, length = 1) => ({ file, line, column, endLine: line, endColumn: column + length });
const one = (file: string, line: number, column: number, extra: Partial<Diagnostic> = {}): Diagnostic =>
  ({ code: 'HS012', severity: 'error', message: 'unknown key "duraton"', at: at(file, line, column, 7), suggestions: ['duration'], ...extra });

describe('scenario: diagnostics as text and JSON', () => {
  it('prints like a compiler, with the lines concerned', () => {
    const text = formatDiagnostics([one('scenarios/x.yaml', 2, 5, { remedy: 'a key of run' })], { color: false, texts: () => 'a:\n    duraton: 5s\nb:\n' });
    expect(text).to.equal([
      'scenarios/x.yaml:2:5 error HS012 unknown key "duraton" - did you mean "duration"?',
      '  1 | a:', '> 2 |     duraton: 5s', '    |     ^^^^^^^', '  3 | b:', '  help: a key of run', '', '1 error', '',
    ].join('\n'));
  });

  it('sorts by file and place, and counts', () => {
    const text = formatDiagnostics([one('b.yaml', 1, 1), one('a.yaml', 9, 1, { severity: 'warning' }), one('a.yaml', 2, 7), one('a.yaml', 2, 5)], { color: false, texts: () => undefined });
    expect(text.split('\n').filter((line) => line !== '').map((line) => line.split(' ').slice(0, 2).join(' '))).to.deep.equal(['a.yaml:2:5 error', 'a.yaml:2:7 error', 'a.yaml:9:1 warning', 'b.yaml:1:1 error', '3 errors,']);
  });

  it('uses colour only when asked to, and tells nothing about nothing', () => {
    const escape = String.fromCharCode(27);
    expect(formatDiagnostics([one('a.yaml', 1, 1)], { color: true, texts: () => undefined })).to.contain(escape);
    expect(formatDiagnostics([one('a.yaml', 1, 1)], { color: false, texts: () => undefined })).not.to.contain(escape);
    expect(formatDiagnostics([], { color: true, texts: () => undefined })).to.equal('');
  });

  it('leaves endless lines out, and places beyond the text', () => {
    expect(formatDiagnostics([one('a', 1, 1)], { color: false, texts: () => 'x'.repeat(10_000) })).to.have.length.below(200);
    expect(formatDiagnostics([one('a', 99, 1)], { color: false, texts: () => 'x' })).to.have.length.below(200);
  });

  it('names files relative to the working directory when they lie inside it', () => {
    const inside = readScenario({ file: resolve('test/fixtures/wrong/not-a-map.yaml') }, {}, catalogue).diagnostics[0];
    expect(inside.at.file).to.equal('test/fixtures/wrong/not-a-map.yaml');
    const outside = readScenario({ file: '/nowhere/at/all.yaml' }, {}, catalogue).diagnostics[0];
    expect(outside.at.file).to.equal('/nowhere/at/all.yaml');
  });

  it('makes a document for programs', () => {
    const { diagnostics } = read(BASE.replace('disk: san', 'dsk: san'));
    expect(diagnosticsJson(diagnostics)).to.deep.equal({
      valid: false,
      diagnostics: [{
        code: 'HS012', severity: 'error', message: 'unknown key "dsk"', file: '<stdin>',
        range: { start: { line: 10, column: 47 }, end: { line: 10, column: 50 } }, suggestions: ['disk'],
      }],
    });
    expect(diagnosticsJson([])).to.deep.equal({ valid: true, diagnostics: [] });
  });
});
