import type { JsonSchema } from '@danube/plugin-api';
import { listOf, pattern, text } from './common.js';

export type TriggerSpec =
  | { readonly type: 'push'; readonly branches?: readonly string[]; readonly tags?: readonly string[] }
  | { readonly type: 'pull_request'; readonly branches?: readonly string[] }
  | { readonly type: 'cron'; readonly schedule: string }
  | { readonly type: 'manual' };

const globs = (description: string): JsonSchema => listOf(text('One pattern.', 250), description, 100);

function trigger(
  type: TriggerSpec['type'],
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[],
  description: string,
): JsonSchema {
  const tag = { const: type, description: 'What starts a job.' };
  return {
    type: 'object',
    additionalProperties: false,
    properties: { type: tag, ...properties },
    required: ['type', ...required],
    description,
  };
}

export const triggerSchema: JsonSchema = {
  type: 'object',
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: [
    trigger(
      'push',
      {
        branches: globs('Glob patterns of branches. Default: every branch, or none where `tags` is given.'),
        tags: globs('Glob patterns of tags. Default: none.'),
      },
      [],
      'A commit or tag was pushed.',
    ),
    trigger(
      'pull_request',
      { branches: globs('Glob patterns of target branches. Default: every branch.') },
      [],
      'A pull request was opened or changed.',
    ),
    trigger(
      'cron',
      {
        schedule: pattern(
          '^\\s*\\S+(\\s+\\S+){4}\\s*$',
          'five fields: minute, hour, day of month, month, day of week, for example "0 3 * * 1-5"',
          'When, as five cron fields in UTC.',
        ),
      },
      ['schedule'],
      'At fixed times.',
    ),
    trigger(
      'manual',
      {},
      [],
      'Somebody asks for it; always possible, and alone it means that nothing else starts jobs.',
    ),
  ],
};
