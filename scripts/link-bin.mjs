/**
 * Makes `npx hasim` work in this checkout: npm links the commands of dependencies into node_modules/.bin, but not a package's own.
 */
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join('node_modules', '.bin');
if (existsSync('node_modules')) {
  mkdirSync(folder, { recursive: true });
  const link = join(folder, 'hasim');
  rmSync(link, { force: true });
  if (process.platform === 'win32') {
    writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\bin\\hasim.js" %*\r\n');
  } else {
    symlinkSync(join('..', '..', 'bin', 'hasim.js'), link);
    chmodSync(join('bin', 'hasim.js'), 0o755);
  }
}
