import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { candidates } from '../../src/cli/completion/candidates.js';
import { completionScript, SHELLS } from '../../src/cli/completion/scripts.js';
import { commands } from '../../src/cli/commands/index.js';
import { BIN, Sandbox } from './hasim.js';

describe('completion', () => {
  const words = (...typed: readonly string[]): Promise<readonly string[]> => candidates(typed, commands);

  it('knows commands, options that are not given yet, and values', async () => {
    expect(await words('')).to.include.members(['run', 'test', 'completion']);
    expect(await words('va')).to.deep.equal(['validate']);
    expect(await words('--v')).to.deep.equal(['--version']);
    expect(await words('run', 'x.yaml', '--re')).to.deep.equal(['--replications']);
    expect(await words('run', '--json', '--js')).to.deep.equal([]);
    expect(await words('run', '--set', 'a=1', '--se')).to.deep.equal(['--seed', '--set']);
    expect(await words('test', '--reporter', 'j')).to.deep.equal(['junit', 'json']);
    expect(await words('test', '--reporter=ma')).to.deep.equal(['--reporter=markdown']);
    expect(await words('test', '--reporter', '=', 'ma')).to.deep.equal(['markdown']);
    expect(await words('test', '--reporter', '=')).to.have.length(5);
    expect(await words('run', '--seed', '')).to.deep.equal([]);
    expect(await words('nonsense', '')).to.include('run');
  });

  it('knows kinds, and what can be explained', async () => {
    expect(await words('kinds', 'sql-c')).to.deep.equal(['sql-cluster']);
    expect(await words('explain', 'sql-cluster.fail')).to.have.members(['sql-cluster.failover', 'sql-cluster.failovers']);
    expect(await words('explain', 'L27')).to.deep.equal(['L27']);
    expect(await words('explain', 'run.w')).to.deep.equal(['run.warmup']);
  });

  it('knows scenario files and folders, where bash asks for them', () => {
    const box = new Sandbox();
    try {
      mkdirSync(box.path('my scenarios'));
      box.write('my scenarios/a b.yaml', '');
      box.write('my scenarios/a.txt', '');
      const script = [
        'hasim() { "$NODE" "$BIN" "$@"; }', 'eval "$SCRIPT"', 'compopt() { echo "compopt $2"; }',
        'ask() { COMP_WORDS=(hasim "$@"); COMP_CWORD=$#; COMPREPLY=(); _hasim; printf "<%s>" "${COMPREPLY[@]}"; echo; }',
        'ask test --out m', 'ask validate "my scenarios/a"',
      ].join('\n');
      const env = { ...process.env, NODE: process.execPath, BIN, SCRIPT: completionScript('bash') };
      const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: box.folder, encoding: 'utf8', env });
      expect(stderr).to.equal('');
      expect(stdout).to.equal('compopt filenames\ncompopt nospace\n<my scenarios/>\ncompopt filenames\n<my scenarios/a b.yaml>\n');
    } finally {
      box.remove();
    }
  });

  it('has a script for each shell, and asks which when it cannot know', () => {
    const box = new Sandbox();
    try {
      expect(box.run(['completion'], { env: { SHELL: '/bin/fish' } }).out).to.equal(completionScript('fish'));
      for (const shell of SHELLS) expect(completionScript(shell)).to.include('hasim completion --words -- ').and.include(shell);
      const unknown = box.run(['completion'], { env: { SHELL: '/bin/tcsh' } });
      expect(unknown.code).to.equal(2);
      expect(unknown.err).to.include('--shell bash, --shell zsh, --shell fish');
    } finally {
      box.remove();
    }
  });
});
