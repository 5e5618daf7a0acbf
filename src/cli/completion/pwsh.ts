/** The completion script of PowerShell. */
import type { Followers } from './words.ts';

/** To be run from the profile: `fixby completion pwsh | Out-String | Invoke-Expression`. */
export function pwshScript(all: readonly Followers[]): string {
  const table = all.flatMap(({ command, words, options }) => [
    `    ${quote(command)} = @(${[...words.map(({ word }) => word), ...options.map(({ long }) => long)].map(quote).join(', ')})`,
    ...options
      .filter(({ choices }) => choices.length > 0)
      .map(({ long, choices }) => `    ${quote(`${command} ${long}`)} = @(${choices.map(quote).join(', ')})`),
  ]);
  return `# PowerShell completion for fixby
Register-ArgumentCompleter -Native -CommandName fixby -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $table = @{
${table.join('\n')}
  }
  $command = ''
  $previous = ''
  foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
    if ($element.Extent.EndOffset -ge $cursorPosition -and $wordToComplete -ne '') { break }
    $word = $element.Extent.Text
    $longer = "$command $word".Trim()
    if ($table.ContainsKey($longer) -and -not $word.StartsWith('-')) { $command = $longer }
    $previous = $word
  }
  $found = $table["$command $previous"]
  if ($null -eq $found) { $found = $table[$command] }
  $found | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
