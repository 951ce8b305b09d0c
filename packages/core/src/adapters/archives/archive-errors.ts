import { DanubeError } from '@danube/plugin-api';

/** What arrived is no whole archive. */
export function archiveInvalid(why: string, cause?: unknown): DanubeError {
  return new DanubeError('artifact_archive_invalid', `what was uploaded is no whole .tar.gz archive: ${why}`, {
    category: 'invalid',
    cause,
  });
}

/** The archive is whole, but has what no artifact may have. */
export function archiveRefused(why: string): DanubeError {
  return new DanubeError('artifact_archive_refused', `the archive is refused: ${why}`, { category: 'invalid' });
}
