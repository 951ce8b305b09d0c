import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a file that only its owner can read, whole and flushed, unless there is one of that name already: that one stays as
 * it is. Safe against two processes that do so at once.
 */
export async function createPrivateFile(path: string, content: string | Uint8Array): Promise<void> {
  const draft = await writeDraft(path, content);
  try {
    // unlike rename, link never replaces what somebody may already hold or have sealed something with
    await link(draft, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  await flush(dirname(path));
}

/** As {@link createPrivateFile}, but a file of that name is replaced: readers see the old content or the new. */
export async function replacePrivateFile(path: string, content: string | Uint8Array): Promise<void> {
  await rename(await writeDraft(path, content), path);
  await flush(dirname(path));
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

async function writeDraft(path: string, content: string | Uint8Array): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  return draft;
}

/** A name that a power cut takes away would take the file with it. */
export async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
