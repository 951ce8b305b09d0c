import type { JsonSchema } from '@danube/plugin-api';
import type { CatchUpPolicy, ForkPolicy } from '../../../domain/pipeline/pipeline.js';
import { explained, listOf, oneOf } from './common.js';

interface PathsSpec {
  readonly paths?: readonly string[];
  readonly paths_ignore?: readonly string[];
}

export type TriggerSpec =
  | ({ readonly type: 'push'; readonly branches?: readonly string[]; readonly tags?: readonly string[] } & PathsSpec)
  | ({ readonly type: 'pull_request'; readonly branches?: readonly string[]; readonly forks?: ForkPolicy } & PathsSpec)
  | {
      readonly type: 'cron';
      readonly schedule: string;
      readonly catch_up?: CatchUpPolicy;
      readonly skip_if_running?: boolean;
    }
  | { readonly type: 'manual' };

export const triggerDefaults = { forks: 'none', catchUp: 'one', skipIfRunning: true } as const;

const globs = (description: string): JsonSchema =>
  listOf(explained('danube-glob', 'One pattern; "!" in front excludes.'), description, 100);

const pathGlobs = {
  paths: globs('Glob patterns of files: only changes of one of them start a job. Default: every file.'),
  paths_ignore: globs('Glob patterns of files: a change of nothing else starts no job. Default: none.'),
};

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

const triggerSchema: JsonSchema = {
  type: 'object',
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: [
    trigger(
      'push',
      {
        branches: globs('Glob patterns of branches. Default: every branch, or none where `tags` is given.'),
        tags: globs('Glob patterns of tags. Default: none.'),
        ...pathGlobs,
      },
      [],
      'A commit or tag was pushed.',
    ),
    trigger(
      'pull_request',
      {
        branches: globs('Glob patterns of target branches. Default: every branch.'),
        forks: oneOf(
          ['none', 'without_secrets', 'with_secrets'],
          'Whether pull requests from other repositories, whose writers may be anybody, start jobs, and whether those may ' +
            `have secrets. Default: "${triggerDefaults.forks}".`,
        ),
        ...pathGlobs,
      },
      [],
      'A pull request was opened or changed.',
    ),
    trigger(
      'cron',
      {
        schedule: explained(
          'danube-cron',
          'When, as five cron fields in UTC: minute, hour, day of month, month, day of week, for example "0 3 * * 1-5".',
        ),
        catch_up: oneOf(
          ['none', 'one'],
          'What becomes of runs that were due while the server was down: nothing, or one job for all of them. ' +
            `Default: "${triggerDefaults.catchUp}".`,
        ),
        skip_if_running: {
          type: 'boolean',
          description: `Whether a run is left out while the one before has not ended. Default: ${triggerDefaults.skipIfRunning}.`,
        },
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

export const triggerListSchema = listOf(
  triggerSchema,
  'What starts jobs. Default: what `@pipeline(triggers=[…])` in the file says.',
  100,
);
