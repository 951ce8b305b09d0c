import type { Command } from 'commander';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { printJson } from '../output/print-json.js';

interface Options extends ServerOptions {
  readonly json?: true;
}

export function deliveriesReplayCommand(cli: CommandLine): Command {
  const command = describeCommand('replay', 'Work on a received webhook once more, as if it came in now.', [
    'danube deliveries replay 01a20b18-c908-77c8-9c17-7303f9be25c1',
  ])
    .argument('<delivery>', 'id of the delivery')
    .option('--json', 'print the answer as the REST API gives it');
  return withServerOptions(command).action(async (id: string, options: Options) => {
    const client = await connect(cli.terminal, options);
    const replay = await client.post<{ readonly id: string }>(`/api/v1/deliveries/${encodeURIComponent(id)}/replay`);
    if (options.json) printJson(cli.terminal, replay);
    else
      cli.terminal.out.write(`replayed as ${replay.id}; "danube deliveries show ${replay.id}" says what came of it\n`);
  });
}
