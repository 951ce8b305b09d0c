import { repositoryKey } from './repository-key.js';

/**
 * `host/path` of a repository as patterns match it: without protocol, user, port and `.git`, the host in lower case.
 * Empty for a folder of this machine.
 */
export function repositoryName(url: string): string {
  return repositoryNames(url)[0] ?? '';
}

/** The name and, where the URL names an unusual port, `host:port/path` as well. */
export function repositoryNames(url: string): readonly string[] {
  if (url.startsWith('/') || url.startsWith('file:')) return [];
  const key = repositoryKey(url);
  const name = key.replace(/^([^/]*):\d+\//, '$1/');
  return [...new Set([name, key])].map(withoutBrackets);
}

/** In a pattern they would mean a set of characters. */
function withoutBrackets(name: string): string {
  return name.replace(/^\[([^\]]*)\]/, '$1');
}
