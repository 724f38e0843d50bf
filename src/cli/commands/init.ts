/** `hasim init [file]`: writes a small commented scenario that runs as it is. An existing file is never overwritten. */
import { writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from '../command.js';
import { text } from '../arguments.js';
import { UserError } from '../errors.js';
import { makeFolder } from '../../report/index.js';
import { Exit } from '../exit.js';
import { shellQuoted } from '../reproduce.js';
import { scenarioTemplate } from '../template.js';
import { PACKAGE_FOLDER } from '../version.js';

export const initCommand: Command = {
  name: 'init',
  usage: 'init [file]',
  summary: 'write a small commented scenario that runs as it is',
  options: {},
  examples: [['hasim init', 'writes scenario.yaml'], ['hasim init scenarios/orders.yaml', 'writes that file, named "orders"']],
  positionals: (yargs) => yargs.positional('file', { type: 'string', default: 'scenario.yaml', describe: 'file to write' }),
  run(args, terminal) {
    const file = text(args, 'file') ?? 'scenario.yaml';
    if (!['.yaml', '.yml'].includes(extname(file))) throw new UserError(`init writes YAML: ${file} should end in .yaml`);
    write(file, scenarioTemplate(nameOf(file), schemaReference(file)));
    terminal.out(`${file} written; hasim run ${shellQuoted(file)} simulates it\n`);
    return Exit.done;
  },
};

function write(file: string, content: string): void {
  try {
    makeFolder(dirname(file));
    writeFileSync(file, content, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(code === 'EEXIST' ? `${file} exists; it is not overwritten` : `${file} cannot be written (${code})`);
  }
}

/** A name from the name of the file, with the characters that names may have. */
function nameOf(file: string): string {
  const name = basename(file, extname(file)).toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return /^[a-z]/.test(name) ? name : `scenario-${name}`.replace(/-$/, '');
}

/** Where the schema is, seen from the new file: relative, so that the folder of both may be moved. */
function schemaReference(file: string): string {
  const schema = join(PACKAGE_FOLDER, 'schema', 'scenario.v1.schema.json');
  const path = relative(dirname(resolve(file)), schema);
  // On another drive there is no relative path.
  if (resolve(path) === path) return pathToFileURL(schema).href;
  const posix = path.split(sep).join('/');
  return posix.startsWith('.') ? posix : `./${posix}`;
}
