import type { ArtifactStorage, GitAuthMethod } from '@danube/plugin-api';
import type { InjectionToken } from 'tsyringe';
import type { Clock } from './ports/clock.js';
import type { IdGenerator } from './ports/id-generator.js';
import type { TokenHasher } from './ports/token-hasher.js';
import type { ContentHasher } from './ports/content-hasher.js';
import type { Signer } from './ports/signer.js';
import type { SecretCipher } from './ports/secret-cipher.js';
import type { SecretMask } from './ports/secret-mask.js';
import type { SecretUnsealer } from './ports/secret-unsealer.js';
import type { UnitOfWork } from './ports/unit-of-work.js';
import type { JobRepository } from './ports/job-repository.js';
import type { FinishedJobRepository } from './ports/finished-job-repository.js';
import type { SessionRepository } from './ports/session-repository.js';
import type { StepRepository } from './ports/step-repository.js';
import type { PipelineRepository } from './ports/pipeline-repository.js';
import type { PipelineFileRepository } from './ports/pipeline-file-repository.js';
import type { CronRunRepository } from './ports/cron-run-repository.js';
import type { UserRepository } from './ports/user-repository.js';
import type { TeamRepository } from './ports/team-repository.js';
import type { SecretRepository } from './ports/secret-repository.js';
import type { ArchiveInspector } from './ports/archive-inspector.js';
import type { ArtifactRepository } from './ports/artifact-repository.js';
import type { ProvenanceRepository } from './ports/provenance-repository.js';
import type { DeliveryRepository } from './ports/delivery-repository.js';
import type { JobSecretRepository } from './ports/job-secret-repository.js';
import type { JobTokenRepository } from './ports/job-token-repository.js';
import type { ConfigStateRepository } from './ports/config-state-repository.js';
import type { LoggerFactory } from './ports/logger.js';
import type { Metrics } from './ports/metrics.js';
import type { RequestContext } from './ports/request-context.js';
import type { Tracer } from './ports/tracer.js';
import type { SourceBranches } from './ports/source-branches.js';
import type { SourceCheckout } from './ports/source-checkout.js';
import type { CheckoutProgram } from './ports/checkout-program.js';
import type { ConfigSource } from './ports/config-source.js';
import type { JobRuntime } from './ports/job-runtime.js';
import type { AuditRepository } from './ports/audit-repository.js';
import type { CommitStatusRepository } from './ports/commit-status-repository.js';
import type { ExtensionBuilder } from './ports/extension-builder.js';
import type { Extensions } from './ports/extensions.js';
import type { DiskSpace } from './ports/disk-space.js';
import type { SourceCache } from './ports/source-cache.js';
import type { SourceFiles } from './ports/source-files.js';
import type { AwaitRepositoryAccess } from './git/await-repository-access.js';
import type { FindRepositoryAccess } from './git/find-repository-access.js';
import type { ListBranches } from './git/list-branches.js';
import type { AuditLog } from './audit/audit-log.js';
import type { ConfigSecrets } from './secrets/config-secrets.js';
import type { GetSecret } from './secrets/get-secret.js';
import type { JobSecrets } from './secrets/job-secrets.js';
import type { SecretReader } from './secrets/secret-reader.js';
import type { SecretScopes } from './secrets/secret-scopes.js';
import type { Secrets } from './secrets/secrets.js';
import type { TriggerExtractor } from './ports/trigger-extractor.js';
import type { TriggerParser } from './ports/trigger-parser.js';
import type { DecideTrigger } from './triggers/decide-trigger.js';
import type { DescribeTriggers } from './triggers/describe-triggers.js';
import type { ReadPipelineFile } from './triggers/read-pipeline-file.js';
import type { RefreshPipelineFiles } from './triggers/refresh-pipeline-files.js';
import type { RunSchedules } from './triggers/run-schedules.js';
import type { StartScheduledJob } from './triggers/start-scheduled-job.js';
import type { EnqueueJob } from './jobs/enqueue-job.js';
import type { LogStore, LogStoreSettings } from './ports/log-store.js';
import type { ArtifactQuota } from './artifacts/artifact-quota.js';
import type { ArtifactStorages } from './artifacts/artifact-storages.js';
import type { LooseObjects } from './artifacts/loose-objects.js';
import type { ReadArtifact } from './artifacts/read-artifact.js';
import type { StoreArtifact } from './artifacts/store-artifact.js';
import type { BuildPlatform } from './provenance/build-platform.js';
import type { DigestPipelineFile } from './provenance/digest-pipeline-file.js';
import type { ReadProvenance } from './provenance/read-provenance.js';
import type { RecordCircumstances } from './provenance/record-circumstances.js';
import type { WriteProvenance } from './provenance/write-provenance.js';
import type { AuthenticateToken } from './access/authenticate-token.js';
import type { OneTimeTokens } from './access/one-time-tokens.js';
import type { ReportCommitStatuses } from './statuses/report-commit-statuses.js';
import type { CommitStatusSettings, SendCommitStatus } from './statuses/send-commit-status.js';
import type { Sessions } from './access/sessions.js';
import type { ControlCalls } from './control/control-calls.js';
import type { JobControlPlane } from './control/job-control-plane.js';
import type { ControlPlane } from './control/control-plane.js';
import type { AcceptDelivery } from './deliveries/accept-delivery.js';
import type { DecideDelivery } from './deliveries/decide-delivery.js';
import type { DeliveryBacklog } from './deliveries/delivery-backlog.js';
import type { DeliveryHeaders } from './deliveries/delivery-headers.js';
import type { DeliveryIntake } from './deliveries/delivery-intake.js';
import type { FindMissedPushes } from './deliveries/find-missed-pushes.js';
import type { ProcessDeliveries } from './deliveries/process-deliveries.js';
import type { ReadDelivery } from './deliveries/read-delivery.js';
import type { ReplayDelivery } from './deliveries/replay-delivery.js';
import type { SettleDelivery } from './deliveries/settle-delivery.js';
import type { SweepDeliveries } from './deliveries/sweep-deliveries.js';
import type { WorkOffDelivery } from './deliveries/work-off-delivery.js';
import type { CheckArtifacts } from './retention/check-artifacts.js';
import type { CheckLogs } from './retention/check-logs.js';
import type { CheckStorage } from './retention/check-storage.js';
import type { ReapArtifacts } from './retention/reap-artifacts.js';
import type { ReapCache } from './retention/reap-cache.js';
import type { ReapJobs } from './retention/reap-jobs.js';
import type { ReapLogs } from './retention/reap-logs.js';
import type { Reaper } from './retention/reaper.js';
import type { ReaperSchedule } from './retention/reaper-schedule.js';
import type { UnsettledJobs } from './retention/unsettled-jobs.js';
import type { ActiveJobs } from './jobs/active-jobs.js';
import type { ActiveConfiguration } from './config/active-configuration.js';
import type { PlanConfiguration } from './config/plan-configuration.js';
import type { ReportSync } from './config/report-sync.js';
import type { StoredConfiguration } from './config/stored-configuration.js';
import type { SyncConfiguration } from './config/sync-configuration.js';
import type { ConfigPolling, PollConfiguration } from './config/poll-configuration.js';
import type { ConfigParser } from './ports/config-parser.js';
import type { CancelJob } from './jobs/cancel-job.js';
import type { CancelSuperseded } from './jobs/cancel-superseded.js';
import type { ControlEndpoints } from './jobs/control-endpoints.js';
import type { FinishJob } from './jobs/finish-job.js';
import type { JobDeadlines } from './jobs/job-deadlines.js';
import type { JobEvents } from './jobs/job-events.js';
import type { JobLogs } from './jobs/job-logs.js';
import type { JobQueue } from './jobs/job-queue.js';
import type { RecoverJobs } from './jobs/recover-jobs.js';
import type { NarrateJob } from './jobs/narrate-job.js';
import type { ReportStatus } from './jobs/report-status.js';
import type { RunJob } from './jobs/run-job.js';
import type { RunStep } from './jobs/run-step.js';
import type { SettleJob } from './jobs/settle-job.js';
import type { RerunJob } from './jobs/rerun-job.js';
import type { StartJob } from './jobs/start-job.js';
import type { StepRunner } from './jobs/step-runner.js';
import type { WatchAllJobs } from './jobs/watch-all-jobs.js';
import type { WatchJob } from './jobs/watch-job.js';

function token<T>(name: string): InjectionToken<T> {
  return Symbol(name);
}

/** What can be injected. Every injected parameter names one of these; classes are never tokens. */
export const Tokens = {
  Clock: token<Clock>('Clock'),
  IdGenerator: token<IdGenerator>('IdGenerator'),
  TokenHasher: token<TokenHasher>('TokenHasher'),
  ContentHasher: token<ContentHasher>('ContentHasher'),
  Signer: token<Signer>('Signer'),
  SecretCipher: token<SecretCipher>('SecretCipher'),
  SecretMask: token<SecretMask>('SecretMask'),
  SecretUnsealer: token<SecretUnsealer>('SecretUnsealer'),
  UnitOfWork: token<UnitOfWork>('UnitOfWork'),
  JobRepository: token<JobRepository>('JobRepository'),
  FinishedJobRepository: token<FinishedJobRepository>('FinishedJobRepository'),
  SessionRepository: token<SessionRepository>('SessionRepository'),
  StepRepository: token<StepRepository>('StepRepository'),
  PipelineRepository: token<PipelineRepository>('PipelineRepository'),
  PipelineFileRepository: token<PipelineFileRepository>('PipelineFileRepository'),
  CronRunRepository: token<CronRunRepository>('CronRunRepository'),
  UserRepository: token<UserRepository>('UserRepository'),
  TeamRepository: token<TeamRepository>('TeamRepository'),
  SecretRepository: token<SecretRepository>('SecretRepository'),
  ArtifactRepository: token<ArtifactRepository>('ArtifactRepository'),
  ProvenanceRepository: token<ProvenanceRepository>('ProvenanceRepository'),
  AuditRepository: token<AuditRepository>('AuditRepository'),
  DeliveryRepository: token<DeliveryRepository>('DeliveryRepository'),
  CommitStatusRepository: token<CommitStatusRepository>('CommitStatusRepository'),
  JobSecretRepository: token<JobSecretRepository>('JobSecretRepository'),
  JobTokenRepository: token<JobTokenRepository>('JobTokenRepository'),
  ConfigStateRepository: token<ConfigStateRepository>('ConfigStateRepository'),
  LoggerFactory: token<LoggerFactory>('LoggerFactory'),
  Metrics: token<Metrics>('Metrics'),
  RequestContext: token<RequestContext>('RequestContext'),
  Tracer: token<Tracer>('Tracer'),
  Extensions: token<Extensions>('Extensions'),
  ExtensionBuilder: token<ExtensionBuilder>('ExtensionBuilder'),
  SourceBranches: token<SourceBranches>('SourceBranches'),
  SourceCheckout: token<SourceCheckout>('SourceCheckout'),
  CheckoutProgram: token<CheckoutProgram>('CheckoutProgram'),
  SourceCache: token<SourceCache>('SourceCache'),
  SourceFiles: token<SourceFiles>('SourceFiles'),
  ConfigParser: token<ConfigParser>('ConfigParser'),
  ConfigSource: token<ConfigSource>('ConfigSource'),
  JobRuntime: token<JobRuntime>('JobRuntime'),
  LogStore: token<LogStore>('LogStore'),
  LogStoreSettings: token<LogStoreSettings>('LogStoreSettings'),
  ActiveConfiguration: token<ActiveConfiguration>('ActiveConfiguration'),
  ArchiveInspector: token<ArchiveInspector>('ArchiveInspector'),
  /** In the data directory, for where config.yaml names no storage. */
  OwnArtifactStorage: token<ArtifactStorage>('OwnArtifactStorage'),
  ArtifactQuota: token<ArtifactQuota>('ArtifactQuota'),
  ArtifactStorages: token<ArtifactStorages>('ArtifactStorages'),
  LooseObjects: token<LooseObjects>('LooseObjects'),
  ReadArtifact: token<ReadArtifact>('ReadArtifact'),
  StoreArtifact: token<StoreArtifact>('StoreArtifact'),
  BuildPlatform: token<BuildPlatform>('BuildPlatform'),
  DigestPipelineFile: token<DigestPipelineFile>('DigestPipelineFile'),
  ReadProvenance: token<ReadProvenance>('ReadProvenance'),
  RecordCircumstances: token<RecordCircumstances>('RecordCircumstances'),
  WriteProvenance: token<WriteProvenance>('WriteProvenance'),
  /** SHA-256 of the instance's admin token. */
  AdminTokenHash: token<string>('AdminTokenHash'),
  AuthenticateToken: token<AuthenticateToken>('AuthenticateToken'),
  OneTimeTokens: token<OneTimeTokens>('OneTimeTokens'),
  Sessions: token<Sessions>('Sessions'),
  ControlCalls: token<ControlCalls>('ControlCalls'),
  JobControlPlane: token<JobControlPlane>('JobControlPlane'),
  ControlPlane: token<ControlPlane>('ControlPlane'),
  PlanConfiguration: token<PlanConfiguration>('PlanConfiguration'),
  PollConfiguration: token<PollConfiguration>('PollConfiguration'),
  ReportSync: token<ReportSync>('ReportSync'),
  StoredConfiguration: token<StoredConfiguration>('StoredConfiguration'),
  SyncConfiguration: token<SyncConfiguration>('SyncConfiguration'),
  ConfigPolling: token<ConfigPolling>('ConfigPolling'),
  /** Opens ssh URLs that no entry of `git_authentication` matches. */
  FallbackGitAuth: token<GitAuthMethod>('FallbackGitAuth'),
  AwaitRepositoryAccess: token<AwaitRepositoryAccess>('AwaitRepositoryAccess'),
  FindRepositoryAccess: token<FindRepositoryAccess>('FindRepositoryAccess'),
  ListBranches: token<ListBranches>('ListBranches'),
  CommitStatusSettings: token<CommitStatusSettings>('CommitStatusSettings'),
  ReportCommitStatuses: token<ReportCommitStatuses>('ReportCommitStatuses'),
  SendCommitStatus: token<SendCommitStatus>('SendCommitStatus'),
  AuditLog: token<AuditLog>('AuditLog'),
  ConfigSecrets: token<ConfigSecrets>('ConfigSecrets'),
  GetSecret: token<GetSecret>('GetSecret'),
  JobSecrets: token<JobSecrets>('JobSecrets'),
  SecretReader: token<SecretReader>('SecretReader'),
  SecretScopes: token<SecretScopes>('SecretScopes'),
  Secrets: token<Secrets>('Secrets'),
  AcceptDelivery: token<AcceptDelivery>('AcceptDelivery'),
  DecideDelivery: token<DecideDelivery>('DecideDelivery'),
  DeliveryBacklog: token<DeliveryBacklog>('DeliveryBacklog'),
  DeliveryHeaders: token<DeliveryHeaders>('DeliveryHeaders'),
  DeliveryIntake: token<DeliveryIntake>('DeliveryIntake'),
  FindMissedPushes: token<FindMissedPushes>('FindMissedPushes'),
  ProcessDeliveries: token<ProcessDeliveries>('ProcessDeliveries'),
  ReadDelivery: token<ReadDelivery>('ReadDelivery'),
  ReplayDelivery: token<ReplayDelivery>('ReplayDelivery'),
  SettleDelivery: token<SettleDelivery>('SettleDelivery'),
  SweepDeliveries: token<SweepDeliveries>('SweepDeliveries'),
  WorkOffDelivery: token<WorkOffDelivery>('WorkOffDelivery'),
  DiskSpace: token<DiskSpace>('DiskSpace'),
  CheckArtifacts: token<CheckArtifacts>('CheckArtifacts'),
  CheckLogs: token<CheckLogs>('CheckLogs'),
  CheckStorage: token<CheckStorage>('CheckStorage'),
  ReapArtifacts: token<ReapArtifacts>('ReapArtifacts'),
  ReapCache: token<ReapCache>('ReapCache'),
  ReapJobs: token<ReapJobs>('ReapJobs'),
  ReapLogs: token<ReapLogs>('ReapLogs'),
  Reaper: token<Reaper>('Reaper'),
  ReaperSchedule: token<ReaperSchedule>('ReaperSchedule'),
  UnsettledJobs: token<UnsettledJobs>('UnsettledJobs'),
  ActiveJobs: token<ActiveJobs>('ActiveJobs'),
  CancelJob: token<CancelJob>('CancelJob'),
  CancelSuperseded: token<CancelSuperseded>('CancelSuperseded'),
  ControlEndpoints: token<ControlEndpoints>('ControlEndpoints'),
  EnqueueJob: token<EnqueueJob>('EnqueueJob'),
  FinishJob: token<FinishJob>('FinishJob'),
  JobDeadlines: token<JobDeadlines>('JobDeadlines'),
  JobEvents: token<JobEvents>('JobEvents'),
  JobLogs: token<JobLogs>('JobLogs'),
  JobQueue: token<JobQueue>('JobQueue'),
  RecoverJobs: token<RecoverJobs>('RecoverJobs'),
  NarrateJob: token<NarrateJob>('NarrateJob'),
  ReportStatus: token<ReportStatus>('ReportStatus'),
  RunJob: token<RunJob>('RunJob'),
  RunStep: token<RunStep>('RunStep'),
  SettleJob: token<SettleJob>('SettleJob'),
  RerunJob: token<RerunJob>('RerunJob'),
  StartJob: token<StartJob>('StartJob'),
  StepRunner: token<StepRunner>('StepRunner'),
  WatchAllJobs: token<WatchAllJobs>('WatchAllJobs'),
  WatchJob: token<WatchJob>('WatchJob'),
  TriggerExtractor: token<TriggerExtractor>('TriggerExtractor'),
  TriggerParser: token<TriggerParser>('TriggerParser'),
  DecideTrigger: token<DecideTrigger>('DecideTrigger'),
  DescribeTriggers: token<DescribeTriggers>('DescribeTriggers'),
  ReadPipelineFile: token<ReadPipelineFile>('ReadPipelineFile'),
  RefreshPipelineFiles: token<RefreshPipelineFiles>('RefreshPipelineFiles'),
  RunSchedules: token<RunSchedules>('RunSchedules'),
  StartScheduledJob: token<StartScheduledJob>('StartScheduledJob'),
} as const;
