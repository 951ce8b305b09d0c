import { archiveFileName } from './artifact-name.js';

/** Where the archive of an artifact lies in its storage: a key of its own for each upload. */
export function archiveKey(jobId: string, artifactId: string, name: string): string {
  return `${jobId}/${artifactId}/${archiveFileName(name)}`;
}

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const archivePattern = new RegExp(`^[^/]+/${uuid}/[^/]+\\.(tar\\.gz|tgz)$`);

/** Whether an object of a storage, which others may use as well, looks like the archive of an artifact. */
export function isArchiveKey(key: string): boolean {
  return archivePattern.test(key);
}
