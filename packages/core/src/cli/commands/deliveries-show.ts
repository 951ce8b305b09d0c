import type { Command } from 'commander';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import type { DeliveryDetails } from '../client/delivery-types.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { printDelivery } from '../output/print-deliveries.js';
import { printJson } from '../output/print-json.js';

interface Options extends ServerOptions {
  readonly json?: true;
}

export function deliveriesShowCommand(cli: CommandLine): Command {
  const command = describeCommand('show', 'Show one received webhook with its verdict for each pipeline.', [
    'danube deliveries show 01a20b18-c908-77c8-9c17-7303f9be25c1',
  ])
    .argument('<delivery>', 'id of the delivery')
    .option('--json', 'print the delivery as the REST API gives it, with its headers');
  return withServerOptions(command).action(async (id: string, options: Options) => {
    const client = await connect(cli.terminal, options);
    const delivery = await client.get<DeliveryDetails>(`/api/v1/deliveries/${encodeURIComponent(id)}`);
    if (options.json) printJson(cli.terminal, delivery);
    else printDelivery(cli.terminal, delivery);
  });
}
