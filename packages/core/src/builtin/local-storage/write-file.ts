import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes content that becomes the file as a whole, on the disk, or leaves what was there. `arrival` is a new path on the
 * same file system. Answers the bytes written.
 */
export async function writeFileWhole(
  path: string,
  arrival: string,
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<number> {
  try {
    const size = await writeArrival(arrival, content, signal);
    await moveTo(arrival, path);
    return size;
  } catch (error) {
    await rm(arrival, { force: true });
    throw error;
  }
}

async function writeArrival(path: string, content: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  let size = 0;
  try {
    for await (const chunk of content) {
      signal.throwIfAborted();
      for (let written = 0; written < chunk.length;) {
        written += (await file.write(chunk, written)).bytesWritten;
      }
      size += chunk.length;
    }
    signal.throwIfAborted();
    await file.sync();
    return size;
  } finally {
    await file.close();
  }
}

const attempts = 10;

/** A deletion beside may remove the folder as soon as it is empty. */
async function moveTo(arrival: string, path: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const created = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      await rename(arrival, path);
      await syncFolders(dirname(path), created);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === attempts) throw error;
    }
  }
}

/** Names are on the disk when their folder is; those of new folders when the folders around them are. */
async function syncFolders(folder: string, topmostNew: string | undefined): Promise<void> {
  const end = topmostNew === undefined ? folder : dirname(topmostNew);
  for (let at = folder; ; at = dirname(at)) {
    const handle = await open(at, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (at === end) return;
  }
}
