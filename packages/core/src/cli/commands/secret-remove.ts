import type { Command } from 'commander';
import { connect, withServerOptions } from '../client/connect.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { ownerOf, secretName, secretPath, withScopeOptions, type SecretScopeOptions } from './secret-scope.js';

export function secretRemoveCommand(cli: CommandLine): Command {
  const command = describeCommand('remove', 'Remove a secret.', [
    'danube secret remove GITHUB_TOKEN',
    'danube secret remove REGISTRY_TOKEN --team platform',
  ]).argument('<secret>', 'its name', secretName);
  return withServerOptions(withScopeOptions(command)).action(async (name: string, options: SecretScopeOptions) => {
    const { team, pipeline } = options;
    const client = await connect(cli.terminal, options);
    await client.delete(secretPath(name), { query: { team, pipeline } });
    cli.terminal.out.write(`${name} of ${ownerOf(options)} is removed\n`);
  });
}
