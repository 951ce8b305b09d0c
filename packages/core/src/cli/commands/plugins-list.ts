import type { Command } from 'commander';
import type { PluginView } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { printJson } from '../output/print-json.js';
import { printTable } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';

interface Options extends ServerOptions {
  readonly json?: true;
}

export function pluginsListCommand(cli: CommandLine): Command {
  const command = describeCommand('list', 'List the plugins of a server and how they stand.', [
    'danube plugins list',
    'danube plugins list --json | jq -r ".items[] | select(.status != \\"loaded\\") | .reason"',
  ]).option('--json', 'print the list as the REST API gives it');
  return withServerOptions(command).action(async (options: Options) => {
    const client = await connect(cli.terminal, options);
    const list = await client.get<{ readonly items: readonly PluginView[] }>('/api/v1/plugins');
    if (options.json) printJson(cli.terminal, list);
    else print(cli.terminal, list.items);
  });
}

function print(terminal: Terminal, plugins: readonly PluginView[]): void {
  if (plugins.length === 0) {
    terminal.err.write('no plugin is enabled; the section "plugins" of config.yaml enables them\n');
    return;
  }
  const { green, yellow, red, dim } = terminal.colors;
  const paint = { loaded: green, degraded: yellow, quarantined: red };
  printTable(
    terminal,
    [
      { title: 'PLUGIN', text: (plugin) => plugin.package },
      { title: 'VERSION', text: (plugin) => plugin.version ?? '-' },
      { title: 'FROM', text: (plugin) => (plugin.origin ?? '-').replace('_', ' ') },
      { title: 'STATUS', text: (plugin) => paint[plugin.status](plugin.status) },
      { title: 'TYPES', text: (plugin) => plugin.contributes.map(({ type }) => type).join(', ') },
    ],
    plugins,
  );
  for (const { package: name, reason } of plugins) {
    if (reason !== undefined) terminal.out.write(`${dim(`${name}:`)} ${reason}\n`);
  }
}
