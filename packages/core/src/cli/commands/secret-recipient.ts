import type { Command } from 'commander';
import { fetchRecipient } from '../client/fetch-recipient.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { describeCommand, type CommandLine } from '../command-line.js';

export function secretRecipientCommand(cli: CommandLine): Command {
  const command = describeCommand(
    'recipient',
    'Print the public key that secrets for the config repository are sealed for.',
    ['danube secret recipient', 'danube secret recipient > danube.recipient'],
  );
  return withServerOptions(command).action(async (options: ServerOptions) => {
    cli.terminal.out.write(`${await fetchRecipient(await connect(cli.terminal, options))}\n`);
  });
}
