import type { Command } from 'commander';
import { describeCommand, type CommandLine } from '../command-line.js';
import { printJson } from '../output/print-json.js';

export function migrateCommand(cli: CommandLine): Command {
  return describeCommand('migrate', 'Bring the database to this version’s schema; "serve" does so by itself.', [
    'danube migrate',
    'DANUBE_DATA_DIR=./data danube migrate',
  ])
    .option('--json', 'print what was applied as JSON')
    .action(async (options: { readonly json?: true }) => {
      const { loadBootstrapConfig } = await import('../../adapters/bootstrap-config/load-bootstrap-config.js');
      const { server } = await loadBootstrapConfig(cli.terminal.env);
      const { migrateDatabase } = await import('../../composition/migrate-database.js');
      const { database, applied } = await migrateDatabase(server.dataDir);
      if (options.json) return printJson(cli.terminal, { database, applied });
      for (const name of applied) cli.terminal.out.write(`applied ${name}\n`);
      cli.terminal.out.write(`${database} ${applied.length > 0 ? 'was upgraded' : 'is up to date'}\n`);
    });
}
