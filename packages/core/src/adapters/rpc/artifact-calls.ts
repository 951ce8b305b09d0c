import { once } from 'node:events';
import type { ControlCalls } from '../../services/control/control-calls.js';
import type { Message } from '../../services/control/message-fields.js';
import { answer } from './http-messages.js';
import { readMessage } from './read-message.js';
import type { Call } from './rpc-handlers.js';

/** The archive is the body as it is; what goes with it stands in the query. */
export async function uploadArtifact(calls: ControlCalls, call: Call, jobId: string): Promise<void> {
  const { request, response, requestId, signal } = call;
  // a refusal is still to be sent over the connection
  const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  const { id, sizeBytes, sha256 } = await calls.uploadArtifact(jobId, readQuery(request.url ?? ''), body, signal);
  answer(request, response, 200, { artifact_id: id, size_bytes: sizeBytes, sha256 }, requestId);
}

export async function downloadArtifact(calls: ControlCalls, call: Call, jobId: string): Promise<void> {
  const { request, response, requestId, signal } = call;
  const { artifact, content } = await calls.downloadArtifact(jobId, await readMessage(request), signal);
  response.writeHead(200, {
    'content-type': 'application/gzip',
    'content-length': artifact.sizeBytes,
    etag: `"${artifact.sha256}"`,
    'x-request-id': requestId,
  });
  for await (const chunk of content) {
    // where the wait is aborted, the signal ends the content as well
    if (!response.write(chunk)) await once(response, 'drain', { signal }).catch(() => undefined);
  }
  response.end();
}

function readQuery(url: string): Message {
  const query = new URLSearchParams(url.split('?', 2)[1] ?? '');
  return { ...Object.fromEntries(query), replace: query.get('replace') === 'true' };
}
