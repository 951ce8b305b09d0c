import { Type } from 'typebox';
import { oneOf, optional, time } from './field-types.js';
import { JobSchema, RecentJobSchema } from './job.js';

const pipelineFields = {
  id: Type.String(),
  name: Type.String(),
  team: Type.String(),
  description: optional(Type.String()),
  repository: Type.String(),
  branch: Type.String({ description: 'Branch of triggers that name none.' }),
  last_job: optional(JobSchema),
  recent_jobs: Type.Array(RecentJobSchema, { description: 'The last 20, newest first.' }),
  next_run_at: optional(time('When a schedule is due next.')),
};

export const PipelineSchema = Type.Object(pipelineFields);

const TriggerSchema = Type.Object({
  type: oneOf(['push', 'pull_request', 'cron', 'manual']),
  branches: optional(Type.Array(Type.String())),
  tags: optional(Type.Array(Type.String())),
  paths: optional(Type.Array(Type.String())),
  paths_ignore: optional(Type.Array(Type.String())),
  forks: optional(oneOf(['none', 'without_secrets', 'with_secrets'])),
  schedule: optional(Type.String({ description: 'Five cron fields in UTC.' })),
  catch_up: optional(oneOf(['none', 'one'])),
  skip_if_running: optional(Type.Boolean()),
});

const TriggerOriginSchema = Type.Object(
  {
    kind: oneOf(['config', 'file']),
    commit: optional(Type.String({ description: 'The commit whose pipeline file was read.' })),
    problems: Type.Array(
      Type.Object({ file: Type.String(), line: Type.Integer(), column: Type.Integer(), message: Type.String() }),
      { description: 'What is wrong with the triggers of the pipeline file, which then has none.' },
    ),
    failure: optional(Type.String({ description: 'Why the pipeline file could not be read the last time.' })),
  },
  { description: 'Who says what starts jobs: the config repository, or the pipeline file.' },
);

const ScheduleSchema = Type.Object({
  schedule: Type.String(),
  next_runs: Type.Array(time('When it is due next.'), { description: 'Soonest first.' }),
  last_outcome: optional(Type.String({ description: 'What came of the last time, in words.' })),
  last_job_id: optional(Type.String({ description: 'The last job that it started.' })),
});

export const PipelineDetailSchema = Type.Object({
  ...pipelineFields,
  file: Type.String({ description: 'Path of the pipeline file within the repository.' }),
  triggers: optional(
    Type.Array(TriggerSchema, { description: 'What starts jobs at present; absent where the file was not read yet.' }),
  ),
  trigger_origin: TriggerOriginSchema,
  schedules: Type.Array(ScheduleSchema),
  timeout_seconds: Type.Number(),
  timeout_action: oneOf(['kill', 'warn']),
  concurrency: oneOf(['queue', 'replace', 'cancel_running']),
  max_concurrent_jobs: optional(Type.Integer()),
  max_concurrent_steps: Type.Integer(),
  clone_submodules: Type.Boolean(),
  image: optional(Type.String()),
  env: Type.Record(Type.String(), Type.String()),
  permissions: Type.Array(Type.Object({ team: Type.String(), permission: oneOf(['read', 'write', 'admin']) })),
  origin: Type.Object({
    file: Type.String({ description: 'File of the config repository that declares it.' }),
    line: Type.Integer(),
  }),
});

export const BranchListSchema = Type.Object({ items: Type.Array(Type.String()) });

export const TriggerRequestSchema = Type.Object(
  {
    branch: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: 'Short name of a branch.' })),
    ref: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 255,
        description: 'Full ref such as `refs/tags/v1`; instead of `branch`.',
      }),
    ),
    commit: Type.Optional(
      Type.String({
        pattern: '^([0-9a-f]{40}|[0-9a-f]{64})$',
        description: 'Full commit id in lower-case hexadecimal; without it, what the branch or ref points at now.',
      }),
    ),
    env: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: 'Extra environment of the job. Never secrets.' }),
    ),
  },
  { additionalProperties: false },
);
