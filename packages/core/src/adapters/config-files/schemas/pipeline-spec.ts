import { duration, format, integer, listOf, name, object, oneOf, text } from './common.js';
import { image } from './kubernetes-common.js';
import { podRequestSchema, type PodRequestYaml } from './pod-request-spec.js';
import { triggerListSchema, type TriggerSpec } from './trigger.js';

export const pipelineDefaults = {
  branch: 'main',
  file: 'danubefile.py',
  timeoutAction: 'kill',
  concurrency: 'queue',
  maxConcurrentSteps: 1,
  cloneDepth: 1,
} as const;

export interface PipelineYaml {
  readonly team: string;
  readonly description?: string;
  readonly repository: string;
  readonly branch?: string;
  readonly file?: string;
  readonly triggers?: readonly TriggerSpec[];
  readonly timeout?: string;
  readonly timeout_action?: 'kill' | 'warn';
  readonly concurrency?: 'queue' | 'replace' | 'cancel_running';
  readonly max_concurrent_jobs?: number;
  readonly max_concurrent_steps?: number;
  readonly clone_submodules?: boolean;
  readonly clone_depth?: number;
  readonly webhook_secret?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly network?: boolean;
  readonly image?: string;
  readonly kubernetes?: PodRequestYaml;
  readonly permissions?: readonly { readonly team: string; readonly permission: 'read' | 'write' | 'admin' }[];
}

export const pipelineSpecSchema = object(
  {
    team: name('Team that owns the pipeline.'),
    description: text('What the pipeline is for.'),
    repository: format(
      'danube-repository',
      'https://host/path, http://host/path, ssh://user@host/path, user@host:path, file:///path or /path, without a password',
      'URL of the Git repository that is built.',
    ),
    branch: format(
      'danube-branch',
      'a branch name',
      `Branch of manual and cron jobs that name none. Default: "${pipelineDefaults.branch}".`,
    ),
    file: format(
      'danube-relative-path',
      'a path inside the repository, with "/" and without ".."',
      `Pipeline file within the repository. Default: "${pipelineDefaults.file}".`,
    ),
    triggers: triggerListSchema,
    timeout: duration("How long a job may take. Default: the instance's `jobs.default_timeout`."),
    timeout_action: oneOf(
      ['kill', 'warn'],
      `What happens then: end the job, or only say so. Default: "${pipelineDefaults.timeoutAction}".`,
    ),
    concurrency: oneOf(
      ['queue', 'replace', 'cancel_running'],
      'What a newer commit on the same ref does: wait, replace jobs that have not started, or cancel running ones too. ' +
        `Default: "${pipelineDefaults.concurrency}".`,
    ),
    max_concurrent_jobs: integer(1, 10_000, "Jobs of this pipeline at once. Default: only the instance's limit."),
    max_concurrent_steps: integer(
      1,
      1000,
      `Steps of one job at once. Default: ${pipelineDefaults.maxConcurrentSteps}.`,
    ),
    clone_submodules: { type: 'boolean', description: 'Whether submodules are checked out too. Default: false.' },
    clone_depth: integer(
      0,
      1_000_000,
      `Commits of history in the workspace; 0 for all. Default: ${pipelineDefaults.cloneDepth}.`,
    ),
    webhook_secret: text(
      "Name of the secret that signs this pipeline's webhooks. Default: the `webhook_secret` of the forge.",
      200,
    ),
    env: {
      type: 'object',
      maxProperties: 500,
      propertyNames: {
        pattern: '^(?!DANUBE_)[A-Za-z_][A-Za-z0-9_]*$',
        patternErrorMessage: 'letters, digits and "_"; names that begin with DANUBE_ belong to Danube',
      },
      additionalProperties: { type: 'string', maxLength: 32_768, description: 'Value of the variable.' },
      description: 'Environment of the pipeline and of every step. Never put secrets here. Default: none.',
    },
    network: {
      type: 'boolean',
      description:
        'Whether steps have a network on the local runtime. With false, jobs start only where bubblewrap isolates them; ' +
        'the pipeline file itself keeps its network, to reach the server. Default: true.',
    },
    image: image(
      "Container image of the worker on the kubernetes runtime. Default: the instance's `kubernetes.default_image`.",
    ),
    kubernetes: podRequestSchema,
    permissions: listOf(
      object(
        {
          team: name('Team that is given the permission.'),
          permission: oneOf(['read', 'write', 'admin'], 'See it; also start and cancel jobs; also manage secrets.'),
        },
        ['team', 'permission'],
        'One permission.',
      ),
      'What other teams may do. Default: nothing.',
    ),
  },
  ['team', 'repository'],
  'A repository that is built, and when and how.',
);
