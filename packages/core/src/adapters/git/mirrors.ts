import { createHash } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { DanubeError } from '@danube/plugin-api';
import type { GitCredential } from '../../services/ports/source-checkout.js';
import type { GitAccess, GitAccessProvider } from './git-access.js';
import { localFailure, unreachable } from './git-failure.js';
import type { GitResult, GitRunner } from './git-runner.js';
import { tidyMirror } from './mirror-upkeep.js';
import { createBareRepository } from './skeleton.js';
import { removeStaleLock } from './stale-locks.js';

export interface WantedCommit {
  readonly url: string;
  readonly commit: string;
  /** Where the commit is looked for when the server does not serve bare commits. */
  readonly ref: string;
  readonly credential: GitCredential | undefined;
}

const fetchTimeoutMs = 30 * 60_000;
const maxStaleLocks = 3;
const unlimitedDepth = '--depth=2147483647';
const bareCommitRefused = /not our ref|unadvertised object|couldn't find remote ref/;

/** Bare repositories under the cache directory, one a URL, that hold the commits that were asked for. */
export class Mirrors {
  readonly #folder: string;

  constructor(
    private readonly runner: GitRunner,
    readonly access: GitAccessProvider,
  ) {
    this.#folder = join(runner.cacheDir, 'repositories');
  }

  /**
   * The mirror that holds the commit. It fetches where it does not yet, one fetch at a time for each repository: who waits
   * for the same commit downloads nothing.
   * @throws DanubeError `commit_not_found` (not_found), `repository_unreachable` (unavailable)
   */
  async provide(wanted: WantedCommit, signal: AbortSignal): Promise<string> {
    const mirror = this.path(wanted);
    if (await this.#has(mirror, wanted.commit)) return mirror;
    return this.runner.queue.run(mirror, async () => {
      if (!(await this.#has(mirror, wanted.commit))) await this.#fetch(mirror, wanted, signal);
      return mirror;
    });
  }

  /** Like {@link provide}, without trusting that an earlier fetch is still complete. */
  async refetch(wanted: WantedCommit, signal: AbortSignal): Promise<string> {
    const mirror = this.path(wanted);
    await this.runner.queue.run(mirror, () => this.#fetch(mirror, wanted, signal));
    return mirror;
  }

  path(wanted: Pick<WantedCommit, 'url' | 'commit'>): string {
    const name = createHash('sha256').update(wanted.url).digest('hex');
    return join(this.#folder, wanted.commit.length === 64 ? `${name}.sha256.git` : `${name}.git`);
  }

  /** The time of a ref's file says when the commit was last used. */
  async #has(mirror: string, commit: string): Promise<boolean> {
    const now = new Date();
    return utimes(join(mirror, 'refs', 'danube', 'commits', commit), now, now).then(
      () => true,
      () => false,
    );
  }

  async #fetch(mirror: string, wanted: WantedCommit, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await createBareRepository(mirror, wanted.commit);
    const kept = `refs/danube/commits/${wanted.commit}`;
    await this.access.with(wanted.url, wanted.credential, async (access) => {
      const run = (args: readonly string[]) => this.#run(mirror, args, access, signal);
      const fetch = (depth: string, spec: string) => run([...fetchArgs, depth, '--', wanted.url, spec]);
      const direct = await fetch('--depth=1', `+${wanted.commit}:${kept}`);
      if (direct.exitCode === 0) return;
      if (!bareCommitRefused.test(direct.stderr)) throw unreachable(wanted.url, direct);
      for (const depth of ['--depth=1', unlimitedDepth]) {
        const result = await fetch(depth, `+${wanted.ref}:refs/danube/fetched`);
        if (result.exitCode !== 0 && !bareCommitRefused.test(result.stderr)) throw unreachable(wanted.url, result);
        const present = await run(['cat-file', '-e', `${wanted.commit}^{commit}`]);
        if (present.exitCode !== 0) continue;
        const stored = await run(['update-ref', kept, wanted.commit]);
        if (stored.exitCode !== 0) throw localFailure('keeping a commit', stored);
        return;
      }
      throw commitNotFound(wanted);
    });
    await tidyMirror(this.runner, mirror, signal);
  }

  async #run(mirror: string, args: readonly string[], access: GitAccess, signal: AbortSignal): Promise<GitResult> {
    const command = {
      args: [`--git-dir=${mirror}`, ...access.args, ...args],
      env: access.env,
      timeoutMs: fetchTimeoutMs,
      signal,
    };
    let result = await this.runner.run(command);
    for (let attempt = 0; attempt < maxStaleLocks && result.exitCode !== 0; attempt += 1) {
      if (!(await removeStaleLock(result.stderr, this.runner.cacheDir))) break;
      result = await this.runner.run(command);
    }
    return result;
  }
}

const fetchArgs = [
  'fetch',
  '--quiet',
  '--force',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-auto-maintenance',
  '--no-recurse-submodules',
];

function commitNotFound(wanted: WantedCommit): DanubeError {
  return new DanubeError(
    'commit_not_found',
    `${wanted.url} has no commit ${wanted.commit} on ${wanted.ref}; was it force-pushed away?`,
    { category: 'not_found' },
  );
}
