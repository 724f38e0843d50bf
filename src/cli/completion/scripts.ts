/**
 * What a shell has to be told so that it asks hasim: one script per shell.
 *
 * Each gives the words of the line to `hasim completion --words`, which prints what fits, one per line. What ends in a slash is a
 * folder and gets no space after it.
 */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const BASH = `# hasim completion for bash: eval "$(hasim completion --shell bash)", or put it into ~/.bashrc
_hasim() {
  local IFS=$'\\n'
  COMPREPLY=($(hasim completion --words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  # Names of files are quoted where that is needed.
  if [[ -e \${COMPREPLY[0]} ]]; then compopt -o filenames 2>/dev/null; fi
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]]; then compopt -o nospace; fi
}
complete -F _hasim hasim
`;

const ZSH = `#compdef hasim
# hasim completion for zsh: eval "$(hasim completion --shell zsh)" after compinit, or put it into a folder of fpath as _hasim
_hasim() {
  local -a found folders
  found=("\${(@f)$(hasim completion --words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  folders=(\${(M)found:#*/})
  found=(\${found:#*/})
  (( \${#folders} )) && compadd -Q -S '' -- $folders
  (( \${#found} )) && compadd -Q -- $found
}
if [ "$funcstack[1]" = "_hasim" ]; then _hasim "$@"; else compdef _hasim hasim; fi
`;

const FISH = `# hasim completion for fish: hasim completion --shell fish > ~/.config/fish/completions/hasim.fish
function __hasim_words
  set -l before (commandline -opc)
  hasim completion --words -- $before[2..-1] (commandline -ct) 2>/dev/null
end
complete -c hasim -f -a '(__hasim_words)'
`;

export function completionScript(shell: Shell): string {
  return { bash: BASH, zsh: ZSH, fish: FISH }[shell];
}
