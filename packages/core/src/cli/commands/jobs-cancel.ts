import type { Command } from 'commander';
import type { JobView } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { findJobId } from '../client/find-job.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { printJson } from '../output/print-json.js';

interface Options extends ServerOptions {
  readonly json?: true;
}

export function jobsCancelCommand(cli: CommandLine): Command {
  const command = describeCommand('cancel', 'Cancel a job that has not ended.', ['danube jobs cancel build#12'])
    .argument('<job>', 'id, the beginning of one, or pipeline#number')
    .option('--json', 'print the job as the REST API gives it');
  return withServerOptions(command).action(async (reference: string, options: Options) => {
    const client = await connect(cli.terminal, options);
    const job = await client.post<JobView>(`/api/v1/jobs/${await findJobId(client, reference)}/cancel`);
    if (options.json) printJson(cli.terminal, job);
    else cli.terminal.out.write(`${job.pipeline}#${job.number} is ${job.status}\n`);
  });
}
