import type { ArtifactStorage, ImageStorage, StoredObject } from '@danube/plugin-api';
import type { StorageChange } from './example-storage.js';

type Put = ArtifactStorage['put'];
type Get = ArtifactStorage['get'];

export const artifacts =
  (change: (right: ArtifactStorage, objects: Map<string, Buffer>) => Partial<ArtifactStorage>): StorageChange =>
  ({ artifacts: right }, objects) => ({ artifacts: { ...right, ...change(right, objects) } });
export const images =
  (change: (right: ImageStorage) => object): StorageChange =>
  ({ images: right }) => ({ images: { ...right, ...change(right) } });
export const putting = (put: (right: Put, objects: Map<string, Buffer>) => Put) =>
  artifacts((right, objects) => ({ put: put((...call) => right.put(...call), objects) }));
export const getting = (get: (right: Get) => Get) =>
  artifacts((right) => ({ get: get((...call) => right.get(...call)) }));
export const listing = (change: (objects: readonly StoredObject[], prefix: string) => readonly StoredObject[]) =>
  artifacts((right) => ({
    async *list(prefix, signal) {
      const objects: StoredObject[] = [];
      for await (const object of right.list('', signal)) objects.push(object);
      const chosen = objects.filter(({ key }) => key.startsWith(prefix));
      yield* change(chosen, prefix);
    },
  }));
