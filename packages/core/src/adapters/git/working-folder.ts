import { rm, symlink } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type {
  CheckoutReport,
  CheckoutRequest,
  RepositoryAccess,
  SourceCheckout,
} from '../../services/ports/source-checkout.js';
import type { GitRunner } from './git-runner.js';
import type { ResolvedRef } from './resolve-ref.js';

const timeoutMs = 10_000;

/** A folder as it is, uncommitted changes and all: what `danube run` runs. The workspace is the folder itself. */
export class WorkingFolder implements SourceCheckout {
  constructor(private readonly runner: GitRunner) {}

  /** The commit is what is checked out, or empty outside of Git; the ref is only what the pipeline is told. */
  async resolve(
    repositoryUrl: string,
    ref: string,
    _access: RepositoryAccess,
    signal: AbortSignal,
  ): Promise<ResolvedRef> {
    const commit = await this.#ask(fileURLToPath(repositoryUrl), signal, 'rev-parse', '--verify', '--quiet', 'HEAD');
    return { ref: ref.startsWith('refs/') ? ref : `refs/heads/${ref}`, commit: commit ?? '' };
  }

  /** The name of the branch that is checked out there; undefined outside of Git or on no branch. */
  currentBranch(folder: string, signal: AbortSignal): Promise<string | undefined> {
    return this.#ask(folder, signal, 'symbolic-ref', '--short', '--quiet', 'HEAD');
  }

  async checkOut({ repositoryUrl, destination }: CheckoutRequest): Promise<CheckoutReport> {
    await rm(destination, { recursive: true, force: true });
    await symlink(fileURLToPath(repositoryUrl), destination, 'dir');
    return { warnings: [] };
  }

  async #ask(folder: string, signal: AbortSignal, ...args: readonly string[]): Promise<string | undefined> {
    const { exitCode, stdout } = await this.runner.run({ args, cwd: folder, timeoutMs, signal });
    return exitCode === 0 ? stdout.toString().trim() : undefined;
  }
}
