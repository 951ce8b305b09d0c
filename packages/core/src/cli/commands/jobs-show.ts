import type { Command } from 'commander';
import type { JobDetails } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { findJobId } from '../client/find-job.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { printJob } from '../output/print-job.js';
import { printJson } from '../output/print-json.js';

interface Options extends ServerOptions {
  readonly json?: true;
}

export function jobsShowCommand(cli: CommandLine): Command {
  const command = describeCommand('show', 'Show one job with its steps.', [
    'danube jobs show build#12',
    'danube jobs show 0193f2a1 --json',
  ])
    .argument('<job>', 'id, the beginning of one, or pipeline#number')
    .option('--json', 'print the job as the REST API gives it');
  return withServerOptions(command).action(async (reference: string, options: Options) => {
    const client = await connect(cli.terminal, options);
    const job = await client.get<JobDetails>(`/api/v1/jobs/${await findJobId(client, reference)}`);
    if (options.json) printJson(cli.terminal, job);
    else printJob(cli.terminal, job, Date.now());
  });
}
