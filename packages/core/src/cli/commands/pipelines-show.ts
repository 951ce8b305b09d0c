import type { Command } from 'commander';
import type { PipelineDetails } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { printJson } from '../output/print-json.js';
import { printPipeline } from '../output/print-pipeline.js';

interface Options extends ServerOptions {
  readonly json?: true;
}

export function pipelinesShowCommand(cli: CommandLine): Command {
  const command = describeCommand('show', 'Show what starts jobs of a pipeline, and when its schedules are due.', [
    'danube pipelines show build',
    'danube pipelines show build --json | jq ".schedules[].next_runs[0]"',
  ])
    .argument('<pipeline>', 'name of the pipeline')
    .option('--json', 'print the pipeline as the REST API gives it');
  return withServerOptions(command).action(async (name: string, options: Options) => {
    const client = await connect(cli.terminal, options);
    const pipeline = await client.get<PipelineDetails>(`/api/v1/pipelines/${encodeURIComponent(name)}`);
    if (options.json) printJson(cli.terminal, pipeline);
    else printPipeline(cli.terminal, pipeline);
  });
}
