import type { ConfigProblem, ConfigSync } from '../../domain/config/configuration.js';
import type { Job } from '../../domain/job/job.js';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { AuthenticateToken } from '../../services/access/authenticate-token.js';
import type { OneTimeTokens } from '../../services/access/one-time-tokens.js';
import type { Sessions } from '../../services/access/sessions.js';
import type { ReadArtifact } from '../../services/artifacts/read-artifact.js';
import type { AcceptDelivery } from '../../services/deliveries/accept-delivery.js';
import type { StartedJob, StartJobRequest } from '../../services/jobs/start-job.js';
import type { PluginFailure, PluginState } from '../../services/ports/extensions.js';
import type { ArtifactRepository } from '../../services/ports/artifact-repository.js';
import type { CommitStatusRepository } from '../../services/ports/commit-status-repository.js';
import type { DeliveryRepository } from '../../services/ports/delivery-repository.js';
import type { IdGenerator } from '../../services/ports/id-generator.js';
import type { JobRepository } from '../../services/ports/job-repository.js';
import type { LogStore } from '../../services/ports/log-store.js';
import type { LoggerFactory } from '../../services/ports/logger.js';
import type { Metrics } from '../../services/ports/metrics.js';
import type { PipelineRepository } from '../../services/ports/pipeline-repository.js';
import type { RequestContext } from '../../services/ports/request-context.js';
import type { Signer } from '../../services/ports/signer.js';
import type { StepRepository } from '../../services/ports/step-repository.js';
import type { ReadProvenance } from '../../services/provenance/read-provenance.js';
import type { AuditLog } from '../../services/audit/audit-log.js';
import type { Reaper } from '../../services/retention/reaper.js';
import type { DescribedTriggers } from '../../services/triggers/describe-triggers.js';
import type { Tracer } from '../../services/ports/tracer.js';
import type { Secrets } from '../../services/secrets/secrets.js';
import type { WebUiFiles } from './web-ui/web-ui-files.js';

/** One thing that must work for the server to do its job. */
export interface ReadinessCheck {
  /** As it stands in the answer of /health/ready, for example `database`. */
  readonly name: string;
  /** The server stays ready when an optional one fails; it is then `degraded`. */
  readonly optional: boolean;
  /** Rejects when it does not work. The message of a DanubeError is shown to anybody, any other is not. */
  readonly check: (signal: AbortSignal) => Promise<void>;
}

export interface ConfigSyncOutcome {
  readonly status: 'applied' | 'unchanged' | 'failed';
  /** The commit that was looked at; undefined where the repository could not be read. */
  readonly commit: string | undefined;
  readonly problems: readonly ConfigProblem[];
  /** What was applied, a line each. */
  readonly changes: readonly string[];
  /** Of the configuration that is in force now. */
  readonly pluginFailures: readonly PluginFailure[];
}

export interface ConfigStatus {
  /** Undefined where none is set. */
  readonly repository: { readonly url: string; readonly branch: string } | undefined;
  /** Undefined before the first good sync. */
  readonly current: { readonly commit: string; readonly appliedAt: number } | undefined;
  /** Newest first. */
  readonly syncs: readonly ConfigSync[];
}

export interface HttpSettings {
  readonly metricsPublic: boolean;
  /** Browsers reach the server over https: cookies are then marked so, and plain http is forbidden to them. */
  readonly publicUrlIsHttps: boolean;
  /** Asked at each request, because a config sync may change them. */
  corsOrigins(): readonly string[];
  /** Milliseconds between the comments that keep event streams open. */
  readonly heartbeatMs: number;
}

/** All that the HTTP adapter needs from the rest of Danube. */
export interface HttpDependencies {
  readonly settings: HttpSettings;
  /** Empty where it was not built. */
  readonly webUi: WebUiFiles;
  readonly pipelines: Pick<PipelineRepository, 'findById' | 'list'>;
  /** What starts jobs of the pipelines at present, and when their schedules are due; by id of the pipeline. */
  describeTriggers(pipelines: readonly Pipeline[]): Promise<ReadonlyMap<string, DescribedTriggers>>;
  /** Short names of the branches that a repository has now; rejects where it cannot be reached. */
  listBranches(repositoryUrl: string, signal: AbortSignal): Promise<readonly string[]>;
  readonly jobs: Pick<JobRepository, 'findById' | 'list' | 'listRecentByPipeline'>;
  readonly commitStatuses: Pick<CommitStatusRepository, 'findByJob'>;
  readonly artifacts: Pick<ArtifactRepository, 'list' | 'listByJob'>;
  readonly readArtifact: Pick<ReadArtifact, 'find' | 'open'>;
  readonly readProvenance: Pick<ReadProvenance, 'execute'>;
  readonly signer: Pick<Signer, 'publicKeyPem'>;
  readonly steps: Pick<StepRepository, 'listByJob'>;
  readonly logs: Pick<LogStore, 'size' | 'countLines' | 'read' | 'locateLines' | 'sections' | 'search' | 'follow'>;
  startJob(request: StartJobRequest, signal: AbortSignal): Promise<StartedJob>;
  /** Rejects with `job_not_found` and `pipeline_not_found`. */
  rerunJob(jobId: string, actor: string): Promise<StartedJob>;
  /** Idempotent; rejects with `job_not_found`. */
  cancelJob(jobId: string, reason: string): Promise<Job>;
  /** The job's states as they come, the present one first; ends after the final one. */
  watchJob(jobId: string, signal: AbortSignal): AsyncIterable<Job>;
  /** Ids of jobs that change, from the first `next` on until the signal is aborted. */
  watchAllJobs(signal: AbortSignal): AsyncIterable<readonly string[]>;
  readonly webhooks: Pick<AcceptDelivery, 'requireForge' | 'execute'>;
  readonly deliveries: Pick<DeliveryRepository, 'findById' | 'findPayload' | 'list' | 'countVerdicts' | 'listVerdicts'>;
  /** Answers the id of the new delivery; rejects with `delivery_not_found` and `delivery_not_replayable`. */
  replayDelivery(id: string): Promise<string>;
  readonly secrets: Pick<Secrets, 'set' | 'remove' | 'list' | 'listForPipeline'>;
  /** Public half of the key that opens sealed secrets of the config repository. */
  readonly secretRecipient: string;
  readonly auditLog: Pick<AuditLog, 'list' | 'verify'>;
  readonly reaper: Pick<Reaper, 'execute' | 'check'>;
  syncConfig(signal: AbortSignal): Promise<ConfigSyncOutcome>;
  configStatus(): Promise<ConfigStatus>;
  /** Read at each request: plugins come and go. */
  readonly readinessChecks: readonly ReadinessCheck[];
  /** With the version of the contract that this server fulfils. */
  plugins(): Promise<{ readonly apiVersion: string; readonly items: readonly PluginState[] }>;
  renderMetrics(): Promise<{ readonly contentType: string; readonly text: string }>;
  readonly authenticateToken: Pick<AuthenticateToken, 'execute'>;
  readonly oneTimeTokens: Pick<OneTimeTokens, 'redeem'>;
  readonly sessions: Pick<Sessions, 'open' | 'find' | 'close'>;
  readonly ids: IdGenerator;
  readonly requestContext: RequestContext;
  readonly tracer: Tracer;
  readonly metrics: Metrics;
  readonly loggers: LoggerFactory;
}
