import { inject, injectable } from 'tsyringe';
import type { Job } from '../../domain/job/job.js';
import type { FindRepositoryAccess } from '../git/find-repository-access.js';
import type { ContentHasher } from '../ports/content-hasher.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { SourceFiles } from '../ports/source-files.js';
import { Tokens } from '../tokens.js';

const patienceMs = 30_000;

/** The SHA-256 of a job's pipeline file, read by the server itself: the job's own processes have no say in it. */
@injectable()
export class DigestPipelineFile {
  readonly #logger: Logger;

  constructor(
    @inject(Tokens.SourceFiles) private readonly files: SourceFiles,
    @inject(Tokens.FindRepositoryAccess) private readonly findAccess: FindRepositoryAccess,
    @inject(Tokens.ContentHasher) private readonly hasher: ContentHasher,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.provenance');
  }

  /**
   * Undefined where the repository cannot be read any more: the commit says as much. The commit is here already where the
   * server did the checkout, and is downloaded otherwise, for at most 30 seconds. Rejects when the signal is aborted.
   */
  async execute({ id, source }: Job, path: string, signal: AbortSignal): Promise<string | undefined> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    try {
      const access = await this.findAccess.execute(source.repositoryUrl, limited);
      const file = await this.files.readFile({ ...source, access }, path, limited);
      return file && (await this.hasher.sha256([new TextEncoder().encode(file.text)]));
    } catch (error) {
      signal.throwIfAborted();
      this.#logger.warn('the pipeline file of a job cannot be read; its provenance goes without its digest', {
        job_id: id,
        err: error,
      });
      return undefined;
    }
  }
}
