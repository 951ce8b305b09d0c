import { parseGlob } from '../glob/glob.js';
import { repositoryNames } from './repository-name.js';

/**
 * True where one of the glob patterns of `host/path` matches the repository. One that ends with `*` also has what is below:
 * `host/group/*` the groups in the group, and `*` everything. A pattern that names a port matches only that port, any other
 * all ports. A folder of this machine matches none.
 */
export function matchesRepository(patterns: readonly string[], url: string): boolean {
  const names = repositoryNames(url).map((name) => name.split('/'));
  return patterns.some((pattern) => {
    const matches = parseGlob(asGlob(pattern));
    return typeof matches !== 'string' && names.some(matches);
  });
}

function asGlob(pattern: string): string {
  const slash = pattern.indexOf('/');
  const host = (slash === -1 ? pattern : pattern.slice(0, slash)).toLowerCase();
  const glob = slash === -1 ? host : `${host}${pattern.slice(slash).replace(/\.git$/, '')}`;
  return glob.endsWith('*') ? `${glob}/**` : glob;
}
