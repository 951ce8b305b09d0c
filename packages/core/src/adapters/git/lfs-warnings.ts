import type { GitRunner } from './git-runner.js';
import type { PlacedCommit } from './place-commit.js';

const timeoutMs = 60_000;

/** Arguments of a git that succeeds where the commit keeps files in Git LFS. */
export function lfsSearch(commit: string): readonly string[] {
  return ['grep', '--quiet', '--fixed-strings', '-e', 'filter=lfs', commit, '--', ':(glob)**/.gitattributes'];
}

/** Follows the URL of the repository. */
export const pointersOnly = 'keeps files in Git LFS: only pointers to them are here, because git-lfs is not installed';

/** Without git-lfs its files are in place as pointers only: a job that reads them would otherwise fail in a puzzling way. */
export async function lfsWarnings(
  runner: GitRunner,
  placed: readonly PlacedCommit[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (await runner.hasLfs()) return [];
  const warnings: string[] = [];
  for (const { url, commit, destination } of placed) {
    const { exitCode } = await runner.run({ args: lfsSearch(commit), cwd: destination, timeoutMs, signal });
    if (exitCode === 0) warnings.push(`${url} ${pointersOnly}`);
  }
  return warnings;
}
