/** `hasim explain <path>`: one place of a scenario, one parameter of a kind, with unit, default, meaning and source, or one topology rule. */
import type { Command } from '../command.js';
import { text } from '../arguments.js';
import { UserError } from '../errors.js';
import { Exit } from '../exit.js';

export const explainCommand: Command = {
  name: 'explain',
  usage: 'explain <path>',
  summary: 'explain a key of the scenario language, a parameter of a kind or a topology rule',
  options: {},
  examples: [
    ['hasim explain run.warmup', 'a key of a scenario'],
    ['hasim explain sql-cluster.failover', 'a parameter of a kind'],
    ['hasim explain L9', 'a topology rule: level, reason, source, remedy'],
  ],
  completes: async () => {
    const [{ knownCodes, knownPaths }, { catalogue }] = await Promise.all([import('../../scenario/index.js'), import('../../kinds/index.js')]);
    return [...knownPaths(catalogue), ...knownCodes()];
  },
  positionals: (yargs) => yargs.positional('path', { type: 'string', demandOption: true, describe: 'key or parameter, parts joined by dots; or a rule' }),
  async run(args, terminal) {
    const [{ explain, explainSuggestions }, { catalogue }] = await Promise.all([import('../../scenario/index.js'), import('../../kinds/index.js')]);
    const path = text(args, 'path') ?? '';
    const explanation = explain(path, catalogue);
    if (explanation === null) {
      const near = explainSuggestions(path, catalogue).map((one) => `"${one}"`).join(' or ');
      throw new UserError(`nothing to explain under "${path}"${near === '' ? '' : ` - did you mean ${near}?`}\nhasim kinds lists all kinds, hasim schema all keys`);
    }
    terminal.out(explanation.endsWith('\n') ? explanation : `${explanation}\n`);
    return Exit.done;
  },
};
