/** Memory of long runs: every case at full size, each within its limits. Exit code 1 if one is not. */
import { FULL } from './cases.js';
import { measureMemory } from './measure.js';

for (const one of FULL) {
  const run = measureMemory(one);
  const took = run === null ? 'did not come to its end' : `${(run.rss / 2 ** 20).toFixed(0)} MiB`;
  const well = run !== null && run.rss <= one.process * 2 ** 20;
  console.log(`${one.name.padEnd(8)} ${String(one.messages)} messages: ${took} of ${String(one.process)} MiB${well ? '' : ', too much'}`);
  if (!well) process.exitCode = 1;
}
