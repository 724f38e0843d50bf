/**
 * The process: signals, streams, exit code. Everything else is loaded after the handlers stand, so that an interrupt during start-up
 * ends as one during a run does.
 */
import { Exit } from './exit.js';

/** Replaced by a run, which first saves what is complete. */
process.on('SIGINT', () => {
  if (process.listenerCount('SIGINT') === 1) process.exit(Exit.interrupted);
});

const [{ tolerateClosedStreams }, { runProgram }] = await Promise.all([import('./terminal.js'), import('./program.js')]);
tolerateClosedStreams();
// Not `process.exit`: what is still on its way to a pipe would be cut off.
process.exitCode = await runProgram(process.argv.slice(2));
