/** Runs the real program as a user does: `node bin/hasim.js` in a folder of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Ended { readonly code: number | null; readonly out: string; readonly err: string }

const root = findRoot(dirname(fileURLToPath(import.meta.url)));
export const BIN = join(root, 'bin', 'hasim.js');

function findRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder));
}

/** Without what the shell of the developer may say about colour. */
function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !['NO_COLOR', 'FORCE_COLOR', 'HASIM_DEBUG', 'NODE_OPTIONS'].includes(name));
  return { ...Object.fromEntries(kept), ...extra };
}

export class Sandbox {
  readonly folder = mkdtempSync(join(tmpdir(), 'hasim-cli-'));

  write(name: string, content: string): string {
    writeFileSync(join(this.folder, name), content);
    return name;
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  has(...parts: string[]): boolean {
    return existsSync(this.path(...parts));
  }

  run(args: readonly string[], { input = '', env = {} }: { input?: string; env?: Readonly<Record<string, string>> } = {}): Ended {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
      cwd: this.folder, input, env: environment(env), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024,
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** Sends SIGINT after a while, and says how long the program took to end after that. */
  interrupt(args: readonly string[], afterMs: number): Promise<Ended & { readonly tookMs: number }> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [BIN, ...args], { cwd: this.folder, env: environment({}), stdio: ['ignore', 'pipe', 'pipe'] });
      const texts = { out: '', err: '' };
      let sent = 0;
      child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()));
      setTimeout(() => {
        sent = performance.now();
        child.kill('SIGINT');
      }, afterMs);
      child.on('close', (code) => resolve({ code, ...texts, tookMs: performance.now() - sent }));
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
