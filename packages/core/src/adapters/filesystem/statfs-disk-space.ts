import { statfs } from 'node:fs/promises';
import type { DiskSpace } from '../../services/ports/disk-space.js';

/** The file system that a folder lies on. */
export class StatfsDiskSpace implements DiskSpace {
  constructor(private readonly folder: string) {}

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.folder);
    return bavail * bsize;
  }
}
