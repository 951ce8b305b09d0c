import { isDanubeError } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { Artifact } from '../../domain/artifact/artifact.js';
import { isArchiveKey } from '../../domain/artifact/archive-key.js';
import type { ArtifactStorages } from '../artifacts/artifact-storages.js';
import type { LooseObjects } from '../artifacts/loose-objects.js';
import type { ArtifactRepository } from '../ports/artifact-repository.js';
import type { Clock } from '../ports/clock.js';
import { Tokens } from '../tokens.js';
import type { FoundProblems } from './found-problems.js';

const pageSize = 500;

/** What one check is to do, and where it says what it has found. */
interface Check {
  readonly repair: boolean;
  readonly found: FoundProblems;
  readonly signal: AbortSignal;
}

/** Objects that no artifact owns, and artifacts whose object is gone. */
@injectable()
export class CheckArtifacts {
  constructor(
    @inject(Tokens.ArtifactRepository) private readonly artifacts: ArtifactRepository,
    @inject(Tokens.ArtifactStorages) private readonly storages: ArtifactStorages,
    @inject(Tokens.LooseObjects) private readonly loose: LooseObjects,
    @inject(Tokens.Clock) private readonly clock: Clock,
  ) {}

  /**
   * Objects, notes, rows: in this order uploads that go on cannot be mistaken. An object is noted as loose before it is
   * there, and has its row before it is not loose any more.
   */
  async execute(check: Check): Promise<void> {
    const startedAt = this.clock.now();
    const keys = await this.#listArchives(check.signal);
    for (const { storage, key } of await this.artifacts.listLoose()) keys.get(storage)?.delete(key);
    const artifacts = await this.#artifactsByStorage();
    for (const storage of new Set([...keys.keys(), ...artifacts.keys()])) {
      const owners = artifacts.get(storage) ?? [];
      const stored = keys.get(storage) ?? new Set();
      const missing = owners.filter(({ place, createdAt }) => !stored.has(place.key) && createdAt < startedAt);
      if (missing.length > 0 && missing.length === owners.length) {
        // not mounted, not configured any more, or another one: nothing here says that the artifacts are lost
        check.found.add('storage_unreadable', `${called(storage)} has none of its ${missing.length} objects`, false);
        continue;
      }
      for (const artifact of missing) await this.#reportIfGone(artifact, check);
      for (const { place } of owners) stored.delete(place.key);
      for (const key of stored) await this.#reportUnowned(storage, key, check);
    }
  }

  /** Keys by storage. Other objects may lie beside those of artifacts. */
  async #listArchives(signal: AbortSignal): Promise<Map<string, Set<string>>> {
    const byStorage = new Map<string, Set<string>>();
    for (const storage of this.storages.names) {
      const keys = new Set<string>();
      for await (const { key } of this.storages.of({ storage }).list('', signal)) if (isArchiveKey(key)) keys.add(key);
      byStorage.set(storage, keys);
    }
    return byStorage;
  }

  async #artifactsByStorage(): Promise<Map<string, Artifact[]>> {
    const byStorage = new Map<string, Artifact[]>();
    for (let cursor: string | undefined; ;) {
      const page = await this.artifacts.list({}, { limit: pageSize, ...(cursor !== undefined && { cursor }) });
      for (const artifact of page.items) {
        const { storage } = artifact.place;
        const others = byStorage.get(storage) ?? [];
        others.push(artifact);
        byStorage.set(storage, others);
      }
      cursor = page.nextCursor;
      if (cursor === undefined) return byStorage;
    }
  }

  async #reportIfGone({ id, jobId, name, place }: Artifact, { repair, found, signal }: Check): Promise<void> {
    const subject = `artifact "${name}" of job ${jobId}`;
    try {
      await this.storages.of(place).get(place.key, { start: 0, end: 1 }, signal)[Symbol.asyncIterator]().next();
    } catch (error) {
      signal.throwIfAborted();
      if (!isDanubeError(error) || error.code !== 'object_not_found') {
        found.add('storage_unreadable', `${subject}: ${messageOf(error)}`, false);
      } else found.add('object_missing', subject, repair && (await this.artifacts.remove(id)));
    }
  }

  async #reportUnowned(storage: string, key: string, { repair, found, signal }: Check): Promise<void> {
    if (repair) await this.artifacts.addLoose({ storage, key });
    const deleted = repair && (await this.loose.remove({ storage, key }, signal));
    found.add('object_without_artifact', `object ${key} in ${called(storage)}`, deleted);
  }
}

function called(storage: string): string {
  return storage === '' ? 'the data directory' : `storage "${storage}"`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
