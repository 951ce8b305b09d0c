import type { Artifact } from '../../domain/artifact/artifact.js';
import type { Message } from '../../services/control/message-fields.js';
import type { UploadCall } from './coordinator-service.js';

/** The first message of an upload, and the bytes of all of them. */
export async function readUpload(call: UploadCall): Promise<{ first: Message; content: AsyncIterable<Uint8Array> }> {
  const messages = call.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Message>;
  const { value: first = {} } = (await messages.next()) as IteratorResult<Message, undefined>;
  async function* content() {
    yield dataOf(first);
    for await (const message of messages) yield dataOf(message);
    if (call.cancelled) throw new Error('the call was cancelled');
  }
  return { first, content: content() };
}

export function uploadAnswer({ id, sizeBytes, sha256 }: Artifact): object {
  return { artifact_id: id, size_bytes: sizeBytes, sha256 };
}

/** The messages of a download: first the facts, then the bytes. */
export async function* downloadMessages({ sizeBytes, sha256 }: Artifact, content: AsyncIterable<Uint8Array>) {
  yield { size_bytes: sizeBytes, sha256 };
  for await (const data of content) yield { data };
}

function dataOf(message: Message): Uint8Array {
  const data = message['data'];
  return data instanceof Uint8Array ? data : Buffer.alloc(0);
}
