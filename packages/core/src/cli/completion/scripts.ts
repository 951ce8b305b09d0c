/** The shell asks `danube complete` with the words typed so far; the last one is the one being typed. */
const scripts = {
  bash: `_danube() {
  local IFS=$'\\n'
  COMPREPLY=($(danube complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _danube danube
`,
  zsh: `#compdef danube
_danube() {
  local -a candidates
  candidates=(\${(f)"$(danube complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( \${#candidates} )); then compadd -a candidates; else _files; fi
}
compdef _danube danube
`,
  fish: `function __danube_complete
  set -l words (commandline -opc) (commandline -ct)
  danube complete -- $words[2..] 2>/dev/null
end
complete -c danube -f -a '(__danube_complete)'
`,
} as const;

export const shells = Object.keys(scripts) as readonly (keyof typeof scripts)[];

export function completionScript(shell: keyof typeof scripts): string {
  return scripts[shell];
}
