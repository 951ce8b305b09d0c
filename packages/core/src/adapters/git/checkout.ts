import { checkCommitName, checkRefName } from '../../domain/repository/ref-name.js';
import { checkRepositoryUrl } from '../../domain/repository/repository-url.js';
import type { Metrics } from '../../services/ports/metrics.js';
import type {
  CheckoutReport,
  CheckoutRequest,
  RepositoryAccess,
  SourceCheckout,
} from '../../services/ports/source-checkout.js';
import type { GitRunner } from './git-runner.js';
import { lfsWarnings } from './lfs-warnings.js';
import { ownAllObjects } from './own-all-objects.js';
import type { Mirrors } from './mirrors.js';
import { PlaceCommit } from './place-commit.js';
import { resolveRef, type ResolvedRef } from './resolve-ref.js';
import { PlaceSubmodules } from './place-submodules.js';

/** Source code from Git through a mirror for each repository: a commit that was used before needs no network. */
export class GitCheckout implements SourceCheckout {
  readonly #placeCommit: PlaceCommit;
  readonly #placeSubmodules: PlaceSubmodules;

  constructor(
    private readonly runner: GitRunner,
    private readonly mirrors: Mirrors,
    private readonly metrics: Metrics,
  ) {
    this.#placeCommit = new PlaceCommit(runner, mirrors);
    this.#placeSubmodules = new PlaceSubmodules(runner, this.#placeCommit);
  }

  resolve(repositoryUrl: string, ref: string, access: RepositoryAccess, signal: AbortSignal): Promise<ResolvedRef> {
    return resolveRef(this.runner, this.mirrors.access, { url: repositoryUrl, ref, access }, signal);
  }

  async checkOut(request: CheckoutRequest, signal: AbortSignal): Promise<CheckoutReport> {
    const labels = { auth_method: request.access.authMethod };
    try {
      const report = await this.#checkOut(request, signal);
      this.metrics.count('danube_git_clone_total', { ...labels, status: 'success' });
      return report;
    } catch (error) {
      // a job that was cancelled or out of time says nothing about the repository
      const status = signal.aborted ? 'aborted' : 'failure';
      this.metrics.count('danube_git_clone_total', { ...labels, status });
      throw error;
    }
  }

  async #checkOut(request: CheckoutRequest, signal: AbortSignal): Promise<CheckoutReport> {
    const { repositoryUrl: url, commit, ref, access, depth: extent, destination } = request;
    checkRepositoryUrl(url);
    checkCommitName(commit);
    checkRefName(ref);
    const wanted = { url, commit, ref, access, extent, destination };
    await this.#placeCommit.execute(wanted, signal);
    const submodules = request.submodules ? await this.#placeSubmodules.execute(wanted, signal) : [];
    if (request.selfContained === true) {
      for (const { destination: place } of [wanted, ...submodules]) await ownAllObjects(this.runner, place, signal);
    }
    return { warnings: await lfsWarnings(this.runner, [wanted, ...submodules], signal) };
  }
}
