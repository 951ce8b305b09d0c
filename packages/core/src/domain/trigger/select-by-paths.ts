import { parseGlobList } from '../glob/glob-list.js';
import type { PathFilter } from '../pipeline/pipeline.js';
import type { Candidate } from './select-triggers.js';
import { describeGlobs, joinReasons } from './trigger-reasons.js';

/** Whether anything about the trigger depends on the files that changed. */
export function hasPathFilter({ paths, pathsIgnore }: PathFilter): boolean {
  return paths.length > 0 || pathsIgnore.length > 0;
}

/** The first candidate whose filter accepts at least one of the changed files, or why there is none, in words. */
export function selectByPaths(candidates: readonly Candidate[], changed: readonly string[]): Candidate | string {
  const refusals: string[] = [];
  for (const { trigger, reason } of candidates) {
    if (!hasPathFilter(trigger)) return { trigger, reason };
    const path = findPath(trigger, changed);
    if (path !== undefined) return { trigger, reason: `${reason}; "${path}" changed` };
    refusals.push(changed.length === 0 ? 'no file changed' : refusal(trigger));
  }
  return joinReasons(refusals);
}

function findPath({ paths, pathsIgnore }: PathFilter, changed: readonly string[]): string | undefined {
  const matters = paths.length === 0 ? () => true : parseGlobList(paths);
  const ignored = parseGlobList(pathsIgnore);
  return changed.find((path) => matters(path) && !ignored(path));
}

function refusal({ paths, pathsIgnore }: PathFilter): string {
  if (paths.length === 0) return `every changed file matches paths_ignore ${describeGlobs(pathsIgnore)}`;
  const except = pathsIgnore.length === 0 ? '' : ` without matching paths_ignore ${describeGlobs(pathsIgnore)}`;
  return `no changed file matches ${describeGlobs(paths)}${except}`;
}
