import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DanubeError, type ArtifactStorage, type StoredObject } from '@danube/plugin-api';
import { arrivalsName, keyOf, objectPath } from './object-path.js';
import { writeFileWhole } from './write-file.js';

const readBytes = 256 * 1024;

/** Arrivals of another life are left-overs; those of this one may still be written, by an instance that is replaced. */
const life = randomUUID();

/** Objects as files of one folder on this machine. */
export class LocalArtifacts implements ArtifactStorage {
  readonly #arrivals: string;

  constructor(private readonly folder: string) {
    this.#arrivals = join(folder, arrivalsName);
  }

  /** Makes the folder, and removes what a crash has left half written. */
  async prepare(): Promise<void> {
    await mkdir(this.#arrivals, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.#arrivals)) {
      if (!name.startsWith(life)) await rm(join(this.#arrivals, name), { force: true });
    }
  }

  async put(key: string, content: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<StoredObject> {
    const path = this.#path(key);
    const arrival = join(this.#arrivals, `${life}-${randomUUID()}`);
    try {
      return { key, size: await writeFileWhole(path, arrival, content, signal) };
    } catch (error) {
      throw explained(error, this.folder);
    }
  }

  async *get(
    key: string,
    range: { readonly start: number; readonly end: number } | undefined,
    signal: AbortSignal,
  ): AsyncIterable<Uint8Array> {
    signal.throwIfAborted();
    const file = await open(this.#path(key), 'r').catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' || error.code === 'ENOTDIR' ? notFound(key, error) : error;
    });
    if (range !== undefined && range.start >= range.end) return file.close();
    const part = range && { start: range.start, end: range.end - 1 };
    // closes the file, whichever way it ends
    yield* createReadStream('', { fd: file, highWaterMark: readBytes, signal, ...part }) as AsyncIterable<Uint8Array>;
  }

  async delete(key: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const path = this.#path(key);
    await rm(path, { force: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTDIR') throw error;
    });
    await this.#removeEmptyFolders(dirname(path));
  }

  async *list(prefix: string, signal: AbortSignal): AsyncIterable<StoredObject> {
    const paths = await readdir(this.folder, { recursive: true });
    signal.throwIfAborted();
    const keys = paths.map((path) => keyOf(path.split('/'))).filter((key) => key?.startsWith(prefix) === true);
    for (const key of (keys as string[]).sort(byBytes)) {
      signal.throwIfAborted();
      const found = await stat(this.#path(key)).catch(() => undefined);
      if (found !== undefined) yield { key, size: found.size };
    }
  }

  #path(key: string): string {
    return join(this.folder, ...objectPath(key));
  }

  async #removeEmptyFolders(from: string): Promise<void> {
    for (let folder = from; folder !== this.folder; folder = dirname(folder)) {
      const removed = await rmdir(folder).then(
        () => true,
        (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
      );
      if (!removed) return;
    }
  }
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function notFound(key: string, cause: unknown): DanubeError {
  return new DanubeError('object_not_found', `there is no object "${key}"`, { category: 'not_found', cause });
}

function explained(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  // not worth asking again: a job would wait for it until its deadline
  return new DanubeError('storage_full', `no room is left in ${folder}, where artifacts are kept; free some space`, {
    category: 'unavailable',
    retryable: false,
    cause: error,
  });
}
