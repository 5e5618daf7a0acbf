/** The completion script of zsh, with what each word and flag is for. */
import { quote, type Followers } from './words.ts';

/** To be saved as `_fixby` in a folder of `$fpath`, or sourced after `compinit`. */
export function zshScript(all: readonly Followers[]): string {
  const steps = all
    .filter(({ command }) => command !== '')
    .map(
      ({ command }) => `      ${quote(command.includes(' ') ? command : ` ${command}`)}) command=${quote(command)} ;;`,
    );
  const values = all.flatMap(({ command, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ long, choices }) => {
        const act = choices.length === 0 ? '_files' : `compadd -- ${choices.map(quote).join(' ')}`;
        return `    ${quote(`${command} ${long}`)}) ${act}; return ;;`;
      }),
  );
  const rest = all.map(({ command, words, options }) => {
    const described = words.map(({ word, description }) => quote(`${word}:${description}`));
    const flags = options.map(({ long, description }) => quote(`${long}:${description}`));
    return `    ${quote(command)}) items=(${described.join(' ')}); flags=(${flags.join(' ')}) ;;`;
  });
  return `#compdef fixby
_fixby() {
  local command='' previous=\${words[CURRENT-1]} index
  local -a items flags
  for ((index = 2; index < CURRENT; index++)); do
    case "$command \${words[index]}" in
${steps.join('\n')}
    esac
  done
  if [[ \${words[CURRENT]} == --*=* ]]; then
    previous=\${words[CURRENT]%%=*}
    compset -P '*='
  fi
  case "$command $previous" in
${values.join('\n')}
  esac
  case "$command" in
${rest.join('\n')}
  esac
  if [[ \${words[CURRENT]} == -* ]]; then
    _describe -o 'flag' flags
  elif (( \${#items} )); then
    _describe 'command' items
  else
    _files
  fi
}
if [[ "\${funcstack[1]}" == _fixby ]]; then _fixby "$@"; else compdef _fixby fixby; fi
`;
}
