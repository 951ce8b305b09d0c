import { Option, type Command } from 'commander';
import { deliveryEvents, deliveryStatuses } from '../../domain/delivery/delivery.js';
import type { Page } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import type { ListedDelivery } from '../client/delivery-types.js';
import { describeCommand, wholeNumber, type CommandLine } from '../command-line.js';
import { printDeliveries } from '../output/print-deliveries.js';
import { printJson } from '../output/print-json.js';

interface Options extends ServerOptions {
  readonly forge?: string;
  readonly status?: string;
  readonly event?: string;
  readonly pipeline?: string;
  readonly unmatched?: true;
  readonly limit: number;
  readonly cursor?: string;
  readonly json?: true;
}

export function deliveriesListCommand(cli: CommandLine): Command {
  const command = describeCommand('list', 'List received webhooks and what came of them, newest first.', [
    'danube deliveries list',
    'danube deliveries list --pipeline build --limit 5',
    'danube deliveries list --unmatched',
    'danube deliveries list --event unverified',
  ])
    .option('--forge <name>', 'only those of this entry of forges')
    .addOption(new Option('--status <status>', 'only those in this state').choices(deliveryStatuses))
    .addOption(new Option('--event <event>', 'only those that turned out to be this').choices(deliveryEvents))
    .option('--pipeline <name>', 'only those with a verdict for this pipeline')
    .option('--unmatched', 'only those about a repository that no pipeline builds')
    .option('--limit <count>', 'how many at most', wholeNumber(1), 20)
    .option('--cursor <cursor>', 'continue a list: next_cursor of the page before')
    .option('--json', 'print the page as the REST API gives it');
  return withServerOptions(command).action(async (options: Options) => {
    const client = await connect(cli.terminal, options);
    const { forge, status, event, pipeline, limit, cursor } = options;
    const matched = options.unmatched ? 'false' : undefined;
    const page = await client.get<Page<ListedDelivery>>('/api/v1/deliveries', {
      query: { forge, status, event, pipeline, matched, limit, cursor },
    });
    if (options.json) printJson(cli.terminal, page);
    else if (page.items.length > 0) printDeliveries(cli.terminal, page.items, Date.now());
    else cli.terminal.err.write(`${describeNone(options)}\n`);
  });
}

function describeNone({ forge, status, event, pipeline, unmatched, cursor }: Options): string {
  const isFiltered = [forge, status, event, pipeline, unmatched, cursor].some((option) => option !== undefined);
  return isFiltered
    ? 'no deliveries match; "danube deliveries list" shows all'
    : 'there are no deliveries yet; what a forge sends to /webhooks/<name of its entry> appears here';
}
