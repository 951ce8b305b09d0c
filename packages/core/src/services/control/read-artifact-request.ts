import { DanubeError, isDanubeError } from '@danube/plugin-api';
import type { UploadRequest } from '../artifacts/store-artifact.js';
import { controlLimits } from './control-limits.js';
import { flagField, invalidField, textField } from './message-fields.js';
import type { Message } from './message-fields.js';

/** @throws DanubeError `request_invalid` (invalid) naming the field and what is accepted. */
export function readUploadRequest(message: Message): UploadRequest {
  return { name: readArtifactName(message), replace: flagField(message, 'replace') };
}

/** @throws DanubeError `request_invalid` (invalid) */
export function readArtifactName(message: Message): string {
  const name = textField(message, 'artifact_name', controlLimits.nameCharacters);
  if (name === '') throw invalidField('artifact_name', 'the name of an artifact');
  return name;
}

/** The bytes of an upload, broken off when the master stops. @throws DanubeError, whatever breaks them off */
export async function* arriving(content: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of content) {
      signal.throwIfAborted();
      yield chunk;
    }
  } catch (error) {
    if (isDanubeError(error)) throw error;
    throw new DanubeError('upload_broken_off', 'the upload was broken off before its end; send it again', {
      category: 'unavailable',
      cause: error,
    });
  }
}
