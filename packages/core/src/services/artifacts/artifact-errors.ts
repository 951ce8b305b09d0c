import { DanubeError } from '@danube/plugin-api';
import type { Artifact } from '../../domain/artifact/artifact.js';

export function artifactNotFound(jobId: string, name: string): DanubeError {
  return new DanubeError('artifact_not_found', `job ${jobId} has no artifact "${name}"`, { category: 'not_found' });
}

export function artifactExists({ name, sha256 }: Artifact, uploaded: string): DanubeError {
  return new DanubeError(
    'artifact_exists',
    `the job has an artifact "${name}" with other content already (SHA-256 ${sha256}, this one ${uploaded}); choose another name, or say that it is to be replaced`,
    { category: 'conflict', details: { sha256, uploaded } },
  );
}

export function quotaExceeded(usedBytes: number, limitBytes: number): DanubeError {
  return new DanubeError(
    'artifact_quota_exceeded',
    `the artifacts of a job may have ${limitBytes} bytes together (artifacts.max_bytes_per_job); the others of this job have ${usedBytes}, and this one passes the rest`,
    { category: 'conflict', details: { limit_bytes: limitBytes, used_bytes: usedBytes } },
  );
}

export function storageMissing(storage: string): DanubeError {
  return new DanubeError(
    'artifact_storage_missing',
    `the artifact lies in the storage "${storage}", which config.yaml does not have any more; put the entry back to read it`,
    { category: 'conflict' },
  );
}
