import { Argument, type Command } from 'commander';
import { describeCommand, type CommandLine } from '../command-line.js';
import { completionScript, shells } from './scripts.js';

export function completionCommand(cli: CommandLine): Command {
  return describeCommand('completion', 'Print the script that completes commands and names in your shell.', [
    'danube completion bash >> ~/.bashrc',
    'danube completion zsh > "${fpath[1]}/_danube"',
    'danube completion fish > ~/.config/fish/completions/danube.fish',
  ])
    .addArgument(new Argument('<shell>', 'which shell').choices(shells))
    .action((shell: (typeof shells)[number]) => {
      cli.terminal.out.write(completionScript(shell));
    });
}
