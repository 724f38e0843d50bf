/** One of the cases in a process of its own, with a limit for objects: what it took, or that it did not fit. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MemoryMeasurement, RunMeasurement } from '../scenario/worker.js';
import { memoryText } from './cases.js';
import type { MemoryCase } from './cases.js';

const WORKER = fileURLToPath(new URL('../scenario/worker.js', import.meta.url));

/** Null: it did not come to its end. */
export const measureMemory = (one: MemoryCase): RunMeasurement | null => start(one, 'run') as RunMeasurement | null;

/** What is kept in the middle of it, after the garbage is gone. */
export const measureKept = (one: MemoryCase): MemoryMeasurement | null => start(one, 'memory') as MemoryMeasurement | null;

function start(one: MemoryCase, what: 'run' | 'memory'): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'hasim-memory-'));
  try {
    const file = join(folder, 'scenario.yaml');
    writeFileSync(file, memoryText(one));
    const { status, stdout } = spawnSync(process.execPath, ['--expose-gc', `--max-old-space-size=${String(one.heap)}`, WORKER, what, file], { encoding: 'utf8' });
    return status === 0 ? JSON.parse(stdout) : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
