import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitRunner } from './git-runner.js';

/** Every fetch leaves a pack, and reading gets slower with their number. */
const defaultMaxPacks = 50;
/** Longer than any job runs: running jobs borrow the objects. */
const keepUnusedMs = 14 * 24 * 3_600_000;
const timeoutMs = 10 * 60_000;

/** Packs a mirror anew when it has grown and forgets commits that nobody asked for lately. */
export async function tidyMirror(
  runner: GitRunner,
  mirror: string,
  signal: AbortSignal,
  maxPacks = defaultMaxPacks,
): Promise<void> {
  const folder = join(mirror, 'objects', 'pack');
  const names = await readdir(folder).catch(() => []);
  if (names.filter((name) => name.endsWith('.pack')).length < maxPacks) return;
  for (const name of names) {
    // a killed fetch leaves its pack marked as untouchable
    if (name.endsWith('.keep')) await rm(join(folder, name), { force: true });
  }
  const commits = join(mirror, 'refs', 'danube', 'commits');
  for (const name of await readdir(commits)) {
    const ref = join(commits, name);
    if ((await stat(ref)).mtimeMs < Date.now() - keepUnusedMs) await rm(ref, { force: true });
  }
  const args = [`--git-dir=${mirror}`, 'gc', '--quiet', '--prune=2.days.ago'];
  await runner.run({ args, timeoutMs, signal });
}
