import type { ArtifactStorage } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { ObjectPlace } from '../../domain/artifact/artifact.js';
import type { Extensions } from '../ports/extensions.js';
import { Tokens } from '../tokens.js';
import { storageMissing } from './artifact-errors.js';

/** The storages of config.yaml that keep artifacts, and the one in the data directory for where there is none. */
@injectable()
export class ArtifactStorages {
  constructor(
    @inject(Tokens.Extensions) private readonly extensions: Extensions,
    @inject(Tokens.OwnArtifactStorage) private readonly own: ArtifactStorage,
  ) {}

  /** Name of the storage for new artifacts: that of the first entry that can keep them, empty for the data directory. */
  get present(): string {
    return this.extensions.current.storages.find(({ storage }) => storage.artifacts !== undefined)?.name ?? '';
  }

  /** Of all storages that can be read; empty for the data directory. */
  get names(): readonly string[] {
    const configured = this.extensions.current.storages.filter(({ storage }) => storage.artifacts !== undefined);
    return ['', ...configured.map(({ name }) => name)];
  }

  /** @throws DanubeError `artifact_storage_missing` (conflict) */
  of({ storage: name }: Pick<ObjectPlace, 'storage'>): ArtifactStorage {
    if (name === '') return this.own;
    const found = this.extensions.current.storages.find((entry) => entry.name === name)?.storage.artifacts;
    if (found === undefined) throw storageMissing(name);
    return found;
  }
}
