import type { DependencyContainer } from 'tsyringe';
import { TarGzInspector } from '../../adapters/archives/tar-gz-inspector.js';
import { LocalArtifacts } from '../../builtin/local-storage/local-artifacts.js';
import { ArtifactQuota } from '../../services/artifacts/artifact-quota.js';
import { ArtifactStorages } from '../../services/artifacts/artifact-storages.js';
import { LooseObjects } from '../../services/artifacts/loose-objects.js';
import { ReadArtifact } from '../../services/artifacts/read-artifact.js';
import { StoreArtifact } from '../../services/artifacts/store-artifact.js';
import { Tokens } from '../../services/tokens.js';
import type { DataDirectory } from '../data-directory.js';
import { registerClass } from './register.js';

/** What jobs upload, and where it is kept. */
export async function registerArtifacts(container: DependencyContainer, data: DataDirectory): Promise<void> {
  const own = new LocalArtifacts(data.artifacts);
  await own.prepare();
  container.registerInstance(Tokens.OwnArtifactStorage, own);
  container.registerInstance(Tokens.ArchiveInspector, new TarGzInspector());
  registerClass(container, Tokens.ArtifactQuota, ArtifactQuota);
  registerClass(container, Tokens.ArtifactStorages, ArtifactStorages);
  registerClass(container, Tokens.LooseObjects, LooseObjects);
  registerClass(container, Tokens.ReadArtifact, ReadArtifact);
  registerClass(container, Tokens.StoreArtifact, StoreArtifact);
}
