import type { PodRequest } from '../kubernetes/pod-request.js';

export type ConcurrencyPolicy = 'queue' | 'replace' | 'cancel_running';
export type TimeoutAction = 'kill' | 'warn';
/** Whether pull requests from other repositories start jobs, and whether those may have secrets. */
export type ForkPolicy = 'none' | 'without_secrets' | 'with_secrets';
/** What becomes of runs that were due while the server was down: nothing, or one job for all of them. */
export type CatchUpPolicy = 'none' | 'one';
export type Permission = 'read' | 'write' | 'admin';

/** Which changed files matter: any of `paths`, unless all that changed are in `pathsIgnore`. Empty lists are no filter. */
export interface PathFilter {
  readonly paths: readonly string[];
  readonly pathsIgnore: readonly string[];
}

export interface PushTrigger extends PathFilter {
  readonly type: 'push';
  readonly branches: readonly string[];
  readonly tags: readonly string[];
}

export interface PullRequestTrigger extends PathFilter {
  readonly type: 'pull_request';
  /** Target branches. */
  readonly branches: readonly string[];
  readonly forks: ForkPolicy;
}

export interface CronTrigger {
  readonly type: 'cron';
  /** Five fields in UTC, single spaces between them. */
  readonly schedule: string;
  readonly catchUp: CatchUpPolicy;
  /** Whether a run is left out while the one before has not ended. */
  readonly skipIfRunning: boolean;
}

export type PipelineTrigger = PushTrigger | PullRequestTrigger | CronTrigger | { readonly type: 'manual' };

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
  /** Commits of history in the workspace; 0: all. */
  readonly cloneDepth: number;
  /** Name of the secret that signs this pipeline's webhooks; undefined: that of the forge's entry. */
  readonly webhookSecret: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** Whether its steps have a network on the local runtime. */
  readonly network: boolean;
  /** Image of the worker on the kubernetes runtime. */
  readonly image: string | undefined;
  /** What its pods are to be like on the kubernetes runtime. */
  readonly kubernetes: PodRequest | undefined;
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
