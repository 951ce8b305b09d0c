import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Answer } from './api-caller.js';
import { readRefusal } from './api-refusal.js';
import type { ClusterConnection } from './cluster-connection.js';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Of the body. Default: `application/json`. */
  readonly contentType?: string;
}

/**
 * Sends one request and answers when the headers of a success have come. The signal ends the request and, as long as the
 * body has not been read, that, too.
 * @throws ApiRefusal for every other status; any other error means that there was no answer.
 */
export async function openResponse(
  connection: ClusterConnection,
  { method, path, query, body, contentType = 'application/json' }: ApiRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const options = await connection.requestOptions();
  const url = connection.url(path, query);
  const content = body === undefined ? undefined : JSON.stringify(body);
  const headers = { ...options.headers, accept: 'application/json', 'user-agent': 'danube' };
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = send(url, { agent: connection.agent, ...options, method, signal, headers });
    request.on('response', resolve).on('error', reject);
    if (content !== undefined) {
      request.setHeader('content-type', contentType);
      request.setHeader('content-length', Buffer.byteLength(content));
    }
    request.end(content);
  });
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return response;
  throw readRefusal(status, await text(response), response.headers['retry-after']);
}

/** Sends one request and reads the JSON that answers it. Fails as {@link openResponse} does. */
export async function sendRequest(
  connection: ClusterConnection,
  request: ApiRequest,
  signal: AbortSignal,
): Promise<Answer<unknown>> {
  const response = await openResponse(connection, request, signal);
  return { status: response.statusCode ?? 0, value: parseObject(await text(response)) };
}

const dates = new Set([
  'creationTimestamp',
  'deletionTimestamp',
  'startTime',
  'startedAt',
  'finishedAt',
  'lastProbeTime',
  'lastTransitionTime',
]);

/** Parses an object of the API. Times become dates, as the types of `@kubernetes/client-node` have them. */
export function parseObject(json: string): unknown {
  return JSON.parse(json, (key, value: unknown) =>
    dates.has(key) && typeof value === 'string' ? new Date(value) : value,
  );
}
