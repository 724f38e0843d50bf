/**
 * `hasim validate <file…|->`: reads, checks and lints scenarios without running them. What it finds is its result, so it goes to
 * stdout.
 */
import type { Command } from '../command.js';
import { COMMON_OPTIONS, files, flag, replications, seed, texts } from '../arguments.js';
import { Exit } from '../exit.js';
import { sourceOf, textsOf } from '../source.js';
import { writeJson } from '../terminal.js';

export const validateCommand: Command = {
  name: 'validate',
  usage: 'validate <files..>',
  summary: 'check scenarios without running them',
  options: { ...COMMON_OPTIONS, strict: { type: 'boolean', describe: 'warnings are errors' } },
  examples: [
    ['hasim validate scenarios/*.yaml', 'check all of them'],
    ['hasim validate my.yaml --strict --json', '{ "valid": …, "diagnostics": […] }'],
  ],
  completes: 'scenarios',
  positionals: (yargs) => yargs.positional('files', { type: 'string', default: undefined, describe: 'scenario files, or - for stdin' }),
  async run(args, terminal) {
    const [{ readScenario, formatDiagnostics, diagnosticsJson }, { catalogue }] = await Promise.all([
      import('../../scenario/index.js'), import('../../kinds/index.js'),
    ]);
    const wantedSeed = seed(args);
    const wantedReplications = replications(args);
    const overrides = {
      set: texts(args, 'set'),
      ...(wantedSeed === undefined ? {} : { seed: wantedSeed }),
      ...(wantedReplications === undefined ? {} : { replications: wantedReplications }),
    };
    const strict = flag(args, 'strict');
    const checked = files(args).map((file) => {
      const source = sourceOf(file);
      const found = readScenario(source, overrides, catalogue).diagnostics;
      const diagnostics = found.map((one) => (strict && one.severity === 'warning' ? { ...one, severity: 'error' as const } : one));
      return { source, diagnostics, valid: diagnostics.every((one) => one.severity !== 'error') };
    });
    const valid = checked.every((one) => one.valid);
    if (flag(args, 'json')) {
      writeJson(terminal, { valid, diagnostics: checked.flatMap((one) => diagnosticsJson(one.diagnostics).diagnostics) });
    } else {
      const texts = textsOf(checked.map((one) => one.source));
      for (const one of checked) {
        terminal.out(formatDiagnostics(one.diagnostics, { color: terminal.colourOut, texts }));
        if (one.valid && !flag(args, 'quiet')) terminal.out(`${one.source.file}: ${terminal.paintOut.good('valid')}\n`);
      }
    }
    return valid ? Exit.done : Exit.user;
  },
};
