import { Type } from 'typebox';
import { time } from './field-types.js';

export const ArtifactSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  job_id: Type.String({ format: 'uuid' }),
  name: Type.String({ description: 'Unique within the job.' }),
  size_bytes: Type.Integer({ description: 'Of the archive, a .tar.gz.' }),
  sha256: Type.String({ description: 'Of the archive, in lower-case hexadecimal.' }),
  signature: Type.Optional(
    Type.String({
      description: 'Ed25519, over the 32 bytes of the SHA-256, in base64. Absent of artifacts of old versions.',
    }),
  ),
  created_at: time('When it was stored.'),
});
