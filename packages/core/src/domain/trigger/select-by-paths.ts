import { DanubeError } from '@danube/plugin-api';
import { expandedLength, parseGlobList } from '../glob/glob-list.js';
import type { PathFilter } from '../pipeline/pipeline.js';
import type { Candidate } from './select-triggers.js';
import { describeGlobs, joinReasons } from './trigger-reasons.js';

/** Whether anything about the trigger depends on the files that changed. */
export function hasPathFilter({ paths, pathsIgnore }: PathFilter): boolean {
  return paths.length > 0 || pathsIgnore.length > 0;
}

/** Characters of paths times characters of patterns, which matching never needs more steps than. A few seconds of them. */
const mostWork = 1e9;
/** About a millisecond. */
const workOfOneStep = 250_000;

/**
 * The first candidate whose filter accepts at least one of the changed files, or why there is none, in words. It comes in
 * steps, because both lists are written by whoever may push.
 * @throws DanubeError `too_many_changed_paths`
 */
export function* selectByPaths(
  candidates: readonly Candidate[],
  changed: readonly string[],
): Generator<void, Candidate | string> {
  requireComparable(candidates, changed);
  const refusals: string[] = [];
  for (const { trigger, reason } of candidates) {
    if (!hasPathFilter(trigger)) return { trigger, reason };
    const path = yield* findPath(trigger, changed);
    if (path !== undefined) return { trigger, reason: `${reason}; "${path}" changed` };
    refusals.push(changed.length === 0 ? 'no file changed' : refusal(trigger));
  }
  return joinReasons(refusals);
}

function requireComparable(candidates: readonly Candidate[], changed: readonly string[]): void {
  const paths = changed.reduce((sum, { length }) => sum + length, 0);
  const patterns = candidates.reduce((sum, { trigger }) => sum + patternLength(trigger), 0);
  if (paths * patterns <= mostWork) return;
  throw new DanubeError(
    'too_many_changed_paths',
    `${changed.length} files differ, too many to compare them with path patterns of ${patterns} characters`,
    { category: 'invalid' },
  );
}

function patternLength({ paths, pathsIgnore }: PathFilter): number {
  return expandedLength(paths) + expandedLength(pathsIgnore);
}

function* findPath(filter: PathFilter, changed: readonly string[]): Generator<void, string | undefined> {
  const matters = filter.paths.length === 0 ? () => true : parseGlobList(filter.paths);
  const ignored = parseGlobList(filter.pathsIgnore);
  const perCharacter = patternLength(filter);
  let work = 0;
  for (const path of changed) {
    if (matters(path) && !ignored(path)) return path;
    work += path.length * perCharacter;
    if (work < workOfOneStep) continue;
    work = 0;
    yield;
  }
  return undefined;
}

function refusal({ paths, pathsIgnore }: PathFilter): string {
  if (paths.length === 0) return `every changed file matches paths_ignore ${describeGlobs(pathsIgnore)}`;
  const except = pathsIgnore.length === 0 ? '' : ` without matching paths_ignore ${describeGlobs(pathsIgnore)}`;
  return `no changed file matches ${describeGlobs(paths)}${except}`;
}
