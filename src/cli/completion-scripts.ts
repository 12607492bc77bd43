/**
 * What a shell evaluates so that it completes `caps` (`caps completion bash`). The scripts know nothing of commands and
 * options: they hand over the words up to the cursor, and print what comes back a line each (completion.ts).
 */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof SHELLS)[number]

/** In the environment of a request: how the answer is to be spelled. */
export const SHELL_VARIABLE = 'CAPS_COMPLETION_SHELL'
/** Before the words: they are to be completed, not carried out. */
export const REQUEST = '--complete'

// Where nothing fits, each shell falls back to its file names: crates, policies and outputs are files.
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# caps: completion for bash; in ~/.bashrc: source <(caps completion bash)
_caps_completion() {
  local IFS=$'\\n'
  COMPREPLY=($(${SHELL_VARIABLE}=bash caps ${REQUEST} "\${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null))
}
complete -o bashdefault -o default -F _caps_completion caps
`,
  zsh: `#compdef caps
# caps: completion for zsh; in ~/.zshrc, after compinit: source <(caps completion zsh)
_caps_completion() {
  local -a found
  found=("\${(@f)$(${SHELL_VARIABLE}=zsh caps ${REQUEST} "\${(@)words[1,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[1]}" ]]; then _describe caps found; else _files; fi
}
compdef _caps_completion caps
`,
  fish: `# caps: completion for fish; caps completion fish > ~/.config/fish/completions/caps.fish
function __caps_completion
  set -lx ${SHELL_VARIABLE} fish
  set -l words (commandline -opc) (commandline -ct)
  caps ${REQUEST} $words 2>/dev/null
end
complete -c caps -a '(__caps_completion)'
`,
  // An older PowerShell does not hand over an empty word: a line feed stands for the one that is not begun.
  powershell: `# caps: completion for PowerShell; in $PROFILE: caps completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName caps -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition -or ($_.Extent.StartOffset -lt $cursorPosition -and $wordToComplete -ne '') } | ForEach-Object { $_.Extent.Text })
  if ($wordToComplete -eq '') { $words += "\`n" }
  $env:${SHELL_VARIABLE} = 'powershell'
  try { $found = @(caps ${REQUEST} @words 2>$null) } finally { Remove-Item Env:${SHELL_VARIABLE} }
  $found | Where-Object { $_ } | ForEach-Object {
    $word, $about = $_ -split "\`t", 2
    if (-not $about) { $about = $word }
    [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $about)
  }
}
`,
}
