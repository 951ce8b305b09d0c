import { mkdir, rm } from 'node:fs/promises';
import { DanubeError } from '@danube/plugin-api';
import { checkCommitName, checkRefName } from '../../domain/repository/ref-name.js';
import { checkRepositoryUrl } from '../../domain/repository/repository-url.js';
import type { Metrics } from '../../services/ports/metrics.js';
import type { CheckoutRequest, GitCredential, SourceCheckout } from '../../services/ports/source-checkout.js';
import { lastWords, localFailure } from './git-failure.js';
import type { GitResult, GitRunner } from './git-runner.js';
import type { Mirrors } from './mirrors.js';
import { resolveRef, type ResolvedRef } from './resolve-ref.js';
import { createWorkspaceRepository } from './skeleton.js';

const timeoutMs = 30 * 60_000;

/** Source code from Git through a mirror for each repository: a commit that was used before needs no network. */
export class GitCheckout implements SourceCheckout {
  constructor(
    private readonly runner: GitRunner,
    private readonly mirrors: Mirrors,
    private readonly metrics: Metrics,
  ) {}

  resolve(
    repositoryUrl: string,
    ref: string,
    credential: GitCredential | undefined,
    signal: AbortSignal,
  ): Promise<ResolvedRef> {
    return resolveRef(this.runner, this.mirrors.access, { url: repositoryUrl, ref, credential }, signal);
  }

  async checkOut(request: CheckoutRequest, signal: AbortSignal): Promise<void> {
    const labels = { auth_method: request.credential?.kind ?? 'none' };
    try {
      await this.#checkOut(request, signal);
      this.metrics.count('danube_git_clone_total', { ...labels, status: 'success' });
    } catch (error) {
      this.metrics.count('danube_git_clone_total', { ...labels, status: 'failure' });
      throw error;
    }
  }

  async #checkOut(request: CheckoutRequest, signal: AbortSignal): Promise<void> {
    checkRepositoryUrl(request.repositoryUrl);
    checkCommitName(request.commit);
    checkRefName(request.ref);
    const wanted = { ...request, url: request.repositoryUrl };
    let result = await this.#populate(request, await this.mirrors.provide(wanted, signal), signal);
    if (result.exitCode !== 0) {
      result = await this.#populate(request, await this.mirrors.refetch(wanted, signal), signal);
    }
    if (result.exitCode !== 0) throw localFailure(`checking out ${request.commit}`, result);
    if (request.submodules) await this.#checkOutSubmodules(request, signal);
  }

  /** HEAD names the commit and every object is verified by its name, so what is checked out is exactly that commit. */
  async #populate(request: CheckoutRequest, mirror: string, signal: AbortSignal): Promise<GitResult> {
    await rm(request.destination, { recursive: true, force: true });
    await mkdir(request.destination, { recursive: true });
    await createWorkspaceRepository(request.destination, {
      url: request.repositoryUrl,
      commit: request.commit,
      mirror,
    });
    return this.runner.run({
      args: ['checkout', '--quiet', '--force', '--detach', request.commit],
      cwd: request.destination,
      timeoutMs,
      signal,
    });
  }

  /** A repository from elsewhere must not read files of this machine through its submodules. */
  async #checkOutSubmodules(request: CheckoutRequest, signal: AbortSignal): Promise<void> {
    const local = checkRepositoryUrl(request.repositoryUrl) === 'file';
    const result = await this.mirrors.access.with(request.repositoryUrl, request.credential, (access) =>
      this.runner.run({
        args: [...access.args, 'submodule', '--quiet', 'update', '--init', '--recursive', '--depth=1', '--jobs=4'],
        cwd: request.destination,
        env: { ...access.env, GIT_ALLOW_PROTOCOL: local ? 'file:https:http:ssh' : 'https:http:ssh' },
        timeoutMs,
        signal,
      }),
    );
    if (result.exitCode === 0) return;
    throw new DanubeError('submodules_unreachable', `cannot check out the submodules: ${lastWords(result.stderr)}`, {
      category: 'unavailable',
    });
  }
}
