import type { Command } from 'commander';
import type { AuditEntryView, Page } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { describeCommand, wholeNumber, type CommandLine } from '../command-line.js';
import { formatAge } from '../output/format-time.js';
import { printJson } from '../output/print-json.js';
import { printTable } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';

interface Options extends ServerOptions {
  readonly limit: number;
  readonly cursor?: string;
  readonly json?: true;
}

export function auditListCommand(cli: CommandLine): Command {
  const command = describeCommand('list', 'List who set, removed and asked for which secret, newest first.', [
    'danube audit list',
    `danube audit list --json | jq -r '.items[] | select(.outcome == "withheld") | .job_id'`,
  ])
    .option('--limit <count>', 'how many at most', wholeNumber(1), 20)
    .option('--cursor <cursor>', 'continue a list: next_cursor of the page before')
    .option('--json', 'print the page as the REST API gives it');
  return withServerOptions(command).action(async (options: Options) => {
    const client = await connect(cli.terminal, options);
    const { limit, cursor } = options;
    const page = await client.get<Page<AuditEntryView>>('/api/v1/audit', { query: { limit, cursor } });
    if (options.json) printJson(cli.terminal, page);
    else print(cli.terminal, page.items, Date.now());
  });
}

function print(terminal: Terminal, entries: readonly AuditEntryView[], now: number): void {
  if (entries.length === 0) {
    terminal.err.write('nothing has been recorded yet: no secret was set, removed or asked for by a job\n');
    return;
  }
  printTable(
    terminal,
    [
      { title: 'ENTRY', align: 'right', text: (entry) => String(entry.sequence) },
      { title: 'WHEN', text: (entry) => formatAge(now - Date.parse(entry.at)) },
      { title: 'WHO', text: (entry) => entry.actor },
      { title: 'ACTION', text: (entry) => entry.action },
      { title: 'SECRET', text: (entry) => terminal.colors.bold(entry.secret) },
      { title: 'OUTCOME', text: (entry) => entry.outcome },
      { title: 'JOB', text: (entry) => entry.job_id ?? '' },
    ],
    entries,
  );
}
