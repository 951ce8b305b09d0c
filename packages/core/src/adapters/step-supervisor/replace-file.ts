import { randomBytes } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';

export function uniqueSuffix(): string {
  return randomBytes(6).toString('hex');
}

/** Readers see the old content or the new, never a part; only the owner may read it. */
export async function replaceFile(path: string, content: string): Promise<void> {
  const temporary = `${path}.${uniqueSuffix()}`;
  await writeFile(temporary, content, { mode: 0o600, flag: 'wx' });
  await rename(temporary, path);
}
