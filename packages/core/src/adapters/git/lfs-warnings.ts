import type { GitRunner } from './git-runner.js';
import type { PlacedCommit } from './place-commit.js';

const timeoutMs = 60_000;

/** Without git-lfs its files are in place as pointers only: a job that reads them would otherwise fail in a puzzling way. */
export async function lfsWarnings(
  runner: GitRunner,
  placed: readonly PlacedCommit[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (await runner.hasLfs()) return [];
  const warnings: string[] = [];
  for (const { url, commit, destination } of placed) {
    const args = ['grep', '--quiet', '--fixed-strings', '-e', 'filter=lfs', commit, '--', ':(glob)**/.gitattributes'];
    const { exitCode } = await runner.run({ args, cwd: destination, timeoutMs, signal });
    if (exitCode === 0)
      warnings.push(`${url} keeps files in Git LFS: only pointers to them are here, because git-lfs is not installed`);
  }
  return warnings;
}
