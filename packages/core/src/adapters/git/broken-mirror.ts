import { access, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitRunner } from './git-runner.js';

const timeoutMs = 10 * 60_000;
/** Exit codes above are about the repository's own files; this one is about what somebody has committed. */
const faultyContent = 1;

/** The caller holds the mirror. Jobs that borrow objects from a broken one lose them. */
export async function removeIfBroken(runner: GitRunner, mirror: string, signal: AbortSignal): Promise<void> {
  if (!(await isThere(mirror)) || (await isSound(runner, mirror, signal))) return;
  await rm(mirror, { recursive: true, force: true });
}

/** What a fetch that was ended or ran out of space has left. The caller holds the mirror. */
export async function removeHalfPacks(mirror: string): Promise<void> {
  const folder = join(mirror, 'objects', 'pack');
  for (const name of await readdir(folder).catch(() => [])) {
    if (name.startsWith('tmp_')) await rm(join(folder, name), { force: true });
  }
}

/** A mirror of which git cannot even be asked that within the time is as good as broken. */
async function isSound(runner: GitRunner, mirror: string, signal: AbortSignal): Promise<boolean> {
  const args = [`--git-dir=${mirror}`, 'fsck', '--no-dangling', '--no-reflogs', '--no-progress'];
  try {
    return (await runner.run({ args, timeoutMs, signal })).exitCode <= faultyContent;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
