import { DanubeError } from '@danube/plugin-api';

export function signatureMissing(jobId: string, name: string): DanubeError {
  return new DanubeError(
    'artifact_signature_missing',
    `artifact "${name}" of job ${jobId} has no signature: it was stored before its server signed artifacts; run the pipeline again to get a signed one`,
    { category: 'not_found' },
  );
}
