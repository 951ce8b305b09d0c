import { ask, api } from '../../api/client.ts';
import type { Readiness } from '../../api/types.ts';

/** A server that is not ready answers 503, with the same report: that is no failure of the question. */
export async function readHealth(signal: AbortSignal): Promise<Readiness> {
  const answer = await api.GET('/health/ready', { signal });
  const report = answer.data ?? answer.error;
  if (report !== undefined && 'checks' in report) return report;
  return ask(Promise.resolve(answer));
}
