import { createHash } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { isDanubeError } from '@danube/plugin-api';
import type { RepositoryAccess } from '../../services/ports/source-checkout.js';
import { removeHalfPacks, removeIfBroken } from './broken-mirror.js';
import { fetchCommit } from './fetch-commit.js';
import type { GitAccessProvider } from './git-access.js';
import type { GitRunner } from './git-runner.js';
import { tidyMirror } from './mirror-upkeep.js';
import { hasHistoryEnds } from './history-ends.js';
import { createBareRepository } from './skeleton.js';
import { UnusedMirrors } from './unused-mirrors.js';

/** How much of a repository a mirror holds: so many commits of history (0: all, with the tags), or all without files. */
export type MirrorExtent = number | 'without-files';

export interface WantedCommit {
  readonly url: string;
  readonly commit: string;
  /** Where the commit is looked for when the server does not serve bare commits. */
  readonly ref: string;
  readonly access: RepositoryAccess;
  readonly extent: MirrorExtent;
}

/**
 * Bare repositories under the cache directory that hold the commits that were asked for: one a URL, extent and way of
 * opening it, so that nobody gets from the cache what his own credential would not open.
 */
export class Mirrors {
  readonly #folder: string;
  readonly unused: UnusedMirrors;

  constructor(
    private readonly runner: GitRunner,
    readonly access: GitAccessProvider,
  ) {
    this.#folder = join(runner.cacheDir, 'repositories');
    this.unused = new UnusedMirrors(this.#folder, runner.queue);
  }

  /**
   * The mirror that holds the commit. It fetches where it does not yet, one fetch at a time for each repository: who waits
   * for the same commit downloads nothing.
   * @throws DanubeError `commit_not_found` (not_found), and those of a repository that cannot be read
   */
  async provide(wanted: WantedCommit, signal: AbortSignal): Promise<string> {
    const mirror = this.path(wanted);
    if (await this.#has(mirror, wanted)) return mirror;
    const fetch = async (): Promise<string> => {
      if (!(await this.#has(mirror, wanted))) await this.#fetch(mirror, wanted, signal);
      return mirror;
    };
    return this.runner.queue.run(mirror, fetch, signal);
  }

  /**
   * Does work that gets what it needs by {@link provide}. Where git fails on its own files, those of the mirrors that are
   * broken are removed, and the work is done once more from the start.
   */
  async mending<T>(mirrors: readonly string[], work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isDanubeError(error) || error.code !== 'git_failed') throw error;
    }
    for (const mirror of mirrors) {
      await this.runner.queue.run(mirror, () => removeIfBroken(this.runner, mirror, signal), signal);
    }
    return work();
  }

  /** Whether the commit is there already. */
  has(wanted: WantedCommit): Promise<boolean> {
    return this.#has(this.path(wanted), wanted);
  }

  path({ url, commit, extent, access }: Omit<WantedCommit, 'ref'>): string {
    const opened = access.credential === undefined ? [] : [access.authMethod, access.entry ?? ''];
    const name = createHash('sha256')
      .update([url, ...opened].join('\n'))
      .digest('hex');
    const kind = extent === 1 ? '' : `.${typeof extent === 'number' ? `depth-${extent}` : extent}`;
    return join(this.#folder, `${name}${kind}${commit.length === 64 ? '.sha256' : ''}.git`);
  }

  /** The time of a ref's file says when the commit was last used, that of the folder when the mirror was. */
  async #has(mirror: string, { commit, ref, extent }: WantedCommit): Promise<boolean> {
    const now = new Date();
    const used = (path: string): Promise<boolean> =>
      utimes(join(mirror, path), now, now).then(
        () => true,
        () => false,
      );
    if (!(await used(`refs/danube/commits/${commit}`)) || !(await used('.'))) return false;
    // a tag that was set on a known commit since would be missing from its history
    if (extent === 0 && ref.startsWith('refs/tags/')) return used(ref);
    return extent === 0 || extent === 1 || typeof extent === 'string' || hasHistoryEnds(mirror, commit);
  }

  async #fetch(mirror: string, wanted: WantedCommit, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await createBareRepository(mirror, wanted.commit);
    await removeHalfPacks(mirror);
    try {
      await this.access.with(wanted.url, wanted.access.credential, (access) =>
        fetchCommit(this.runner, mirror, wanted, access, signal),
      );
    } finally {
      await removeHalfPacks(mirror);
    }
    await tidyMirror(
      this.runner,
      mirror,
      { keepHidden: typeof wanted.extent === 'number' && wanted.extent > 1 },
      signal,
    );
  }
}
