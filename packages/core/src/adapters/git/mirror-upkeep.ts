import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitRunner } from './git-runner.js';

export interface TidyOptions {
  /** Keeps what no ref reaches: in a mirror of limited histories a later fetch hides parts of an earlier one. */
  readonly keepHidden: boolean;
  /** Every fetch leaves a pack, and reading gets slower with their number. */
  readonly maxPacks?: number;
}

/** Longer than any job runs: running jobs borrow the objects. */
const keepUnusedMs = 14 * 24 * 3_600_000;
const timeoutMs = 10 * 60_000;

/** Packs a mirror anew when it has grown and forgets commits and LFS files that nobody asked for lately. */
export async function tidyMirror(
  runner: GitRunner,
  mirror: string,
  { keepHidden, maxPacks = 50 }: TidyOptions,
  signal: AbortSignal,
): Promise<void> {
  const folder = join(mirror, 'objects', 'pack');
  const names = await readdir(folder).catch(() => []);
  if (names.filter((name) => name.endsWith('.pack')).length < maxPacks) return;
  for (const name of names) {
    // a killed fetch leaves its pack marked as untouchable
    if (name.endsWith('.keep')) await rm(join(folder, name), { force: true });
  }
  await removeOld(join(mirror, 'refs', 'danube', 'commits'));
  await removeOld(join(mirror, 'lfs', 'objects'));
  const args = keepHidden
    ? ['repack', '-a', '-d', '--keep-unreachable', '--quiet']
    : ['gc', '--quiet', '--prune=2.days.ago'];
  await runner.run({ args: [`--git-dir=${mirror}`, ...args], timeoutMs, signal });
}

async function removeOld(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((found) => found.isFile())) {
    const file = join(entry.parentPath, entry.name);
    if ((await stat(file)).mtimeMs < Date.now() - keepUnusedMs) await rm(file, { force: true });
  }
}
