/**
 * `hasim completion`: the script by which a shell completes commands, options, scenario files, kinds and paths.
 *
 * With `--words`, which only the scripts use, it says what the last of the words may become.
 */
import { basename } from 'node:path';
import type { Command } from '../command.js';
import { flag, text, texts } from '../arguments.js';
import { candidates } from '../completion/candidates.js';
import { completionScript, SHELLS } from '../completion/scripts.js';
import { UserError } from '../errors.js';
import { Exit } from '../exit.js';
import { didYouMean } from '../suggest.js';

/** @param commands all others */
export function completionCommand(commands: readonly Command[]): Command {
  const self: Command = {
    name: 'completion',
    usage: 'completion',
    summary: 'print the script by which a shell completes hasim',
    options: {
      shell: { type: 'string', requiresArg: true, completes: SHELLS, describe: `${SHELLS.join(', ')}; default: the one in the environment variable SHELL` },
      words: { type: 'boolean', hidden: true, describe: 'what the last of these words may become' },
    },
    examples: [
      ['eval "$(hasim completion --shell bash)"', 'in this shell, or in ~/.bashrc'],
      ['eval "$(hasim completion --shell zsh)"', 'in ~/.zshrc, after compinit'],
      ['hasim completion --shell fish > ~/.config/fish/completions/hasim.fish', 'for good'],
    ],
    async run(args, terminal) {
      if (flag(args, 'words')) {
        // All that stands after `--`, behind the name of this command.
        const line = texts(args, '_').slice(1);
        terminal.out((await candidates(line, [...commands, self])).map((one) => `${one}\n`).join(''));
        return Exit.done;
      }
      terminal.out(completionScript(shellOf(text(args, 'shell'))));
      return Exit.done;
    },
  };
  return self;
}

function shellOf(asked: string | undefined): (typeof SHELLS)[number] {
  const name = asked ?? basename(process.env.SHELL ?? '');
  const shell = SHELLS.find((one) => one === name);
  if (shell !== undefined) return shell;
  if (asked === undefined) throw new UserError(`which shell? --shell ${SHELLS.join(', --shell ')}`);
  throw new UserError(`unknown shell "${name}"${didYouMean(name, SHELLS)}\nshells: ${SHELLS.join(', ')}`);
}
