import {
  DanubeError,
  type ArtifactStorage,
  type Contribution,
  type ImageStorage,
  type Storage,
} from '@danube/plugin-api';
import { startRemote, type StorageSamples } from '@danube/plugin-api/testing';
import { ForgeApi } from '@danube/plugin-api/toolkit';

export interface Abilities {
  readonly artifacts: ArtifactStorage;
  readonly images: ImageStorage;
}
export type StorageChange = (abilities: Abilities, objects: Map<string, Buffer>) => Partial<Storage>;

/** Keeps objects in memory, and asks another side before each call: as simple as a storage can be. */
export const exampleStorage = (change: StorageChange): Contribution<never, Storage> => ({
  type: 'example',
  configSchema: { type: 'object', additionalProperties: false, properties: { url: { type: 'string' } } },
  create: ({ url }: { url: string }) => {
    const api = new ForgeApi({ forge: 'Store', baseUrl: url });
    const ask = async (signal: AbortSignal) => void (await api.call({ method: 'GET', path: '/' }, signal));
    const objects = new Map<string, Buffer>();
    const abilities = { artifacts: artifactsIn(objects, ask), images: imagesWith(ask) };
    return { ...abilities, ...change(abilities, objects) };
  },
});

type Ask = (signal: AbortSignal) => Promise<void>;

function artifactsIn(objects: Map<string, Buffer>, ask: Ask): ArtifactStorage {
  return {
    put: async (key, content, signal) => {
      checkKey(key);
      await ask(signal);
      const parts: Uint8Array[] = [];
      for await (const part of content) {
        signal.throwIfAborted();
        parts.push(part);
      }
      signal.throwIfAborted();
      const whole = Buffer.concat(parts);
      objects.set(key, whole);
      return { key, size: whole.length };
    },
    async *get(key, range, signal) {
      checkKey(key);
      await ask(signal);
      const whole = objects.get(key);
      if (whole === undefined) throw new DanubeError('object_not_found', 'there is none', { category: 'not_found' });
      const { start, end } = range ?? { start: 0, end: whole.length };
      for (let at = start; at < end; at += 65_536) {
        signal.throwIfAborted();
        yield whole.subarray(at, Math.min(at + 65_536, end));
      }
    },
    delete: async (key, signal) => {
      checkKey(key);
      await ask(signal);
      objects.delete(key);
    },
    async *list(prefix, signal) {
      await ask(signal);
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
      for (const key of keys) yield { key, size: objects.get(key)?.length ?? 0 };
    },
  };
}

function imagesWith(ask: Ask): ImageStorage {
  return {
    access: async (signal) => {
      await ask(signal);
      return { host: 'registry.example.com:5000', insecure: false, login: undefined };
    },
    ensureDeployed: ask,
    collectGarbage: async (signal) => {
      await ask(signal);
      return { deletedBytes: 0 };
    },
  };
}

function checkKey(key: string): void {
  const parts = key.split('/');
  const wrong = parts.some((part) => ['', '.', '..'].includes(part)) || /\p{Cc}/u.test(key);
  if (wrong || Buffer.byteLength(key) > 1024) {
    throw new DanubeError('storage_key_invalid', 'the key is none', { category: 'invalid' });
  }
}

export const exampleStorageSamples: StorageSamples = {
  prepare: async () => {
    const remote = await startRemote(() => ({}));
    return { config: { url: remote.url }, remote, close: () => remote.close() };
  },
};
