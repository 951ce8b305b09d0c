import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import type { Answer } from './api-caller.js';
import { readRefusal } from './api-refusal.js';
import type { ClusterConnection } from './cluster-connection.js';
import { type ExecStream, WebSocketExecStream } from './exec-stream.js';
import type { HeartbeatTimes } from './heartbeat.js';

export interface ExecRequest {
  readonly pod: string;
  readonly container: string;
  readonly command: readonly string[];
  readonly stdin: boolean;
}

const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const largestFrame = 4 * 1024 * 1024;

/**
 * Asks once for a command in a container. `opening` ends the attempt, `signal` the stream that comes of it.
 * @throws ApiRefusal where the server answers with something else; any other error means that there was no answer.
 */
export async function openExec(
  connection: ClusterConnection,
  namespace: string,
  request: ExecRequest,
  times: HeartbeatTimes,
  opening: AbortSignal,
  signal: AbortSignal,
): Promise<Answer<ExecStream>> {
  const url = connection.url(`/api/v1/namespaces/${namespace}/pods/${request.pod}/exec`, {
    container: request.container,
    stdin: String(request.stdin),
    stdout: 'true',
    stderr: 'true',
  });
  for (const part of request.command) url.searchParams.append('command', part);
  const options = await connection.requestOptions();
  opening.throwIfAborted();
  const socket = new WebSocket(url, protocols, {
    ...options,
    perMessageDeflate: false,
    maxPayload: largestFrame,
  });
  const giveUp = (): void => socket.terminate();
  opening.addEventListener('abort', giveUp, { once: true });
  try {
    return await new Promise<Answer<ExecStream>>((resolve, reject) => {
      socket.on('error', reject);
      // here and now: the first frames may stand in the same packet as the answer
      socket.once('open', () => resolve({ status: 101, value: new WebSocketExecStream(socket, times, signal) }));
      socket.once('unexpected-response', (_request, response) => {
        // it is kept open and belongs to nobody once the answer has been read
        const { statusCode = 0, headers, socket: carrier } = response;
        text(response)
          .then((body) => reject(readRefusal(statusCode, body, headers['retry-after'])), reject)
          .finally(() => carrier.destroy());
      });
    });
  } finally {
    opening.removeEventListener('abort', giveUp);
  }
}
