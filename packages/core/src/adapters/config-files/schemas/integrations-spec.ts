import type { JsonSchema, JsonValue } from '@danube/plugin-api';
import { explained, listOf, name, object, pattern, text } from './common.js';

interface EntrySpec {
  readonly type: string;
  readonly name?: string;
  readonly [key: string]: JsonValue | undefined;
}

/** The sections about plugins. What else an entry holds is up to the plugin that has its type. */
export interface IntegrationsSpec {
  readonly plugins?: readonly { readonly package: string; readonly optional?: boolean }[];
  readonly forges?: readonly (EntrySpec & { readonly webhook_secret?: string })[];
  readonly git_authentication?: readonly (EntrySpec & { readonly match_patterns: readonly string[] })[];
  readonly notifiers?: readonly EntrySpec[];
  readonly builders?: readonly EntrySpec[];
  readonly storage?: readonly EntrySpec[];
}

const maxEntries = 200;

function section(
  what: string,
  meaning: string,
  properties: Readonly<Record<string, JsonSchema>> = {},
  required: readonly string[] = [],
): JsonSchema {
  const entry: JsonSchema = {
    type: 'object',
    properties: {
      type: pattern(
        '^[a-z][a-z0-9_-]{0,63}$',
        'lower-case letters, digits, "_" and "-", beginning with a letter',
        `Which ${what}; plugins add types. The other keys are those of the type.`,
      ),
      name: name(`Name of the entry, unique within the section. Default: the type.`),
      ...properties,
    },
    required: ['type', ...required],
    description: `One ${what}.`,
  };
  return listOf(entry, `${meaning} Default: none.`, maxEntries);
}

export const integrationsSchemas: Readonly<Record<keyof IntegrationsSpec, JsonSchema>> = {
  plugins: listOf(
    object(
      {
        package: pattern(
          '^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]{0,199}$',
          'the name of an npm package, for example "@danube/plugin-github"',
          'Name of the package, installed in `plugins/` of the data directory or delivered with Danube.',
        ),
        optional: {
          type: 'boolean',
          description: 'Whether the server goes on without it when it fails. Default: false.',
        },
      },
      ['package'],
      'One plugin.',
    ),
    'Plugins that are loaded. Default: none.',
    maxEntries,
  ),
  forges: section('forge', 'Servers that host repositories and send webhooks.', {
    webhook_secret: text('Name of the secret that signs the webhooks of pipelines that name none. Default: none.', 200),
  }),
  git_authentication: section(
    'way to authenticate',
    'How private repositories are read; the first entry that matches is used.',
    {
      match_patterns: {
        ...listOf(
          explained('danube-repository-glob', 'One pattern.'),
          'Glob patterns of `host/path`, for example `github.com/myorg/*`; one that ends with `*` also has what is below.',
          100,
        ),
        minItems: 1,
      },
    },
    ['match_patterns'],
  ),
  notifiers: section('notifier', 'Who is told about jobs.'),
  builders: section('builder', 'What builds container images; the first one that handles a step plans it.'),
  storage: section('storage', 'Where artifacts and images are kept.'),
};
