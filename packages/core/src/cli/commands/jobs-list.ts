import { Option, type Command } from 'commander';
import { jobStatuses, type JobStatus } from '../../domain/job/job-status.js';
import type { JobView, Page } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { describeCommand, wholeNumber, type CommandLine } from '../command-line.js';
import { printJobs } from '../output/print-jobs.js';
import { printJson } from '../output/print-json.js';

interface Options extends ServerOptions {
  readonly pipeline?: string;
  readonly status?: JobStatus;
  readonly branch?: string;
  readonly trigger?: string;
  readonly limit: number;
  readonly cursor?: string;
  readonly json?: true;
}

export function jobsListCommand(cli: CommandLine): Command {
  const command = describeCommand('list', 'List jobs, newest first.', [
    'danube jobs list',
    'danube jobs list --pipeline build --status failure --limit 5',
    'danube jobs list --json | jq -r ".items[].id"',
  ])
    .option('--pipeline <name>', 'only jobs of this pipeline')
    .addOption(new Option('--status <status>', 'only jobs in this state').choices(jobStatuses))
    .option('--branch <name>', 'only jobs of this branch')
    .addOption(
      new Option('--trigger <type>', 'only jobs that this caused').choices(['manual', 'webhook', 'cron', 'cli']),
    )
    .option('--limit <count>', 'how many at most', wholeNumber(1), 20)
    .option('--cursor <cursor>', 'continue a list: next_cursor of the page before')
    .option('--json', 'print the page as the REST API gives it');
  return withServerOptions(command).action(async (options: Options) => {
    const client = await connect(cli.terminal, options);
    const { pipeline, status, branch, trigger, limit, cursor } = options;
    const page = await client.get<Page<JobView>>('/api/v1/jobs', {
      query: { pipeline, status, branch, trigger, limit, cursor },
    });
    if (options.json) printJson(cli.terminal, page);
    else printJobs(cli.terminal, page.items, Date.now());
  });
}
