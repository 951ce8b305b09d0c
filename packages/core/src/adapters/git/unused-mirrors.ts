import { lstat, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CachedRepository, SourceCache } from '../../services/ports/source-cache.js';
import type { KeyedQueue } from './keyed-queue.js';

/** Mirrors by when they were last used, which is the time of their folder; drafts of killed fetches are among them. */
export class UnusedMirrors implements SourceCache {
  constructor(
    private readonly folder: string,
    private readonly queue: KeyedQueue,
  ) {}

  async listUnused(before: number): Promise<readonly string[]> {
    const unused: string[] = [];
    for (const name of await readdir(this.folder).catch(() => [])) {
      if (await isUnused(join(this.folder, name), before)) unused.push(name);
    }
    return unused;
  }

  async measure(name: string): Promise<CachedRepository | undefined> {
    const mirror = join(this.folder, name);
    const found = await stat(mirror).catch(() => undefined);
    return found && { bytes: await bytesWithin(mirror), usedAt: found.mtimeMs };
  }

  removeUnused(name: string, before: number): Promise<CachedRepository | undefined> {
    const mirror = join(this.folder, name);
    return this.queue.run(mirror, async () => {
      const measured = await this.measure(name);
      // looked at last of all: it may have been taken into use while it was measured
      if (!(await isUnused(mirror, before))) return undefined;
      await rm(mirror, { recursive: true, force: true });
      return measured;
    });
  }
}

async function isUnused(mirror: string, before: number): Promise<boolean> {
  const found = await stat(mirror).catch(() => undefined);
  return found !== undefined && found.mtimeMs < before;
}

async function bytesWithin(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (entry.isFile()) bytes += (await lstat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0;
  }
  return bytes;
}
