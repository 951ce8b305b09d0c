import { inject, injectable } from 'tsyringe';
import type { Artifact } from '../../domain/artifact/artifact.js';
import type { ReapedAmount } from '../../domain/retention/reaper-report.js';
import type { LooseObjects } from '../artifacts/loose-objects.js';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import type { ArtifactRepository } from '../ports/artifact-repository.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import { Tokens } from '../tokens.js';
import { dayMs } from './day.js';
import type { Reapable, ReaperRun } from './reapable.js';
import { Tally } from './tally.js';
import type { UnsettledJobs } from './unsettled-jobs.js';

const pieceSize = 100;

/**
 * Removes artifacts of jobs that ended long ago. The row becomes the note of a loose object in one transaction, and the
 * object goes after that: a crash in between leaves the note, which the next start works off.
 */
@injectable()
export class ReapArtifacts implements Reapable {
  readonly kind = 'artifacts';

  constructor(
    @inject(Tokens.ArtifactRepository) private readonly artifacts: ArtifactRepository,
    @inject(Tokens.LooseObjects) private readonly loose: LooseObjects,
    @inject(Tokens.UnsettledJobs) private readonly unsettled: UnsettledJobs,
    @inject(Tokens.UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @inject(Tokens.ActiveConfiguration) private readonly configuration: ActiveConfiguration,
  ) {}

  async reap({ dryRun, now, signal }: ReaperRun): Promise<ReapedAmount> {
    const before = now - this.configuration.settings.retention.artifactsDays * dayMs;
    const tally = new Tally();
    const pieces = this.artifacts.ofJobsFinishedBefore(before, pieceSize);
    for await (const due of this.unsettled.leaveOut(pieces, ({ jobId }) => jobId)) {
      for (const artifact of due) {
        if (!dryRun && !(await this.#remove(artifact, signal))) continue;
        tally.add(artifact.createdAt, artifact.sizeBytes);
      }
      if (signal.aborted) break;
    }
    return tally.amount();
  }

  /** Whether its bytes are free now. */
  async #remove({ id, place }: Artifact, signal: AbortSignal): Promise<boolean> {
    await this.unitOfWork.run(async () => {
      await this.artifacts.remove(id);
      await this.artifacts.addLoose(place);
    });
    return this.loose.remove(place, signal);
  }
}
