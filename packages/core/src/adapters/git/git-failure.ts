import { DanubeError } from '@danube/plugin-api';
import type { GitResult } from './git-runner.js';

const noise =
  /^(hint:|Please make sure you have the correct access rights|and the repository exists|Warning: Permanently added|\s*$)/;

/** What git said last, on one line, without credentials. */
export function lastWords(stderr: string): string {
  const lines = stderr.split(/[\r\n]+/).filter((line) => !noise.test(line));
  const words = lines.slice(-3).join(' | ').slice(-500);
  return words === '' ? 'git gave no reason' : words.replaceAll(/(\/\/)[^\s/@]+@/g, '$1[redacted]@');
}

function advice(stderr: string): string {
  if (/Permission denied \(|Host key verification failed/.test(stderr)) {
    return 'check that the server knows the public half of the key, and its host key';
  }
  if (/could not read Username|Authentication failed|returned error: (401|403)/.test(stderr)) {
    return 'check the credential for this repository';
  }
  return 'check the URL and that the server can be reached from here';
}

/** The remote could not be read, for a reason that may pass. */
export function unreachable(url: string, result: GitResult): DanubeError {
  const message = `cannot read ${url}: ${lastWords(result.stderr)}; ${advice(result.stderr)}`;
  return new DanubeError('repository_unreachable', message, { category: 'unavailable' });
}

/** A git command on our own files failed. */
export function localFailure(what: string, result: GitResult): DanubeError {
  const message = `${what} failed: ${lastWords(result.stderr)}; check the data directory's free space and permissions`;
  return new DanubeError('git_failed', message, { category: 'internal' });
}
