/**
 * Every scenario in `test/fixtures/wrong` and what is said about it, to the letter. UPDATE_GOLDEN=1 writes the texts anew.
 * Files that begin with `_` only help others.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { CODES, formatDiagnostics, readScenario } from '../../src/scenario/index.js';
import { comparePositions } from '../../src/scenario/diagnostics/position.js';
import { catalogue } from './kinds.js';

const FOLDER = 'test/fixtures/wrong';
const UPDATE = process.env.UPDATE_GOLDEN === '1';
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml') && !name.startsWith('_')).map((name) => name.replace('.yaml', ''));

describe('scenario: wrong scenarios', () => {
  it('are many', () => {
    expect(names.length).to.be.at.least(24);
  });

  for (const name of names) {
    it(name, () => {
      const file = `${FOLDER}/${name}.yaml`;
      const { scenario, diagnostics } = readScenario({ file }, {}, catalogue);
      expect(scenario).to.equal(null);
      expect(diagnostics.filter((one) => one.severity === 'error')).not.to.have.length(0);
      for (const one of diagnostics) expect(Object.keys(CODES)).to.include(one.code);
      expect([...diagnostics].sort((a, b) => comparePositions(a.at, b.at))).to.deep.equal(diagnostics);
      const text = formatDiagnostics(diagnostics, { color: false, texts: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined) });
      const golden = `${FOLDER}/${name}.txt`;
      if (UPDATE) writeFileSync(golden, text);
      expect(text).to.equal(readFileSync(golden, 'utf8'));
    });
  }

  it('are known from --set, too', () => {
    const { diagnostics } = readScenario({ file: `${FOLDER}/_circle.yaml` }, { set: ['run.horizon=2h'] }, catalogue);
    expect(diagnostics.map((one) => one.code)).to.deep.equal(['HS006']);
  });
});
