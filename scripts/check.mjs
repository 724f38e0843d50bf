/**
 * Everything that must hold before a change is done: it builds, the pure rooms compile without Node.js, lint, layers, tests.
 *
 * What does not need the build runs beside it; what each says is printed when it has ended, in the same order every time. The tests
 * come last, with all cores to themselves, and only if all that went before is well. Started by `npm run check`, which makes the tools
 * known by name.
 */
import { spawn } from 'node:child_process';

/** Steps of a lane run one after the other, lanes beside each other: two of about the same length. */
const LANES = [
  [['tsc', '-p', 'tsconfig.json'], ['tsc', '-p', 'tsconfig.pure.json'], ['depcruise', '--config', '.dependency-cruiser.cjs', 'src']],
  [['eslint', '.']],
];

/** Runs to the end; a tool that cannot be started, or is killed, has failed. */
function run([tool, ...words], stdio) {
  return new Promise((resolve) => {
    const child = spawn(tool, words, { stdio, shell: process.platform === 'win32' });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => { said += text; });
    child.on('error', (error) => resolve({ failed: true, said: `${tool}: ${error.message}\n` }));
    child.on('close', (code) => resolve({ failed: code !== 0, said: code === 0 ? said : `${said}${[tool, ...words].join(' ')} failed\n` }));
  });
}

async function inTurn(steps) {
  const ended = [];
  for (const step of steps) ended.push(await run(step, ['ignore', 'pipe', 'pipe']));
  return ended;
}

const ended = (await Promise.all(LANES.map(inTurn))).flat();
for (const { said } of ended) process.stdout.write(said);
if (ended.some(({ failed }) => failed)) process.exitCode = 1;
else if ((await run(['mocha'], 'inherit')).failed) process.exitCode = 1;
