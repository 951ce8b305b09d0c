import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ApiClient } from '../client/api-client.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { findJobId } from '../client/find-job.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import type { Terminal } from '../output/terminal.js';

interface Options extends ServerOptions {
  readonly follow?: true;
  readonly lines?: string;
}

export function jobsLogsCommand(cli: CommandLine): Command {
  const command = describeCommand('logs', 'Print a job’s log.', [
    'danube jobs logs build#12',
    'danube jobs logs build#12 --follow',
    'danube jobs logs build#12 --lines 900000-900050',
  ])
    .argument('<job>', 'id, the beginning of one, or pipeline#number')
    .option('-f, --follow', 'go on as the log grows, until the job has ended')
    .addOption(
      new Option('--lines <a-b>', 'only these lines, counted from 1').argParser(lineRange).conflicts('follow'),
    );
  return withServerOptions(command).action(async (reference: string, options: Options) => {
    const client = await connect(cli.terminal, options);
    const jobId = await findJobId(client, reference);
    if (options.follow) {
      const { printLiveLog } = await import('../client/print-log.js');
      await printLiveLog(cli.terminal, client, jobId);
    } else await printStoredLog(cli.terminal, client, jobId, options.lines);
  });
}

async function printStoredLog(terminal: Terminal, client: ApiClient, jobId: string, lines?: string): Promise<void> {
  const { body } = await client.request('GET', `/api/v1/jobs/${jobId}/logs`, { query: { lines } });
  if (body === null) return;
  for await (const text of body.pipeThrough(new TextDecoderStream())) terminal.out.write(text);
}

function lineRange(text: string): string {
  const [, first, last] = /^([1-9]\d*)-([1-9]\d*)$/.exec(text) ?? [];
  if (Number(first) <= Number(last)) return text;
  throw new InvalidArgumentError('write the first and the last line, as in 100-150.');
}
