import type { Static } from 'typebox';
import type { Artifact } from '../../../domain/artifact/artifact.js';
import type { ArtifactSchema } from '../schemas/artifact.js';
import { isoTime } from './iso-time.js';

export function artifactView({
  id,
  jobId,
  name,
  sizeBytes,
  sha256,
  signature,
  createdAt,
}: Artifact): Static<typeof ArtifactSchema> {
  return {
    id,
    job_id: jobId,
    name,
    size_bytes: sizeBytes,
    sha256,
    ...(signature && { signature: Buffer.from(signature).toString('base64') }),
    created_at: isoTime(createdAt),
  };
}
