import type { Command } from 'commander';
import type { ConfigProblem } from '../../domain/config/configuration.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { printJson } from '../output/print-json.js';
import { printPluginFailures, type PluginFailureView } from '../output/print-plugin-failures.js';
import { printProblems } from '../output/print-problems.js';

interface Options extends ServerOptions {
  readonly json?: true;
}

interface SyncOutcome {
  readonly status: 'applied' | 'unchanged' | 'failed';
  readonly commit?: string;
  readonly problems: readonly ConfigProblem[];
  /** What was applied, a line each. */
  readonly changes: readonly string[];
  readonly plugin_failures: readonly PluginFailureView[];
}

export function syncConfigCommand(cli: CommandLine): Command {
  const command = describeCommand('sync-config', 'Have the server take over the head of its config repository now.', [
    'danube sync-config',
  ]).option('--json', 'print the outcome as the REST API gives it');
  return withServerOptions(command).action(async (options: Options) => {
    const client = await connect(cli.terminal, options);
    const outcome = await client.post<SyncOutcome>('/api/v1/config/sync');
    if (options.json) printJson(cli.terminal, outcome);
    else printOutcome(cli, outcome);
    if (outcome.status === 'failed') cli.fail();
  });
}

function printOutcome({ terminal }: CommandLine, outcome: SyncOutcome): void {
  const { status, commit, problems, changes, plugin_failures: failures } = outcome;
  printProblems(terminal, problems);
  for (const change of changes) terminal.out.write(`${change}\n`);
  printPluginFailures(terminal, failures);
  const at = commit === undefined ? 'the config repository' : `commit ${commit.slice(0, 12)}`;
  const words = {
    applied: `${at} is in force now`,
    unchanged: `${at} is in force already`,
    failed: `${at} was not applied; the last good commit stays in force`,
  };
  terminal.out.write(`${words[status]}\n`);
}
