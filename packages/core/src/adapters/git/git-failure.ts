import { DanubeError } from '@danube/plugin-api';
import { repositoryName } from '../../domain/repository/repository-name.js';
import type { RepositoryAccess } from '../../services/ports/source-checkout.js';
import type { GitResult } from './git-runner.js';

const noise =
  /^(hint:|Please make sure you have the correct access rights|and the repository exists|Warning: Permanently added|@@@|Errors logged to|Use `git lfs logs|error: external filter|fatal: .*smudge filter lfs failed|\s*$)/;
export const loginRefused =
  /could not read Username|Authentication failed|returned error: (401|403)|Permission denied \(/;
const notFound = /repository .*not found/i;
const loginElsewhere = /could not read Username for '([^']+)'/;
export const hostKeyRefused = /Host key verification failed/;
/** On this side: what the server says of its own disk stands behind "remote:". */
export const diskFull = /^(?!remote:).*(no space left on device|disk quota exceeded|out of diskspace)/im;

/** What git said last, on one line, without credentials. */
export function lastWords(stderr: string): string {
  const lines = stderr.split(/[\r\n]+/).filter((line) => !noise.test(line));
  const words = lines.slice(-3).join(' | ').slice(-500);
  return words === '' ? 'git gave no reason' : words.replaceAll(/(\/\/)[^\s/@]+@/g, '$1[redacted]@');
}

/**
 * The remote could not be read: for good where it does not let us in, else for a reason that may pass. `from` says where that
 * was tried.
 */
export function unreachable(
  url: string,
  access: RepositoryAccess,
  { stderr }: Pick<GitResult, 'stderr'>,
  from = 'here',
): DanubeError {
  if (hostKeyRefused.test(stderr)) return hostKeyFailure(url, access, stderr);
  if (loginRefused.test(stderr)) {
    return access.authMethod === 'none' ? nothingMatches(url, access, stderr) : loginFailure(url, access, stderr);
  }
  const check = notFound.test(stderr)
    ? 'check the URL; many servers say the same of a repository that the credential may not read'
    : `check the URL and that the server can be reached from ${from}`;
  const message = `cannot read ${url}: ${lastWords(stderr)}; ${check}`;
  return new DanubeError('repository_unreachable', message, { category: 'unavailable' });
}

/** A git command on our own files failed. */
export function localFailure(what: string, result: GitResult): DanubeError {
  if (diskFull.test(result.stderr)) {
    const full = `${what} failed: ${lastWords(result.stderr)}; free some space in the data directory, or let retention.cache_days be shorter`;
    return new DanubeError('git_disk_full', full, { category: 'unavailable' });
  }
  const message = `${what} failed: ${lastWords(result.stderr)}; check the data directory's free space and permissions`;
  return new DanubeError('git_failed', message, { category: 'internal' });
}

/** A name in the commit is one that no folder may hold. */
export const nameRefused = /invalid path '|File name too long/;

export function commitUnusable(url: string, commit: string, stderr: string): DanubeError {
  const message = `commit ${commit} of ${url} cannot be checked out: ${lastWords(stderr)}; another commit must rename that file`;
  return new DanubeError('commit_unusable', message, { category: 'invalid' });
}

export function commitNotFound(url: string, commit: string, ref: string): DanubeError {
  return new DanubeError('commit_not_found', `${url} has no commit ${commit} on ${ref}; was it force-pushed away?`, {
    category: 'not_found',
  });
}

function nothingMatches(url: string, { credential }: RepositoryAccess, stderr: string): DanubeError {
  const entry = `add an entry to git_authentication whose match_patterns match "${repositoryName(url)}"`;
  const key =
    credential === undefined ? '' : ', or give the public half of the fallback key (keys/git_fallback_key.pub) access';
  const message = `No matching git_authentication for repo ${url}, and it is not open to everybody: ${lastWords(stderr)}; ${entry}${key}`;
  return new DanubeError('git_authentication_missing', message, { category: 'invalid' });
}

function loginFailure(url: string, { authMethod }: RepositoryAccess, stderr: string): DanubeError {
  const asking = loginElsewhere.exec(stderr)?.[1];
  const message =
    asking === undefined || url.startsWith(`${asking}/`)
      ? `${url} does not accept the credential (${authMethod}): ${lastWords(stderr)}; check that it is still valid and may read this repository`
      : `${url} leads to ${asking}, which does not get the credential (${authMethod}) of another server; use the address there, and an entry that matches it`;
  return new DanubeError('git_authentication_refused', message, { category: 'invalid' });
}

function hostKeyFailure(url: string, { credential }: RepositoryAccess, stderr: string): DanubeError {
  const given = credential?.kind === 'ssh' && credential.knownHosts !== undefined;
  const where = given ? 'known_hosts of the git_authentication entry' : 'keys/git_known_hosts in the data directory';
  const fingerprint = /SHA256:[A-Za-z0-9+/]+/.exec(stderr)?.[0];
  const shown = fingerprint === undefined ? '' : ` It shows ${fingerprint}.`;
  const what = /HAS CHANGED|has changed/.test(stderr)
    ? `the server of ${url} shows another host key than the one in ${where}: it was set up anew, or somebody stands in between.${shown} Ask its administrator for the key, then replace its line there`
    : `the host key of the server of ${url} is not in ${where}.${shown} Ask its administrator for the key, then add it there`;
  return new DanubeError('git_host_key_refused', what, { category: 'invalid' });
}
