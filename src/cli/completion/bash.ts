/** The completion script of bash. It is complete in itself: nothing is run, and nothing that was typed is evaluated. */
import { quote, type Followers } from './words.ts';

/** For bash 3.2 and later, with or without bash-completion. */
export function bashScript(all: readonly Followers[]): string {
  const steps = all
    .filter(({ command }) => command !== '')
    .map(({ command }) => `      ${quote(stepTo(command))}) command=${quote(command)} ;;`);
  const values = all.flatMap(({ command, options }) =>
    options
      .filter(({ choices }) => choices.length > 0)
      .map(({ long, choices }) => `    ${quote(`${command} ${long}`)}) words=${quote(choices.join(' '))} ;;`),
  );
  const takers = all.flatMap(({ command, options }) =>
    options
      .filter(({ takesValue, choices }) => takesValue && choices.length === 0)
      .map(({ long }) => `${command} ${long}`),
  );
  const rest = all.map(({ command, words, options }) => {
    const [next, flags] = [words.map(({ word }) => word), options.map(({ long }) => long)].map((each) =>
      quote(each.join(' ')),
    );
    return `      ${quote(command)}) words=${next}; flags=${flags} ;;`;
  });
  return `# bash completion for fixby
_fixby() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' words='' flags='' prefix='' index
  COMPREPLY=()
  if [[ $current == = ]]; then
    current=''
  elif [[ $previous == = ]]; then
    previous=\${COMP_WORDS[COMP_CWORD-2]}
  elif [[ $current == --*=* ]]; then
    previous=\${current%%=*} prefix=\${current%%=*}= current=\${current#*=}
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$command \${COMP_WORDS[index]}" in
${steps.join('\n')}
    esac
  done
  case "$command $previous" in
${values.join('\n')}
    ${takers.map(quote).join(' | ')}) return ;;
    *)
    case "$command" in
${rest.join('\n')}
    esac
    [[ $current == -* ]] && words=$flags ;;
  esac
  COMPREPLY=($(compgen -P "$prefix" -W "$words" -- "$current"))
  return 0
}
complete -o default -F _fixby fixby
`;
}

/** `ledger verify` is reached from `ledger` by `verify`. */
function stepTo(command: string): string {
  return command.includes(' ') ? command : ` ${command}`;
}
