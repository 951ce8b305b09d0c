import type { Command } from 'commander';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { fetchSigningKey } from '../client/fetch-signing-key.js';
import { describeCommand, type CommandLine } from '../command-line.js';

export function signingKeyCommand(cli: CommandLine): Command {
  const command = describeCommand('signing-key', 'Print the public key that a server signs with, as PEM.', [
    'danube signing-key > danube.pub',
  ]);
  return withServerOptions(command).action(async (options: ServerOptions) => {
    const client = await connect(cli.terminal, options);
    cli.terminal.out.write(await fetchSigningKey(client));
  });
}
