import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DanubeError } from '@danube/plugin-api';
import { checkRepositoryUrl } from '../../domain/repository/repository-url.js';
import { commitUnusable, localFailure, nameRefused } from './git-failure.js';
import type { GitResult, GitRunner } from './git-runner.js';
import { readHistoryEnds } from './history-ends.js';
import { isLfsFailure, lfsFailure } from './lfs-failure.js';
import type { Mirrors, WantedCommit } from './mirrors.js';
import { createWorkspaceRepository, type WorkspaceSource } from './skeleton.js';

export interface PlacedCommit extends WantedCommit {
  readonly extent: number;
  readonly destination: string;
}

const timeoutMs = 30 * 60_000;

/** Puts a commit into a folder, which it empties first, from its mirror. */
export class PlaceCommit {
  constructor(
    private readonly runner: GitRunner,
    private readonly mirrors: Mirrors,
  ) {}

  async execute(wanted: PlacedCommit, signal: AbortSignal): Promise<void> {
    const place = async (): Promise<void> => {
      const result = await this.#populate(wanted, await this.mirrors.provide(wanted, signal), signal);
      if (result.exitCode === 0) return;
      throw placingFailure(wanted, result);
    };
    await this.mirrors.mending([this.mirrors.path(wanted)], place, signal);
  }

  /**
   * HEAD names the commit and every object is verified by its name, so what is checked out is exactly that commit. Files of
   * Git LFS are downloaded meanwhile, once for each mirror.
   */
  async #populate(wanted: PlacedCommit, mirror: string, signal: AbortSignal): Promise<GitResult> {
    const { url, commit, destination, access } = wanted;
    await rm(destination, { recursive: true, force: true });
    await mkdir(destination, { recursive: true });
    const source = await this.#source(wanted, mirror, signal);
    await createWorkspaceRepository(destination, source);
    // a repository of this machine would look for its own files there, too
    const lfsStorage = checkRepositoryUrl(url) === 'file' ? [] : ['-c', `lfs.storage=${join(mirror, 'lfs')}`];
    return this.mirrors.access.with(url, access.credential, (opened) =>
      this.runner.run({
        args: [...lfsStorage, 'checkout', '--quiet', '--force', '--detach', commit],
        cwd: destination,
        access: opened,
        timeoutMs,
        signal,
      }),
    );
  }

  /** The commit is an end of the shallowest history whether or not it has parents: the mirror need not have them. */
  async #source({ url, commit, extent }: PlacedCommit, mirror: string, signal: AbortSignal): Promise<WorkspaceSource> {
    if (extent === 1) return { url, commit, mirror, historyEnds: [commit], tags: '' };
    if (extent > 1) return { url, commit, mirror, historyEnds: await readHistoryEnds(mirror, commit), tags: '' };
    const args = [`--git-dir=${mirror}`, 'for-each-ref', '--format=%(objectname) %(refname)', 'refs/tags'];
    const listing = await this.runner.run({ args, timeoutMs, signal });
    return { url, commit, mirror, historyEnds: [], tags: listing.stdout.toString() };
  }
}

function placingFailure({ url, commit, access }: PlacedCommit, result: GitResult): DanubeError {
  if (isLfsFailure(result.stderr)) return lfsFailure(url, access, result.stderr);
  if (nameRefused.test(result.stderr)) return commitUnusable(url, commit, result.stderr);
  return localFailure(`checking out ${commit}`, result);
}
