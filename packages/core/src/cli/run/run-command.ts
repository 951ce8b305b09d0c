import path from 'node:path';
import type { Command } from 'commander';
import { collectEnvironment, describeCommand, type CommandLine } from '../command-line.js';
import type { StartRun } from './run-events.js';

interface Options {
  readonly file: string;
  readonly branch?: string;
  readonly env?: Record<string, string>;
  readonly json?: true;
}

/** `danube run`; `loadStartRun` imports the engine when the command really runs. */
export function runCommand(cli: CommandLine, loadStartRun: () => Promise<StartRun>): Command {
  return describeCommand('run', 'Run this folder’s pipeline here and now, without a server.', [
    'danube run',
    'danube run ../service --branch release --env LEVEL=debug',
    'danube run --json | jq -r "select(.kind == \\"summary\\").status"',
  ])
    .argument('[directory]', 'folder that holds the pipeline file', '.')
    .option('--file <path>', 'pipeline file within the folder', 'danubefile.py')
    .option('--branch <name>', 'branch that the pipeline sees (default: the one that is checked out)')
    .option('--env <KEY=VALUE>', 'environment of the coordinator and every step; repeatable', collectEnvironment)
    .option('--json', 'print one JSON object per event, and a summary as the last line')
    .action(async (directory: string, options: Options) => {
      const startRun = await loadStartRun();
      const { presentRun } = await import('./present-run.js');
      const interrupt = new AbortController();
      // the second interrupt is Node's default again: it ends the process at once
      const onSignal = () => interrupt.abort();
      process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
      try {
        const events = startRun(
          {
            directory: path.resolve(cli.terminal.cwd, directory),
            file: options.file,
            branch: options.branch,
            env: options.env ?? {},
          },
          interrupt.signal,
        );
        const exitCode = await presentRun(events, cli.terminal, { json: options.json === true });
        if (exitCode !== 0) cli.fail();
      } finally {
        process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
      }
    });
}
