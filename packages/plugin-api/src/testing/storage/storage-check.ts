import type { ArtifactStorage, ImageStorage, Storage } from '../../storage.js';
import type { Samples, Setting } from '../kit/setting.js';
import type { Check, Trial } from '../kit/subject.js';

/** An empty place for objects: what one check stores, another does not find. */
export type StorageSetting = Setting;
/** What `testStorage` needs to know of a storage. */
export type StorageSamples = Samples<StorageSetting>;
export type StorageCheck = Check<Storage, StorageSetting, StorageSamples>;
export type StorageTrial = Trial<Storage, StorageSetting>;

/** A check of storages that keep artifacts; others have nothing to check. */
export function artifactCheck(
  name: string,
  run: (artifacts: ArtifactStorage, trial: StorageTrial) => Promise<void>,
): StorageCheck {
  return {
    name: `artifacts: ${name}`,
    run: ({ use }) => use((trial) => trial.instance.artifacts && run(trial.instance.artifacts, trial)),
  };
}

/** A check of storages that keep images; others have nothing to check. */
export function imageCheck(
  name: string,
  run: (images: ImageStorage, trial: StorageTrial) => Promise<void>,
): StorageCheck {
  return {
    name: `images: ${name}`,
    run: ({ use }) => use((trial) => trial.instance.images && run(trial.instance.images, trial)),
  };
}
