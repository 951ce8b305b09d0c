import path from 'node:path';
import type { Command } from 'commander';
import type { ValidatedDirectory } from '../../composition/validate-config-directory.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { localDataDir } from '../client/local-data-dir.js';
import { count } from '../output/count.js';
import { printJson } from '../output/print-json.js';
import { printPluginFailures } from '../output/print-plugin-failures.js';
import { printProblems } from '../output/print-problems.js';
import { tellSealedSecrets } from '../output/tell-sealed-secrets.js';
import type { Terminal } from '../output/terminal.js';

export function configValidateCommand(cli: CommandLine, version: string): Command {
  return describeCommand('validate', 'Check a config repository’s files; needs no server.', [
    'danube config validate .',
    'danube config validate . --json | jq -r ".problems[].message"',
  ])
    .argument('<directory>', 'work tree of the config repository')
    .option('--json', 'print the outcome as JSON')
    .action(async (argument: string, options: { readonly json?: true }) => {
      const { validateConfigDirectory } = await import('../../composition/validate-config-directory.js');
      const directory = path.resolve(cli.terminal.cwd, argument);
      const outcome = await validateConfigDirectory(directory, await localDataDir(cli.terminal.env), version);
      if (options.json) printJson(cli.terminal, summary(outcome));
      else print(cli.terminal, directory, outcome);
      if (outcome.kind === 'invalid') cli.fail();
    });
}

function summary(outcome: ValidatedDirectory) {
  const plugin_failures = outcome.pluginFailures;
  if (outcome.kind === 'invalid') return { valid: false, problems: outcome.problems, plugin_failures };
  const { users, teams, pipelines, secrets } = outcome.configuration;
  const counts = {
    users: users.length,
    teams: teams.length,
    pipelines: pipelines.length,
    secrets: secrets.length,
  };
  return { valid: true, problems: [], plugin_failures, ...counts };
}

function print(terminal: Terminal, directory: string, outcome: ValidatedDirectory): void {
  if (outcome.kind === 'invalid') printProblems(terminal, outcome.problems);
  printPluginFailures(terminal, outcome.pluginFailures);
  if (outcome.kind === 'invalid') {
    terminal.out.write(`${directory} has ${count(outcome.problems.length, 'problem')}\n`);
    return;
  }
  const { users, teams, pipelines, secrets } = outcome.configuration;
  const parts = [
    count(pipelines.length, 'pipeline'),
    count(teams.length, 'team'),
    count(users.length, 'user'),
    count(secrets.length, 'secret'),
  ];
  terminal.out.write(`${directory} is valid: ${parts.join(', ')}\n`);
  tellSealedSecrets(terminal, secrets.length);
  if (pipelines.length + teams.length + users.length + secrets.length > 0) return;
  terminal.err.write('there are no documents in it; is it the work tree of the config repository?\n');
}
