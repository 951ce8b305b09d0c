import { randomBytes } from 'node:crypto';
import { chown, rename, writeFile } from 'node:fs/promises';

export function uniqueSuffix(): string {
  return randomBytes(6).toString('hex');
}

export interface FileOwner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Readers see the old content or the new, never a part; only the owner may read it. An owner other than this user is only
 * for folders that the owner cannot write to.
 */
export async function replaceFile(path: string, content: string, owner?: FileOwner): Promise<void> {
  const temporary = `${path}.${uniqueSuffix()}`;
  await writeFile(temporary, content, { mode: 0o600, flag: 'wx' });
  if (owner !== undefined) await chown(temporary, owner.uid, owner.gid);
  await rename(temporary, path);
}
