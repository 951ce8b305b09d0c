import { isDanubeError, type DanubeError } from '@danube/plugin-api';
import { submoduleSource } from '../../../domain/repository/submodule-url.js';
import type { CheckoutRequest, RepositoryAccess } from '../../../services/ports/source-checkout.js';
import { commitNotFound, lastWords, unreachable } from '../git-failure.js';
import { isLfsFailure, lfsFailure } from '../lfs-failure.js';
import { submoduleAccess } from '../submodule-access.js';
import { isNotOpen, namingSubmodule, submoduleNotOpen, submodulesRefused } from '../submodule-failure.js';

const notCloned = /clone of '(.+)' into submodule path '/;
const inSubmodule = /submodule path '(.+)'(?: failed|[,;]|$)/m;
const commitMissing = /(?:did not contain|not our ref|unadvertised object|remote ref) ([0-9a-f]{40,})/;

/** Why `git submodule update` failed: it names the submodule, and its URL only where that could not be read at all. */
export function submoduleOutcome(request: CheckoutRequest, stderr: string, from: string): DanubeError {
  const [, url] = notCloned.exec(stderr) ?? [];
  const [, folder] = inSubmodule.exec(stderr) ?? [];
  if (folder === undefined) return submodulesRefused(`.gitmodules cannot be used: ${lastWords(stderr)}`);
  const path = folder.replace(`${request.destination}/`, '');
  try {
    const sameServer = url === undefined || submoduleSource(request.repositoryUrl, url).sameServer;
    const access = submoduleAccess(request.access, sameServer);
    const cause = causeOf(url ?? 'its repository', access, stderr, from);
    if (url !== undefined && isNotOpen(cause, sameServer, access)) return submoduleNotOpen(path, url, access);
    return namingSubmodule(path, cause);
  } catch (error) {
    if (isDanubeError(error)) return namingSubmodule(path, error);
    throw error;
  }
}

function causeOf(url: string, access: RepositoryAccess, stderr: string, from: string): DanubeError {
  if (isLfsFailure(stderr)) return lfsFailure(url, access, stderr);
  const [, commit] = commitMissing.exec(stderr) ?? [];
  if (commit !== undefined) return commitNotFound(url, commit, 'HEAD');
  return unreachable(url, access, { stderr }, from);
}
