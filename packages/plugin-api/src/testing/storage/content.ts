import { createHash } from 'node:crypto';
import type { ArtifactStorage } from '../../storage.js';

export const forever = () => new AbortController().signal;

/** Content in parts, as a stream brings it. */
export async function* partsOf(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    await Promise.resolve();
    yield Buffer.from(part as string);
  }
}

/** Content that ends in an error after its first part. */
export async function* failingContent(error: Error): AsyncGenerator<Uint8Array> {
  yield* partsOf('half of it');
  throw error;
}

const blockSize = 65_536;

/** Blocks of bytes which are the same for the same seed, and different at each place. */
export async function* largeContent(blocks: number, seed = 'seed'): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < blocks; index += 1) {
    yield* partsOf(Buffer.alloc(blockSize, createHash('sha512').update(`${seed} ${index}`).digest()));
  }
}

/** Everything that a stream brings, as its length and digest. */
export async function digestOf(content: AsyncIterable<Uint8Array>): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const part of content) {
    hash.update(part);
    size += part.length;
  }
  return { size, sha256: hash.digest('hex') };
}

export async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts).toString();
}

export async function put(artifacts: ArtifactStorage, key: string, text: string): Promise<void> {
  await artifacts.put(key, partsOf(text), forever());
}

export function read(artifacts: ArtifactStorage, key: string): Promise<string> {
  return textOf(artifacts.get(key, undefined, forever()));
}

export async function keysOf(artifacts: ArtifactStorage, prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of artifacts.list(prefix, forever())) keys.push(key);
  return keys;
}

/** Reads a stream to its end. */
export async function drained(stream: AsyncIterable<unknown>): Promise<void> {
  const items = stream[Symbol.asyncIterator]();
  while ((await items.next()).done !== true);
}
