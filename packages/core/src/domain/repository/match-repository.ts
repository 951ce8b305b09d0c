import picomatch from 'picomatch';
import { repositoryNames } from './repository-name.js';

/**
 * True where one of the glob patterns of `host/path` matches the repository. `*` also matches `/`, so that `host/group/*`
 * has the groups below it and `*` everything. A pattern that names a port matches only that port, any other all ports. A
 * folder of this machine matches none.
 */
export function matchesRepository(patterns: readonly string[], url: string): boolean {
  const names = repositoryNames(url);
  return patterns.some((pattern) => names.some((name) => matcher(pattern)(name)));
}

function matcher(pattern: string): (name: string) => boolean {
  const slash = pattern.indexOf('/');
  const host = (slash === -1 ? pattern : pattern.slice(0, slash)).toLowerCase();
  const rest = slash === -1 ? '' : pattern.slice(slash).replace(/\.git$/, '');
  return picomatch(`${host}${rest}`, { bash: true, dot: true, nonegate: true });
}
