import type { DependencyContainer } from 'tsyringe';
import type { Persistence } from '../../adapters/persistence/open-persistence.js';
import { Tokens } from '../../services/tokens.js';

export function registerPersistence(container: DependencyContainer, persistence: Persistence): void {
  container.registerInstance(Tokens.UnitOfWork, persistence.unitOfWork);
  container.registerInstance(Tokens.JobRepository, persistence.jobs);
  container.registerInstance(Tokens.FinishedJobRepository, persistence.finishedJobs);
  container.registerInstance(Tokens.StepRepository, persistence.steps);
  container.registerInstance(Tokens.PipelineRepository, persistence.pipelines);
  container.registerInstance(Tokens.PipelineFileRepository, persistence.pipelineFiles);
  container.registerInstance(Tokens.CronRunRepository, persistence.cronRuns);
  container.registerInstance(Tokens.UserRepository, persistence.users);
  container.registerInstance(Tokens.TeamRepository, persistence.teams);
  container.registerInstance(Tokens.SecretRepository, persistence.secrets);
  container.registerInstance(Tokens.ArtifactRepository, persistence.artifacts);
  container.registerInstance(Tokens.ProvenanceRepository, persistence.provenance);
  container.registerInstance(Tokens.AuditRepository, persistence.audit);
  container.registerInstance(Tokens.DeliveryRepository, persistence.deliveries);
  container.registerInstance(Tokens.JobSecretRepository, persistence.jobSecrets);
  container.registerInstance(Tokens.JobTokenRepository, persistence.jobTokens);
  container.registerInstance(Tokens.SessionRepository, persistence.sessions);
  container.registerInstance(Tokens.CommitStatusRepository, persistence.commitStatuses);
  container.registerInstance(Tokens.ConfigStateRepository, persistence.configState);
}
