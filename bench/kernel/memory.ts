/** Bytes per pending event: what the process holds more of after scheduling than before. Needs --expose-gc. */
import { Simulator } from '../../src/kernel/index.js';

export interface MemoryMeasurement {
  readonly bytesPerEvent: number;
}

export function measureMemory(n: number): MemoryMeasurement {
  const held = (): number => {
    globalThis.gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const handle = (): void => undefined;
  const before = held();
  const simulator = new Simulator();
  for (let index = 0; index < n; index++) simulator.schedule((index * 7919) % 104729, handle, index);
  const after = held();
  if (simulator.pending !== n) throw new Error('events went missing');
  return { bytesPerEvent: (after - before) / n };
}
