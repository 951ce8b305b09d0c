import type { Command } from 'commander';
import type { ArtifactView, Page } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { findJobId } from '../client/find-job.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { printArtifacts } from '../output/print-artifacts.js';
import { printJson } from '../output/print-json.js';

interface Options extends ServerOptions {
  readonly json?: true;
}

export function artifactsListCommand(cli: CommandLine): Command {
  const command = describeCommand('list', 'List the artifacts of a job.', [
    'danube artifacts list build#12',
    'danube artifacts list 0193f2a1 --json',
  ])
    .argument('<job>', 'id, the beginning of one, or pipeline#number')
    .option('--json', 'print the list as the REST API gives it');
  return withServerOptions(command).action(async (reference: string, options: Options) => {
    const client = await connect(cli.terminal, options);
    const list = await client.get<Page<ArtifactView>>(`/api/v1/jobs/${await findJobId(client, reference)}/artifacts`);
    if (options.json) printJson(cli.terminal, list);
    else if (list.items.length > 0) printArtifacts(cli.terminal, list.items);
    else cli.terminal.err.write('the job has no artifacts\n');
  });
}
