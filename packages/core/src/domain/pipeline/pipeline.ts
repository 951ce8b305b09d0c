export type ConcurrencyPolicy = 'queue' | 'replace' | 'cancel_running';
export type TimeoutAction = 'kill' | 'warn';
export type Permission = 'read' | 'write' | 'admin';

export type PipelineTrigger =
  | { readonly type: 'push'; readonly branches: readonly string[]; readonly tags: readonly string[] }
  | { readonly type: 'pull_request'; readonly branches: readonly string[] }
  | { readonly type: 'cron'; readonly schedule: string }
  | { readonly type: 'manual' };

export interface PipelineSpec {
  readonly team: string;
  readonly description: string | undefined;
  readonly repository: string;
  /** Branch of manual and cron triggers that name none. */
  readonly branch: string;
  /** Path of the pipeline file within the repository. */
  readonly file: string;
  /** Undefined: `@pipeline(triggers=[…])` of the pipeline file decides. */
  readonly triggers: readonly PipelineTrigger[] | undefined;
  readonly timeoutMs: number;
  readonly timeoutAction: TimeoutAction;
  readonly concurrency: ConcurrencyPolicy;
  /** Undefined: only the instance's limit holds. */
  readonly maxConcurrentJobs: number | undefined;
  readonly maxConcurrentSteps: number;
  readonly cloneSubmodules: boolean;
  readonly env: Readonly<Record<string, string>>;
  /** Image of the worker on the kubernetes runtime. */
  readonly image: string | undefined;
  readonly permissions: readonly { readonly team: string; readonly permission: Permission }[];
}

export interface Pipeline {
  /** Equal to its name: names are unique and renaming is a new pipeline. */
  readonly id: string;
  readonly name: string;
  readonly spec: PipelineSpec;
  /** Where it stands in the config repository. */
  readonly origin: { readonly file: string; readonly line: number };
}
