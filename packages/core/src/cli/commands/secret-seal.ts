import type { Command } from 'commander';
import { toScope } from '../../domain/secret/secret-scope.js';
import { connect, withServerOptions } from '../client/connect.js';
import { fetchRecipient } from '../client/fetch-recipient.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { readSecretValue } from '../input/read-secret-value.js';
import { warnIfNotMaskable } from '../output/warn-if-not-maskable.js';
import { fromFileOption, secretName, withScopeOptions, type SecretScopeOptions } from './secret-scope.js';

interface Options extends SecretScopeOptions {
  readonly fromFile?: string;
  readonly recipient?: string;
}

export function secretSealCommand(cli: CommandLine): Command {
  const command = describeCommand(
    'seal',
    'Print a document for the config repository with a secret that only the server can open.',
    [
      'danube secret seal GITHUB_TOKEN > secrets/github-token.yaml',
      'printf %s "$TOKEN" | danube secret seal REGISTRY_TOKEN --team platform --recipient age1…',
      'danube secret seal deploy-key --pipeline website --from-file id_ed25519',
    ],
  )
    .argument('<secret>', 'name: letters, digits, "_", "-" and "."', secretName)
    .option('--recipient <key>', 'what "danube secret recipient" prints; no server is asked then')
    .addOption(fromFileOption());
  return withServerOptions(withScopeOptions(command)).action(async (name: string, options: Options) => {
    const { terminal } = cli;
    const recipient = options.recipient ?? (await fetchRecipient(await connect(terminal, options)));
    const value = await readSecretValue(terminal, options.fromFile);
    const { sealSecret } = await import('../../composition/seal-secret.js');
    const document = await sealSecret(name, toScope(options), value, recipient);
    warnIfNotMaskable(terminal, value);
    terminal.out.write(document);
  });
}
