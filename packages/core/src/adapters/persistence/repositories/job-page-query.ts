import type { JobFilter } from '../../../services/ports/job-repository.js';
import type { Statement } from '../statements.js';

/**
 * One page of jobs, newest first. Several statuses become one arm each, which SQLite merges in order, because one
 * index range can hold one status only. The index is named: without statistics SQLite would pick one by chance, and
 * with a million rows the wrong one costs a second.
 */
export function jobPageQuery(filter: JobFilter, limit: number, cursor: string | undefined): Statement {
  const statuses = [...new Set(filter.statuses ?? [])];
  const arms = (statuses.length > 0 ? statuses : [undefined]).map((status) => oneStatus(filter, status, cursor));
  return {
    sql: `${arms.map((arm) => arm.sql).join(' UNION ALL ')} ORDER BY created_at DESC, sequence DESC LIMIT ?`,
    parameters: [...arms.flatMap((arm) => arm.parameters), limit],
  };
}

function oneStatus(filter: JobFilter, status: string | undefined, cursor: string | undefined): Statement {
  const conditions: readonly (readonly [string, string | number | undefined])[] = [
    ['pipeline_id = ?', filter.pipelineId],
    ['status = ?', status],
    ['branch = ?', filter.branch],
    ['trigger_type = ?', filter.triggerType],
    ['created_at >= ?', filter.createdFrom],
    ['created_at < ?', filter.createdBefore],
    ['(created_at, sequence) < (SELECT created_at, sequence FROM jobs WHERE id = ?)', cursor],
  ];
  const used = conditions.filter(([, value]) => value !== undefined);
  const where = used.length === 0 ? '' : ` WHERE ${used.map(([condition]) => condition).join(' AND ')}`;
  return {
    sql: `SELECT * FROM jobs INDEXED BY ${indexFor(filter, status)}${where}`,
    parameters: used.map(([, value]) => value as string | number),
  };
}

/** The filter that leaves the fewest rows leads; the others are checked in the index's further columns. */
function indexFor(filter: JobFilter, status: string | undefined): string {
  if (filter.pipelineId !== undefined) {
    return status === undefined ? 'jobs_pipeline_created' : 'jobs_pipeline_status_created';
  }
  if (status !== undefined) return 'jobs_status_created';
  if (filter.branch !== undefined) return 'jobs_branch_created';
  return 'jobs_created';
}
