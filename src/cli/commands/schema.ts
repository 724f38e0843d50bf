/** `hasim schema`: the JSON Schema of scenario files, for editors and other tools. */
import type { Command } from '../command.js';
import { Exit } from '../exit.js';
import { writeJson } from '../terminal.js';

export const schemaCommand: Command = {
  name: 'schema',
  usage: 'schema',
  summary: 'print the JSON Schema (draft-07) of scenario files',
  options: {},
  examples: [['hasim schema > scenario.v1.schema.json', 'keep a copy for an editor']],
  async run(_args, terminal) {
    // Rooms are loaded when a command needs them, so that `hasim --help` does not wait for the catalogue.
    const [{ jsonSchema }, { catalogue }] = await Promise.all([import('../../scenario/index.js'), import('../../kinds/index.js')]);
    writeJson(terminal, jsonSchema(catalogue));
    return Exit.done;
  },
};
