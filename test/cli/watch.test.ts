/** `--watch`: again when something that was read changes, also what it extends and what is new in a folder; over with Ctrl-C. */
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { BIN, Sandbox } from './hasim.js';
import { small } from './scenarios.js';

describe('--watch', () => {
  const box = new Sandbox();
  after(() => box.remove());

  it('tests again when a base or a new file of the folder changes, and ends with 130', async () => {
    mkdirSync(box.path('s'));
    box.write('base.yaml', small({ name: 'base', horizon: '3m', replications: 1 }));
    box.write('s/a.yaml', 'version: 1\nname: a\nextends: ../base.yaml\n');
    const child = spawn(process.execPath, [BIN, 'test', 's', '--watch', '--jobs', '1'], { cwd: box.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    const seen = (chunk: Buffer): void => void (text += chunk.toString());
    child.stdout.on('data', seen);
    child.stderr.on('data', seen);
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
    const until = async (pattern: RegExp): Promise<string> => {
      const started = Date.now();
      while (!pattern.test(text)) {
        if (Date.now() - started > 40_000) throw new Error(`never saw ${String(pattern)} in:\n${text}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const was = text;
      text = '';
      return was;
    };
    try {
      expect(await until(/watching; Ctrl-C ends/)).to.include('1 scenario: 1 passed');
      box.write('base.yaml', small({ name: 'base', horizon: '3m', replications: 1, expect: ['orders.offered < 1'] }));
      expect(await until(/watching; Ctrl-C ends/)).to.include('base.yaml has changed').and.include('1 scenario: 0 passed, 1 failed');
      box.write('s/b.yaml', small({ name: 'b', horizon: '3m', replications: 1 }).replace('horizon', 'horizn'));
      expect(await until(/watching; Ctrl-C ends/)).to.include('2 scenarios: 0 passed, 1 failed, 1 wrong');
    } finally {
      child.kill('SIGINT');
    }
    expect(await closed).to.equal(130);
  });
});
