import { InvalidArgumentError, Option, type Command } from 'commander';
import { isSecretName, secretNameHint } from '../../domain/secret/secret-name.js';
import type { SecretView } from '../client/api-types.js';
import type { ServerOptions } from '../client/connect.js';

export interface SecretScopeOptions extends ServerOptions {
  readonly team?: string;
  readonly pipeline?: string;
}

/** Gives a command the options that say whose secret is meant. */
export function withScopeOptions(command: Command): Command {
  return command
    .addOption(new Option('--team <name>', 'the secret of this team').conflicts('pipeline'))
    .addOption(new Option('--pipeline <name>', 'the secret of this pipeline').conflicts('team'));
}

/** Where a value comes from that is not to be among the arguments. */
export function fromFileOption(): Option {
  const description = 'read the value from this file (default: from the input, or asked for at a terminal)';
  return new Option('--from-file <path>', description);
}

/** Whose secret it is, in words. */
export function ownerOf({ team, pipeline }: Pick<SecretView, 'team' | 'pipeline'>): string {
  if (team !== undefined) return `team ${team}`;
  return pipeline === undefined ? 'everybody' : `pipeline ${pipeline}`;
}

/** Reads the name of a secret from the arguments. */
export function secretName(text: string): string {
  if (isSecretName(text)) return text;
  throw new InvalidArgumentError(`write ${secretNameHint}.`);
}

export function secretPath(name: string): string {
  return `/api/v1/secrets/${encodeURIComponent(name)}`;
}
