import type { Command } from 'commander';
import type { Page, PipelineView } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { describeCommand, wholeNumber, type CommandLine } from '../command-line.js';
import { formatAge } from '../output/format-time.js';
import { paintStatus } from '../output/paint-status.js';
import { printJson } from '../output/print-json.js';
import { printTable } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';

interface Options extends ServerOptions {
  readonly team?: string;
  readonly search?: string;
  readonly limit: number;
  readonly cursor?: string;
  readonly json?: true;
}

export function pipelinesListCommand(cli: CommandLine): Command {
  const command = describeCommand('list', 'List pipelines by name, with their last jobs.', [
    'danube pipelines list',
    'danube pipelines list --team platform --search release',
  ])
    .option('--team <name>', 'only those of this team')
    .option('--search <text>', 'only names that contain this')
    .option('--limit <count>', 'how many at most', wholeNumber(1), 50)
    .option('--cursor <cursor>', 'continue a list: next_cursor of the page before')
    .option('--json', 'print the page as the REST API gives it');
  return withServerOptions(command).action(async (options: Options) => {
    const client = await connect(cli.terminal, options);
    const { team, search, limit, cursor } = options;
    const page = await client.get<Page<PipelineView>>('/api/v1/pipelines', { query: { team, search, limit, cursor } });
    if (options.json) printJson(cli.terminal, page);
    else if (page.items.length > 0) print(cli.terminal, page.items, Date.now());
    else cli.terminal.err.write(`${describeNone(options)}\n`);
  });
}

function describeNone({ team, search, cursor }: Options): string {
  const isFiltered = [team, search, cursor].some((option) => option !== undefined);
  return isFiltered
    ? 'no pipelines match; "danube pipelines list" shows all'
    : 'there are no pipelines; documents of kind Pipeline in the config repository make them';
}

function print(terminal: Terminal, pipelines: readonly PipelineView[], now: number): void {
  printTable(
    terminal,
    [
      { title: 'PIPELINE', text: ({ name }) => terminal.colors.bold(name) },
      { title: 'TEAM', text: ({ team }) => team },
      { title: 'BRANCH', text: ({ branch }) => branch },
      { title: 'LAST JOB', text: ({ last_job: job }) => (job === undefined ? '-' : `#${job.number}`) },
      {
        title: 'STATUS',
        text: ({ last_job: job }) => (job === undefined ? '-' : paintStatus(terminal.colors, job.status)),
      },
      {
        title: 'CREATED',
        text: ({ last_job: job }) => (job === undefined ? '-' : formatAge(now - Date.parse(job.created_at))),
      },
    ],
    pipelines,
  );
}
