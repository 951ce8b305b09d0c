import type { JobStatus } from '../../domain/job/job-status.js';
import type { StepStatus } from '../../domain/step/step.js';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly next_cursor?: string;
}

/** A job as the REST API shows it. Times are ISO 8601; what has not happened is absent. */
export interface JobView {
  readonly id: string;
  readonly number: number;
  readonly pipeline: string;
  readonly status: JobStatus;
  readonly reason?: string;
  readonly trigger: { readonly type: string; readonly ref: string; readonly actor: string };
  readonly source: {
    readonly repository: string;
    readonly ref: string;
    readonly branch: string;
    readonly commit: string;
  };
  readonly pull_request?: {
    readonly number: number;
    readonly target_branch: string;
    readonly from_fork: boolean;
  };
  readonly with_secrets: boolean;
  readonly created_at: string;
  readonly started_at?: string;
  readonly finished_at?: string;
}

export interface StepView {
  readonly sequence: number;
  readonly name: string;
  readonly status: StepStatus;
  readonly exit_code?: number;
  readonly reason?: string;
  readonly started_at?: string;
  readonly finished_at?: string;
}

/** What the forge of the repository knows about a job. */
export interface CommitStatusView {
  readonly forge: string;
  readonly reported?: string;
  readonly settled: boolean;
  readonly error?: string;
}

/** An archive that a job uploaded. */
export interface ArtifactView {
  readonly id: string;
  readonly job_id: string;
  readonly name: string;
  readonly size_bytes: number;
  readonly sha256: string;
  /** Base64; absent of artifacts of old versions. */
  readonly signature?: string;
  readonly created_at: string;
}

export interface JobDetails extends JobView {
  readonly commit_status?: CommitStatusView;
  readonly steps: readonly StepView[];
  readonly artifacts: readonly ArtifactView[];
}

/** All that is ever shown of a secret. */
export interface AuditEntryView {
  readonly sequence: number;
  readonly at: string;
  readonly action: string;
  readonly outcome: string;
  readonly actor: string;
  readonly secret: string;
  readonly job_id?: string;
}

export interface AuditCheckView {
  readonly intact: number;
  readonly broken?: { readonly sequence: number; readonly reason: string };
}

export interface ReaperReportView {
  readonly dry_run: boolean;
  readonly bytes: number;
  readonly parts: readonly ReapedPartView[];
}

export interface ReapedPartView {
  readonly kind: string;
  readonly count: number;
  readonly bytes: number;
  readonly oldest?: string;
  readonly failure?: string;
}

export interface StorageCheckView {
  readonly found: number;
  readonly repaired: number;
  readonly problems: readonly { readonly kind: string; readonly subject: string; readonly repaired: boolean }[];
}

export interface SecretView {
  readonly name: string;
  readonly scope: 'global' | 'team' | 'pipeline';
  readonly team?: string;
  readonly pipeline?: string;
  readonly source: 'config' | 'manual';
  readonly created_at: string;
  readonly updated_at: string;
}

/** A plugin of the server and how it stands. */
export interface PluginView {
  readonly package: string;
  readonly id?: string;
  readonly version?: string;
  readonly origin?: string;
  readonly optional: boolean;
  readonly status: 'loaded' | 'degraded' | 'quarantined';
  readonly reason?: string;
  readonly contributes: readonly { readonly point: string; readonly type: string }[];
}

export interface PipelineView {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly repository: string;
  readonly branch: string;
  readonly last_job?: JobView;
}

export interface TriggerView {
  readonly type: string;
  readonly branches?: readonly string[];
  readonly tags?: readonly string[];
  readonly paths?: readonly string[];
  readonly paths_ignore?: readonly string[];
  readonly forks?: string;
  readonly schedule?: string;
}

export interface ScheduleView {
  readonly schedule: string;
  readonly next_runs: readonly string[];
  readonly last_outcome?: string;
}

export interface PipelineDetails extends PipelineView {
  readonly description?: string;
  readonly file: string;
  /** Absent where the pipeline file was not read yet. */
  readonly triggers?: readonly TriggerView[];
  readonly trigger_origin: {
    readonly kind: 'config' | 'file';
    readonly commit?: string;
    readonly problems: readonly {
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly message: string;
    }[];
    readonly failure?: string;
  };
  readonly schedules: readonly ScheduleView[];
  readonly origin: { readonly file: string; readonly line: number };
}
