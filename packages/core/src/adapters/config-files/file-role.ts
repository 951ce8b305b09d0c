/**
 * What a path of the config repository says about the file: the instance settings, which may be written flat; a file that
 * must hold Danube's documents; or any other file, of which only documents with Danube's apiVersion count.
 */
export type FileRole = 'settings' | 'documents' | 'other';

export function fileRole(path: string): FileRole {
  if (/^config\.(ya?ml|json)$/.test(path)) return 'settings';
  return /^((users|teams)\.(ya?ml|json)$|pipelines\/)/.test(path) ? 'documents' : 'other';
}
