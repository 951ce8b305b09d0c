import { DanubeError } from '@danube/plugin-api';
import { checkRefName } from '../../domain/repository/ref-name.js';
import { checkRepositoryUrl } from '../../domain/repository/repository-url.js';
import type { RepositoryAccess } from '../../services/ports/source-checkout.js';
import type { GitAccessProvider } from './git-access.js';
import { unreachable } from './git-failure.js';
import type { GitRunner } from './git-runner.js';

export interface ResolvedRef {
  readonly ref: string;
  readonly commit: string;
}

const timeoutMs = 60_000;

/** Full names that a ref may stand for, the first match wins. */
function fullNames(ref: string): readonly string[] {
  return ref === 'HEAD' || ref.startsWith('refs/') ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`];
}

function parseListing(listing: string): ReadonlyMap<string, string> {
  return new Map(
    listing.split('\n').flatMap((line): [string, string][] => {
      const [commit, name] = line.split('\t');
      return commit === undefined || name === undefined ? [] : [[name, commit]];
    }),
  );
}

/** One `git ls-remote`. An annotated tag answers the commit that it is about. */
export async function resolveRef(
  runner: GitRunner,
  accessProvider: GitAccessProvider,
  wanted: { readonly url: string; readonly ref: string; readonly access: RepositoryAccess },
  signal: AbortSignal,
): Promise<ResolvedRef> {
  checkRepositoryUrl(wanted.url);
  checkRefName(wanted.ref);
  const names = fullNames(wanted.ref);
  const patterns = names.flatMap((name) => [name, `${name}^{}`]);
  const result = await accessProvider.with(wanted.url, wanted.access.credential, (access) =>
    runner.run({
      args: ['ls-remote', '--end-of-options', wanted.url, ...patterns],
      access,
      timeoutMs,
      signal,
    }),
  );
  if (result.exitCode !== 0) throw unreachable(wanted.url, wanted.access, result);
  const listing = parseListing(result.stdout.toString());
  for (const ref of names) {
    const commit = listing.get(`${ref}^{}`) ?? listing.get(ref);
    if (commit !== undefined) return { ref, commit };
  }
  throw new DanubeError('ref_not_found', `${wanted.url} has no ${names.join(' or ')}`, { category: 'not_found' });
}
