import { DanubeError } from '@danube/plugin-api';

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$/;

/**
 * A name that is one part of a path and of a URL everywhere. `.sig` at its end is kept for signatures.
 * @throws DanubeError `artifact_name_invalid` (invalid)
 */
export function checkArtifactName(name: string): string {
  if (namePattern.test(name) && !/\.sig$/i.test(name)) return name;
  throw new DanubeError(
    'artifact_name_invalid',
    `${JSON.stringify(name.slice(0, 120))} is no name for an artifact: use 1 to 100 letters, digits, ".", "_", "+" or "-", beginning with a letter or digit and not ending in .sig`,
    { category: 'invalid' },
  );
}

/** What the stored archive is called as a file. */
export function archiveFileName(name: string): string {
  return /\.(tar\.gz|tgz)$/.test(name) ? name : `${name}.tar.gz`;
}

/** Whether a file may be the artifact by its name. */
export function isFileOf(name: string, fileName: string): boolean {
  return fileName === name || fileName === archiveFileName(name);
}
