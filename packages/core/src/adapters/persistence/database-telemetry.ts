import type { Logger } from '../../services/ports/logger.js';
import type { Metrics } from '../../services/ports/metrics.js';
import type { Tracer } from '../../services/ports/tracer.js';

export interface DatabaseTelemetry {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
}

/** Above this the writer was held so long that others must have waited for it. */
const slowSeconds = 1;

/** Measures one turn at the writer, without the wait for it. */
export async function measureTransaction<T>(telemetry: DatabaseTelemetry, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  let status = 'rolled_back';
  try {
    const result = await work();
    status = 'committed';
    return result;
  } finally {
    const seconds = (performance.now() - start) / 1000;
    telemetry.metrics.count('danube_db_transactions_total', { status });
    telemetry.metrics.observe('danube_db_transaction_seconds', seconds);
    if (seconds > slowSeconds)
      telemetry.logger.warn('a transaction held the only writer for long', { seconds, status });
  }
}

/** A span for one statement. The text has placeholders only, never values. */
export function traceStatement<T>(telemetry: DatabaseTelemetry, sql: string, statement: () => Promise<T>): Promise<T> {
  const attributes = { 'db.system.name': 'sqlite', 'db.query.text': sql };
  return telemetry.tracer.span('database statement', attributes, statement);
}
