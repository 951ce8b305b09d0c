import { DanubeError } from '@danube/plugin-api';

export function artifactChanged(
  { name, sha256 }: { readonly name: string; readonly sha256: string },
  expected: string | undefined,
): DanubeError {
  const instead = expected === undefined ? '' : ` instead of ${expected}`;
  return new DanubeError(
    'artifact_changed',
    `${name} is not what was built: it has the SHA-256 ${sha256}${instead}; it was changed, or is another file. Download it again`,
    { category: 'invalid' },
  );
}

export function signatureInvalid(name: string): DanubeError {
  return new DanubeError(
    'artifact_signature_invalid',
    `the signature is not one of ${name}, although its provenance is good; download the signature again`,
    { category: 'invalid' },
  );
}

export function signatureMalformed(file: string, bytes: number, expected: number): DanubeError {
  return new DanubeError(
    'artifact_signature_invalid',
    `${file} has ${bytes} bytes, and a signature has ${expected}: it is kept as raw bytes, not as text`,
    { category: 'invalid' },
  );
}

export function provenanceOfOtherJob(name: string, jobId: string): DanubeError {
  return new DanubeError(
    'provenance_of_other_job',
    `the provenance is that of job ${jobId}, which built another ${name}; give that of the job that built this one`,
    { category: 'invalid' },
  );
}

export function notInProvenance(name: string, jobId: string, listed: readonly string[]): DanubeError {
  return new DanubeError(
    'artifact_not_in_provenance',
    `${name} is none of the artifacts that the provenance of job ${jobId} lists: ${listed.join(', ')}; give that of the job that built it`,
    { category: 'invalid' },
  );
}

export function artifactUnknown(name: string, sha256: string, where: string): DanubeError {
  return new DanubeError(
    'artifact_unknown',
    `${where} has no artifact with the SHA-256 ${sha256} of ${name}: it was changed, was built elsewhere, or is kept no longer. With --job it is compared with that job's`,
    { category: 'not_found' },
  );
}

export function unreadableFile(option: string, path: string, cause: unknown): DanubeError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new DanubeError('evidence_unreadable', `${option}: cannot read ${path}: ${why}`, {
    category: 'invalid',
    cause,
  });
}
