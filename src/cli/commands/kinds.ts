/** `hasim kinds [name]`: the catalogue of components, or one kind as a page of reference. */
import type { Command } from '../command.js';
import { COMMON_OPTIONS, flag, text } from '../arguments.js';
import { UserError } from '../errors.js';
import { Exit } from '../exit.js';
import { kindDocument, kindList, kindListDocument, kindPage } from '../../report/index.js';
import { didYouMean } from '../suggest.js';
import { writeJson } from '../terminal.js';

export const kindsCommand: Command = {
  name: 'kinds',
  usage: 'kinds [name]',
  summary: 'list the kinds of components, or describe one',
  options: { json: COMMON_OPTIONS.json },
  examples: [['hasim kinds', 'the list'], ['hasim kinds sql-cluster', 'one of them: parameters, functions, life cycle, faults']],
  completes: async () => (await import('../../kinds/index.js')).catalogue.map(({ name }) => name),
  positionals: (yargs) => yargs.positional('name', { type: 'string', describe: 'name of a kind' }),
  async run(args, terminal) {
    const { catalogue } = await import('../../kinds/index.js');
    const name = text(args, 'name');
    const json = flag(args, 'json');
    if (name === undefined) {
      if (json) writeJson(terminal, kindListDocument(catalogue));
      else terminal.out(kindList(catalogue, terminal.paintOut));
      return Exit.done;
    }
    const kind = catalogue.find((one) => one.name === name);
    if (kind === undefined) {
      const names = catalogue.map((one) => one.name);
      throw new UserError(`unknown kind "${name}"${didYouMean(name, names)}\nkinds: ${names.join(', ')}`);
    }
    if (json) writeJson(terminal, kindDocument(kind));
    else terminal.out(kindPage(kind, terminal.paintOut));
    return Exit.done;
  },
};
