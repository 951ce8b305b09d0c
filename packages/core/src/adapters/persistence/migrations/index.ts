import { AuditLog1795737602000 } from './audit-log.js';
import { InitialSchema1767225600000 } from './initial-schema.js';
import { JobSecrets1795660000000 } from './job-secrets.js';
import { NetworkOfPipelines1795737601000 } from './network-of-pipelines.js';
import { PodRequests1795651200000 } from './pod-requests.js';
import { SealedSecrets1795823000000 } from './sealed-secrets.js';
import { RetentionOfJobs1795825000000 } from './retention-of-jobs.js';
import { SessionsByName1795826000000 } from './sessions-by-name.js';
import { SeveralJobTokens1795737600000 } from './several-job-tokens.js';
import { SignaturesAndProvenance1795824000000 } from './signatures-and-provenance.js';
import { StoredArtifacts1795660001000 } from './stored-artifacts.js';
import { TriggersAndDeliveries1795392000000 } from './triggers-and-deliveries.js';

/** In the order of their time stamps. A class and not a path pattern: patterns do not survive bundling. */
export const migrations = [
  InitialSchema1767225600000,
  TriggersAndDeliveries1795392000000,
  PodRequests1795651200000,
  JobSecrets1795660000000,
  StoredArtifacts1795660001000,
  SeveralJobTokens1795737600000,
  NetworkOfPipelines1795737601000,
  AuditLog1795737602000,
  SealedSecrets1795823000000,
  SignaturesAndProvenance1795824000000,
  RetentionOfJobs1795825000000,
  SessionsByName1795826000000,
];
