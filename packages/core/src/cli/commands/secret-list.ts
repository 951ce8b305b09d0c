import type { Command } from 'commander';
import type { Page, SecretView } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { formatAge } from '../output/format-time.js';
import { printJson } from '../output/print-json.js';
import { printTable } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';
import { ownerOf } from './secret-scope.js';

interface Options extends ServerOptions {
  readonly pipeline?: string;
  readonly json?: true;
}

export function secretListCommand(cli: CommandLine): Command {
  const command = describeCommand('list', 'List the names of secrets and whose they are; never values.', [
    'danube secret list',
    'danube secret list --pipeline website',
  ])
    .option('--pipeline <name>', 'only what this pipeline sees: of each name the nearest')
    .option('--json', 'print the list as the REST API gives it');
  return withServerOptions(command).action(async (options: Options) => {
    const client = await connect(cli.terminal, options);
    const path =
      options.pipeline === undefined
        ? '/api/v1/secrets'
        : `/api/v1/pipelines/${encodeURIComponent(options.pipeline)}/secrets`;
    const list = await client.get<Page<SecretView>>(path);
    if (options.json) printJson(cli.terminal, list);
    else print(cli.terminal, list.items, Date.now());
  });
}

function print(terminal: Terminal, secrets: readonly SecretView[], now: number): void {
  if (secrets.length === 0) {
    terminal.err.write('there are no secrets; "danube secret set NAME" stores one\n');
    return;
  }
  printTable(
    terminal,
    [
      { title: 'NAME', text: (secret) => terminal.colors.bold(secret.name) },
      { title: 'OF', text: (secret) => ownerOf(secret) },
      { title: 'FROM', text: ({ source }) => (source === 'config' ? 'config repository' : 'danube secret set') },
      { title: 'SET', text: (secret) => formatAge(now - Date.parse(secret.updated_at)) },
    ],
    secrets,
  );
}
