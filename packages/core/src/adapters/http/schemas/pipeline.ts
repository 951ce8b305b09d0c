import { Type } from 'typebox';
import { oneOf, optional } from './field-types.js';
import { JobSchema } from './job.js';

const pipelineFields = {
  id: Type.String(),
  name: Type.String(),
  team: Type.String(),
  description: optional(Type.String()),
  repository: Type.String(),
  branch: Type.String({ description: 'Branch of triggers that name none.' }),
  last_job: optional(JobSchema),
};

export const PipelineSchema = Type.Object(pipelineFields);

const TriggerSchema = Type.Object({
  type: oneOf(['push', 'pull_request', 'cron', 'manual']),
  branches: optional(Type.Array(Type.String())),
  tags: optional(Type.Array(Type.String())),
  schedule: optional(Type.String()),
});

export const PipelineDetailSchema = Type.Object({
  ...pipelineFields,
  file: Type.String({ description: 'Path of the pipeline file within the repository.' }),
  triggers: optional(Type.Array(TriggerSchema)),
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
