import { SecretValue } from '@danube/plugin-api';
import type { StorageChange } from './example-storage.js';
import { artifacts, getting, images, listing, putting } from './storage-changes.js';
import { storageRemoteMutations } from './storage-remote-mutations.js';

const failing = 'artifacts: content that fails leaves what was there before';
const hostile = 'artifacts: keys that are none are refused';
const listed = 'artifacts: list gives what starts with the prefix, ordered by key';
const access = 'images: access names a registry as image names begin';

/** What a wrong storage does, by the name of the check that must find it. */
export const storageMutations: readonly (readonly [string, StorageChange])[] = [
  ['it keeps artifacts or images', () => ({ artifacts: undefined as never, images: undefined as never })],
  [
    'artifacts: what was put is got, also nothing and much',
    putting((put) => async (...call) => ({ ...(await put(...call)), size: 7 })),
  ],
  [
    'artifacts: put replaces the whole object',
    putting((put, objects) => async (key, content, signal) => {
      const old = objects.get(key);
      const stored = await put(key, content, signal);
      const now = objects.get(key);
      if (old?.toString().startsWith('a longer') && now)
        objects.set(key, Buffer.concat([now, old.subarray(now.length)]));
      return stored;
    }),
  ],
  [
    failing,
    putting((put, objects) => async (key, content, signal) => {
      try {
        return await put(key, content, signal);
      } catch (error) {
        if ((error as Error).message === 'the source failed') objects.set(key, Buffer.from('half'));
        throw error;
      }
    }),
  ],
  [
    'artifacts: an abort amid the content leaves what was there before',
    putting((put, objects) => async (key, content, signal) => {
      const before = signal.aborted;
      return put(key, content, signal).catch((error: unknown) => {
        if (!before && signal.aborted && key === 'job/new') objects.set(key, Buffer.from('half'));
        throw error;
      });
    }),
  ],
  [
    'artifacts: an abort ends the reading',
    getting(
      (get) => (key, range, signal) => get(key, range, key === 'job/large' ? new AbortController().signal : signal),
    ),
  ],
  [
    'artifacts: a range is got from its start up to, not including, its end',
    getting((get) => (key, range, signal) => get(key, range && { start: range.start, end: range.end + 1 }, signal)),
  ],
  [
    'artifacts: what is not there is object_not_found',
    getting(
      (get) =>
        async function* (key, range, signal) {
          if (key === 'job') return;
          yield* get(key, range, signal);
        },
    ),
  ],
  [
    'artifacts: a reader may stop before the end',
    artifacts((right) => {
      let open = 0;
      return {
        async *get(key, range, signal) {
          open += key === 'job/large' && range === undefined ? 1 : 0;
          for await (const part of right.get(key, range, signal)) yield part;
          open = 0;
        },
        delete: async (key, signal) => {
          if (open > 0 && key === 'job/large') throw new Error('somebody reads it');
          await right.delete(key, signal);
        },
      };
    }),
  ],
  [
    'artifacts: delete removes one object, and succeeds where there is none',
    artifacts((right, objects) => ({
      delete: async (key, signal) => {
        await right.delete(key, signal);
        if (key === 'job/a') objects.delete('job/ab');
      },
    })),
  ],
  [
    'artifacts: delete removes one object, and succeeds where there is none',
    artifacts((right, objects) => ({
      delete: async (key, signal) => {
        if (key === 'other' && !objects.has(key)) throw new Error('there is none');
        await right.delete(key, signal);
      },
    })),
  ],
  [listed, listing((objects) => [...objects].sort((a, b) => a.key.localeCompare(b.key)))],
  [
    listed,
    listing((objects, prefix) =>
      objects.filter(({ key }) => prefix === '' || key.startsWith(`${prefix.replace(/\/$/, '')}/`)),
    ),
  ],
  [listed, listing((objects) => objects.map(({ key }) => ({ key, size: -1 })))],
  [
    'artifacts: writers at once do not disturb each other',
    artifacts((right, objects) => {
      let writing = 0;
      return {
        put: async (key, content, signal) => {
          writing += 1;
          const stored = await right.put(key, content, signal).finally(() => (writing -= 1));
          if (writing > 1) objects.set(key, Buffer.from('a mixture'));
          return stored;
        },
      };
    }),
  ],
  [
    'artifacts: odd keys are keys like any other',
    putting((put) => (key, content, signal) => put(key.normalize('NFC'), content, signal)),
  ],
  [hostile, putting((put) => (key, content, signal) => put(key === 'a/' ? 'a' : key, content, signal))],
  [hostile, getting((get) => (key, range, signal) => get(key === '../a' ? 'a' : key, range, signal))],
  [
    hostile,
    artifacts((right) => ({ delete: async (key, signal) => (key === '' ? undefined : right.delete(key, signal)) })),
  ],
  [
    access,
    images((given) => ({
      access: async (signal: AbortSignal) => ({ ...(await given.access(signal)), host: 'https://registry/' }),
    })),
  ],
  [
    access,
    images((given) => ({
      access: async (signal: AbortSignal) => ({
        ...(await given.access(signal)),
        login: { username: '', password: new SecretValue('x') },
      }),
    })),
  ],
  [
    'images: ensureDeployed may be called again, also at once',
    images((given) => {
      let deployed = 0;
      return {
        ensureDeployed: async (signal: AbortSignal) => {
          await given.ensureDeployed(signal);
          if ((deployed += 1) > 1) throw new Error('it runs already');
        },
      };
    }),
  ],
  [
    'images: collectGarbage says how many bytes it freed, and may be called again',
    images((given) => ({
      collectGarbage: async (signal: AbortSignal) => ({ ...(await given.collectGarbage(signal)), deletedBytes: -1 }),
    })),
  ],
  ...storageRemoteMutations(),
];
