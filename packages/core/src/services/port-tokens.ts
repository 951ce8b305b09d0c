import type { ArtifactStorage, GitAuthMethod } from '@danube/plugin-api';
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
import type { TriggerExtractor } from './ports/trigger-extractor.js';
import type { TriggerParser } from './ports/trigger-parser.js';
import type { LogStore, LogStoreSettings } from './ports/log-store.js';
import type { ConfigParser } from './ports/config-parser.js';
import { token } from './token.js';

/** What use cases need of the outside, by the name of its port. */
export const portTokens = {
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
  ArchiveInspector: token<ArchiveInspector>('ArchiveInspector'),
  /** In the data directory, for where config.yaml names no storage. */
  OwnArtifactStorage: token<ArtifactStorage>('OwnArtifactStorage'),
  /** Opens ssh URLs that no entry of `git_authentication` matches. */
  FallbackGitAuth: token<GitAuthMethod>('FallbackGitAuth'),
  DiskSpace: token<DiskSpace>('DiskSpace'),
  TriggerExtractor: token<TriggerExtractor>('TriggerExtractor'),
  TriggerParser: token<TriggerParser>('TriggerParser'),
} as const;
