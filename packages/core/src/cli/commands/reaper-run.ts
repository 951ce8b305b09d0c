import type { Command } from 'commander';
import type { ReapedPartView, ReaperReportView } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { formatBytes } from '../output/format-bytes.js';
import { formatAge } from '../output/format-time.js';
import { printJson } from '../output/print-json.js';
import { printTable } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';

interface Options extends ServerOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function reaperRunCommand(cli: CommandLine): Command {
  const command = describeCommand('run', 'Remove now what was kept for as long as retention says.', [
    'danube reaper --dry-run',
    'danube reaper run',
    'danube reaper run --json | jq .bytes',
  ])
    .option('--dry-run', 'remove nothing, and show what a run would remove')
    .option('--json', 'print the report as the REST API gives it');
  return withServerOptions(command).action(async ({ dryRun = false, json, ...server }: Options) => {
    const client = await connect(cli.terminal, server);
    const report = await client.post<ReaperReportView>('/api/v1/reaper', { body: { dry_run: dryRun } });
    if (json) printJson(cli.terminal, report);
    else print(cli.terminal, report, Date.now());
    if (report.parts.some(({ failure }) => failure !== undefined)) cli.fail();
  });
}

function print(terminal: Terminal, { dry_run, bytes, parts }: ReaperReportView, now: number): void {
  const total = { kind: 'total', count: parts.reduce((sum, part) => sum + part.count, 0), bytes };
  printTable<ReapedPartView>(
    terminal,
    [
      { title: 'KIND', text: ({ kind }) => (kind === 'total' ? terminal.colors.bold(kind) : kind) },
      { title: 'COUNT', align: 'right', text: (part) => String(part.count) },
      { title: 'OLDEST', text: ({ oldest }) => (oldest === undefined ? '' : formatAge(now - Date.parse(oldest))) },
      { title: 'SIZE', align: 'right', text: (part) => formatBytes(part.bytes) },
    ],
    [...parts, total],
  );
  if (dry_run) terminal.err.write('nothing was removed: this is what a run would remove now\n');
  for (const { kind, failure } of parts) if (failure !== undefined) terminal.err.write(`error: ${kind}: ${failure}\n`);
}
