import { Option, type Command } from 'commander';
import type { ApiClient } from '../client/api-client.js';
import type { JobDetails, JobView } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { collectEnvironment, describeCommand, type CommandLine } from '../command-line.js';
import { paintStatus } from '../output/paint-status.js';
import { durationOf } from '../output/print-jobs.js';
import { printJson } from '../output/print-json.js';
import type { Terminal } from '../output/terminal.js';

interface Options extends ServerOptions {
  readonly branch?: string;
  readonly env?: Record<string, string>;
  readonly wait?: true;
  readonly follow?: true;
  readonly json?: true;
}

export function jobsTriggerCommand(cli: CommandLine): Command {
  const command = describeCommand('trigger', 'Start a job of a pipeline.', [
    'danube jobs trigger build',
    'danube jobs trigger build --branch release --follow',
    'danube jobs trigger build --env LEVEL=debug --wait && echo green',
  ])
    .argument('<pipeline>', 'name of the pipeline')
    .option('--branch <ref>', 'branch, or a full ref such as refs/tags/v1 (default: the pipeline’s own branch)')
    .option('--env <KEY=VALUE>', 'extra environment of the job; repeatable', collectEnvironment)
    .option('--wait', 'wait for the end; the exit code is 0 only if the job succeeded')
    .option('-f, --follow', 'as --wait, and print the log as it grows')
    .addOption(new Option('--json', 'print the job as the REST API gives it').conflicts('follow'));
  return withServerOptions(command).action(async (pipeline: string, options: Options) => {
    const client = await connect(cli.terminal, options);
    const { branch: ref, env } = options;
    const source = ref?.startsWith('refs/') ? { ref } : { branch: ref };
    const path = `/api/v1/pipelines/${encodeURIComponent(pipeline)}/trigger`;
    const started = await client.post<JobView>(path, { body: { ...source, env } });
    if (!options.json) printStarted(cli.terminal, started);
    const job = options.wait || options.follow ? await seeThrough(cli.terminal, client, started, options) : started;
    if (options.json) printJson(cli.terminal, job);
    if (job !== started && job.status !== 'success') cli.fail();
  });
}

async function seeThrough(
  terminal: Terminal,
  client: ApiClient,
  started: JobView,
  options: Options,
): Promise<JobDetails> {
  if (options.follow) {
    const { printLiveLog } = await import('../client/print-log.js');
    await printLiveLog(terminal, client, started.id);
  }
  const { waitForJob } = await import('../client/wait-for-job.js');
  const job = await waitForJob(client, started.id);
  if (!options.json) printEnd(terminal, job);
  return job;
}

function printStarted({ err, errColors }: Terminal, job: JobView): void {
  err.write(`${errColors.bold(`${job.pipeline}#${job.number}`)} ${errColors.dim(job.id)} is ${job.status}\n`);
}

function printEnd({ err, errColors }: Terminal, job: JobDetails): void {
  const duration = durationOf(job, Date.now());
  const after = duration === '' ? '' : ` after ${duration}`;
  const reason = job.reason === undefined ? '' : `: ${job.reason}`;
  err.write(
    `${errColors.bold(`${job.pipeline}#${job.number}`)} ${paintStatus(errColors, job.status)}${after}${reason}\n`,
  );
}
