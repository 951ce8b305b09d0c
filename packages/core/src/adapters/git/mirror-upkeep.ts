import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitRunner } from './git-runner.js';

/** Every fetch leaves a pack, and reading gets slower with their number. */
const maxPacks = 50;
/** Longer than any job runs: running jobs borrow the objects. */
const keepUnusedMs = 14 * 24 * 3_600_000;
const timeoutMs = 10 * 60_000;

/** Packs a mirror anew when it has grown and forgets commits that nobody asked for lately. */
export async function tidyMirror(runner: GitRunner, mirror: string, signal: AbortSignal): Promise<void> {
  const packs = await readdir(join(mirror, 'objects', 'pack')).catch(() => []);
  if (packs.filter((name) => name.endsWith('.pack')).length < maxPacks) return;
  const commits = join(mirror, 'refs', 'danube', 'commits');
  for (const name of await readdir(commits)) {
    const ref = join(commits, name);
    if ((await stat(ref)).mtimeMs < Date.now() - keepUnusedMs) await rm(ref, { force: true });
  }
  const args = [`--git-dir=${mirror}`, 'gc', '--quiet', '--prune=2.days.ago'];
  await runner.run({ args, timeoutMs, signal });
}
