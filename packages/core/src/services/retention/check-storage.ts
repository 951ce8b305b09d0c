import { inject, injectable } from 'tsyringe';
import type { StorageCheck } from '../../domain/retention/storage-problem.js';
import { Tokens } from '../tokens.js';
import type { CheckArtifacts } from './check-artifacts.js';
import type { CheckLogs } from './check-logs.js';
import { FoundProblems } from './found-problems.js';

/** Compares files with the rows that name them, as after a restore from a backup or a disk that lost something. */
@injectable()
export class CheckStorage {
  constructor(
    @inject(Tokens.CheckLogs) private readonly logs: CheckLogs,
    @inject(Tokens.CheckArtifacts) private readonly artifacts: CheckArtifacts,
  ) {}

  /** Safe while jobs run: what is being written is not looked at. Idempotent. */
  async execute(repair: boolean, signal: AbortSignal): Promise<StorageCheck> {
    const found = new FoundProblems();
    await this.logs.execute(repair, found);
    signal.throwIfAborted();
    await this.artifacts.execute({ repair, found, signal });
    return found.result();
  }
}
