/** The folder of scenarios, the table of README and the folder of results name the same scenarios. */
import { readFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';

const scenarios = readdirSync('scenarios').filter((name) => name.endsWith('.yaml') && !name.startsWith('_')).map((name) => name.replace(/\.yaml$/, '')).sort();

/** The first column of the table, in full: `sizing-small`, `-large` is two names. */
function namedInReadme(): string[] {
  const cells = [...readFileSync('README.md', 'utf8').matchAll(/^\| (`[a-z].*?) \|/gm)].map(([, cell]) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  return cells.flatMap(([first, ...others]) => [first, ...others.map((end) => (end.startsWith('-') ? first.slice(0, first.lastIndexOf('-')) + end : end))]).sort();
}

describe('scenarios of the folder', () => {
  it('each have one row in README', () => {
    expect(namedInReadme()).to.deep.equal(scenarios);
  });

  it('each have results, and there are no others', () => {
    expect(readdirSync('results').filter((name) => !name.startsWith('.')).sort()).to.deep.equal(scenarios);
  });
});
