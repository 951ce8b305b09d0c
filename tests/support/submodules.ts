import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GitRepository } from './git-fixtures.js';

/** Adds a submodule without asking its address, which may be anything, and answers the commit. */
export function addSubmodule(parent: GitRepository, path: string, url: string, commit: string, more = ''): string {
  const file = join(parent.path, '.gitmodules');
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  writeFileSync(file, `${before}[submodule "${path}"]\n\tpath = ${path}\n\turl = ${url}\n${more}`);
  parent.git('add', '.gitmodules');
  parent.git('update-index', '--add', '--cacheinfo', `160000,${commit},${path}`);
  parent.git('commit', '-q', '-m', 'submodule');
  return parent.head();
}
