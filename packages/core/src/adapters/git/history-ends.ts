import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localFailure } from './git-failure.js';
import type { GitResult } from './git-runner.js';

/**
 * The oldest commits of a limited history, one file for each commit that was fetched. Git itself keeps only the sum of them,
 * in which a later fetch moves the end of an earlier one.
 */
function fileOf(mirror: string, commit: string): string {
  return join(mirror, 'danube-history-ends', commit);
}

export function hasHistoryEnds(mirror: string, commit: string): Promise<boolean> {
  return access(fileOf(mirror, commit)).then(
    () => true,
    () => false,
  );
}

/** Directly after the fetch of the commit, while the history ends where that fetch put it. */
export async function recordHistoryEnds(
  run: (args: readonly string[]) => Promise<GitResult>,
  mirror: string,
  commit: string,
): Promise<void> {
  const history = await run(['rev-list', commit]);
  if (history.exitCode !== 0) throw localFailure('reading the history of a commit', history);
  const commits = new Set(history.stdout.toString().split('\n'));
  const all = await readFile(join(mirror, 'shallow'), 'utf8').catch(() => '');
  const ends = all.split('\n').filter((line) => line !== '' && commits.has(line));
  const file = fileOf(mirror, commit);
  await mkdir(join(mirror, 'danube-history-ends'), { recursive: true });
  await writeFile(`${file}.new`, ends.map((end) => `${end}\n`).join(''));
  await rename(`${file}.new`, file);
}

export async function readHistoryEnds(mirror: string, commit: string): Promise<readonly string[]> {
  const text = await readFile(fileOf(mirror, commit), 'utf8');
  return text.split('\n').filter((line) => line !== '');
}
