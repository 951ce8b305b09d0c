import { isFileOf } from '../../domain/artifact/artifact-name.js';
import type { ApiClient } from '../client/api-client.js';
import type { ArtifactView, Page } from '../client/api-types.js';
import { findJobId } from '../client/find-job.js';
import { artifactChanged, artifactUnknown } from './verification-errors.js';
import type { ArtifactFile } from './verify-artifact.js';

/**
 * The artifact of a job with the content of the file, or that of the newest job that has left it.
 * @throws DanubeError `artifact_changed` (invalid), `artifact_unknown` (not_found)
 */
export async function findArtifact(
  client: ApiClient,
  file: ArtifactFile,
  job: string | undefined,
): Promise<ArtifactView> {
  if (job !== undefined) return findInJob(client, file, job);
  const query = { sha256: file.sha256, limit: 1 };
  const [found] = (await client.get<Page<ArtifactView>>('/api/v1/artifacts', { query })).items;
  if (found === undefined) throw artifactUnknown(file.name, file.sha256, client.server);
  return found;
}

async function findInJob(client: ApiClient, file: ArtifactFile, job: string): Promise<ArtifactView> {
  const { items } = await client.get<Page<ArtifactView>>(`/api/v1/jobs/${await findJobId(client, job)}/artifacts`);
  const found = items.find(({ sha256 }) => sha256 === file.sha256);
  if (found !== undefined) return found;
  const namesake = items.find(({ name }) => isFileOf(name, file.name));
  throw namesake === undefined
    ? artifactUnknown(file.name, file.sha256, `job ${job}`)
    : artifactChanged(file, namesake.sha256);
}
