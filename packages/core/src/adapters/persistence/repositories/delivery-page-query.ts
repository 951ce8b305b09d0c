import type { DeliveryFilter } from '../../../services/ports/delivery-repository.js';
import type { Statement } from '../statements.js';

/** One page of deliveries, newest first: their ids sort by time. The index is named for the reason that jobs have. */
export function deliveryPageQuery(filter: DeliveryFilter, limit: number, cursor: string | undefined): Statement {
  const byPipeline = filter.pipelineId !== undefined;
  const key = byPipeline ? 'v.delivery_id' : 'd.id';
  const conditions: readonly (readonly [string, string | number | undefined])[] = [
    ['v.pipeline_id = ?', filter.pipelineId],
    ['d.forge = ?', filter.forge],
    ['d.status = ?', filter.status],
    ['d.event = ?', filter.event],
    ['d.matched = ?', filter.matched === undefined ? undefined : Number(filter.matched)],
    [`${key} < ?`, cursor],
  ];
  const used = conditions.filter(([, value]) => value !== undefined);
  const where = used.length === 0 ? '' : `WHERE ${used.map(([condition]) => condition).join(' AND ')}`;
  const from = byPipeline
    ? 'verdicts v INDEXED BY verdicts_pipeline CROSS JOIN deliveries d INDEXED BY deliveries_id ON d.id = v.delivery_id'
    : `deliveries d INDEXED BY ${indexFor(filter)}`;
  return {
    sql: `SELECT d.* FROM ${from} ${where} ORDER BY ${key} DESC LIMIT ?`,
    parameters: [...used.map(([, value]) => value as string | number), limit],
  };
}

/** The filter that leaves the fewest rows, as far as one can know. */
function indexFor(filter: DeliveryFilter): string {
  if (filter.status !== undefined && filter.status !== 'processed') return 'deliveries_status';
  if (filter.event !== undefined) return 'deliveries_event';
  if (filter.matched !== undefined) return 'deliveries_matched';
  if (filter.forge !== undefined) return 'deliveries_forge';
  return filter.status === undefined ? 'deliveries_id' : 'deliveries_status';
}
