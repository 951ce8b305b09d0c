import { createHash, randomUUID } from 'node:crypto';
import { link, open, rm, writeFile } from 'node:fs/promises';
import { DanubeError } from '@danube/plugin-api';
import { signatureMissing } from '../../domain/artifact/signature-missing.js';
import type { ArtifactView } from './api-types.js';

/**
 * Writes an archive that becomes the file when it is what the server has, by its digest.
 * @throws DanubeError `artifact_damaged` (unavailable), `output_exists` (conflict); no file is left then
 */
export async function saveArtifact(
  { size_bytes: size, sha256 }: ArtifactView,
  body: AsyncIterable<Uint8Array>,
  path: string,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const partial = `${path}.${randomUUID()}.part`;
  const file = await open(partial, 'wx');
  try {
    const hash = createHash('sha256');
    let received = 0;
    try {
      for await (const chunk of body) {
        hash.update(chunk);
        received += chunk.length;
        await file.writeFile(chunk);
        onBytes(chunk.length);
      }
    } finally {
      await file.close();
    }
    if (received !== size || hash.digest('hex') !== sha256) throw damaged(size, received);
    await takeName(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

/** Writes its signature as raw bytes. @throws DanubeError `artifact_signature_missing` (not_found), `output_exists` (conflict) */
export async function saveSignature({ name, job_id: jobId, signature }: ArtifactView, path: string): Promise<void> {
  if (signature === undefined) throw signatureMissing(jobId, name);
  await writeFile(path, Buffer.from(signature, 'base64'), { flag: 'wx' }).catch(explainExisting(path));
}

/** Unlike a renaming, this leaves a file alone that is there. */
async function takeName(partial: string, path: string): Promise<void> {
  await link(partial, path).catch(explainExisting(path));
}

function explainExisting(path: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.code !== 'EEXIST') throw error;
    throw new DanubeError('output_exists', `${path} is there already; remove it, or name another file with --output`, {
      category: 'conflict',
    });
  };
}

function damaged(size: number, received: number): DanubeError {
  const how =
    size === received ? 'has another SHA-256 than the server says' : `has ${received} bytes instead of ${size}`;
  return new DanubeError('artifact_damaged', `what arrived ${how}; download it again`, { category: 'unavailable' });
}
