import { ArtifactRow } from './artifact-row.js';
import { AuditRow } from './audit-row.js';
import { CommitStatusRow } from './commit-status-row.js';
import { ConfigStateRow } from './config-state-row.js';
import { ConfigSyncRow } from './config-sync-row.js';
import { CronRunRow } from './cron-run-row.js';
import { DeliveryPayloadRow } from './delivery-payload-row.js';
import { DeliveryRow } from './delivery-row.js';
import { JobRow } from './job-row.js';
import { JobSecretRow } from './job-secret-row.js';
import { JobTokenRow } from './job-token-row.js';
import { LooseObjectRow } from './loose-object-row.js';
import { PipelineFileRow } from './pipeline-file-row.js';
import { PipelinePermissionRow } from './pipeline-permission-row.js';
import { PipelineRow } from './pipeline-row.js';
import { ProvenanceRow } from './provenance-row.js';
import { SecretRow } from './secret-row.js';
import { SessionRow } from './session-row.js';
import { StepRow } from './step-row.js';
import { TeamMemberRow } from './team-member-row.js';
import { TeamRow } from './team-row.js';
import { UserRow } from './user-row.js';
import { VerdictRow } from './verdict-row.js';

/** Every row type. Properties are named as the columns are, so that a row of plain SQL has the same type. */
export const entities = [
  ArtifactRow,
  AuditRow,
  CommitStatusRow,
  ConfigStateRow,
  ConfigSyncRow,
  CronRunRow,
  DeliveryPayloadRow,
  DeliveryRow,
  JobRow,
  JobSecretRow,
  JobTokenRow,
  LooseObjectRow,
  PipelineFileRow,
  PipelinePermissionRow,
  PipelineRow,
  ProvenanceRow,
  SecretRow,
  SessionRow,
  StepRow,
  TeamMemberRow,
  TeamRow,
  UserRow,
  VerdictRow,
];
