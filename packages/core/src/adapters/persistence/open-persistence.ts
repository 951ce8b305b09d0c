import type { ArtifactRepository } from '../../services/ports/artifact-repository.js';
import type { AuditRepository } from '../../services/ports/audit-repository.js';
import type { CommitStatusRepository } from '../../services/ports/commit-status-repository.js';
import type { ConfigStateRepository } from '../../services/ports/config-state-repository.js';
import type { CronRunRepository } from '../../services/ports/cron-run-repository.js';
import type { DeliveryRepository } from '../../services/ports/delivery-repository.js';
import type { FinishedJobRepository } from '../../services/ports/finished-job-repository.js';
import type { JobRepository } from '../../services/ports/job-repository.js';
import type { JobSecretRepository } from '../../services/ports/job-secret-repository.js';
import type { JobTokenRepository } from '../../services/ports/job-token-repository.js';
import type { PipelineFileRepository } from '../../services/ports/pipeline-file-repository.js';
import type { PipelineRepository } from '../../services/ports/pipeline-repository.js';
import type { ProvenanceRepository } from '../../services/ports/provenance-repository.js';
import type { SecretRepository } from '../../services/ports/secret-repository.js';
import type { SealedValues } from '../../services/ports/sealed-values.js';
import type { SessionRepository } from '../../services/ports/session-repository.js';
import type { StepRepository } from '../../services/ports/step-repository.js';
import type { TeamRepository } from '../../services/ports/team-repository.js';
import type { UnitOfWork } from '../../services/ports/unit-of-work.js';
import type { UserRepository } from '../../services/ports/user-repository.js';
import { applyMigrations } from './apply-migrations.js';
import { prepareDatabaseFile } from './database-file.js';
import type { DatabaseTelemetry } from './database-telemetry.js';
import { Database } from './database.js';
import { SqlArtifactRepository } from './repositories/artifact-repository.js';
import { SqlAuditRepository } from './repositories/audit-repository.js';
import { SqlCommitStatusRepository } from './repositories/commit-status-repository.js';
import { SqlConfigStateRepository } from './repositories/config-state-repository.js';
import { SqlCronRunRepository } from './repositories/cron-run-repository.js';
import { SqlDeliveryRepository } from './repositories/delivery-repository.js';
import { SqlFinishedJobRepository } from './repositories/finished-job-repository.js';
import { SqlJobRepository } from './repositories/job-repository.js';
import { SqlJobSecretRepository } from './repositories/job-secret-repository.js';
import { SqlJobTokenRepository } from './repositories/job-token-repository.js';
import { SqlPipelineFileRepository } from './repositories/pipeline-file-repository.js';
import { SqlPipelineRepository } from './repositories/pipeline-repository.js';
import { SqlProvenanceRepository } from './repositories/provenance-repository.js';
import { SqlSealedValues } from './repositories/sealed-values.js';
import { SqlSecretRepository } from './repositories/secret-repository.js';
import { SqlSessionRepository } from './repositories/session-repository.js';
import { SqlStepRepository } from './repositories/step-repository.js';
import { SqlTeamRepository } from './repositories/team-repository.js';
import { SqlUserRepository } from './repositories/user-repository.js';
import { connect } from './sqlite-driver.js';

export interface Persistence {
  /** For health checks and for the persistence tests; use cases get repositories and the unit of work. */
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly jobs: JobRepository;
  readonly finishedJobs: FinishedJobRepository;
  readonly steps: StepRepository;
  readonly pipelines: PipelineRepository;
  readonly pipelineFiles: PipelineFileRepository;
  readonly cronRuns: CronRunRepository;
  readonly users: UserRepository;
  readonly teams: TeamRepository;
  readonly secrets: SecretRepository;
  readonly sealedValues: SealedValues;
  readonly artifacts: ArtifactRepository;
  readonly provenance: ProvenanceRepository;
  readonly audit: AuditRepository;
  readonly deliveries: DeliveryRepository;
  readonly jobSecrets: JobSecretRepository;
  readonly jobTokens: JobTokenRepository;
  readonly sessions: SessionRepository;
  readonly commitStatuses: CommitStatusRepository;
  readonly configState: ConfigStateRepository;
  close(): Promise<void>;
}

/** Two readers keep short queries from waiting behind one long list; more would only compete for the thread pool. */
const readers = 2;

/**
 * Opens the database file, creating it and bringing its schema up to date as needed.
 * @throws DanubeError `database_not_writable`, `database_not_a_database`, `database_too_new`, `database_pragma_refused`.
 */
export async function openPersistence(path: string, telemetry: DatabaseTelemetry): Promise<Persistence> {
  const database = await openDatabase(path, telemetry);
  return {
    database,
    unitOfWork: database,
    jobs: new SqlJobRepository(database),
    finishedJobs: new SqlFinishedJobRepository(database),
    steps: new SqlStepRepository(database),
    pipelines: new SqlPipelineRepository(database),
    pipelineFiles: new SqlPipelineFileRepository(database),
    cronRuns: new SqlCronRunRepository(database),
    users: new SqlUserRepository(database),
    teams: new SqlTeamRepository(database),
    secrets: new SqlSecretRepository(database),
    sealedValues: new SqlSealedValues(database),
    artifacts: new SqlArtifactRepository(database),
    provenance: new SqlProvenanceRepository(database),
    audit: new SqlAuditRepository(database),
    deliveries: new SqlDeliveryRepository(database),
    jobSecrets: new SqlJobSecretRepository(database),
    jobTokens: new SqlJobTokenRepository(database),
    sessions: new SqlSessionRepository(database),
    commitStatuses: new SqlCommitStatusRepository(database),
    configState: new SqlConfigStateRepository(database),
    close: () => database.close(),
  };
}

async function openDatabase(path: string, telemetry: DatabaseTelemetry): Promise<Database> {
  await prepareDatabaseFile(path);
  const writer = await connect(path, 'writer');
  try {
    const applied = await applyMigrations(writer);
    if (applied.length > 0) telemetry.logger.info('database schema upgraded', { migrations: applied });
    return await Database.open(path, writer, readers, telemetry);
  } catch (error) {
    await writer.destroy();
    throw error;
  }
}
