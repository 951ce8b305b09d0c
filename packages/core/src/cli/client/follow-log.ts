import { createEventSource, type FetchLike } from 'eventsource-client';
import type { ApiClient } from './api-client.js';
import { readApiError } from './api-error.js';

export type LogEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'skipped'; readonly bytes: number }
  | { readonly kind: 'reconnecting' };

/**
 * The job's log, live until it is complete. A lost connection is taken up again at the byte where it broke.
 * @throws DanubeError of the server's refusal; a server that is away for a while is waited for.
 */
export async function* followLog(client: ApiClient, jobId: string, fromByte = 0): AsyncIterable<LogEvent> {
  let refusal: Error | undefined;
  const pending: LogEvent[] = [];
  const source = createEventSource({
    url: client.url(`/api/v1/jobs/${jobId}/logs/stream`),
    headers: client.headers,
    ...(fromByte > 0 && { initialLastEventId: String(fromByte) }),
    fetch: refusingFetch((error) => {
      refusal = error;
      source.close();
    }),
    onScheduleReconnect: () => pending.push({ kind: 'reconnecting' }),
  });
  try {
    for await (const { event, data } of source) {
      yield* pending.splice(0);
      if (event === 'log') yield { kind: 'text', text: (JSON.parse(data) as { text: string }).text };
      if (event === 'skipped') yield { kind: 'skipped', bytes: (JSON.parse(data) as { bytes: number }).bytes };
      if (event === 'end') return;
    }
  } finally {
    source.close();
  }
  if (refusal !== undefined) throw refusal;
}

/** The event source reads any answer as events; a refusal that would be the same again must end it instead. */
function refusingFetch(refuse: (error: Error) => void): FetchLike {
  return async (url, init) => {
    const answer = await fetch(url, init);
    if (answer.ok) return answer;
    const error = await readApiError(answer);
    if (answer.status < 500) refuse(error);
    throw error;
  };
}
