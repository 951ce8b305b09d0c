import { inject, injectable } from 'tsyringe';
import { archiveKey } from '../../domain/artifact/archive-key.js';
import { checkArtifactName } from '../../domain/artifact/artifact-name.js';
import type { Artifact, ObjectPlace } from '../../domain/artifact/artifact.js';
import { signedContent } from '../../domain/artifact/signed-content.js';
import { isFinal } from '../../domain/job/job-status.js';
import { jobNotActive } from '../jobs/job-errors.js';
import type { ArchiveInspector, InspectedArchive } from '../ports/archive-inspector.js';
import type { ArtifactRepository } from '../ports/artifact-repository.js';
import type { Clock } from '../ports/clock.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { JobRepository } from '../ports/job-repository.js';
import type { Metrics } from '../ports/metrics.js';
import type { Signer } from '../ports/signer.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import { Tokens } from '../tokens.js';
import { artifactExists } from './artifact-errors.js';
import type { ArtifactQuota } from './artifact-quota.js';
import type { ArtifactStorages } from './artifact-storages.js';
import type { LooseObjects } from './loose-objects.js';

const maxEntries = 1_000_000;
/** A text compresses to a tenth; what unpacks to more than that throughout is no result of a build. */
const unpackedPerStored = 10;
const cleanUpMs = 30_000;

export interface UploadRequest {
  readonly name: string;
  /** Whether the content may take the place of another one. */
  readonly replace: boolean;
}

/**
 * Stores an artifact, signed, as a whole or not at all. The object is written under a key of its own that stands among the loose
 * ones until one transaction makes it the artifact's: after a crash at any point, row and object agree again at the start.
 */
@injectable()
export class StoreArtifact {
  constructor(
    @inject(Tokens.ArtifactRepository) private readonly artifacts: ArtifactRepository,
    @inject(Tokens.ArtifactStorages) private readonly storages: ArtifactStorages,
    @inject(Tokens.ArtifactQuota) private readonly quota: ArtifactQuota,
    @inject(Tokens.LooseObjects) private readonly loose: LooseObjects,
    @inject(Tokens.ArchiveInspector) private readonly inspector: ArchiveInspector,
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.Signer) private readonly signer: Signer,
    @inject(Tokens.UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @inject(Tokens.IdGenerator) private readonly ids: IdGenerator,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
  ) {}

  /**
   * Idempotent by name and content: the same archive again is answered with the artifact that there is.
   * @throws DanubeError `artifact_name_invalid`, `artifact_archive_invalid`, `artifact_archive_refused` (invalid),
   * `artifact_exists`, `artifact_quota_exceeded`, `job_not_active` (conflict), and those of the storage
   */
  async execute(
    jobId: string,
    { name, replace }: UploadRequest,
    archive: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<Artifact> {
    checkArtifactName(name);
    const limits = { entries: maxEntries, unpackedBytes: this.quota.limitBytes * unpackedPerStored };
    const inspected = this.inspector.inspect(this.quota.limit(jobId, name, archive), limits);
    const present = await this.artifacts.find(jobId, name);
    if (present !== undefined && !replace) return compare(present, inspected);

    const id = this.ids.newId();
    const place = { storage: this.storages.present, key: archiveKey(jobId, id, name) };
    await this.artifacts.addLoose(place);
    let unowned: ObjectPlace | undefined = place;
    try {
      await this.#put(place, inspected, signal);
      const facts = inspected.facts();
      const signature = this.signer.sign(signedContent(facts.sha256));
      const stored = { id, jobId, name, ...facts, signature, createdAt: this.clock.now(), place };
      const outcome = await this.unitOfWork.run(() => this.#own(stored, replace));
      unowned = outcome.unowned;
      this.metrics.count('danube_artifact_bytes_total', { direction: 'upload' }, stored.sizeBytes);
      return outcome.artifact;
    } finally {
      if (unowned !== undefined) await this.loose.remove(unowned, AbortSignal.timeout(cleanUpMs));
    }
  }

  /** A failure of the content is told as it is, not as the storage takes it. */
  async #put(place: ObjectPlace, { content }: InspectedArchive, signal: AbortSignal): Promise<void> {
    let failure: { readonly cause: unknown } | undefined;
    async function* watched() {
      try {
        yield* content;
      } catch (cause) {
        failure = { cause };
        throw cause;
      }
    }
    try {
      await this.storages.of(place).put(place.key, watched(), signal);
    } catch (error) {
      throw failure === undefined ? error : failure.cause;
    }
  }

  /** Makes the object an artifact, unless one with this content is there. Answers which object no artifact owns now. */
  async #own(stored: Artifact, replace: boolean): Promise<{ artifact: Artifact; unowned: ObjectPlace | undefined }> {
    const job = await this.jobs.findById(stored.jobId);
    if (job === undefined || isFinal(job.status)) throw jobNotActive(stored.jobId);
    const present = await this.artifacts.find(stored.jobId, stored.name);
    if (present?.sha256 === stored.sha256) return { artifact: present, unowned: stored.place };
    if (present !== undefined) {
      if (!replace) throw artifactExists(present, stored.sha256);
      await this.artifacts.remove(present.id);
      await this.artifacts.addLoose(present.place);
    }
    await this.artifacts.create(stored);
    await this.artifacts.removeLoose(stored.place);
    return { artifact: stored, unowned: present?.place };
  }
}

/** Whether it is the same archive once more, as after an answer that got lost. */
async function compare(present: Artifact, { content, facts }: InspectedArchive): Promise<Artifact> {
  const chunks = content[Symbol.asyncIterator]();
  while ((await chunks.next()).done !== true);
  const { sha256 } = facts();
  if (sha256 !== present.sha256) throw artifactExists(present, sha256);
  return present;
}
