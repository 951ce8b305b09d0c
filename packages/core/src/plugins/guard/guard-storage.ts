import type { ArtifactStorage, ImageStorage, Storage } from '@danube/plugin-api';
import { readNothing } from '../answers/read-answer.js';
import { readBytes, readCollected, readRegistryAccess, readStoredObject } from '../answers/storage-answers.js';
import type { CallGuard } from './call-guard.js';

export function guardStorage(storage: Storage, guard: CallGuard): Storage {
  return {
    ...(storage.artifacts && { artifacts: guardArtifacts(storage.artifacts, guard) }),
    ...(storage.images && { images: guardImages(storage.images, guard) }),
  };
}

function guardArtifacts(artifacts: ArtifactStorage, guard: CallGuard): ArtifactStorage {
  return {
    put: (key, content, outer) =>
      guard.async(
        'artifacts.put',
        ({ signal, extend }) => artifacts.put(key, progressing(content, extend), signal),
        readStoredObject,
        outer,
      ),
    get: (key, range, outer) =>
      guard.iterate('artifacts.get', (signal) => artifacts.get(key, range, signal), readBytes, outer),
    delete: (key, outer) =>
      guard.async('artifacts.delete', ({ signal }) => artifacts.delete(key, signal), readNothing, outer),
    list: (prefix, outer) =>
      guard.iterate('artifacts.list', (signal) => artifacts.list(prefix, signal), readStoredObject, outer),
  };
}

/** A large upload takes as long as it takes, so long as it goes on. */
async function* progressing(content: AsyncIterable<Uint8Array>, extend: () => void): AsyncIterable<Uint8Array> {
  for await (const chunk of content) {
    extend();
    yield chunk;
  }
  extend();
}

function guardImages(images: ImageStorage, guard: CallGuard): ImageStorage {
  const { slowCallMs } = guard.tools.limits;
  return {
    access: (outer) => guard.async('images.access', ({ signal }) => images.access(signal), readRegistryAccess, outer),
    ensureDeployed: (outer) =>
      guard.async(
        'images.ensureDeployed',
        ({ signal }) => images.ensureDeployed(signal),
        readNothing,
        outer,
        slowCallMs,
      ),
    collectGarbage: (outer) =>
      guard.async(
        'images.collectGarbage',
        ({ signal }) => images.collectGarbage(signal),
        readCollected,
        outer,
        slowCallMs,
      ),
  };
}
