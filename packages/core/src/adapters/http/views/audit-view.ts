import type { AuditEntry } from '../../../domain/audit/audit-entry.js';
import { isoTime } from './iso-time.js';

export function auditView({ sequence, at, action, outcome, actor, secret, scope, jobId, hash }: AuditEntry) {
  return {
    sequence,
    at: isoTime(at),
    action,
    outcome,
    actor,
    secret,
    team: scope?.kind === 'team' ? scope.team : undefined,
    pipeline: scope?.kind === 'pipeline' ? scope.pipelineId : undefined,
    job_id: jobId,
    hash,
  };
}
