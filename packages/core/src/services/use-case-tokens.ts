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
import type { DecideTrigger } from './triggers/decide-trigger.js';
import type { DescribeTriggers } from './triggers/describe-triggers.js';
import type { ReadPipelineFile } from './triggers/read-pipeline-file.js';
import type { RefreshPipelineFiles } from './triggers/refresh-pipeline-files.js';
import type { RunSchedules } from './triggers/run-schedules.js';
import type { StartScheduledJob } from './triggers/start-scheduled-job.js';
import type { EnqueueJob } from './jobs/enqueue-job.js';
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
import { token } from './token.js';

/** Use cases, and what they share. */
export const useCaseTokens = {
  ActiveConfiguration: token<ActiveConfiguration>('ActiveConfiguration'),
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
  DecideTrigger: token<DecideTrigger>('DecideTrigger'),
  DescribeTriggers: token<DescribeTriggers>('DescribeTriggers'),
  ReadPipelineFile: token<ReadPipelineFile>('ReadPipelineFile'),
  RefreshPipelineFiles: token<RefreshPipelineFiles>('RefreshPipelineFiles'),
  RunSchedules: token<RunSchedules>('RunSchedules'),
  StartScheduledJob: token<StartScheduledJob>('StartScheduledJob'),
} as const;
