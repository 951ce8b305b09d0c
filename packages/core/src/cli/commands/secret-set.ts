import type { Command } from 'commander';
import type { SecretView } from '../client/api-types.js';
import { connect, withServerOptions } from '../client/connect.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { readSecretValue } from '../input/read-secret-value.js';
import { printJson } from '../output/print-json.js';
import { warnIfNotMaskable } from '../output/warn-if-not-maskable.js';
import {
  fromFileOption,
  ownerOf,
  secretName,
  secretPath,
  withScopeOptions,
  type SecretScopeOptions,
} from './secret-scope.js';

interface Options extends SecretScopeOptions {
  readonly fromFile?: string;
  readonly json?: true;
}

export function secretSetCommand(cli: CommandLine): Command {
  const command = describeCommand(
    'set',
    'Store a secret, or replace its value, which is never read from the arguments.',
    [
      'danube secret set GITHUB_TOKEN',
      'printf %s "$TOKEN" | danube secret set REGISTRY_TOKEN --team platform',
      'danube secret set deploy-key --pipeline website --from-file id_ed25519',
    ],
  )
    .argument('<secret>', 'name: letters, digits, "_", "-" and "."', secretName)
    .addOption(fromFileOption())
    .option('--json', 'print the secret, without its value, as the REST API gives it');
  return withServerOptions(withScopeOptions(command)).action(async (name: string, options: Options) => {
    const { team, pipeline } = options;
    const client = await connect(cli.terminal, options);
    const value = await readSecretValue(cli.terminal, options.fromFile);
    const secret = await client.put<SecretView>(secretPath(name), { query: { team, pipeline }, body: { value } });
    warnIfNotMaskable(cli.terminal, value);
    if (options.json) printJson(cli.terminal, secret);
    else cli.terminal.out.write(`${secret.name} of ${ownerOf(secret)} is set\n`);
  });
}
