import { inject, injectable } from 'tsyringe';
import type { ObjectPlace } from '../../domain/artifact/artifact.js';
import type { ArtifactRepository } from '../ports/artifact-repository.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import { Tokens } from '../tokens.js';
import type { ArtifactStorages } from './artifact-storages.js';

/** Objects that no artifact owns: what a crash or a failure left in the middle, and what was replaced. */
@injectable()
export class LooseObjects {
  readonly #logger: Logger;

  constructor(
    @inject(Tokens.ArtifactRepository) private readonly artifacts: ArtifactRepository,
    @inject(Tokens.ArtifactStorages) private readonly storages: ArtifactStorages,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.artifacts');
  }

  /** Call it at start, before anything is uploaded. Idempotent; what cannot be deleted now is tried at the next start. */
  async sweep(signal: AbortSignal): Promise<void> {
    for (const place of await this.artifacts.listLoose()) await this.remove(place, signal);
  }

  /**
   * Deletes one object unless an artifact owns it, and answers whether it did. Never rejects: the next start tries again.
   */
  async remove(place: ObjectPlace, signal: AbortSignal): Promise<boolean> {
    try {
      if (!(await this.artifacts.isLoose(place))) return false;
      await this.storages.of(place).delete(place.key, signal);
      await this.artifacts.removeLoose(place);
      return true;
    } catch (error) {
      this.#logger.warn('an object that no artifact owns could not be deleted', { ...place, err: error });
      return false;
    }
  }
}
