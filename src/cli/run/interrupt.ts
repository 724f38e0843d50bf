/** SIGINT during a run: the first asks the simulation to stop and keeps what is complete, the second ends the process at once. */
import { Exit } from '../exit.js';

/** Calls `stop` at the first SIGINT; returns how to take the handler away again. */
export function onInterrupt(stop: () => void): () => void {
  let asked = false;
  const handler = (): void => {
    if (asked) process.exit(Exit.interrupted);
    asked = true;
    stop();
  };
  process.on('SIGINT', handler);
  return () => process.off('SIGINT', handler);
}
