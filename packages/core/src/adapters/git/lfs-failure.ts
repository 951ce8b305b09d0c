import { DanubeError } from '@danube/plugin-api';
import type { RepositoryAccess } from '../../services/ports/source-checkout.js';
import { lastWords } from './git-failure.js';

/** Whether git failed because files that Git LFS keeps could not be had. */
export function isLfsFailure(stderr: string): boolean {
  return /smudge filter lfs failed|external filter 'git-lfs/.test(stderr);
}

export function lfsFailure(url: string, { credential }: RepositoryAccess, stderr: string): DanubeError {
  const hint =
    credential === undefined
      ? 'does the repository need an entry in git_authentication?'
      : 'may the credential read LFS files, and does the server have them all?';
  return new DanubeError('lfs_unreachable', `cannot get files of ${url} from Git LFS: ${lastWords(stderr)}; ${hint}`, {
    category: 'unavailable',
  });
}
