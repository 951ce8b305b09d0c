import path from 'node:path';
import type { Command } from 'commander';
import { collectEnvironment, describeCommand, type CommandLine } from '../command-line.js';
import { readSecretsFile } from '../input/read-secrets-file.js';

interface Options {
  readonly file: string;
  readonly branch?: string;
  readonly env?: Record<string, string>;
  readonly secretsFile?: string;
  readonly json?: true;
}

export function runCommand(cli: CommandLine, version: string): Command {
  return describeCommand('run', 'Run this folder’s pipeline here and now, without a server.', [
    'danube run',
    'danube run --secrets-file ~/.config/service-secrets.json',
    'danube run ../service --branch release --env LEVEL=debug',
    `danube run --json | jq -r 'select(.kind == "summary").status'`,
  ])
    .argument('[directory]', 'folder that holds the pipeline file', '.')
    .option('--file <path>', 'pipeline file within the folder', 'danubefile.py')
    .option('--branch <name>', 'branch that the pipeline sees (default: the one that is checked out)')
    .option('--env <KEY=VALUE>', 'environment of the coordinator and every step; repeatable', collectEnvironment)
    .option('--secrets-file <path>', 'what secrets.get() finds: {"NAME": "value"} in a file with mode 600')
    .option('--json', 'print one JSON object per event, and a summary as the last line')
    .action(async (folder: string, options: Options) => {
      const { runFolder } = await import('../../composition/run-folder.js');
      const { presentRun } = await import('./present-run.js');
      const { file, branch, env = {} } = options;
      const { secretsFile } = options;
      const secrets = secretsFile === undefined ? {} : await readSecretsFile(cli.terminal, secretsFile);
      const request = { directory: path.resolve(cli.terminal.cwd, folder), file, branch, env, secrets };
      const interrupt = new AbortController();
      // a second interrupt is Node's default again: it ends the process at once
      const onSignal = () => interrupt.abort();
      process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
      try {
        const events = runFolder(request, version, interrupt.signal);
        const exitCode = await presentRun(events, cli.terminal, { json: options.json === true });
        if (exitCode !== 0) cli.fail();
      } finally {
        process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
      }
    });
}
