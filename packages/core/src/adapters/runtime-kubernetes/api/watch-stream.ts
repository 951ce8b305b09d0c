import type { IncomingMessage } from 'node:http';
import type { V1Pod } from '@kubernetes/client-node';
import type { Answer } from './api-caller.js';
import type { ClusterConnection } from './cluster-connection.js';
import { openResponse, parseObject } from './send-request.js';

export interface PodList {
  readonly resourceVersion: string;
  readonly pods: readonly V1Pod[];
}

export interface WatchRequest {
  readonly labelSelector: string;
  readonly resourceVersion: string;
}

export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: V1Pod }
  /** Has nothing but a version. */
  | { readonly type: 'BOOKMARK'; readonly object: { readonly metadata: { readonly resourceVersion: string } } }
  /** The watch is over, and a new list is due. */
  | { readonly type: 'ERROR'; readonly object: { readonly code?: number; readonly message?: string } };

/** After which the server closes a watch. */
const watchSeconds = 290;

export function readPodList(value: unknown): PodList {
  const { metadata, items } = value as { metadata: { resourceVersion: string }; items: readonly V1Pod[] };
  return { resourceVersion: metadata.resourceVersion, pods: items };
}

/** Asks once for a watch. `opening` ends the attempt, `signal` the events that come of it. */
export async function openWatch(
  connection: ClusterConnection,
  path: string,
  { labelSelector, resourceVersion }: WatchRequest,
  opening: AbortSignal,
  signal: AbortSignal,
): Promise<Answer<AsyncIterable<WatchEvent>>> {
  const query = {
    watch: 'true',
    allowWatchBookmarks: 'true',
    timeoutSeconds: String(watchSeconds),
    labelSelector,
    resourceVersion,
  };
  const response = await openResponse(connection, { method: 'GET', path, query }, opening);
  const abort = (): void => void response.destroy();
  signal.addEventListener('abort', abort, { once: true });
  response.once('close', () => signal.removeEventListener('abort', abort));
  return { status: response.statusCode ?? 0, value: readEvents(response) };
}

async function* readEvents(response: IncomingMessage): AsyncGenerator<WatchEvent> {
  let rest = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    const lines = (rest + (chunk as string)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield parseObject(line) as WatchEvent;
  }
}
