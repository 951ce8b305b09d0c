import { Type } from 'typebox';
import { jobStatuses } from '../../../domain/job/job-status.js';
import { stepStatuses } from '../../../domain/step/step.js';
import { commitStates } from '../../../services/statuses/commit-state.js';
import { ArtifactSchema } from './artifact.js';
import { oneOf, optional, time } from './field-types.js';

export const triggerTypes = ['manual', 'webhook', 'cron', 'cli'] as const;

const jobFields = {
  id: Type.String({ format: 'uuid' }),
  number: Type.Integer({ description: 'Counts up by one within the pipeline.' }),
  pipeline_id: Type.String(),
  pipeline: Type.String({ description: 'Name of the pipeline.' }),
  status: oneOf(jobStatuses),
  reason: optional(Type.String({ description: 'Why it ended as it did; absent for a plain success.' })),
  trigger: Type.Object({
    type: oneOf(triggerTypes),
    ref: Type.String({ description: 'What the trigger named, for example a ref or a cron expression.' }),
    actor: Type.String({ description: 'Who or what asked for the job.' }),
  }),
  source: Type.Object({
    repository: Type.String(),
    ref: Type.String(),
    branch: Type.String({ description: 'Short name of the branch or tag.' }),
    commit: Type.String(),
  }),
  pull_request: optional(
    Type.Object(
      {
        number: Type.Integer(),
        target_branch: Type.String({ description: 'Short name of the branch that it is to be merged into.' }),
        from_fork: Type.Boolean({ description: 'Its commits come from another repository.' }),
      },
      { description: 'The pull request that the job tests.' },
    ),
  ),
  with_secrets: Type.Boolean({ description: 'False: the job is given no secret, as for a pull request from a fork.' }),
  created_at: time('When the job was triggered.'),
  scheduled_at: optional(time('When the queue claimed it.')),
  started_at: optional(time('When its coordinator started.')),
  finished_at: optional(time('When its status became final.')),
  deadline_at: optional(time('When it is ended if it still runs.')),
  log_removed_at: optional(time('When retention removed its log; absent while there may be one.')),
};

export const StepSchema = Type.Object({
  sequence: Type.Integer({ description: '1, 2, 3 … in the order in which they began.' }),
  name: Type.String(),
  command: Type.String(),
  image: optional(Type.String()),
  status: oneOf(stepStatuses),
  exit_code: optional(Type.Integer()),
  reason: optional(Type.String()),
  created_at: time('When the coordinator asked for it.'),
  started_at: optional(time('When its command started.')),
  finished_at: optional(time('When its command ended.')),
  deadline_at: optional(time('End of its own timeout.')),
  log_start: optional(Type.Integer({ description: 'Byte offset in the log of its first line.' })),
  log_end: optional(Type.Integer({ description: 'Byte offset in the log after its last line.' })),
});

const CommitStatusSchema = Type.Object(
  {
    forge: Type.String({ description: 'Name of the entry of the configuration.' }),
    reported: optional(oneOf(commitStates, 'What the forge was told last; absent while it was told nothing.')),
    settled: Type.Boolean({ description: 'Nothing more is sent: the end was accepted, or `error` says why not.' }),
    error: optional(Type.String({ description: 'Why the last attempt failed, or why there are no more.' })),
  },
  { description: 'What the forge of the repository knows about the job; absent where none wants to.' },
);

export const JobSchema = Type.Object(jobFields);

/** What a chart of many jobs needs of each. */
export const RecentJobSchema = Type.Pick(Type.Object(jobFields), [
  'id',
  'number',
  'status',
  'created_at',
  'started_at',
  'finished_at',
]);

export const JobDetailSchema = Type.Object({
  ...jobFields,
  env: Type.Record(Type.String(), Type.String(), { description: 'Extra environment that the trigger gave.' }),
  commit_status: optional(CommitStatusSchema),
  steps: Type.Array(StepSchema),
  artifacts: Type.Array(ArtifactSchema, { description: 'By name.' }),
});
