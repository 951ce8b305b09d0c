import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { localFailure } from './git-failure.js';
import type { GitRunner } from './git-runner.js';

const timeoutMs = 10 * 60_000;

/** Copies the objects that a checkout borrows from its mirror, so that git works in it where the mirror cannot be seen. */
export async function ownAllObjects(runner: GitRunner, checkout: string, signal: AbortSignal): Promise<void> {
  const result = await runner.run({ args: ['repack', '-a', '-d', '--quiet'], cwd: checkout, timeoutMs, signal });
  if (result.exitCode !== 0) throw localFailure(`copying the objects of ${checkout}`, result);
  await rm(join(checkout, '.git', 'objects', 'info', 'alternates'), { force: true });
}
